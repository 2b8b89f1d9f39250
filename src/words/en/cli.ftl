# What the commands answer: what was done, what could not be done, and as "hint" the way out. A failure starts small,
# because it stands after the name of the program.

# Every command.
note = note: { $text }
warning = warning: { $text }
echo = { $line }. Undo: cramp undo
echo-record = { $verb } { $key }: { $line }
echo-values = { $line }; { $values }
value-unknown = { $factor } unknown
control-characters = control characters were left out of the text
to-answer = { $question } To answer: { $how }
working = { $what }: { $seconds } s
comparing = comparing nights
not-a-date = '{ $text }' is not a date
    .hint = write it as 2026-03-04, or as today, yesterday, mon, -2
not-an-instant = '{ $text }' is not a date with a time and an offset
    .hint = write it as 2026-03-04T08:00:00+00:00
no-place = there is no folder for the diary
    .hint = name a file with --diary FILE
no-request-key = the request has no key
    .hint = send an Idempotency-Key header, a new one for each entry
request-key-not-text = the key of the request is not text in UTF-8
    .hint = send an Idempotency-Key header of letters and digits, a new one for each entry
request-key-too-long = the key of the request is longer than { $most } bytes
    .hint = send a shorter Idempotency-Key header, a new one for each entry
not-a-time = '{ $text }' is no time of the day
    .hint = write it as 08:00, 8am or 8:00 pm
not-an-address = '{ $text }' is no address of a page
    .hint = write it whole, such as http://192.168.1.20:7466/bed
port-taken = something listens at port { $port } already; perhaps the pages are open there
    .hint = to open them: cramp serve --port { $port } --open; or choose another port
no-length-of-time = '{ $text }' is no length of time
    .hint = say how long, such as --for 12h, or --for always
too-long-served = '{ $text }' is too long; the longest is { $most }
    .hint = say how long, such as --for 12h, or --for always
not-so-long = { $why }
    .hint = say how long, such as --for 12h, or --for always
no-such-address = this computer does not have the address { $address }
    .hint = --lan alone finds the address; 'ip address' on Linux, 'ifconfig' on macOS and 'ipconfig' on Windows show those it has
no-lan = this computer has no address on a home network
    .hint = connect it first, or give the address: --lan=192.168.1.20
not-at-home = { $address } is no address of a home network; the pages are not for the internet
    .hint = give one such as --lan=192.168.1.20, or use a proxy with --host NAME
not-a-pairing = '{ $word }' is no way to pair a device
    .hint = a device only adds, or is a 'reader': cramp serve --pair NAME reader
device-taken = there is a device '{ $name }' already
    .hint = choose another name, or first: cramp devices revoke "{ $name }"
pair-needs-lan = a phone cannot reach this computer: the pages are not on the home network
    .hint = cramp serve --lan --pair "{ $name }"
not-on-lan = a phone cannot reach the pages that run: they are not on the home network
    .hint = stop that server, and start it with: cramp serve --lan --pair "{ $name }"
install-needs-for = say how long the pages shall be there after each log-in
    .hint = --for 12h, or --for always
install-nowhere = there is no home folder to put the file in
no-device = there is no device '{ $name }'
    .hint = 'cramp devices' lists them
revoked-already = '{ $name }' is shut out already
    .hint = to take back what it wrote: cramp devices revoke "{ $name }" --entries
not-a-device-name = '{ $name }' cannot be the name of a device
    .hint = letters, digits, spaces and - _ . ' are allowed, at most 40 of them
nothing-to-take-back = there is nothing to take back
    .hint = a device can take back what it wrote for ten minutes; after that, use the diary itself
no-server = this program was built without the pages
    .hint = build it with the feature 'web'
not-json = the answer could not be written as JSON: { $why }
wrong-order = { $last } comes before { $first }
    .hint = give the earlier night first, then the later one
cannot-read = { $file } could not be read: { $why }
cannot-write = { $file } could not be written: { $why }
no-file = there is no file { $file }
see-help = see 'cramp --help'
no-command = '{ $word }' is not a command
    .hint = 'cramp --help' lists them all; a cramp is written down with 'cramp log'
no-command-near = '{ $word }' is not a command
    .hint = Did you mean: cramp { $line }

