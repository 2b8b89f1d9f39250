# cramp ask: the questions of the morning.

answers = answer y or n, or Enter
yes-no = y/n
no-answer = '{ $reply }' is neither yes nor no
outcome = Night of { $night }: was there a cramp?
details = What was it like? Say it your way: 3am left calf 6 3min (Enter if you do not know)
question = { $question } [{ $form }]
yes = yes
no = no
partly = partly
unknown = I don't know
amount = { $unit }, or y n
amount-in-full = { $unit }, or yes or no
stop = stop
by-label = { $label }?
nothing-written = Nothing was written.
written = { $n ->
    [one] 1 answer
   *[other] { $n } answers
} written. Undo the last one: cramp undo
stopped = { $factor } is not asked about any more. 'cramp ask setup' brings it back.

# cramp ask setup: five short questions.
setup-keys = Five short questions. Enter skips one · < goes back · q leaves, answers are kept
setup-follow = 1/5 What would you like to follow, such as 1 3 5 (0: nothing)?
setup-offer = { $n } { $label }
setup-now = { $question } [now: { $now }]
setup-gets-up = 2/5 When do you usually get up, such as 7:00?
setup-medicines = 3/5 Which medicines do you take, and how much (commas between, or none)?
setup-since = { $name }: since when, a year or a date (Enter: for more than a year)?
setup-conditions = 4/5 Which long-term conditions has a doctor told you about (or none)?
setup-born = 5/5 In which year were you born?
setup-following = Following: { $list }.
setup-following-none = Nothing is followed.
setup-long = for more than a year
setup-kept = { $what } kept.
setup-done = That is all. Each morning, 'cramp ask' asks how the night was{ $n ->
    [0] .
   *[other] {" "}and about what you follow.
} A cramp is written down with 'cramp log'.
