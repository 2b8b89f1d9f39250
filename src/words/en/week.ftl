# cramp week, and lists of nights.

title = Week of { $from } to { $to }
courses = Courses
marks = Marks
stood-out = Stood out (a description, not a cause)
missing = Missing
flags = Worth a medical check
left-out = Left out of statistics
unknown = unknown

# The nights as a strip.
legend = ● cramp (×2: two)   ○ calm   · not recorded   – left out
legend-ascii = # cramp (x2: two)   o calm   . not recorded   - left out
strip-left-out = { $night }: left out
strip-calm = { $night }: calm
strip-unknown = { $night }: not recorded
strip-cramp = { $night }: { $cramps }
strip-pain = { $night }: { $cramps }, worst pain { $pain } of 10

# The week in sentences.
nothing = None of these { $nights } has an answer yet, so nothing can be told about this week.
how-to-begin = Answer for last night with 'cramp night calm' if there was no cramp, or log one with 'cramp log'.
nights = { $recorded } of { $nights } recorded: { $cramp } with a cramp, { $calm } calm{ $unknown ->
    [0] .
   *[other] , { $unknown } unknown.
}
that-is = That is { $rate }.
too-few = With fewer than four recorded nights these are counts; a rate a week would say too much.
rate = { $rate } a week ({ $level } % interval { $interval })
between = { $low } to { $high }
or-more = { $low } or more
or-less = { $high } or less
not-known = not known
no-night-cramp = No night cramp on the recorded nights
with-pain = { $cramps }, pain { $same ->
    [yes] { $worst }/10
   *[no] typically { $median }/10, at worst { $worst }/10
}
with-duration = { $cramps }, lasting { $same ->
    [yes] { $longest }
   *[no] typically { $median }, at most { $longest }
}
by-day = { $cramps }; and { $by_day } by day
other = { $cramps }; { $n ->
    [one] 1 entry that was not a cramp
   *[other] { $n } entries that were not cramps
}
episodes = { $cramps }.

# The four weeks before.
before = The four weeks before: { $cramps } on { $cramp } of { $recorded } recorded nights, { $rate }.
before-few = The four weeks before: { $cramps } on { $cramp } of { $recorded } recorded nights, too few for a rate.
nothing-before = The four weeks before have no recorded night, so there is nothing to compare with.
up = More than in the four weeks before, and more than chance alone would easily give.
up-times = More than in the four weeks before, and more than chance alone would easily give ({ $ratio }).
down = Fewer than in the four weeks before, and more of a difference than chance alone would easily give.
down-times = Fewer than in the four weeks before, and more of a difference than chance alone would easily give ({ $ratio }).
no-clear-change = No clear change: a difference like this comes up by chance.
no-clear-change-times = No clear change: a difference like this comes up by chance ({ $ratio }).
not-enough = Not enough data to judge a change: { $week ->
    [one] 1 recorded night
   *[other] { $week } recorded nights
} this week (4 needed), { $before } in the four weeks before (14 needed).
ratio = { $times } times, 95 % interval { $interval }
many = many

# Courses, marks, what stood out, what is missing.
course-started = { $course } started on { $date }.
course-stopped = { $course } stopped on { $date }.
event = { $night }: { $text }
unanswered = { $n ->
    [one] 1 night
   *[other] { $n } nights
} without an answer ({ $nights }): unknown, not calm.
lacking = { $what ->
    [pain] The pain is
    [duration] The duration is
   *[time] The time of night is
} missing for { $n } of { $cramps }.
no-details = A cramp without details on { $nights }; counted as one cramp.
excluded = { $nights } in a period you excluded: left out of every number here.
stood-out-share = { $label }: yes on { $yes } of { $of } recorded nights this week, { $yes_before } of { $of_before } in the four weeks before.
stood-out-number = { $label }: typically { $value } this week ({ $nights }), { $value_before } in the four weeks before ({ $nights_before }).

# Lists.
nothing-recorded = Nothing recorded from { $from } to { $to }.
unrecorded = { $nights } without a record between { $from } and { $to }: unknown, not calm.