# log, night
logged = Logged #{ $id }: { $line }
noted = Noted: { $line }
kept-as-note = Kept as a note ({ $id }): { $line }
which-class = What is "{ $name }" for, and which class of medicine is it: { $classes }? Say so with 'cramp edit { $id } class=CLASS', or 'cramp edit { $id } class=other' if it is none of these. Until then the checks that ask about medicines cannot tell.
which-diuretic = Which kind is "{ $name }"? Say so with 'cramp edit { $id } class=loop-diuretic' (such as furosemide), thiazide-diuretic (such as bendroflumethiazide) or potassium-sparing-diuretic (such as spironolactone). The packet or your pharmacist can tell.
read-as = '{ $name }' was read as a slip of the keys for a name of this sort: { $label }. If it is something else: cramp edit { $id } class=other
which-condition = Which of these is "{ $name }": { $known }? Say so with 'cramp edit { $id } means=CONDITION', or 'cramp edit { $id } means=other' if it is none of them. Until then the checks that ask about conditions cannot tell.
which-pain = Which is the pain: { $words }? Say so with 'cramp edit { $id } pain=7'
which-number = What is '{ $words }'? If it is the pain: 'cramp edit { $id } { $pain }'; if it is how long: 'cramp edit { $id } { $lasted }'
which-duration = How long did it last: { $words }? Say so with 'cramp edit { $id } lasted=3min'
not-over = this night is not over yet; if a cramp comes, log it and the night becomes a cramp night
was-calm = the night of { $night } was marked calm; it is a cramp night now
no-cramp-left = no cramp is left on the night of { $night }, so it is unknown again; if it was calm: cramp night { $night } calm
no-answer-given = there is no answer for the night
    .hint = answer with 'cramp night calm', or add factors such as room=18C; 'cramp ask' asks for them

# ask
no-terminal = 'cramp ask' asks questions, and there is no terminal to answer them on
    .hint = answer with 'cramp night calm' or 'cramp night DATE calm' instead
all-answered = Every night asked about has its answer. Thank you.
nothing-to-ask = There is nothing to ask.
not-in-the-list = '{ $word }' is not one of the numbers
    .hint = 1 to { $most }, with blanks between them, or 0 for nothing
keys = y yes · n no · your words · Enter unknown · < back · q leave · stop: not again
keys-yes-no = y yes · n no · Enter leaves it unknown
refused = {"  "}{ $message }
refused-hint = {"  "}{ $message } ({ $hint })
all-checks-answered = There is nothing to ask: every check has its answers.
checks-thanks = Thank you. 'cramp flags' shows what follows from it.
check-elsewhere = { $question } ({ $how })
check = { $question } [y/n]
check-symptom = {"  "}{ $question } [y/n]
check-details = You can add the side, the strength and since when: cramp symptom NAME left 6 since=DATE
y-or-n = y or n, or Enter to leave it unknown

# took, symptom, event, exclude, course, me, factor: the word before what was written.
taken = Taken
symptom-noted = Noted
kept-note = Kept as a note
no-symptom-named = no symptom of the list is named in it, so no check reads it; 'cramp symptom --list' shows all
marked = Marked
excluded = Excluded
started = Started
stopped = Stopped
added = Added
retired = Retired
no-courses = No courses yet. Start one: cramp course start magnesium 300mg
no-facts =
    Nothing is known about you yet; advice that depends on it stays unknown.
    'cramp me --list' shows what you can write down, for example: cramp me born=1958 conditions=none
removed = { $key }={ $value } removed

# edit, delete
amended = Amended
amended-episode = Amended #{ $id }: { $line }
nothing-to-change = there is nothing to change
    .hint = write what it should be, for example 'cramp edit { $id } severity=7'
delete-some = Delete { $n } records? [y/N]
nothing-deleted = nothing was deleted
deleted = Deleted { $ids }
erase = Erase { $ids } for good, from the history too? This cannot be undone. [y/N]
nothing-erased = nothing was erased
    .hint = add --yes to erase without being asked
erased = Erased { $ids } from the diary and its history.
backups-hold-it = These backups still hold it:

# undo, redo, history
undone = Undone: { $line }
    .hint = Redo: cramp redo
done-again = Done again: { $line }
    .hint = Undo: cramp undo
nothing-to-undo = there is nothing to undo
    .hint = 'cramp history' shows every change
nothing-to-redo = there is nothing to redo
    .hint = 'cramp history' shows every change
