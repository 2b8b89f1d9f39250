# cramp analyze and cramp explain: what may be said about a factor, and nothing more. Associations, never causes; no
# advice; "can't tell" kept apart from "no".

# Headings.
title = What goes with your cramps
links = Go together with your cramps
no-sizeable-link = No sizeable link
cannot-tell = Can't tell yet
not-judged = Not judged at this look
not-enough-yet = Not enough recorded yet
not-enough-yet-needing = Not enough yet (nights still needed)
next = What to write down next
self-test = Self-test
how-on = Going together is not causing. One of these in full: cramp explain FACTOR
last-nights = Last cramp nights (all with --json)

# Why nothing is graded at all.
refused = { $why ->
    [no-cramps] No cramp on any recorded night, so there is nothing to compare.
    [only-cramps] Every recorded night had a cramp. Calm nights have to be written down too ('cramp night calm'), or nothing can be compared.
    [only-when-it-hurt] Nearly every recorded night had a cramp: the diary seems to be kept only when it hurts. Nothing is graded: the nights without cramps are missing ('cramp night calm').
   *[no-nights] No night has an answer yet, so there is nothing to compare.
}

# What must be known to read the analysis.
nights = { $recorded } recorded, { $cramp } with a cramp, { $unknown } unknown.
tested = { $n ->
    [0] Nothing could be tested yet.
    [one] 1 thing was checked; by luck alone 1 in 20 would stand out.
   *[other] { $n } things were checked together; by luck alone about { $by_luck } would stand out.
}
looks = { $look ->
    [0] The first look for links is due at { $next } cramp nights; until then none is announced. A later one finds more: 'cramp analyze --first-look 52w' waits for a year.
   *[other] The last look for links was at { $look } cramp nights; the next is due at { $next }. Looking more often would find links that are not there.
}
look-taken = Look { $n } at { $at } cramp nights; it uses { $share } % of this diary's budget{ $n ->
    [1] {""}
   *[other] , { $spent } % so far
}; the next is due at { $next }.
look-due = Look { $n } for links is due, at { $have } cramp nights: 'cramp analyze' takes it. Until then no new link is announced.
look-waits = Look { $n } for links waits until there is a factor it can judge; it uses nothing of this diary's budget until then.
looks-then = { $look ->
    [0] No look for links had been taken by then.
   *[other] The last look for links by then was at { $look } cramp nights.
}
looks-put-off = The first look for links is put off until { $day }; 'cramp analyze --first-look now' ends the waiting.
looks-newer = A newer version of this program has looked for links here. This one takes no look and leaves the grades as they are.
selective = Your first nights after a gap differ from other nights: you may write more, or less, when it hurts.
long-spells = Your good and bad spells last unusually long, so nights are compared in stretches of { $nights } instead of { $usual }. It takes more nights to be sure.
capped = { $nights } with more than { $limit } cramps: each counts as { $limit } here, and the other pages keep the true numbers.
without-answer = { $nights } without an answer: they are taken to be missing by chance. Only you can tell whether that is so.
self-test-found = Your diary was shuffled { $runs ->
    [one] 1 time
   *[other] { $runs } times
} so that no link was left. { $hint } of the shuffled diaries still gave a hint, { $possible } a possible link, { $consistent } a consistent link: that is how often luck alone looks like a link here.

# What to write down next.
answer-every-night = Answer for every night, calm ones too: { $recorded } of { $elapsed } have an answer.
record-next = { $label }: { $often ->
    [all] keep writing it down
   *[some] write it down every night, 'no' or 0 too (so far on { $known } %)
}. After four more weeks the chance of a clearer answer is about { $chance } in 100.
experiment-instead = An experiment would settle this in about { $nights } nights.
before-sleep = Write the day down before you go to sleep: many of your values were written after the cramp, and memory may colour them.

# The plain counts of a factor.
never-known = { $label }: not known on any recorded night.
one-side = { $label }: known on { $nights }, all { $side }; a cramp on { $cramp } of them.
counts = { $label }: a cramp on { $cramp_with } of { $nights_with } { $with }, on { $cramp_without } of { $nights_without } { $without }.
with-it = with it
without = without
with-any = with any
with-none = with none
above = above { $value }
at-or-below = at { $value } or below
not-level = not '{ $level }'
level = '{ $level }'
commonest = the commonest

# The estimate.
step-range = at { $to } rather than { $from }
step-level = with '{ $level }' rather than '{ $against }'
step-yes-no = on nights with it
every-cramp = Every cramp fell { $step } ({ $interval }).
never-a-cramp = No cramp fell { $step } ({ $interval }).
estimate = Per night, { $ratio } times as many cramps { $step } ({ $interval }; season, slow drift, { $joint ->
    [yes] weekends, the other things checked, and
   *[no] weekends and
} the night before allowed for).
interval = { $level } % interval { $low } to { $high }
interval-open = { $level } % interval { $low } or more

