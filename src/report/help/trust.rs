//! Topics about trust: what the flags are, what the grades mean, what is kept where.

use crate::report::help::{Topic, heading, item, says};

/// What flags are, and are not.
pub(super) fn flags() -> Topic {
    Topic::new(
        "flags",
        "What the medical checks are, and are not",
        vec![
            says(
                "This is a diary. It is not a medical device, it makes no diagnosis, and it cannot examine you. It compares what you wrote with a list \
                 of fixed rules and says when a pattern deserves a look by somebody who can. If you are worried, ask for help whatever it says.",
            ),
            says(
                "When it finds nothing it says 'no warning entry recorded'. That does not mean that nothing is wrong: only that nothing of the kind \
                 was written down.",
            ),
            heading("How soon"),
            item(
                "emergency",
                "now: your emergency number, for example 112, 999 or 911",
            ),
            item("same-day", "a doctor today, or the out-of-hours service"),
            item("soon", "a doctor within about two weeks"),
            item("routine", "mention it at the next visit"),
            heading("How it works"),
            says(
                "The most serious signs need one entry only and are said at once, without statistics. Patterns over weeks need recorded nights; with too \
                 few of them the answer is 'cannot tell yet', with what to record next. Nights nobody wrote about never count as calm. A symptom \
                 you were asked about and do not have is worth recording as well (cramp symptom swelling no).",
            ),
            item("cramp flags", "what fires now, and what could not be told"),
            item("cramp flags --why", "the entries, the rule and its sources"),
            item("cramp flags --rules", "every rule, fired or not"),
            item(
                "cramp flags --seen ID",
                "you have read it; it stays in the list",
            ),
            says(
                "Each rule names its sources: the documents this program answers to, guidelines and papers (cramp help sources). Thresholds that no \
                 guideline states are marked as a proposal of this program. The rules have not been reviewed by a clinician yet.",
            ),
            says(
                "Never stop or change a prescribed medicine because of what this program says. Ask the person who prescribed it.",
            ),
        ],
    )
}

/// What the grades mean.
pub(super) fn statistics() -> Topic {
    Topic::new(
        "statistics",
        "What the numbers mean",
        vec![
            says(
                "cramp analyze asks of each factor you record: did cramps come more or less often on nights with it? It says what goes together \
                 in your diary. It cannot say what causes what, or what would be true for somebody else.",
            ),
            heading("The grades"),
            item(
                "not enough yet",
                "too few nights or cramps to say; it tells about how many more are needed to see a doubling",
            ),
            item(
                "can't tell",
                "no clear link so far, but a sizeable one is still possible. This is not a no",
            ),
            item(
                "no sizeable link",
                "a large effect is unlikely: the whole interval lies between a third fewer and half as many more",
            ),
            item(
                "hint",
                "something may be going on, or luck: one in twenty unrelated things looks like this",
            ),
            item(
                "possible link",
                "cramps were more or less frequent with it; of such links about one in ten may be chance",
            ),
            item(
                "consistent link",
                "it has held up while the diary doubled, and in most quarters; it still need not be a cause",
            ),
            item(
                "shown",
                "in a planned experiment of yours, where chance decided which nights had it",
            ),
            item("shown twice", "in two such experiments"),
            heading("Why so careful"),
            says(
                "Cramps come in spells: a bad fortnight makes anything that changed in it look guilty. Many factors checked at once make some look \
                 linked by luck alone; how many were checked is always printed. People write more on bad nights, so missing nights may hide \
                 the calm ones. And what is started in a bad spell seems to help, because bad spells end. The calculation allows for these, \
                 which is why it often says 'can't tell' where a simpler one would say yes.",
            ),
            heading("Intervals"),
            says(
                "'2.1 a week, between 1.2 and 3.6' means: numbers in that range fit what was recorded, and a range made this way holds the true rate \
                 in 19 of 20 diaries. A wide range is honest; more nights make it narrower. A rate counts recorded nights only.",
            ),
            heading("What helps most"),
            says(
                "Answer for every night, calm ones first. Record few factors, but each of them every night, and before you go to sleep. Change one \
                 thing at a time.",
            ),
        ],
    )
}

