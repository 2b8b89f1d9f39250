# The page of the bedside: short and calm, for a person in pain at night.
title = Bedside
# On the home screen of a phone, below its picture
app-name = Cramp
cramp-now = Cramp now
noted = Noted.
kept = Kept: { $line }.
helped = what helped: { $relief }
kept-before = This is kept.
taken-back = Taken back.
undo = Take it back

# What can be said about the cramp that was just kept
more = You can say more, or leave it.
which-side = Which leg?
side = { $word ->
    [left] Left
    [right] Right
   *[both] Both
}
which-site = Where?
site = { $word ->
    [calf] Calf
    [foot] Foot
    [toes] Toes
    [thigh] Thigh
   *[other] Other
}
how-painful = Pain, 0 to 10
pain = Pain { $n }
passed = It has passed
what-helped = What helped?
relief = { $word ->
    [stretch] Stretching
    [massage] Rubbing
    [walk] Walking
    [heat] Warmth
    [press] Pressing
    [dorsiflex] Toes up
    [pull-toe] Pulling the toe
    [cold] Cold
    [drink] Drinking
    [medicine] Medicine
   *[none] Nothing
}

# In the person's own words
own-words = In your own words
own-words-night = Last night’s cramp in your own words
example = left calf 7
check-words = Check
understood = Understood:
not-yet = Nothing is kept yet.
keep = Keep it

by-here = “{ $button }” on this page

# Warnings and questions
warning = { $urgency ->
    [emergency] Get help now
    [same-day] See a doctor today
   *[other] Please read this
}
read = I have read this
unclear = Some words can be read in two ways. Which is meant?
on-computer = You can answer this on your computer: { $command }
answered = Kept: { $answer }.
answer-kept = Your last answer is kept.
not-asked = This is not asked any more. What was answered can be changed on your computer.
stays-unknown = { $urgency ->
    [emergency] It stays unknown. If it is bad or gets worse, or you feel ill, call your emergency number, for example 112, 999 or 911. Otherwise ask a doctor today.
    [same-day] It stays unknown, and with it whether this should be looked at today. If you still cannot tell when you are up, ask a doctor today.
   *[other] It stays unknown.
}

# The offline queue of the script
waiting = Kept on this phone ({ $n }). It is sent when your computer answers. If this page is closed or gets another address, taps may wait under the old one.
unreachable = Your computer does not answer just now. Your words can wait on this phone: tap Keep it.
not-paired = This phone is not paired any more. Pair it again on your computer. What you tapped waits here.
did-not-answer = Your computer did not answer. You can tap as usual: it waits on this phone and is sent later.
try-again = Try again
refused = This was not kept:
dismiss = Close

# Refusals
too-late = This can only be changed for ten minutes. Later it can be changed on your computer.
no-such-night = This is no night that is over.
unknown-entry = This belongs to no cramp that was kept.
relief-title = What to do during a cramp
caution = Careful: { $caution }

# The morning
last-night = Last night
all-answered = Last night is answered. Thank you.
cramp = Cramp
no-cramp = No cramp
unknown = I don’t know
less = Less
more-of = More
keep-number = Keep
no-number = Please give a number first.
night-kept = { $outcome ->
    [calm] Kept: no cramp that night.
    [cramp] Kept: a cramp that night. You can say what it was like.
   *[other] Kept.
}
value-kept = Kept: { $factor } { $shown }.
value-unknown = Kept: { $factor } is not known.
