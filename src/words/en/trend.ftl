# cramp trend: what moved, how sure that is, and what cannot be told yet.

title = Your cramps over time
section-moved = What has changed
section-night = Time of night and side
before-and-after = Before and after
no-answer = No night has an answer yet, so there is no trend to show.
nights = { $nights } recorded: { $cramp } with a cramp, { $unknown } unknown.
only-when-it-hurt = Nearly every recorded night had a cramp: the diary seems to be kept only when it hurts. What follows shows how often you wrote, not how often cramps came.
overall = Over the whole diary: { $rate }.
no-cramp = No cramp on any recorded night, so there is no drift, change or season to look for.

# Drift.
no-slope = There are too few recorded nights to look for a drift.
always-the-same = Every recorded night had the same number of cramps: no drift.
drift-unknown = There is too little to tell whether the rate drifts over the years.
drifted = The rate has drifted: { $ratio } times a year later (95 % interval { $low } to { $high }).
no-clear-drift = No clear drift over the years: { $ratio } times a year later (95 % interval { $low } to { $high }).
season-not-apart = Drift and season cannot be told apart yet.

# Changes of level.
too-few-weeks = There are too few weeks to look for changes of level.
no-change = No lasting change of level was found.
change = The level changed about { $night } (some time between { $earliest } and { $latest }), from { $before } to { $after } cramps a week.
maybe-a-spell = It may be only a long spell.
rate = { $rate } ({ $interval })
unknown-rate = an unknown number of

# The last weeks and months.
spell = { $spell ->
    [worse] The last eight weeks are worse than the settled stretch before ({ $rate } a week). Of years without a change, fewer than 1 in 10 would show a difference this large.
    [better] The last eight weeks are better than the settled stretch before ({ $rate } a week). Of years without a change, fewer than 1 in 10 would show a difference this large.
   *[none] The last eight weeks do not stand out from the settled stretch before ({ $rate } a week).
}
run = { $months ->
    [one] The last month lies
   *[other] The last { $months } months lie
} { $above ->
    [yes] above
   *[no] below
} your earlier rate of { $rate } a week; { $flagged ->
    [yes] 8 or more in a row are a lasting shift, whatever the reason
   *[no] only 8 in a row would count as a lasting shift
}.
months = { $n ->
    [0] No month stands out from your usual variation from month to month.
    [one] One month stands out from your usual variation from month to month: { $months }.
   *[other] { $n } months stand out from your usual variation from month to month: { $months }.
}
month = { $month } ({ $above ->
    [yes] above
   *[no] below
})

# Gaps between rare cramps.
gap = Your cramps are rare: { $mean } cramp-free nights between them on average, and { $open } since the last{ $long ->
    [yes] . That is unusually long (more than { $limit }).
   *[no] ; more than { $limit } would be unusual.
}
gaps-outside = Of { $gaps ->
    [one] 1 gap
   *[other] { $gaps } gaps
} between cramps so far, { $n } lay outside what chance alone makes likely.
gaps-decades = Over all these years a cramp typically came every { $nights } nights; more than { $limit } would be unusual.

# Season, time of night, side, forecast.
too-early-for-season = A season can be seen only after two full years.
season = There is a yearly rhythm with its peak around { $day }: { $ratio } times the rate of the quietest time.
season-undated = There is a yearly rhythm: at its peak { $ratio } times the rate of the quietest time.
no-season = There is no yearly rhythm that shows in both halves of the diary.
thirds = First cramps of the night: { $first } in the first third, { $middle } in the middle third and { $last } in the last third { $window ->
    [bed] of your time in bed
   *[clock] of the hours from 23:00 to 07:00
}; { $uneven ->
    [yes] that is more uneven than chance would easily make it
   *[no] no clear pattern
}.
sides = Left { $left }, right { $right }: { $lasting ->
    [yes] the same side leads in both halves of the diary
   *[no] no lasting difference
}.
forecast = { $better ->
    [yes] Your diary predicts your nights somewhat better than your recent average does ({ $percent } % smaller error).
   *[no] Your diary does not predict your nights better than your recent average.
}

# Before and after a course.
courses-too-short = { $courses }: fewer than 28 recorded nights on one side, so nothing is compared.
courses-caution = Things are often begun when cramps are at their worst, and the weeks after the worst are better whatever is done. A comparison of before and after cannot show that something helped.
course = { $course } { $kind ->
    [start] started
    [stop] stopped
   *[mark] (your mark)
}{ $together ->
    [yes] {" "}(together; they can't be told apart)
   *[no] {""}
} { $date }: { $before } before, { $after } after (the first { $washout } left out). The four weeks before: { $month_before }; the year before those: { $year_before }.
and = { $first } and { $last }
no-other-dates = There are too few other dates to compare { $n ->
    [one] this
   *[other] these
} with.
hint-at-most = A hint at most: on { $n } of 100 dates without a switch the difference is as large.
nothing-unusual = Nothing unusual: on { $n } of 100 dates without a switch the difference is as large.
week-rate = { $rate } a week on { $nights }
not-recorded = not recorded
