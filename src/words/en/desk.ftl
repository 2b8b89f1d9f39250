# The pages of the desk.
title = { $title } · nightcramp
skip = Skip to the page
pages = Pages
today = Today
calendar = Calendar
charts = Charts
links = What goes with it
warnings = Warnings
entries = Entries
files = Report and data
back = Back to { $page }

# Today
now = Where things stand
empty = This diary is empty. It begins with a cramp, written down below in your own words, or with the answer that last night was calm.
why-each = Why each warning is there, and what can't be told
write = Write something down
line = In your own words, on one line
line-hint = For example: 3am left calf 7 3min, stretching. Nothing is kept until you have seen how it was understood.
look = See how it is understood
understood = This is how it is understood
preview = Not kept yet
keep = Keep it
kept = Kept
kept-before = This was kept already, when it was sent the first time. Nothing was written twice.
refused = This could not be done
not-done = Not done
check-in = This morning
check-in-hint = Leave out what you do not know. Nothing is ever filled in for you.
details = If there was one: what was it like? For example 3am left calf 6 3min
answer = Keep these answers
no-reply = No answer was given, so nothing was written.

# Warnings
why = Why, and the sources
seen = I have read this
discussed = I talked about it with a clinician
when = When
what-came = What came of it
save = Save
not-asked = This is not asked any more.
checks-hint = Open what you can answer. Nothing is filled in for you, what you leave open stays unknown, and a no to one says nothing of the others.
about-you = About you
more-about-you = More about you
known-so-far = Written down so far: { $known }
leave-open = leave open
none-of-others = None of the others here
choice = { $word ->
    [yes] yes
    [no] no
    [none] none
    [former] not any more
    [listed] it is all written down
   *[other] { $word }
}
takes-course = Something you take: a medicine or a supplement
form-course = one at a time, with how much and since when: magnesium 300mg 2026-02-01
form-past = a date such as 2026-02-01, or none
form-due = a date such as 2026-09-01
form-conditions = with commas between them, or none
form-year = such as 1958
looked-after = It is looked after

# Charts and links
as-table = The numbers as a table
look-means = Looks are few, because looking often would find links that are not there. This one announces what holds up; it is kept, and cannot be taken back.
look-take = Take this look
follow = What the mornings ask
follow-which = Beside the cramps, ask me each morning for
every-factor = Every factor
factor = Factor
grade = Grade
counts = Counts
meaning = What it means
factor-grade = { $label }: { $grade }

# Entries
other-weeks = Other weeks
earlier = Four weeks earlier
later = Four weeks later
experiments = Experiments
experiment-stop = End it early
experiment-why = Why (it will have no result, and this cannot be taken back)
experiment-stopped = Ended
on-the-timeline = See them on the timeline
change = Change
change-which = Change { $id }
change-to = What to change, for example pain=6
delete = Delete
deleted = Deleted
amended = Changed
history = History
undo = Undo change { $change }
undone = Taken back
redo = Bring back change { $change }
redone = Brought back

# Report and data
report = For your doctor
report-means = One page about the last eight weeks, to print or to hand over.
report-open = Open the report (PDF)
backup = Backup
backup-means = A fresh copy of the whole diary, checked, in one file. It is not encrypted: keep it where only you can read it.
backup-make = Make a backup and download it
export = Export
export-means = The whole diary as files any spreadsheet can open. They are not encrypted.
export-all = Download everything (zip)
export-each = File by file
export-none = There is nothing to export yet.
import = Import
import-means = Files of an export (the zip archive, diary.json, or the CSV files with it), or what another program wrote: a thermometer, a phone, another tracker. You see first what would happen; nothing is written before you say so.
import-more = What a file may leave open
import-tz = Time zone of the file
import-tz-means = Only where the file does not say it, as with many thermometers: Europe/London
import-entity = Sensor, where the file holds several
import-unit = Temperature in
import-order = Dates like 03/04
import-dmy = day first
import-mdy = month first
import-as-said = as the file says
import-mine = The file is mine, though it names another year of birth
import-as = Program it is from, or a mapping you keep
import-skip-bad = Leave out rows that cannot be taken
import-files = Files
import-waits = Here already: { $files }. Choose files only to take others.
import-choose = { $start }: “{ $label }” below
import-type = { $start }: { $value } under “{ $label }” below
import-look = See what would happen
import-keep = Import
import-names = Choose an archive alone, or files whose names end in .csv, .json, .xml, .db or .sqlite, each once.
import-gone = The files are not here any more. Choose them again.

# What a page says in place of a command
on-page = on the page { $page }{ $away ->
    [yes] {" "}of your computer
   *[no] {""}
}
the-page = the page { $page }{ $away ->
    [yes] {" "}of your computer
   *[no] {""}
}
by-change = “{ change }” at { $id } { $place }
by-change-to = “{ change }” at { $id } { $place }: { $words }
by-delete = “{ delete }” at { $id } { $place }
by-factor = its name { $place }
by-look = “{ look-take }” { $place }
by-stop = “{ experiment-stop }” { $place }
by-history = “{ history }” { $place }
by-line = “{ write }” { $place }
by-words = “{ $words }” under { $field }
by-morning = “{ check-in }” { $place }
by-questions = the questions { $place }
by-read = “{ seen }” { $place }

# Refused
nothing-here = Nothing to show
not-known = This browser is not known to the diary, or was shut out since. To come in, start the diary on its computer once more and open the address it shows, or pair this device with a new code.
not-for-this-device = This device adds to the diary. The other pages are for the diary's own computer.
not-this-address = The diary does not answer to this address. Use the one it showed when it was started.
took-too-long = That took too long and was broken off. Look at the diary before you send it again.
cannot-read = The diary cannot be read or written just now. Load the page again in a moment. If it stays so, something is wrong with the file of the diary, on the computer that keeps it.
form-too-old = This form was made for another visit. Load the page again and send it once more.
form-too-large = That is more than can be sent at once. Nothing was written. Please send less.
form-broken = The form did not arrive whole. Nothing was written. Please send it once more.
no-such-page = There is no such page.
details-of-none = { $question }
    You said what it was like. Was there one? Please pick yes as well.
answer-kept = Kept: { $question }
