# cramp help: the words around the pages of help/.

evidence = Evidence: { $evidence } { $found }
evidence-trial = One trial found that it helps; it has not been repeated.
evidence-trials-disagree = Trials disagree.
evidence-no-effect = Most trials found no worthwhile effect.
evidence-weak = The evidence is weak: small or indirect studies.
evidence-advice-only = Advice only: no trial was found.
evidence-warned = Warned against by medicines agencies.
disputed = Sources contradict each other: { $disputed }
caution = Caution: { $caution }
record = Write it down: { $record }
sources = Sources: { $sources }
rules = ; rules: { $rules }

# Why a claim of the source documents is not recorded.
reason-judged-by-rules = a judgement, not something to record: the rules named make it
reason-way-of-thinking = a way of thinking, not something to record: it shapes what the program tells you and what it leaves out
reason-figure = a figure for the background; nothing to record
reason-other = not something a diary can hold

# cramp help
topics = Topics ('cramp help TOPIC'):
man-written = Manual pages written to { $folder }
no-help = there is no help on '{ $name }'
no-help-hint = 'cramp help' lists commands and topics
did-you-mean = did you mean '{ $name }'?

# The lists of what may be recorded.
factor = { $label } ({ $when ->
    [day] the day before
    [evening] the evening before
   *[night] during the night
}): { $accepted }.
factors-title = Factors
factors-intro = Write a factor as name=value with cramp night or cramp log; ? makes it unknown again, - removes it. Codes in brackets are sources: cramp help sources. That a source names a factor does not mean that it causes cramps.
put-away = put away
facts-title = Facts about you
facts-intro = Write a fact as key=value with cramp me. What was never asked stays unknown; none means asked, none.
conditions = conditions the medical checks know
conditions-other = Any other condition is kept in your words and shown to the clinician, but no check uses it.
symptoms-title = What may be noticed between cramps
symptoms-intro = Write what you noticed with cramp symptom NAME, with left, right or both, 0 to 10, and no for 'asked and absent'.
details = details
words-title = The words of a line
words-intro = In cramp log the words may come in any order. left, calf, 7/10, 3min, +stretch, a time and free words in quotes need no key; everything else is key=value, and so is any factor of the night (cramp factor list).
words-cramp = a cramp
words-night = a night
words-relief = what was done against it