not-newest = Something else was written since, so this change is not the newest any more. Nothing was taken back.
not-next = Something else was undone or brought back since. Nothing was changed. 'cramp history', or the page loaded again, shows what can be brought back now.
no-such-change = There is no change { $id }. Nothing was changed. 'cramp history' shows those there are.
stepped-before = This was done before, and is not done twice.
no-changes = No changes yet.
not-a-record = '{ $text }' is not the name of a record
    .hint = records are named 12 (episode), 2026-03-03 (night), 2026-03-03:room (factor), c3 i5 s2 p1 e1 x1; see 'cramp list'

# list, trend, analyze, explain, locate
not-nights = '{ $text }' is not a number of nights
    .hint = write --last 28n, or --last 4w
looking-for-changes = looking for changes over time
comparing-factors = comparing nights with and without each factor
comparing-factor = comparing nights with and without it
shuffled = [{ $bar }] { $done } of { $runs } shuffled diaries
first-look-taken = the first look for links was taken already, so it cannot be put off
    .hint = 'cramp analyze --no-look' shows the analysis and takes no further one
look-not-kept = This look at the diary could not be kept in it; it will be taken again.
near-factor = did you mean '{ $name }'?
no-factors = write factors down with 'cramp night room=18C exercise=45min'
factors-so-far = written down so far: { $names }
no-diary-there = there is no diary there yet; the first entry makes it
backups-there = its backups are in { $folder }

# flags
flag-noted = Noted
nothing-asked = nothing is asked about { $id }
    .hint = 'cramp flags' lists the open questions
needs-more = yes or no does not answer this question
    .hint = answer with '{ $how }'; or with done, when it is looked after
record-written = { $verb } { $key }: { $line }
not-a-reply = '{ $answer }' is not an answer
    .hint = answer yes, no, or done (it is looked after)
replied = Noted
not-a-flag = '{ $id }' is not the name of a flag
    .hint = 'cramp flags --rules' lists them all
not-a-flag-near = '{ $id }' is not the name of a flag
    .hint = did you mean { $near }? 'cramp flags --rules' lists them all

# chart, report
unknown-kind = '{ $file }' does not end in a known kind of file
    .hint = end it in .pdf, .svg or .png (a report also in .html or .json)
no-picture-file = no file is named for the picture
    .hint = add --out FILE with .svg, .png or .pdf, or --json for the numbers
no-experiment-named = which experiment?
    .hint = cramp chart experiment THING --out FILE
no-thing-drawn = '{ $thing }' has no place in a picture of kind { $kind }
    .hint = only an experiment is drawn by its thing: cramp chart experiment { $thing } --out FILE
experiment-has-dates = an experiment is drawn with all its nights
    .hint = leave out --from and --to
no-experiment-with = there is no experiment with '{ $thing }'
    .hint = 'cramp experiment' lists them
not-a-chart-kind = a chart cannot be written as { $kind }
    .hint = use .svg, .png or .pdf
no-page-file = no file is named for the page
    .hint = add --out FILE with .pdf, .html, .svg, .png or .json
drawing = drawing
drawing-page = drawing the page
page-look-due = A look for links is due: 'cramp analyze' takes it, and a page made after it says more.
drawing-page-again = drawing the page again
chart-title = { $title }: { $coverage }
written-to = Written to { $file }
made-from-unknown = { $file } does not say what it was made from
    .hint = only files written by 'cramp report' can be verified
made-from-unreadable = { $file } names no period or paper that could be read

# export, import
nothing-to-export = there is no diary yet, so there is nothing to export
    .hint = log something first: cramp log
writing-files = writing files
exported = Exported { $nights ->
    [one] 1 night
   *[other] { $nights } nights
}, { $episodes ->
    [one] 1 episode
   *[other] { $episodes } episodes
} and { $values ->
    [one] 1 factor value
   *[other] { $values } factor values
} to { $folder } ({ $files ->
    [one] 1 file
   *[other] { $files } files
})
no-folder = no folder is named for the export
    .hint = cramp export my-diary
fhir-to-a-file = a bundle for a clinic is one file, not a folder
    .hint = cramp export --format fhir --out FILE.json
only-with-fhir = --out and --with-report belong to a bundle for a clinic
    .hint = cramp export --format fhir --out FILE.json; or name a folder: cramp export DIR
no-bundle-file = no file is named for the bundle
    .hint = cramp export --format fhir --out FILE.json
