# cramp experiment: one thing tried by chance. "When chance decided" is as far as any sentence goes, and nothing compares
# nights before the end.

# What is asked for.
answer-first = { $n ->
    [one] one answer is needed before this can be tried
   *[other] { $n } answers are needed before this can be tried
}
answer-so = { $ask } To answer: { $how }
long-side = what is done on a night is said in at most { $most } letters
    .hint = it stands in every line about tonight; a note can hold more
unknown-word = '{ $word }' is not understood here
    .hint = after the thing come on="what you do on a night with it" and off="what you do on a night without it"

# What is looked for, and for how long.
not-an-effect = '{ $word }' is not an effect
    .hint = write half, third (a third of the cramps would be left), or a number such as 0.7 (seven cramps where there were ten)
no-effect = an effect of { $word } is no effect: as many cramps as before
    .hint = write how much would be left, such as half, third or 0.7
more-cramps = { $word } would mean more cramps than before
    .hint = write how much would be left, such as half, third or 0.7
all-gone = no experiment can look for an effect of { $word }
    .hint = write how much would be left, such as half, third or 0.7
few-nights = { $nights } nights are too few: a result could always be luck
    .hint = take { $fewest } nights or more; 'cramp experiment plan THING' shows how many are needed
not-in-fours = nights are drawn in fours, and { $nights } is not a whole number of fours
    .hint = take { $next } nights
nights-and-pairs = single nights and pairs of periods are two different plans
    .hint = give --nights, or --pairs with --period
few-pairs = { $pairs } pairs are too few: a result could always be luck
    .hint = take 8 pairs or more
no-period = a period cannot have { $period } nights
    .hint = a period has 14 nights, of which the first 4 do not count, or 28, of which the first 7 do not count
too-long = so many nights are more than an experiment can have
    .hint = take at most 2000 nights

# The plan.
planning = [{ $bar }] { $done } of { $all } hundredths tried out
too-few-nights = the diary has too few nights to plan from: at least 28 with an answer are needed
    .hint = answer each morning with 'cramp ask'; calm nights count as much as the others
no-cramps-yet = there is no night cramp in the last year of this diary, so there is nothing to have fewer of
    .hint = an experiment makes sense once cramps have come back
no-fit = the nights of this diary are too uneven to plan from
    .hint = try again in a few weeks, with more nights answered
plan-title = An experiment with { $label }
plan-rests-on = Your diary has { $rate } cramps per 100 nights ({ $n } nights with an answer, in the last year). Each plan was tried out 2000 times on made-up nights like yours.
plan-effect = Chance to find it: if nights with { $label } really had { $effect }.
head-design = Plan
head-ends = Last night
head-power = Finds it
head-false = False alarm
design-nightly = { $nights } nights, each drawn
design-pairs = { $pairs } pairs of { $period } nights ({ $nights })
design-line = { $words }, last night { $ends }: finds it in { $power } of 100, false alarm in { $alarm } of 100
effect-half = half as many cramps
effect-third = a third as many cramps
effect = { $of_100 } cramps where there were 100
advice-good = Advice: { $words }. If there are really { $effect } with { $label }, { $chance } of 100 such experiments find it. Begun tonight, the last night is { $ends }.
advice-might = Advice: { $words }, the best of these, but it may well miss it: if there are really { $effect } with { $label }, { $chance } of 100 such experiments find it. Begun tonight, the last night is { $ends }.
advice-none = Not worth starting: none of these would find { $effect } more often than it would miss it.
would-longer = What would have a fair chance: { $words }.
would-larger = Or look for a larger effect: { $words } would find { $effect }.
would-nothing = With so few cramps no length would do. Be glad of it.
too-weak = { $advice }
    .hint = 'cramp experiment start … --anyway' starts it all the same; everything it says will then repeat this

# The start.
about-to-start = { $label }: { $words }, from tonight ({ $from }) to the night of { $to }. Its chance to find what you look for is { $chance } of 100.
fixed = Chance decides which nights are with it and which without. Once begun, the plan does not change.
really-start = Start it? [y/n]
nobody-to-ask = nothing was done: nobody is there to say yes
    .hint = add --yes
