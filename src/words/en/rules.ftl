# The conditions of the rules in words, what would settle one, and why a flag is back.

# Several parts.
all-of = all of:
any-of = any of:
at-least-of = at least { $n } of:
unless = unless it is known that:
unless-denied = unless this was asked about and is not so:
or = { $first } or { $last }

# An entry.
in-an-experiment = { $what }, in an experiment from { $from }

# A symptom.
on-one-side = { $what } on one side
on-both-sides = { $what } on both sides
brought-on-by = { $what }, brought on by { $by }
relieved-by = { $what }, relieved by { $by }
lasting-minutes = { $what }, lasting at least { $minutes } min
lasting-at-most = { $what }, lasting at most { $minutes } min where that is recorded
severity-from = { $what } of { $score } out of 10 or more
bigger-by = { $what } of { $cm } cm or more between the two sides
worse = { $what } that is getting worse
sudden = { $what } that came on suddenly
also-over = { $what }, also when it is over
begun-within = { $what }, begun in the { $days } days before
for-days = { $what }, for { $days } days or more
on-days = { $what }, on { $days } days or more
last-days = { $what } (last { $days } days)
last-days-new = { $what } (last { $days } days; counts as new when no start was recorded)

# Cramps and other episodes.
by-day = { $what } by day
by-night = { $what } by night
longer-than = { $what } of more than { $minutes } min
awareness-lost = { $what } with awareness lost or jerking seen
urge-relieved = { $what } with an urge that moving relieves
repeated = { $what } that came back { $n } times at once
on-nights = { $what }, on { $nights } nights or more
in-weeks = { $what }, in { $weeks } weeks or more
cramp-nights = cramps on { $nights } or more nights a week in { $weeks } of the last 4 weeks (No only when 10 of 14 nights are recorded)
mean-pain = mean pain { $pain }/10 or more in the last 4 weeks
sleep-disturbed = sleep disturbed by cramps (disturbance 5/10 or more, 30 min lost, or woken) on { $nights } nights or more in the last 4 weeks
cramps = a cramp on { $nights } nights or more (last { $days } days)
no-trigger = effort and surroundings recorded on most cramp nights of the last 4 weeks, and ordinary
tried = { $what } kept up for { $days } days or more, cramps still every week and not a quarter fewer than before
measure-or-supplement = a measure or supplement
one-sided = at least 20 cramps with a side over 4 weeks or more, 85 in 100 on one side, and 75 in 100 in each half
after-losses = cramps within a day of heavy sweating, vomiting or diarrhoea on { $nights } nights or more in the last 4 weeks

# The person, medicines, supplements and factors.
known-condition = known condition: { $list }
fact-is = { $key } is { $value }
pregnant = pregnant
may-be-younger = may be younger than { $years }
or-older = { $years } years old or more
fact-within = { $key } in the last { $days } days
pressure-from = blood pressure of { $upper }/{ $lower } or more
started-before = { $what } started within { $days } days before the first cramp of the diary
more-than = more than { $limit } { $unit } of { $what } in one day (last { $days } days)
taken = { $what } taken (last { $days } days)
factor-at = { $factor } at { $value } or more on { $nights } nights or more (last { $days } days)

# What would settle a condition that cannot be told yet.
not-asked = { $what }: not asked lately
detail = { $what }: { $detail }
never-asked = { $key }: never asked
conditions-not-asked = known conditions: not all asked
thing-not-known = what "{ $name }" is (not answered)
start-not-known = since when { $name } is taken
whether-taken = whether you take { $what }
whether-taken-amount = whether you take { $what }, and how much
cramp-length = cramp #{ $id }: how long it lasted
cramp-detail = cramps: { $detail }
nights-needed = cannot tell yet: { $n ->
    [one] 1 more night
   *[other] { $n } more nights
} (cramp or calm)

# Why a flag that was discussed is back.
talk-too-old = the talk was more than a year ago
new-entry = there is a new entry since
came-back = it came back after it had gone
is-new = { $what } is new
rose = it rose from { $old } to { $fresh } out of 10
amount-rose = the daily amount rose from { $old } to { $fresh } { $unit }
more-nights = it was recorded on { $fresh } nights in four weeks, { $old } before the talk