bundle-written = A FHIR R4 bundle, written to { $file }: { $cramps ->
    [one] 1 cramp
   *[other] { $cramps } cramps
}, { $calm ->
    [one] 1 recorded night without
   *[other] { $calm } recorded nights without
}, { $measures ->
    [one] 1 measurement
   *[other] { $measures } measurements
}, { $taken ->
    [one] 1 medicine or supplement
   *[other] { $taken } medicines and supplements
} as you reported them.
bundle-leaves-out = notes and your own words stay in the diary, but names of medicines are in the file; nights you did not record are not in it
only-with-research = --study, --new-study, --dates, --redcap and --yes belong to a study
    .hint = cramp export --format research --study KEY-FILE DIR
no-study = no key file of a study is named
    .hint = cramp export --format research --study KEY-FILE DIR; a study makes its key file with --new-study NAME KEY-FILE
not-a-key-file = { $file } is not the key file of a study: { $why }
    .hint = { $hint }
key-file-there = { $file } is there already; a study keeps one key
    .hint = name a new file
no-nights-to-hand-out = no night is written down yet, so there is nothing to hand out
    .hint = log something first: cramp log
folder-not-empty = { $folder } is not empty, and what is in it could be taken for part of what is handed out
    .hint = name a new folder
not-asked = nobody is here to agree, so nothing was written
    .hint = look at what is shown above, then add --yes
not-handed-out = not agreed to; nothing was written
    .hint = --dates day-number writes no date; cramp help handover says what leaves
not-encrypted = the files are not encrypted and hold health data; only your account can read them
holds-csv = { $folder } already holds { $file }, which would not belong to the JSON export
    .hint = name an empty folder
not-an-export = { $folder } holds a { $file } that no export wrote; it was left as it is
    .hint = name an empty folder
not-an-export-file = { $file } is there already and no export wrote it; it was left as it is
    .hint = name another file
archive-broken = { $file } could not be opened as a zip archive: { $why }
    .hint = unpack it with another program, then import the folder
archive-too-many = { $file } holds more files than any export
    .hint = import the folder it was made from
archive-too-large = more comes out of { $file } than an import takes (256 MB)
    .hint = unpack it with another program, then import the folder
archive-twice = { $file } holds two files of one name
    .hint = unpack it with another program, name them apart, and import the folder
archive-placed = { $file } holds "{ $name }", which is no plain file; an export has no folders
    .hint = unpack it with another program, then import the folder
reading = reading { $n } MB …
written = written { $done } of { $all } …
recognised = { $file }: { $format }, { $rows ->
    [one] 1 row
   *[other] { $rows } rows
}
recognised-likely = { $file }: probably { $format }, { $rows ->
    [one] 1 row
   *[other] { $rows } rows
}
left-alone = not recognised, left alone: { $file }
reading-file = reading { $file }
reading-bar = reading [{ $bar }] { $done } %
nights-touched = { $n ->
    [0] It says nothing about a night in bed.
    [one] It is about 1 night.
   *[other] It is about { $n } nights.
}
import-nothing = Nothing was written.
no-such-zone = no time zone is called { $name }
    .hint = write it like Europe/London or +01:00
no-such-factor = no factor is called { $name }
    .hint = 'cramp factor list' shows all
no-such-factor-near = no factor is called { $name }
    .hint = did you mean { $near }?
no-such-format = no format is called { $name }
    .hint = there are { $names }
no-pair = '{ $text }' needs a '=' between its two parts
    .hint = write it like when=Timestamp
file-stopped = { $file }: { $why }; nothing was written
file-stopped-hint = { $file }: { $why }; nothing was written
    .hint = { $hint }
not-recognised = { $file } is nothing this program knows; nothing was written
    .hint = it reads the files of cramp export, and of { $names }; say which it is: --as NAME
no-such-year = { $year } has not begun
    .hint = name a year of the diary: cramp report --year 2026 --out 2026.pdf
import-dry = Nothing was written (--dry-run).
import-same = The diary had all of this already; nothing was written.
import-undo = Undo: cramp undo
rows-refused = { $n ->
    [one] 1 row
   *[other] { $n } rows
} could not be taken; nothing was written
    .hint = correct the file, or import the rest: --skip-bad
row-refused = refused: { $text }
more-rows = and { $n } more (more of them with --json)
no-diary-files = { $folder } holds no file of a diary
    .hint = their names are { $names }
rows = { $new } new, { $changed } changed, { $same } already there
rows-and-refused = { $rows }, { $refused } refused