nothing-done = nothing was done
no-chance = the computer gave no random numbers, so nothing can be drawn
    .hint = start the experiment with the 'cramp' program itself
seal = Seal: { $seal }. Write it down or send it to somebody: it proves later that the plan was not changed.
to-undo = Until the first night is over, 'cramp undo' takes the start back. After that: cramp experiment stop { $thing } "why"
key-exists = there is a file { $file } already, and it was left alone
    .hint = name a new file for the key
key-written = Give { $file } to the friend who prepares the doses, and do not open it. Keep the letters A and B on them.
empty-one = the look-alike without it
key-file =
    For the friend who prepares the doses of an experiment with { $label }.
    Please do not show this to the person who takes them before the experiment is over.

    Label { $on }: { $on_words }
    Label { $off }: { $off_words }

    Both must look and taste alike. Prepare enough of each and write nothing but the letter on them.
    When the last night is over, give this file back: it opens the result.

    key { $key }

# Tonight.
tonight = Tonight: { $side }.
tomorrow = Tomorrow: { $side }.
with = with { $label }
without = without { $label }
labelled = { $label }, the one marked { $letter }
side = { $side } ({ $words })

# The question of the morning after.
did-you = Your experiment, night of { $night }. { $question }
did-you-form = y n, or partly
took = Did you take { $label }?
took-marked = Did you take the { $label } marked for that night?
no-answer = '{ $reply }' is not an answer
answers = answer y, n or partly, whatever the plan was; ? or Enter if you do not know

# Where it stands.
none = There is no experiment yet. See what one would take: cramp experiment plan stretch
is-nightly = Experiment with { $label }: each night drawn, { $from } to { $to }.
is-pairs = Experiment with { $label }: { $pairs } pairs of { $period } nights, { $from } to { $to }.
is-stopped = Stopped on { $day }, no result. Why: { $why }
is-finished = Every night is over. See what came out: cramp experiment result { $thing }
not-begun = It begins on { $from }, but the clock of this computer shows an earlier day. Is the clock right?
to-go = { $left ->
    [one] 1 night
   *[other] { $left } nights
} to go; the result opens on { $opens }.
nights = { $done } of { $of } nights are over; { $recorded } of them { $recorded ->
    [one] has
   *[other] have
} an answer.
none-told = You have not said yet what you did: 'cramp ask' asks each morning.
kept = You did what was drawn on { $kept } of the { $told ->
    [one] 1 night
   *[other] { $told } nights
} you told about.
not-sound = The plan or the schedule is not the one that was sealed at the start, so there can be no result.
weak = It was started although it would probably find nothing, even if there is something: its chance was { $chance } of 100.
none-near = there is no experiment with '{ $name }'
    .hint = did you mean '{ $near }'?
none-at-all = there is no experiment with '{ $name }', nor with anything else
    .hint = see what one would take: cramp experiment plan { $name }
none-of-name = there is no experiment with '{ $name }'
    .hint = 'cramp experiment' shows all

# The end, and the seal.
wrong-key = this is not the key of the experiment with { $thing }
    .hint = look for the file that was written at its start
really-stop = Stop the experiment with { $label }? It will have no result, and this cannot be taken back. [y/n]
sound = The seal fits: plan and schedule are those of the first day.
other-seal = The seal you gave is not the one of this experiment. Was it started again, or is this diary an older copy?
seal-not-known = this diary knows no experiment with that seal: it may be a copy from before the start
    .hint = 'cramp restore --list' shows the backups; one made after the start has the experiment
seal-is = Seal: { $seal }

# Kept in the diary: begun, ended, opened; undo and redo.
nights-taken = there is an experiment with { $thing } on these nights already, { $from } to { $to }
    .hint = 'cramp experiment' says where it stands; 'cramp experiment stop "{ $thing }" "why"' ends it early
