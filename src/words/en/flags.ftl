# cramp flags: what deserves a medical check, to the person and to a clinician. Never a cause, a probability or an
# all-clear.

nothing = No warning entry recorded.
not-a-diagnosis = This is a diary. It makes no diagnosis, and it cannot see what was not written down.
own-threshold = The exact limit is a proposal of this program; no guideline states it.

own-limits = { $n ->
    [one] The exact limit of { $ids } is a proposal of this program; no guideline states it.
   *[other] The exact limits of { $ids } are proposals of this program; no guideline states them.
}

# How soon.
emergency = EMERGENCY: call now
emergency-noted = EMERGENCY (noted on { $date })
same-day = TODAY
same-day-noted = TODAY (noted on { $date })
soon = SOON (about two weeks)
routine = AT YOUR NEXT VISIT

# Whom to ask, and when.
call = Call your emergency number now, for example 112, 999 or 911.
contact-today = Contact { $whom } today.
call-if = You noted this on { $date }. If it is still there or comes back, call your emergency number, for example 112, 999 or 911. If it is over, talk to a doctor today.
contact-today-if = You noted this on { $date }. If it is still there or comes back, contact { $whom } today. If it is over, write that down, and ask about it within days.
contact-soon = Contact { $whom } within about two weeks.
next-visit = Bring it up with { $whom } at your next visit.

# What was observed.
recorded = You recorded { $what }
your = your
their = the patient's
an-entry = an entry
and = { $first } and { $last }
in-night = in the night of { $date }
on = on { $date }
between = between { $first } and { $last }
since = , since { $date }

# Since when, and on how many nights.
new = New
persistent = Persistent
dated = { $status }: first entry { $first }, last entry { $last }
lasting = { $status }; { $entries ->
    [one] 1 entry
   *[other] { $entries } entries
}, { $nights }.

# What must be known to read the flags.
coverage = { $recorded } of the last { $nights } nights are recorded. A night that is not recorded never counts as calm.
excluded = Left out of frequency: { $from } to { $to } ({ $why }).

# The same for the rules.
rules-three-answers = Each rule answers yes, no or unknown; what was not written down is unknown and never no.
rules-over = A sign is over when a later answer about it is no. A fit, a wound, chest pain, lost sight, trouble with speech or sudden weakness still counts for a time, as its rule says.
rules-frequency = About frequency, recorded nights alone can make the answer yes; it is no only when 10 of 14 nights are recorded.
rules-discussed = A flag you discussed comes back when it gets worse: a red or same-day flag with any new entry; the others with a new sign, two points more on ten, a larger dose, or half as many nights more (and at least two) in four weeks.
rules-reviewed = The rules were compared with their sources by the makers of this program. No clinician has reviewed them yet.

# On the terminal.
when-read = When you have read this: cramp flags --seen { $id }
more-with-why = The entries, the rules and their sources: cramp flags --why
discussed = Discussed with a clinician, not worse since:
earlier = Earlier:
earlier-flag = { $id }: { $dates }, { $status }
questions = These answers would help most:
question = - { $ask } To answer: { $how }
why = Why: { $why }
do = Do: { $advice }
rule-sources = Sources: { $keys }
claims = Claims of the source documents that have no rule, and why:
why-it-matters = Why it matters: { $why }
what-to-do = What to do: { $advice }
seen = Seen on { $date }.
entries = Entries:
condition = The rule fires when:
sources = Sources:
reviewed = Compared with its sources on { $date }.
could-not-tell = Cannot tell yet:
more-nights = { $n ->
    [one] 1 more night (cramp or calm)
   *[other] { $n } more nights (cramp or calm)
}
more-unclear = and { $n ->
    [one] 1 more pattern
   *[other] { $n } more patterns
}, because answers are missing (--why has more, --json all).
all-unclear = { $n ->
    [one] 1 pattern
   *[other] { $n } patterns
}, because answers are missing (all with --json).
talk = Discussed on { $date }.
talk-about = Discussed on { $date }: { $text }.
back = It is back because { $worse }.

# To a clinician.
dates = { $first } to { $last }
no-date = no date
clinician-urgency = { $urgency ->
    [emergency] emergency
    [same-day] same day
    [soon] soon
   *[routine] routine
}
clinician-flag = { $urgency } · { $observed }
clinician-entries = { $urgency } · { $observed } Entries: { $dates }.
clinician-ask = open question · { $observed }
clinician-read = Read by the patient on { $date }; no talk with a clinician is recorded
clinician-talk = Discussed on { $date }
clinician-talk-about = Discussed on { $date }: { $text }
clinician-since = { $talk }; since then { $worse }
clinician-not-done = { $all ->
    [yes] Nothing is recorded about what was done.
   *[no] Where nothing is stated, nothing is recorded about what was done.
}

# Questions about an entry that could begin an urgent rule, and about warning words in a text.
ask = { $question } To answer: { $answer }
ask-text = { $question } If so: { $answer }. If not: { $otherwise }
ask-recorded = You recorded { $sign } on { $date }. { $question }
ask-wrote = You wrote “{ $words }” ({ $at }). { $question }
ask-side = { $symptom ->
    [weakness] Which side: left, right or both?
    [numbness] Which side: left, right or both?
    [pale-foot] Which foot: left, right or both?
    [cold-foot] Which foot: left, right or both?
   *[other] Which leg: left, right or both?
}
ask-since = Since when?
ask-sudden = Did it come on suddenly?
ask-severity = How strong is it, from 0 to 10?
ask-relieved-by = What makes it better: rest, sitting, moving, bending, hanging the leg down, or nothing?
ask-lasts = How long does it last each time?
ask-any = Is there any of this too: { $list }?
ask-beside = { $question } If so: { $answer }, or another of them. If none: { $otherwise }
ask-safety = If you cannot breathe well or your chest hurts now, call your emergency number.
ask-detail-clinician = { $sign } on { $date }; not recorded: { $detail ->
    [side] which side
    [since] since when
    [sudden] whether it came on suddenly
    [severity] how strong it is
    [relieved-by] what makes it better
    [lasts] how long it lasts
   *[other] { $detail }
}
ask-beside-clinician = { $sign } on { $date }; not recorded whether also: { $list }
ask-text-clinician = Wrote “{ $words }” on { $date }; not yet answered whether: { $sign }
command-edit = cramp edit { $id } { $answer }
command-symptom = cramp symptom { $words }
command-answer = cramp flags answer { $id } { $answer }
choice = { $word ->
    [left] left
    [right] right
    [both] both
    [yes] yes
    [no] no
    [none] none of them
    [days-0] that day
    [days-1] the day before
    [days-3] 3 days earlier
    [days-7] 1 week earlier
    [days-14] 2 weeks earlier
    [days-28] 4 weeks earlier
    [days-91] 3 months earlier, or more
    [rest] rest
    [sitting] sitting
    [moving] moving
    [bending] bending
    [hanging] hanging the leg down
    [nothing] nothing
    [other] something else
    [lasts-30s] half a minute
    [lasts-2min] 2 minutes
    [lasts-10min] 10 minutes
    [lasts-1h] 1 hour
    [lasts-1d] a day or more
   *[number] { $word }
}
choice-pain = pain { $n }
choice-lasted = it lasted { $span }
asks = Open questions:
