# The data dictionary of what a study is given: what each column means. The columns of factors take their labels.

record-id = Pseudonym of the diary in this study
night = Number of the night from the first one handed out, which is 1; a night runs from noon to noon
night-date = Date of the evening of the night; moved by whole weeks where dates are shifted, empty where nights are only numbered
weekend = Whether that evening was a Saturday or a Sunday
age-band = Age in the year of the first night, in bands of ten years, 90 and over together; empty where unknown
any-cramp = Whether the night had a cramp: 1 yes, 0 recorded as calm, empty not recorded
cramps = Cramps of the night; at least 1 where only the night was answered, empty where not recorded
excluded = Whether the person left the night out of statistics, as on a journey
in-bed = Minutes from bed to getting up, which is not sleep
asleep = Minutes asleep, as a device read them
sleep-quality = Sleep quality, 0 worst to 10 best
sleep-disturbance = How much the cramps disturbed sleep, 0 to 10
sleep-lost = Minutes of sleep lost
room-by-device = Whether the room temperature was read by a device; empty where it is unknown
taken = Medicines and supplements in use or taken that night, several with a semicolon: a class of medicine or a nutrient of this list, and other for everything else; empty where nothing is written down
cramp = Number of the cramp within its night
period = Whether it came by night or by day
cramp-start = When it began, by the clock on the wall; moved by whole weeks where dates are shifted, empty where nights are only numbered
cramp-end = When it ended, where beginning and length are known
cramp-clock = The time of day at which it began
time-certainty = How sure that time is
tz-offset = Offset of that clock from UTC; only with exact dates, because clock changes give a shift away
pain = Pain, 0 to 10, in steps of a half
site = Which muscles
side = Which leg
duration = How long it lasted; with duration_max_s the least it lasted
duration-max = The most it lasted, where a range was said
woke = Whether it woke the person
knot = Whether the muscle was a hard knot
relief = What was done against it at once, several with a semicolon
relief-after = After how long it eased

# The preview on a terminal.
title = For the study { $study }, as { $record }. This and nothing else would be written to { $folder }:
dates-exact = Dates are written as they are.
dates-shifted = Every date is moved back by the same number of whole weeks, which is not written anywhere.
dates-day-number = No date is written; nights are numbered.
table = { $file }: { $rows ->
    [one] 1 row
   *[other] { $rows } rows
}. Columns: { $columns }
first-rows = The first of them:
left-behind = Notes, your own words and factors, names of medicines and devices stay here. Of what you take only the kind leaves, such as loop-diuretic.
ask = Write this for the study { $study }? [y/N]
written = Written for { $study }: { $nights ->
    [one] 1 night
   *[other] { $nights } nights
}, { $cramps ->
    [one] 1 cramp
   *[other] { $cramps } cramps
}, to { $folder }
kept-in-history = That it was handed out is kept in the diary: cramp history
study-made = A new study { $study }. Its key is in { $file }: whoever has the key and a diary can find that diary among the pseudonyms, so keep it apart from the data and give every participant the same file.
