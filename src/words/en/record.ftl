# One record in one line: for the echo after a write, for lists and for the history.

# When.
about = about { $when }
shown-twice = { $when } (the clock showed this time twice; taken as UTC{ $offset })
jumped-over = { $when } (the clock jumped over the time given)

# An episode.
began = { $when } (night of { $night })
time-unknown = night of { $night }, time not known
not-counted = { $kind } (not counted as a cramp)
by-day = by day
side-site = { $side ->
    [both] both { $site ->
        [calf] calves
        [foot] feet
        [toes] feet, toes
        [shin] shins
        [thigh] thighs
        [hamstring] hamstrings
       *[other] sides, other place
    }
   *[one] { $side } { $site ->
        [other] side, other place
       *[known] { $site }
    }
}
side = { $side ->
    [both] both legs
   *[one] { $side } leg
}
pain = pain { $pain }/10
lasted = about { $time }
lasted-under = less than { $most }
lasted-between = { $least } to { $most }
came-back = { $n ->
    [one] came back 1 time
   *[other] came back { $n } times
}
woke = { $woke ->
    [yes] woke you
   *[no] did not wake you
}
knot = { $knot ->
    [yes] hard knot
   *[no] no hard knot
}
eased = { $actions } (eased after { $time })
sore = { $sore ->
    [yes] sore for { $hours } h
   *[no] not sore after
}
urge = { $urge ->
    [yes] urge to move
   *[no] no urge to move
}
moving = { $relieved ->
    [yes] moving relieved it
   *[no] moving did not relieve it
}
lying = lying { $posture }
awareness = { $lost ->
    [yes] awareness lost
   *[no] awareness kept
}

# A night.
night = night of { $night }
outcome = { $outcome ->
    [calm] calm
    [cramp] cramp
   *[none] no answer yet (unknown)
}
to-bed = to bed { $time }
up = up { $time }
sleep = sleep { $of_ten }/10
sleep-disturbed = sleep disturbed { $of_ten }/10
sleep-lost = { $minutes } min of sleep lost
value = night of { $night }, { $factor }={ $value }

# Other records.
factor = factor { $factor } ({ $label }, { $kind }){ $retired ->
    [yes] , retired
   *[no] {""}
}
event = { $night }: { $text }
exclusion = { $from } to { $to } left out of statistics: { $text }
flag-note = flag { $flag } { $action } on { $night }
flag-note-text = flag { $flag } { $action } on { $night }: { $text }
follow = { $asked ->
    [yes] { $factor }: asked about since { $since }
   *[no] { $factor }: not asked about since { $since }
}
follow-until = { $asked ->
    [yes] { $factor }: asked about from { $since } to { $until }
   *[no] { $factor }: not asked about from { $since } to { $until }
}
reply = answer about { $about } ({ $question }): { $answer }
experiment = experiment with { $thing }, { $from } to { $to }
reading = { $factor }={ $value } ({ $source })
reading-night = { $reading }, night of { $night }
mapping = how the files called { $name } are read
handover =
    { $n ->
        [one] { $n } night handed out to { $study } on { $day }
       *[other] { $n } nights handed out to { $study } on { $day }
    }
adherence = what was done about { $thing }, night of { $night }
look = analysis look at { $n } cramp nights
typed = [typed { $typed }]
intake = { $what } at { $when } (night of { $night })
course-kind = { $course } ({ $kind })
course-ended = { $certainty ->
    [unknown] { $from } or earlier to { $to }
    [about] about { $from } to { $to }
   *[exact] { $from } to { $to }
}
course-since = { $certainty ->
    [unknown] since { $from } or earlier
    [about] since about { $from }
   *[exact] since { $from }
}
since = since { $from }
symptom = { $symptom } on { $when }
absent = asked, absent
brought-on = brought on by { $by }
relieved-by = relieved by { $by }
lasts = lasts { $time }
sudden = { $sudden ->
    [yes] came on suddenly
   *[no] did not come on suddenly
}
worse = { $worse ->
    [yes] getting worse
   *[no] not getting worse
}
difference = { $cm } cm bigger than the other side
fact-means = { $fact } (as { $means })
fact-since = { $fact } since { $date }
per-day = { $course } × { $n } a day

# What happened near a change of level.
started = { $course } started
stopped = { $course } stopped
near = Near the change of about { $night }: { $what }. Coming at the same time does not make { $n ->
    [one] it
   *[other] any of them
} the cause.

# A change of the diary.
undone = undone
superseded = undone for good
was = ~ { $key } { $after } (was: { $before })
more-records = and { $n ->
    [one] 1 record
   *[other] { $n } records
} more