# What a grade means.
not-enough = Not enough to say: { $why }.
too-little-known = too little is known
open = No clear link so far, but a sizeable one is still possible.
no-large-link = A large link is unlikely.
no-large-link-within = A large link is unlikely: for every 10 cramps, between { $fewer } fewer and { $more } more.
hint = This may be something, or luck: about 1 in 20 unrelated things looks like this.
possible = Cramps came { $direction ->
    [more] more often
    [less] less often
   *[other] at another rate
} on these nights. Of links shown like this, about 1 in { $one_in } may be chance.
consistent = Cramps came { $direction ->
    [more] more often
    [less] less often
   *[other] at another rate
} on these nights, and that has held up. The two go together; it need not be the cause.
consistent-since = Cramps came { $direction ->
    [more] more often
    [less] less often
   *[other] at another rate
} on these nights, and that has held up since { $since }. The two go together; it need not be the cause.
shown = When chance decided which nights had it, the difference remained, for you and under these conditions.
shown-twice = Shown in two experiments of yours.
never-settled = Your diary alone is unlikely to settle this.
nights-needed = { $n ->
    [one] About 1 more recorded night is needed to see a doubling, if there is one.
   *[other] About { $n } more recorded nights are needed to see a doubling, if there is one.
}

# Why a factor cannot be graded yet.
gate-nothing-known = it is not known on any recorded night
gate-constant = it was the same on every known night, so there is nothing to compare (a 'no' has to be written down too)
gate-cramp-nights = { $have } of the { $need } cramp nights needed
gate-rarer-side = { $have } of the { $need } nights needed on its rarer side
gate-switches = it changed { $have ->
    [one] 1 time
   *[other] { $have } times
} of the { $need } needed (on, off, on again); see its before and after in 'cramp trend'
gate-coverage = it is known on only { $percent } % of the nights
gate-no-model = it cannot be told apart from the weekend, from slow drift or from the other things on these nights
gate-wide = the answer could still be anything from a small part to a multiple

# Cautions.
caution = { $caution ->
    [selective-logging] You fill this in differently on bad nights, so it can be no more than a hint.
    [exploratory] This follows from a cramp, or looks at the same thing a second time, so it can be no more than a hint.
    [recalled] { $n ->
        [one] 1 value was
       *[other] { $n } values were
    } written down after the cramp, so memory may play a part.
    [bundled] Goes together with { $others } in your diary; they can't be told apart.
    [not-judged] More than 40 things are written down; at this look the others were judged.
    [no-cramps-on-one-side] No cramp at all on one side, so the size of a difference is hard to say.
    [waits-for-look] A link is announced only at a look; this one waits for the next.
    [few-switches] It changed only { $n } times: you may have changed it because of your cramps.
    [tomorrow] Its value of the next day goes with tonight's cramps too, which cannot be an effect; so it can be no more than a hint.
   *[no-estimate] No estimate could be made on these nights.
}

# At a glance.
nights-short = { $recorded } recorded, { $cramp } with a cramp{ $unknown ->
    [0] .
   *[other] , { $unknown } unknown.
}
head-fewer = fewer
head-more = more
head-counts = nights with a cramp
head-sides = with it · without
head-counts-narrow = Counts: nights with a cramp, with it · without.
legend = { $value } times as many cramps, { $interval } 95 % interval; 1: no difference.
earlier = { $what } { $nights ->
    [one] the night before
   *[other] { $nights } nights before
}
name-and-need = { $name } ({ $n })
contrast = { $with } against { $without }
sides-any = any · none
sides-above = above · up to { $value }
sides-level = other · '{ $level }'
counts-short = { $cramp_with } of { $with } · { $cramp_without } of { $without }
ratio-short = { $ratio } ({ $interval })
look-short = The last look for links was at { $look } cramp nights; the next is due at { $next }.
no-link = No link has been found so far.
group = { $title }: { $names }.
group-more = { $title }: { $names }, and { $n } more.
more-links = { $n ->
    [one] 1 more link
   *[other] { $n } more links
}: cramp analyze --long
chance = Of links shown like this, about 1 in { $n } may be chance.
chance-hint = A hint may be luck: about 1 in 20 unrelated things looks like one.
bundle = { $names } go together; they can't be told apart.
and = { $first } and { $last }
notice-of-all = { $notice }.
notice-of = { $notice } ({ $names }).
notice = { $caution ->
    [selective-logging] Filled in differently on bad nights, so no more than a hint
    [exploratory] Follows from a cramp, or looks at the same thing again, so no more than a hint
    [recalled] Some values were written down after the cramp; memory may play a part
    [few-switches] Changed fewer than 10 times: you may have changed it because of your cramps
    [tomorrow] The next day's value goes with tonight's cramps too, so no more than a hint
    [not-judged] Not judged at the last look, which had more than 40 things
    [no-cramps-on-one-side] No cramp at all on one side: the size is hard to say
    [waits-for-look] Links are announced at looks only; this may be one at the next
    [no-estimate] No estimate could be made on these nights
   *[other] {""}
}
unknown-by-chance = Unknown nights are taken to be missing by chance; only you can tell whether they are.
next-short = Next: { $what }
glance-title = What goes with your cramps. Going together is not causing.
glance-on = More: cramp explain FACTOR, cramp analyze --long
glance-on-more = More ({ $n ->
    [one] 1 note
   *[other] { $n } notes
}): cramp analyze --long, cramp explain FACTOR

