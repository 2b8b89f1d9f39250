# cramp chart: titles, axes, keys, notes, tables and the pictures in words.

# Titles.
timeline = Cramps per week
calendar = Every night
trend = The rate over time
strip = Night by night
clock = When cramps began
factors = What went with cramps
parts = { $what } ({ $cramps })
elsewhere = elsewhere
not-recorded = not recorded

# Axes.
clock-axis = by the clock
clock-counts = cramps that began in each hour
evening = by the evening of the night
rate-axis = { $weeks ->
    [one] cramps per 7 recorded nights, one mark a week
   *[other] cramps per 7 recorded nights, one mark for every { $weeks } weeks
}
rate-axis-monthly = cramps per 7 recorded nights, one mark a month
ratio-axis = ← fewer · times as many · more →
weekdays =
    Mo
    Tu
    We
    Th
    Fr
    Sa
    Su

# Heads of tables.
clock-head =
    Began
    Cramps
timeline-head =
    From
    To
    Nights recorded
    Cramps
    Cramps per week
    95 % interval
calendar-head =
    Night
    Recorded as
    Cramps
    Worst pain (0–10)
forest-head =
    Compared
    Cramp nights with it / without it
    Times as many cramps (interval), grade
cramps = Cramps

# Numbers and dates.
to = { $low } to { $high }
or-more = { $low } or more
of = { $part } of { $whole }
since = since { $from }
left-out = left out: { $why }
per-day = { $course }, { $n } a day
coverage = { $from } to { $to }: { $recorded } of { $nights } recorded{ $blank ->
    [0] {""}
   *[other] , { $blank } blank
}{ $excluded ->
    [0] {""}
   *[other] , { $excluded } left out
}

# Notes.
nothing-recorded = Nothing is recorded.
no-cramp = No cramp on the recorded nights.
night-is = A night is named by the date of its evening.
only-since = Only the nights since { $night } are shown.
more-courses = { $n ->
    [one] And 1 course begun earlier, not drawn.
   *[other] And { $n } courses begun earlier, not drawn.
}
more-events = { $n ->
    [one] And 1 earlier event, not drawn.
   *[other] And { $n } earlier events, not drawn.
}
more-factors = { $n ->
    [one] And 1 more factor with less data, not drawn.
   *[other] And { $n } more factors with less data, not drawn.
}
no-clock-time = No clock time is recorded for { $n ->
    [one] the cramp
   *[other] any of the { $n } cramps
}.
without-clock-time = Not drawn: { $cramps } without a clock time.
by-day = Not drawn: { $cramps } that began between 12:00 and 18:00.
too-few-weeks = Too few weeks are recorded to look for changes of level.
no-change = No change of level stands out from chance.
changes = The level changed about { $nights }.
rhythm = There is a yearly rhythm: about { $ratio } times as many cramps at its peak as at its lowest.
association = An association is not a cause. Where the line crosses 1 there may be no difference at all.
tested = { $n ->
    [0] No factor has enough recorded nights to be tested yet.
    [one] 1 factor tested together.
   *[other] { $n } factors tested together.
}

# The states of a night.
state = { $state ->
    [cramp] cramp
    [calm] calm
   *[unknown] not recorded
}

# Keys.
key = { $mark ->
    [sparse-rate] rate from few recorded nights
    [clipped] interval goes on beyond the axis
    [hatched] not recorded
    [unknown-night] not recorded
    [medicine] medicine
    [supplement] supplement
    [measure] measure
    [excluded] left out of the numbers
    [excluded-night] left out of the numbers
    [event] event
    [count] cramps that began in this hour
    [open-count] cramps that began in this hour
    [density] the same, smoothed
    [effect] times as many cramps, and 95 % interval
    [mean] times as many cramps, mean over people, and 95 % interval
    [prediction] where one more person is expected (95 in 100)
    [no-difference] 1: no difference
    [level] level between changes
    [change] change of level
    [calm-night] recorded, no cramp
    [cramp-night] 2 cramps, worst pain 7 of 10
    [cramps-of-night] cramps of a night
    [calm-tick] recorded, no cramp
    [washout] first nights of a period, not counted
    [not-counted] their cramps
    [period-rate] rate; the number is cramps in 100 nights
   *[rate] rate and its 95 % interval
}

# The forest plot.
compared = { $name }: { $contrast }
above-limit = above { $limit }
day-before = { $label }, the day before
days-before = { $label }, { $n } days before
counts = { $cramp_with } of { $with } / { $cramp_without } of { $without }
nights-with = { $n ->
    [0] no night { $side }
    [one] { $cramp } of 1 night { $side }
   *[other] { $cramp } of { $n } nights { $side }
}
effect = { $ratio } ({ $interval }), { $grade }
size = { $ratio } ({ $interval })
without-bound = without bound
not-enough = { $nights ->
    [0] not enough data
   *[other] not enough data: about { $nights } more recorded nights
}

# Pictures in words.
alt-timed = { $timed } of { $cramps } have a clock time.
alt-most = Most began in the hour { $hours } ({ $most }).
alt-parts-of-night = { $before } began before midnight, { $early } from midnight to 06:00 and { $later } later.
alt-parts = { $title }: { $parts }.
alt-nights = { $recorded ->
    [0] None of { $nights } is recorded.
   *[other] { $recorded } of { $nights } are recorded; { $cramp } had a cramp and { $calm } had none.
}
alt-highest = The rate was highest, { $rate } cramps per 7 recorded nights (95 % interval { $interval }), from { $from } to { $to }; in the newest stretch it was { $newest } ({ $newest_interval }).
alt-blank = { $n ->
    [one] 1 stretch is
   *[other] { $n } stretches are
} without a recorded night.
alt-lane = { $label }, { $dates }.
alt-event = { $night }: { $text }.
alt-worst = The worst pain was { $worst } of 10, in the night of { $night }.
alt-most-cramps = The most cramps in one night were { $most }, in the night of { $night }.
alt-no-factor = { $n ->
    [one] 1 factor
   *[other] { $n } factors
} compared, none with enough data yet.
alt-factors = Times as many cramps, with 95 % interval. { $factors }.{ $short ->
    [0] {""}
    [one] {" "}1 factor without enough data.
   *[other] {" "}{ $short } factors without enough data.
}

# Bars on a terminal.
bars-weeks = Week by week
bars-months = Month by month
bars-from = From
bars-month = Month
bars-rate = Cramps a week
bars-interval = 95 % interval
bars-recorded = Recorded
bars-narrow-head = cramps a week, 95 % interval, nights recorded
bars-left-out = left out
bars-too-few = too few nights
bars-solid = rate
bars-hollow = rate from few recorded nights
bars-upper = upper end of the interval
bars-beyond = beyond the edge
bars-earlier = { $n ->
    [one] 1 month
   *[other] { $n } months
} before these: cramp trend --plain, or cramp chart trend --out trend.png
bar = { $label }: { $rate } cramps a week, 95 % interval { $interval }, { $recorded } of { $nights } recorded.
bar-left-out = { $label }: left out of statistics.
bar-too-few = { $label }: { $recorded } of { $nights } recorded, too few for a rate.
bar-not-recorded = { $label }: not recorded (0 of { $nights }).
