# cramp report: the page for a clinician.

title = Night cramp diary — recorded by the patient
subtitle = { $from } to { $to } ({ $length })
weeks = { $n ->
    [one] 1 week
   *[other] { $n } weeks
}
born = born { $year }
coverage = { $recorded } of { $nights } recorded{ $blank ->
    [0] {""}
   *[other] , { $blank } blank
}{ $excluded ->
    [0] {""}
   *[other] ; { $left_out } left out of all numbers
}
more = and { $n } more in the diary
page-of = page { $page } of { $pages }
not-recorded = not recorded

# The headline numbers.
headline = In numbers
headline-head =
    Measure
    Value
    From
cramp-nights = Nights with a cramp
of = { $part } of { $whole }
recorded-nights = { $n ->
    [one] 1 recorded night
   *[other] { $n } recorded nights
}
rate = Cramps per week
rate-too-few = too few nights for a rate
rate-value = { $rate } (95 % interval { $interval })
rate-from = { $cramps } in { $nights }
pain = Pain, 0–10
pain-value = median { $median }, worst { $worst }
duration = Duration
duration-value = median { $median }, longest { $longest }
woken = Woken by a cramp
times = { $n ->
    [one] 1 time
   *[other] { $n } times
}
sleep-lost = Sleep lost
sleep-lost-value = median { $median }, { $total } in all
by-day = Cramps by day
by-day-value = { $n ->
    [0] none written down
   *[other] { $n }
}
counted-apart = counted apart

# Questions, flags and answers.
questions = Questions from the patient
no-questions = None written down.
flags = Entries that deserve a medical check
no-flags = No warning entry recorded. This is not an all-clear: only what was written down was looked at.
answers = What a clinician may ask
answers-head =
    Asked
    Recorded by the patient
walking = Leg pain on walking
urge = Urge to move the legs
numbness = Numbness or weakness
wasting = Wasting or twitching
swelling = Swelling or veins
medicines = Medicines taken
conditions = Known conditions
answer = { $present ->
    [yes] yes
   *[no] no
}
both-sides = both sides
brought-on = brought on by { $by }
relieved-by = relieved by { $by }
none-asked = none (asked)
medicines-taken = { $n }: { $names }{ $more ->
    [0] {""}
   *[other] {" "}and { $more } more
}

# Associations.
associations = What went with cramps in this diary
associations-caution =
    An association is not a cause. Both may come from something nobody wrote down, and of many things compared some will seem to matter by chance.
    Counts are recorded nights. The size compares nights with and without it, allowing for drift over time, the night before and the other factors.
associations-head =
    Factor
    Cramp nights with it
    Cramp nights without
    Size (95 % interval)
    q
    Grade
day-before = { $label }, the day before
days-before = { $label }, { $n } days before
no-nights = 0 nights
share = { $cramp } of { $nights } ({ $percent } %)
effect = { $measure } { $ratio } ({ $interval }), { $per }
q-small = under 0.001

# The foot of the page, and whether the diary still gives it.
foot-self-reported = Self-reported. A blank night is not a calm night. Associations are not causes. Not a diagnosis.
foot-intervals = Intervals are 95 % and suppose that cramps come independently of each other; often they come in spells.
foot-made-from = { $program } · data SHA-256 { $hash }
same-page = The diary still gives exactly this page.
data-changed = The diary no longer gives this page: what it holds for this time has changed since.
program-changed = The data are the same, but the page was made by { $program }; this version lays it out differently.
page-changed = The data are the same, but they now give another page. The file was changed afterwards, or the analysis has kept a look at other data since.
