# cramp cohort: what may be said about many diaries together. Associations, never causes; nothing about one person.

title = What many diaries say together
coverage = { $diaries ->
    [one] 1 diary
   *[other] { $diaries } diaries
}, { $estimated } with enough nights for an estimate.
coverage-unread = { $diaries ->
    [one] 1 diary
   *[other] { $diaries } diaries
}, { $estimated } with enough nights for an estimate; { $unread } more could not be read.

# One factor.
step-yes-no = on nights with it, next to nights without
step-own = at people's own high values, next to their low ones
by-lot = by lot, in experiments
brief-yes-no = with it, or without
brief-own = own high values, or low
people-nights = { $people }, { $nights }
mean = { $value } times as many ({ $interval })
range = { $low } to { $high }
people = { $n ->
    [one] 1 person
   *[other] { $n } people
}
few-people = fewer than { $n } people
not-enough = { $n } more with too few nights
few-not-enough = fewer than { $n } more with too few nights
expected = next: { $range }
row-label = { $label } ({ $contrast })
observed = In { $n } people, cramps were { $mean } { $step }.
tried = In { $n } people for whom chance decided, cramps were { $mean } with it, next to without.
next = For one more person the ratio is expected between { $low } and { $high }; these people differ little, or too few are known to tell.
next-differs = People differ: { $share } % of the variation is between them, and for one more person the ratio is expected between { $low } and { $high }.
sides = { $above } have a ratio above 1, { $below } below.
one-decides = Without one of the diaries the answer would read differently.
small-diaries = Short diaries say something else than long ones, so the mean may be off.
too-few = Fewer than { $n } people have enough nights, so nothing is told.

# What must be known to read it.
without-estimate = { $n ->
    [one] 1 diary does not yet have enough nights for any estimate.
   *[other] { $n } diaries do not yet have enough nights for any estimate.
}
copies = { $n ->
    [one] 1 diary says to the last digit what another one says: a copy, counted once.
   *[other] { $n } diaries say to the last digit what another one says: copies, counted once.
}
no-cause = What was seen on all nights goes together with cramps in these diaries; it need not cause them, or keep them away.
own-step = Amounts are compared within each person: the value above which one night in ten lies, next to the one below which one in ten lies.
by-chance = In experiments chance decided the nights; they stand by themselves and are never pooled with what was seen.
no-person = None of this tells what holds for one of these people; a person's own diary does ('cramp analyze').
nothing-pooled = No factor has an estimate in { $n } diaries, so nothing can be pooled yet.

# The picture, and files.
forest-head =
    Compared
    People
    Times as many: mean, and next person
alt-row = { $label }: { $sentence }
alt-nothing = Nothing could be pooled.
heading-observed = Seen on all nights
heading-experiments = In experiments, where chance decided
heading-notes = To read it
line = { $label }: { $sentence }

# Lines of stage one, and what cannot be read.
no-line = it is no line of stage one: { $why }
other-schema = it has schema { $schema }, and this version reads schema 1
unknown-factor = '{ $factor }' is no factor that every diary knows
no-estimate = the numbers of '{ $factor }' are no estimate with its standard error
no-row = line { $line } is no row of a table: { $why }
no-table = line { $line } does not say of which table it is ("table")
unknown-table = '{ $table }' is no table of a diary
no-csv = { $file }: { $why }
no-night = row { $row } names no night
no-yes-or-no = '{ $cell }' in { $column } is neither 1 nor 0
no-value = '{ $cell }' in { $column } is no value of it