two-at-once = two experiments run already ({ $things }); a third would make all of them hard to keep and to read
    .hint = wait until one is over, or end one early: cramp experiment stop THING "why"
none-runs = no experiment with { $thing } runs
    .hint = 'cramp experiment' says which do
is-over = the experiment with { $thing } was over on { $to }, so there is nothing to stop
    .hint = see what came out: cramp experiment result "{ $thing }"
no-label = that key opens no experiment with { $thing }
    .hint = use the key file that was made when this experiment began
start-stands = the experiment with { $thing } has begun, and its start cannot be undone once its first night is over
    .hint = to end it early: cramp experiment stop "{ $thing }" "why"
start-too-late = the start of the experiment with { $thing } was undone, and its first night has passed since
    .hint = begin a new one: cramp experiment start "{ $thing }"
stop-stands = the experiment with { $thing } was ended early, and that cannot be undone
    .hint = begin a new one: cramp experiment start "{ $thing }"
written-as-done = { $done ->
    [yes] { $thing }: written down as done on the night of { $night }, for the experiment
    [no] { $thing }: written down as not done on the night of { $night }, for the experiment
    [partly] { $thing }: written down as partly done on the night of { $night }, for the experiment
   *[unknown] { $thing }: what was done on the night of { $night } is unknown again
}
only-partly-there = { $factor }=partly can be said on the nights of an experiment with { $factor }, and this is none
    .hint = write yes or no
left-out = { $n ->
    [one] 1 night
   *[other] { $n } nights
} of { $factor } left out here until its experiment is over: nobody is to see before the end what goes together.
all-left-out = the nights of '{ $name }' are left out until its experiment is over: nobody is to see before the end what goes together
see-how-it-stands = see how it stands: cramp experiment
opening-stands = the key of the experiment with { $thing } was opened, and that cannot be undone
    .hint = see what came out: cramp experiment result "{ $thing }"

# The picture of the periods.
chart-title = Experiment: { $label }
lane = { $on ->
    [yes] with it
   *[no] without
}
in-100-nights = { $n } in 100 nights
no-nights-count = no night counts
no-rate = –
rates-of-blocks = Chance chose anew in every four nights; a rate is given for every { $n } such blocks.
rates-of-periods = Chance chose the order of each pair of periods; a rate is given for each period.
highest-bar = { $most ->
    [one] A bar is 1 cramp.
   *[other] The highest bar is { $most } cramps.
}
periods-head =
    From
    To
    Chance chose
    Nights counted
    Cramps
    In 100 nights

# What may be tried. A refusal starts small, because it stands after the name of the program.
a-medicine = '{ $name }' is a medicine: ask your doctor; a trial of it is theirs to plan
    .hint = this program never plans a trial of a medicine, nor of stopping one
written-as-medicine = '{ $name }' is written down as a medicine ({ $key }): ask your doctor; a trial of it is theirs to plan
    .hint = if nobody prescribed it and it is a supplement, say so first: cramp edit { $key } kind=supplement
stopping-a-medicine = '{ $name }' speaks of a medicine: an experiment never stops or changes one; ask your doctor, a trial is theirs to plan
    .hint = choose an "off" that leaves every medicine as it is
quinine = quinine and tonic water are never an experiment. { $why }
rules-against = this should not be tried by chance. { $why }
day-would-add-up = With what you take already, a day would add up to { $amount }.
because-recorded = You wrote down: { $entries }.
whom-to-ask = Ask { $whom }. { $advice } Rule { $id }; sources: { $sources } (cramp help sources).
urgent-first = something else comes first. { $heading }: { $observed }
taken-already = { $name } is written down as a course that goes on ({ $key }), so "off" would not be without it
    .hint = end it first (cramp course stop { $key }), or try something else
under-way = an experiment with { $thing } runs until the night of { $to }
    .hint = wait for its end, or end it early with cramp experiment stop "{ $thing }" "why"
only-pairs = { $label } lasts for more than a night, so it is tried in pairs of periods, not night by night
    .hint = use --pairs 8 in place of --nights
