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
missing = Not recorded: { $list }.

# The first sentences: how many nights had a cramp, and how that compares with as many nights before.
summary = { $recorded ->
    [0] No night is recorded
    [one] The one recorded night had { $cramp ->
        [0] no cramp
       *[other] a cramp
    }
   *[other] { $cramp ->
        [0] None of { $recorded } recorded nights
       *[other] { $all ->
            [yes] { $recorded ->
                [2] Both recorded nights
               *[other] All { $recorded } recorded nights
            }
           *[no] { $cramp } of { $recorded } recorded nights
        }
    } had a cramp{ $share }
}{ $before }.
summary-share = {" "}({ $percent } %)
summary-before = ; in the { $length } before, { $cramp } of { $recorded ->
    [one] 1 recorded night
   *[other] { $recorded } recorded nights
}{ $share }
change = { $verdict ->
    [up] More cramps
    [down] Fewer cramps
   *[same] No clear change
}: { $now } a week, { $before } before; { $ratio } times as many (95 % interval { $interval }).{ $verdict ->
    [up] {" "}A bad spell can do that too.
    [down] {" "}A good spell can do that too.
   *[same] {""}
}
change-unsure = { $change } Most of the nights before are blank, so this comparison is unsure.
summary-sparse = Fewer than half of the nights are recorded, and bad nights may be written down more often than calm ones.
change-too-few = Too few nights are recorded to say whether that has changed.
before-coverage = { $coverage }; of the { $length } before, { $recorded } of { $nights }

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
pain = Pain (0–10)
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
time-of-night = time of night
side = side
site = muscle
counted-apart = counted apart

# Questions, flags and answers.
questions = Questions from the patient
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
taken = Taken or done on the last day
none-asked = none (asked)
medicines-taken = { $n }: { $names }{ $more ->
    [0] {""}
   *[other] {" "}and { $more } more
}

# The sheet about what went with cramps.
associations = What went with cramps in this diary
associations-nights = All nights of the diary up to { $to }: { $recorded } recorded, { $cramp } with a cramp{ $unknown ->
    [0] {""}
   *[other] , { $unknown } blank
}.{ $tested ->
    [0] {""}
    [one] {" "}One thing was compared.
   *[other] {" "}{ $tested } things were compared together.
}{ $look ->
    [0] {" "}They have not been judged yet, so nothing is more than a hint.
   *[other] {" "}They were last judged at { $look } cramp nights.
}
associations-caution =
    An association is not a cause. Both may come from something nobody wrote down, and of many things compared some will seem to matter by chance.
    Counts are recorded nights with a cramp. The size compares nights with and without it, allowing for slow drift, season, weekends, the night before and the other things compared.
associations-head =
    Factor
    Cramp nights with it
    Cramp nights without
    Size (95 % interval)
    q
    Grade
no-nights = 0 nights
share = { $cramp } of { $nights } ({ $percent } %)
effect = { $measure } { $ratio } ({ $interval }), { $per }
q-small = under 0.001
links = Links
no-links = Nothing that was compared stands out so far.
more-links = And { $n } more, less well supported or smaller: { $names }.
grade-means = { $grade ->
    [consistent] Consistent link: it was announced, and the nights since then agree.
    [possible] Possible link: of links shown like this, about 1 in { $one_in } may be chance.
    [shown] Shown: by an experiment in which chance decided (see there). The size drawn here goes by all nights.
    [shown-twice] Shown twice: by experiments in which chance decided (see there). The size drawn here goes by all nights.
   *[hint] Hint: about 1 in 20 things without any effect looks like this.
}
notice = { $caution ->
    [few-switches] { $names }: changed fewer than 10 times; the patient may have changed it because of the cramps.
    [tomorrow] { $names }: the next day's value goes with the cramps as well, so something else may be behind both. No more than a hint.
    [low-coverage] { $names }: known on too few nights for more than a hint.
    [selective-logging] { $names }: recorded differently on bad nights, so no more than a hint.
    [exploratory] { $names }: follows from a cramp, or looks at the same thing again, so no more than a hint.
    [recalled] { $names }: some values were written down after the cramp, and memory may colour them.
    [not-adjusted-for-others] { $names }: too few cramp nights to allow for the other things as well.
    [no-cramps-on-one-side] { $names }: no cramp at all on one side.
   *[other] {""}
}
list = { $grade ->
    [no-sizeable-link] No sizeable link
    [cannot-tell] Can't tell
   *[not-enough] Not enough yet
}
list-means = { $grade ->
    [no-sizeable-link] A large effect is unlikely. In brackets: how many times as many cramps, 95 % interval.
    [cannot-tell] A sizeable effect is possible, and so is none. In brackets: how many times as many cramps, 95 % interval.
   *[not-enough] Too little is recorded to compare.
}
listed = { $label } ({ $interval })