/// What is kept where, and what is not protected.
pub(super) fn privacy() -> Topic {
    Topic::new(
        "privacy",
        "What is kept where, and what is not protected",
        vec![
            says(
                "Everything stays on this computer. The program has no network code, no account and no telemetry; nothing is sent anywhere.",
            ),
            heading("What is kept where"),
            item(
                "the diary",
                "one SQLite file; cramp locate says where. Choose another with --diary or NIGHTCRAMP_DIARY",
            ),
            item(
                "its history",
                "every change with what stood there before and the line you typed, in the same file, so that cramp undo works",
            ),
            item(
                "DIARY.backups/",
                "the folder beside the diary (its name and .backups): whole copies made on the first write of a day and before an \
                 import, a restore, a --forget and a change of format, with a small .json file about each. A deleted entry stays in \
                 older ones",
            ),
            item(
                "DIARY.damaged-TIME, DIARY.recovered",
                "a damaged diary that was replaced, and what cramp recover saved of it",
            ),
            item(
                "for moments",
                "while it writes, a -journal file beside the diary and names that begin with a dot. They are as private as the diary. \
                 There are no copies in a temporary folder, no log files and no editor files",
            ),
            item(
                "what you ask for",
                "reports, charts, exports and cramp backup --out lie where you put them. They are made readable for you only; \
                 once you copy or send them, that is up to you",
            ),
            heading("Who can read it"),
            says(
                "The folder (0700) and the files (0600) are made readable for your user account only. Everything else is not protected:",
            ),
            item(
                "the disk",
                "the diary itself is not encrypted. An administrator, somebody who uses your account or somebody who takes out the \
                 disk can read it. Turn on your system's disk encryption (LUKS, FileVault, BitLocker): it protects the diary, its \
                 backups and everything else",
            ),
            item(
                "copies you carry away",
                "cramp backup --out FILE --encrypt makes one that opens only with a passphrase, or with a key (--recipient), in the \
                 format of the age program. The passphrase does not show as you type it. Nobody can open the copy without it",
            ),
            item(
                "synchronised folders",
                "a diary in such a folder is on other computers too, and two computers writing at once can damage it. cramp warns when \
                 it makes a diary in one, and cramp check says so",
            ),
            item(
                "exports and the report",
                "CSV, JSON and the page for a clinician are plain health data. The page names no name; it has your initials if you gave them",
            ),
            item(
                "the screen",
                "what was shown stays in the terminal's scrollback, and perhaps in its log: clear it, or close the window",
            ),
            item(
                "your shell",
                "it remembers what you type, cramps included. To keep a line out of it, type cramp log - and then the words, ending with \
                 Enter: they are read from standard input. Many shells also forget a line that begins with a space, if set so (in \
                 bash: HISTCONTROL=ignorespace)",
            ),
            item(
                "the rest of the system",
                "other backups of your computer, swap and hibernation files may hold parts of the diary",
            ),
            says(
                "Encrypting the diary itself with a password of its own (SQLCipher) is prepared for and not built in: a forgotten password \
                 would lose years of nights, and disk encryption does the same without that risk.",
            ),
            heading("Erasing"),
            item(
                "cramp delete 12",
                "hides an entry; cramp undo brings it back",
            ),
            item(
                "cramp delete --forget 12",
                "erases it from the diary and its history for good, and names the backups that still hold it: delete those yourself",
            ),
            says(
                "To erase everything, delete the diary, the folder with its backups and your exports. On flash storage, and in file systems \
                 that keep snapshots, deleted data may stay readable for a while with special tools; disk encryption helps there too.",
            ),
        ],
    )
}