only-pairs-because = { $label } is tried in pairs of periods, not night by night, because { $why }
    .hint = use --pairs 8 in place of --nights
on-is-a-supplement = "on" speaks of a supplement ('{ $name }'), and { $label } is none: its limits could not be looked at
    .hint = name the supplement itself, for example: cramp experiment plan magnesium on="200 mg"
no-thing = what should be tried?
    .hint = name a factor or a supplement: cramp experiment plan stretch
not-known = '{ $typed }' is no factor and no supplement that is known here
    .hint = add it as a factor of your own first: cramp factor add NAME type=yes-no; 'cramp factor list' shows all
not-known-near = '{ $typed }' is no factor and no supplement that is known here
    .hint = did you mean '{ $near }'? One of your own: cramp factor add NAME type=yes-no
never-drawn = lots cannot be drawn for "{ $label }", because { $why }
    .hint = 'cramp explain' compares nights with and without it, without lots
not-yes-no = "{ $label }" has more than two answers, and lots are drawn between two
    .hint = make one of your own that is yes or no: cramp factor add my-{ $factor } type=yes-no, then cramp experiment plan my-{ $factor } on="what you do" off="what you do otherwise"
put-away = the factor '{ $factor }' was put away
    .hint = bring it back first: cramp factor add { $factor } type=yes-no
several-substances = '{ $label }' holds several substances, and the limits of each could not be looked at
    .hint = try one of them alone
own-supplement = "{ $label }" is the name of a supplement, and limits are looked at by the supplement's own name
    .hint = name the supplement itself, for example: cramp experiment plan magnesium on="200 mg"
dose-missing = How much { $label } is taken on an "on" day?
dose-not-read = How much { $label } is taken on an "on" day? '{ $typed }' does not say one amount with its unit.
dose-contents = How much { $label } itself is in the { $unit } of an "on" day? The label says.
dose-how = write the amount of a day with its unit, for example on="… { $unit }" or on="2 x … { $unit }"
dose-basis = Is that the weight of { $label } itself, or of the whole salt? The label says.
dose-basis-how = on="… { $unit } elemental" for the weight of the element, or on="… { $unit } compound" for the whole salt
drawn-because = { $design ->
    [pairs] Lots are drawn for pairs of periods, because { $why }.
   *[nightly] Lots can be drawn night by night, because { $why }.
}
counts-every-night = For the limits of supplements, { $label } counts as taken every night of the experiment.
taken-lately = You wrote down { $label } on { $n ->
    [one] 1 night
   *[other] { $n } nights
} of the last two weeks. During the experiment, take it only on the nights it is drawn for.
contents-not-known = What { $label } holds is not known here, so no limit can be looked at. Show the label to a pharmacist first.

# What has come up since an experiment began.
flag-in-force = { $heading }: { $observed }
now-against = This experiment would be refused now. { $why }
now-taken = { $name } is written down as a course too, so this experiment would be refused now.
runs-on = An experiment with { $thing } is running.
offer-to-stop = That matters more than an experiment. To end it: cramp experiment stop "{ $thing }" "why"

# The result: why there is none.
result-not-over = the result of the experiment with { $thing } opens on the morning of { $day }
    .hint = nothing is shown before; 'cramp experiment' says where it stands
result-stopped = the experiment with { $thing } was ended early on { $day }: stopped, no result
    .hint = its nights are part of 'cramp analyze' again
result-unsound = the seal of the experiment with { $thing } does not fit: plan or schedule are not those of the first day, so there is no result
    .hint = 'cramp experiment verify { $thing }' says more; a backup from before the change may help
result-not-opened = the experiment with { $thing } is blinded and has not been opened
    .hint = cramp experiment result { $thing } --key FILE (the key file that your friend kept)

