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
side-site = { $side } { $site }
side = { $side } leg
pain = pain { $pain }/10
lasted = about { $time }
came-back = { $n ->
    [one] came back 1 time
   *[other] came back { $n } times
}
woke = woke you
did-not-wake = did not wake you
knot = hard knot
no-knot = no hard knot
eased = { $actions } (eased after { $time })
sore = sore for { $hours } h
not-sore = not sore after
urge = urge to move
no-urge = no urge to move
moving-relieved = moving relieved it
moving-did-not-relieve = moving did not relieve it
lying = lying { $posture }
awareness-lost = awareness lost
awareness-kept = awareness kept

# A night.
night = night of { $night }
calm = calm
cramp = cramp
no-answer = no answer yet (unknown)
to-bed = to bed { $time }
up = up { $time }
sleep = sleep { $quality }/10
sleep-disturbed = sleep disturbed { $disturbance }/10
sleep-lost = { $minutes } min of sleep lost
value = night of { $night }, { $factor }={ $value }

# Other records.
factor = factor { $factor } ({ $label }, { $kind })
factor-retired = factor { $factor } ({ $label }, { $kind }), retired
event = { $night }: { $text }
exclusion = { $from } to { $to } left out of statistics: { $text }
flag-note = flag { $flag } { $action } on { $night }
flag-note-text = flag { $flag } { $action } on { $night }: { $text }
look = analysis look at { $n } cramp nights
typed = [typed { $typed }]
intake = { $what } at { $when } (night of { $night })
course-kind = { $course } ({ $kind })
course-ended = { $from } to { $to }
since = since { $from }
symptom = { $symptom } on { $when }
absent = asked, absent
brought-on = brought on by { $by }
relieved-by = relieved by { $by }
lasts = lasts { $time }
fact-since = { $fact } since { $date }
per-day = { $course } × { $n } a day

# What happened near a change of level.
started = { $course } started
stopped = { $course } stopped
near-one = Near the change of about { $night }: { $what }. Coming at the same time does not make it the cause.
near-some = Near the change of about { $night }: { $what }. Coming at the same time does not make any of them the cause.

# A change of the diary.
undone = undone
superseded = undone for good
was = ~ { $key } { $after } (was: { $before })
more-records = and { $n ->
    [one] 1 record
   *[other] { $n } records
} more