# One factor in full.
not-recorded = nothing is written down about '{ $name }'
section-went-in = What went into it
section-estimate = The estimate
section-budget = Looks
known-on = Known on { $known } of { $recorded } recorded nights{ $filled ->
    [0] .
    [one] ; the other one is filled in from its values on the nights around it, for the estimate only.
   *[other] ; the other { $filled } are filled in from its values on the nights around them, for the estimate only.
}
changed = It changed { $n ->
    [one] once
   *[other] { $n } times
} between with and without.
compares = Times as many cramps { $step }, with 95 % interval:
row-joint = the other things allowed for
row-single = as it is graded
row-alone = without the other things
both-allow = { $n ->
    [one] It allows
   *[other] Both allow
} for season, slow drift, weekends and the night before.
announced = Announced at the look of the night of { $date }.
not-announced = No look has announced it.
spent = Its p is { $p } today. Spread over all looks so far it is { $spent }, and among all the things compared { $q }; a link is announced where that is small enough.
p-today = Its p is { $p } today; no look has counted it yet.
p-outside = Its p is { $p } today. It is a search, which looks do not judge.
budget = { $percent } % of what this diary may get wrong by chance is spent.

# Cramp nights in 100.
at = at { $value }
with-level = with '{ $level }'
risk = Season, drift and weekends allowed for: a cramp on about { $n_with } of 100 nights { $with } ({ $level } % interval { $interval_with }), on { $n_without } of 100 { $without } ({ $interval_without }).
no-risk = How many of 100 nights that would be could not be estimated: { $why }.
no-risk-because = { $why ->
    [no-cramps] no night where it is known had a cramp
    [only-cramps] every night where it is known had a cramp
    [no-contrast] it was never known to differ
   *[no-fit] the calculation does not settle on these nights
}

# Its levels and its nights.
yes-no = { $yes ->
    [yes] yes
   *[no] no
}
unknown = unknown
calm = calm
to = { $low } to { $high }
level-nights = { $level }: a cramp on { $cramp } of { $nights }
level-rate = { $level }: a cramp on { $cramp } of { $nights }, { $rate } cramps in 100 nights
night = { $night }: { $cramps }; { $value }

# The exact answers on the plain table.
exact-rate = With nothing allowed for, { $side ->
    [all] all cramps came on these nights
    [none] no cramp came on these nights
   *[some] cramps came { $ratio } times as often on these nights
} ({ $interval }; exact p { $p }).
exact-odds = The odds of a cramp night { $side ->
    [all] have no upper end on these nights
    [none] are 0 on these nights
   *[some] are { $ratio } times as high on these nights
} ({ $interval }; exact p { $p }).
ranks = In { $n } of 100 pairs of a cramp night and a calm night, the cramp night has the higher value (p { $p }).
ranks-higher = In { $n } of 100 pairs of a cramp night and a calm night, the cramp night has the higher value, typically by { $shift } (p { $p }).
ranks-lower = In { $n } of 100 pairs of a cramp night and a calm night, the cramp night has the higher value; typically it is { $shift } lower (p { $p }).

# What other calculations say.
section-days = Other days (a search, so at most a hint)
section-missing = If the missing nights were different
section-checks = Cross-checks (they change no grade)
bent = The link does not follow a straight line (p { $p }): look at the levels, not at the slope.
how-many-failed = Whether it goes with any cramp at all, or with how many, could not be estimated.
as-high = { $ratio } times as high ({ $interval })
whether = Whether there is any cramp: the odds are { $times }.
how-many = How many, on nights with one: the rate behind them is { $times }.
within-stretches = Compared only within 28-night stretches: { $ratio } times as many cramps.
case-crossover = Cramp nights against calm ones within the same stretches: the odds are { $ratio } times as high.
hazard = Time to the next cramp: the chance that a night brings it is { $times }.
no-finite-answer = No other method has a finite answer on these nights; all lean the same way as the estimate.
same-way = All of these point the same way as the estimate.
not-the-same-way = These do not all point the same way as the estimate.
no-other-answer = No other method has an answer on these nights.
would-be = The ratio would be: { $ratios }.
unknown-as-level = unknown as a level of its own { $ratio }
at-half = unrecorded nights at half your rate { $ratio }
at-double = at double your rate { $ratio }
quarters = The same direction in { $same } of { $heard } quarters with enough nights.
shuffled = Shuffling stretches of { $nights } nights gives a difference as large in { $n } of 100 tries.
lag = The value { $days ->
    [one] 1 day
   *[other] { $days } days
} earlier: { $ratio } times as many cramps (p { $p }).
tomorrow = Tomorrow's value against tonight's cramps: { $ratio } times (p { $p }). { $odd ->
    [yes] A link should not show here, so something else may be behind both.
   *[no] No clear link, as it should be.
}