# demo
demo-drawing = drawing the pictures
demo-written =
    A made-up diary of { $nights } nights (seed { $seed }); nobody's real nights. Written:
    { $files }

    Go on with: cramp --diary { $diary } list
    What came of an experiment, when chance decided: cramp --diary { $diary } experiment result { $tried }
demo-occupied = { $folder } is not empty and no demo made it; it was left as it is
    .hint = name a new folder: cramp demo DIR
demo-in-use = { $file } is the diary in use; it was left as it is
    .hint = leave out --diary (or NIGHTCRAMP_DIARY), or name another folder: cramp demo DIR
not-drawn = a picture could not be drawn: { $why }

# backup, restore
no-diary = there is no diary yet
    .hint = the first entry makes it: cramp log
copying = copying and verifying
synchronised = { $service } copies this folder to other machines, and the copy is not encrypted; --encrypt makes one that is
backed-up = Backed up and verified: { $backup }
keep-it-safe = It opens with 'cramp restore' or the age program, and only with its passphrase or key: keep that safe.
passphrase = Passphrase (it does not show as you type):
passphrase-again = The same again (it does not show as you type):
passphrases-differ = the two passphrases differ; nothing was written
    .hint = try again; --passphrase-file FILE reads it from a file instead
no-passphrase = no passphrase was given; nothing was done
    .hint = type one, pipe one in, or name a file with --passphrase-file FILE
passphrase-unread = no passphrase was read: { $why }; nothing was done
    .hint = --passphrase-file FILE reads it from a file instead
no-such-backup = there is no file { $file }
    .hint = 'cramp restore --list' shows the backups beside the diary
restoring = comparing and writing back
restored = Restored from { $file }: { $inserted } records brought back, { $updated } changed back, { $removed } taken away, { $unchanged } were the same.
kept = The diary as it was before is kept: { $file }
kept-damaged = The damaged diary is kept: { $file }
restore-undo = Undo: cramp undo
no-backups = No backups yet. 'cramp backup' makes one; the first write of each day does too.
time-unknown = time unknown
why-unknown = unknown
backup = { $when }  { $why }  { $bytes } bytes  { $file }
backup-without-manifest = { $when }  { $why }  { $bytes } bytes, no manifest  { $file }

# recover, check
recovering = reading what can be read
saved = Saved into { $file }: { $tables }.
saved-from-journal = Saved from the change journal: { $list }.
unreadable-pages = { $unreadable } of { $pages } pages could not be read.
nothing-lost = Nothing is lost.
lost = LOST: { $place }: { $what }
go-on-with-recovered = The damaged file was not touched; the history of changes stays in it. To go on with what was saved: cramp restore { $file }
checking = reading every page and record
damage = DAMAGE: { $place }: { $what }
doubtful = doubtful: { $place }: { $what }
notice = notice: { $place }: { $what }
mend = {"  "}{ $mend }
whole = The diary is whole: structure, checksums and journal agree, and nothing in it is doubtful.
whole-but-doubtful = The diary is whole: what is on the disk is what was written. This check changed nothing.
damaged = The diary is damaged. This check changed nothing.

# cohort
cohort-reading = reading diaries
cohort-read = [{ $bar }] { $done } of { $all } diaries
cohort-kept = { $n ->
    [one] 1 diary was read by an earlier run and is not read again
   *[other] { $n } diaries were read by an earlier run and are not read again
}
cohort-unread = diary { $number } could not be read ({ $path }): { $why }
cohort-no-diary = { $file } is not there, or is no diary
    .hint = name a diary, the folder of an export, or a folder of them
cohort-no-tables = the tables could not be read: { $why }
    .hint = 'cramp help cohort' says what they must hold
cohort-empty = { $folder } holds no diary and no export
    .hint = name a folder with .sqlite or .db files, or with the folders of exports
cohort-kind = { $file }: the answer is written as .json, .csv, .pdf, .svg or .png
    .hint = end the name of the file with one of these
cohort-lines-only = stage one gives lines, not { $file }
    .hint = leave --out away and send the lines to a file with >
cohort-line = line { $number } of { $file } cannot be pooled: { $why }
    .hint = every line must come from 'cramp cohort --stage one'
demo-making = making people
demo-people = [{ $bar }] { $done } of { $all } people
demo-cohort-written = { $people ->
    [one] 1 made-up person
   *[other] { $people } made-up people
} in { $folder }; what was planted is in truth.json. To pool them: cramp cohort { $folder }