# The result: its numbers.
result-title = Your experiment: { $label }, { $nights } from { $from } to { $to }
result-incomplete = Read this first: { $unknown } of the { $expected } nights that should count have no answer, more than a third. If those nights were different ones, all that follows is wrong.
result-weak = It was begun although it had a chance of only { $chance } in 100 to find { $times } times as many cramps. If it found nothing, that says little.
result-side = { $on ->
    [yes] With it
   *[no] Without
}: { $cramps } on { $nights }, { $n } in 100 nights.
result-side-empty = { $on ->
    [yes] With it
   *[no] Without
}: no night that counts.
result-difference = { $way ->
    [fewer] That is { $n } fewer in 100 nights
    [more] That is { $n } more in 100 nights
   *[same] That is no difference in 100 nights
}: { $times } times as many with it ({ $interval }).
result-difference-alone = { $way ->
    [fewer] That is { $n } fewer in 100 nights
    [more] That is { $n } more in 100 nights
   *[same] That is no difference in 100 nights
}. No interval can be given.
result-range = Against { $without } in 100 nights without it, that leaves room for { $range } with it.

# The result: what it means.
result-means = What it means
result-fewer = When chance decided, cramps were fewer with it: { $with } against { $without } in 100 nights. For you, under these conditions.
result-more = When chance decided, cramps were more with it, not fewer: { $with } against { $without } in 100 nights. For you, under these conditions.
result-twice = Shown in { $n } experiments of yours.
result-sure = Chance alone gives so large a difference less than once in 200 draws, so this one counts as shown twice.
result-contradicted = Another experiment of yours with { $label } found the opposite, so together they show nothing.
result-unlikely = No difference found: an effect of half or more is unlikely. A smaller one is still possible.
result-unclear = No difference found, and one is still possible.
result-no-numbers = { $why ->
    [no-cramps] There was no cramp on any night that counts, with it or without, so there is nothing to compare.
    [one-side] On one of the two sides no night counts, so there is nothing to compare.
    [no-nights] No night counts, so there is nothing to compare.
   *[not-opened] It has not been opened, so there is nothing to compare.
}

# The result: how the plan was kept.
result-kept-head = How it was kept
result-kept = What chance had chosen was done on { $kept } of { $of } nights{ $unsaid ->
    [0] .
    [one] ; of 1 night it was not said what was done.
   *[other] ; of { $unsaid } nights it was not said what was done.
}
result-kept-unsaid = It was never said what was really done, so how far the plan was kept is not known.
result-as-done = By what was really done (not randomised): { $with } in 100 nights on { $on } with it, { $without } on { $off } without.
result-not-counted = { $counted } count; not counted: { $parts }.
result-nights-left = { $nights } { $why ->
    [unknown] without an answer
    [excluded] in a time that was left out
   *[washout] at the beginning of a period, as planned
}
result-dropped-pairs = { $pairs ->
    [one] 1 pair has a period without a night that counts, and is left out whole.
   *[other] { $pairs } pairs have a period without a night that counts, and are left out whole.
}

# The result: what it does not mean.
result-means-not = What it does not say
result-knowing = { $blinded ->
    [yes] It was blinded: nobody at home knew which nights were which before it was opened.
   *[no] It was not blinded: you knew which nights were with it, and what one expects can change what one feels and writes down.
}
result-not-no-effect = 'No difference found' is not 'no effect'.
result-only-you = It says nothing about other people, other amounts or other times, and nothing about why.

# The result: chance, last.
result-chance-head = Chance alone
result-seal = The seal fits: plan and schedule are those of the first day ({ $seal }).
result-p = { $exact ->
    [yes] Of all { $draws } schedules that chance could have drawn
   *[no] Of { $draws } further draws of the schedule
}, { $n } in 100 give a difference as large without any effect (p { $p }).
result-cell = { $cramps } on { $nights } ({ $in_100 } in 100)
result-picture = Its picture: cramp chart experiment { $thing } --out FILE.png

# Beside the analysis of all nights.
shown-of = { $label }: { $said }
explain-title = { $title }.
explain-more = More of it: cramp experiment result { $thing }. What follows goes by all your nights, and chance did not decide.
