# cramp ask: the questions of the morning.

answers = answer y or n, or Enter
yes-no = y/n
no-answer = '{ $reply }' is neither yes nor no
outcome = Night of { $night }: was there a cramp? [y/n]
details = What was it like? Say it your way: 3am left calf 6 3min (Enter if you do not know)
question = { $question } [{ $form }]
amount = { $unit }, or y n
stop = stop
by-label = { $label }?
nothing-written = Nothing was written.
written = { $n ->
    [one] 1 answer
   *[other] { $n } answers
} written. Undo the last one: cramp undo
stopped = { $factor } is not asked about any more. 'cramp ask setup' brings it back.

# cramp ask setup: five short questions.
setup-keys = Five short questions. Enter skips one · < goes back · q leaves; what you answered is kept.
setup-follow = 1/5 What would you like to follow? Give the numbers, such as 1 3 5 (0 for none):
setup-offer = { $n } { $label }
setup-now = { $question } Now: { $now }.
setup-gets-up = 2/5 When do you usually get up? Such as 7:00:
setup-medicines = 3/5 Which medicines do you take? Names with commas between them, the dose if you know it; none if none:
setup-since = Since when { $name }? A year or a date, or Enter if you do not know:
setup-conditions = 4/5 Which long-term conditions has a doctor told you about? Commas between them; none if none:
setup-born = 5/5 In which year were you born?
setup-not-a-number = '{ $word }' is not one of the numbers
    .hint = 1 to { $most }, with blanks between them, or 0 for none
setup-following = Following: { $list }.
setup-following-none = Nothing is followed.
setup-since-unknown = first day not known
setup-kept = { $what } kept.
setup-done = That is all. Each morning, 'cramp ask' asks how the night was{ $n ->
    [0] .
   *[other] {" "}and about what you follow.
} A cramp is written down with 'cramp log'.
