# cramp without a command: where things stand.

no-cramp = No cramp logged yet.
last-cramp = Last cramp: { $line }.

empty =
    This diary is empty. Three commands make a diary:
      cramp log left calf 6 3min    a cramp, just now
      cramp night calm              last night was calm
      cramp week                    the weekly report
    'cramp demo' shows a made-up diary of half a year.

all-answered = Every night of the last two weeks has an answer.
all-answered-since = Every night since { $night } has an answer.

one-unanswered = The night of { $night } has no answer yet.

unanswered = { $n ->
    [one] 1 night
   *[other] { $n } nights
} of the last two weeks have no answer yet; the latest is { $latest }.

# The first screen around it.
last-night = Last night, { $said }.
more-warnings = { $warning } And { $n } more: cramp flags
next = Next: { $next }
more-asked = { $n ->
    [one] 1 more question is
   *[other] { $n } more questions are
} open: cramp flags
answer-sign = answer: { $how }
answer-sign-no = answer: { $otherwise }; if so: { $how }
read-warning = read what to do about the warning: cramp flags
set-up = say what you would like to follow, five short questions: cramp ask setup
answer = answer a few short questions: cramp ask
still-night = the night is not over; a cramp just now: cramp log
look-due = a look at what goes with your cramps is due: cramp analyze
see-week = see the week: cramp week
