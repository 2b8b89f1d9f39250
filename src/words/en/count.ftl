# Counts with their noun, and lengths of time, as parts of a sentence.

nights = { $n ->
    [one] 1 night
   *[other] { $n } nights
}
cramps = { $n ->
    [one] 1 cramp
   *[other] { $n } cramps
}
seconds = { $s } s
minutes = { $min } min
hours = { $h } h
hours-minutes = { $h } h { $min } min
less-than-0-01 = less than 0.01
fewer-than-1 = fewer than 1
more-than-99 = more than 99