# What the patient tried on chance's choice.
experiments = Self-experiments
experiments-head =
    Tried
    Cramps with it
    Without
    Times as many
    Kept
    Result
experiment-name = { $label }, { $from } to { $to }, { $blinded ->
    [yes] blinded
   *[no] unblinded
}
experiment-kept = { $answered ->
    [0] not recorded
   *[other] { $kept } of { $of } nights
}
experiment-verdict = { $verdict ->
    [shown] shown: { $more ->
        [yes] more cramps with it
       *[no] fewer cramps with it
    }
    [shown-twice] shown twice: { $more ->
        [yes] more cramps with it
       *[no] fewer cramps with it
    }
    [contradicted] a difference, but another experiment found the opposite
    [large-unlikely] no difference found: an effect of half or more is unlikely
    [possible] no difference found, and one is still possible
   *[no-numbers] nothing to compare
}{ $incomplete ->
    [yes] ; more than a third of the nights blank
   *[no] {""}
}{ $weak ->
    [yes] ; begun with little chance to find anything
   *[no] {""}
}
experiment-running = { $label }: running since { $from }. Its nights are compared when it has ended, not before.
experiment-stopped = { $label }: begun { $from }, ended early { $day }; stopped, no result.
experiment-without = { $label }, { $from } to { $to }: { $sound ->
    [yes] blinded and not opened yet, no result.
   *[no] plan or schedule are not those of the first day, no result.
}
experiments-notes =
    Chance decided which nights were with it. Rates and ratio go by what chance chose, whatever was done; in brackets after the ratio, its 95 % interval.
    Unblinded: the patient knew which nights were which, and what is expected can change what is felt and written down. For this patient, under these conditions.

# Before and after a course.
courses = Before and after what was started or stopped
courses-head =
    Change
    Cramps a week before
    Cramps a week after
    Compared with other dates
course-change = { $names } { $kind ->
    [start] started
    [stop] stopped
   *[mark] (a date the patient marked)
} { $date }
course-and = { $first } and { $last }
course-rate = { $rate } on { $nights }
course-unusual = on { $n } of 100 dates without a change the difference is as large
course-no-dates = too few other dates to compare
courses-caution = Things are often begun when cramps are worst, and the weeks after the worst are better whatever is done. Up to 56 recorded nights before and after; the first nights after a change are left out.

# The foot of the page, and whether the diary still gives it.
foot-self-reported = Self-reported. A blank night is not a calm night. Associations are not causes. Not a diagnosis.
foot-intervals = Intervals are 95 %. Those of cramps a week suppose that cramps come independently of each other; often they come in spells.
foot-made-from = { $program } · data SHA-256 { $hash }
same-page = The diary still gives exactly this page.
data-changed = The diary no longer gives this page: what it holds for this time has changed since.
program-changed = The data are the same, but the page was made by { $program }; this version lays it out differently.
page-changed = The data are the same, but they now give another page. The file was changed afterwards, or the analysis has kept a look at other data since.

# The page of a year.
year-title = My nights in { $year }
year-months = Month by month
year-months-head =
    Month
    Nights recorded
    Nights with cramp
    Cramps
    A week (95 % interval)
year-courses = Taken and done
year-courses-head =
    What
    From
    Until
year-goes-on = goes on
