//! Topics about writing things down: dates, nights, units, factors, import.

use crate::diary::catalogue::Catalogue;
use crate::diary::unit::{LONGEST_AFTER_S, LONGEST_EPISODE_S, span};
use crate::report::help::{Block, Topic, heading, item, says};

/// Time words.
pub(super) fn dates() -> Topic {
    Topic::new(
        "dates",
        "How times and dates are written",
        vec![
            says(
                "A time may stand anywhere in the line. It is always the latest one that has passed: at 08:00, '23:50' is yesterday \
                 evening. A time in the future is refused, and what was understood is said back in full.",
            ),
            item("now", "this moment; also when nothing is said in cramp log"),
            item("03:10  3am", "the latest time the clock showed that"),
            item("~03:10", "about then"),
            item(
                "2h ago",
                "also 45min ago, 1h30 ago: counted back, and kept as 'about'",
            ),
            item(
                "yesterday 23:50",
                "by the calendar: before midnight is yesterday",
            ),
            item(
                "last night 3am",
                "in the night that began yesterday evening",
            ),
            item(
                "mon 2:30",
                "the latest Monday on which that time has passed",
            ),
            item(
                "2026-03-04",
                "a date; alone it names the night that begins on its evening",
            ),
            item(
                "2026-03-04T03:10",
                "a date with a time, with an offset (+01:00) if you like",
            ),
            item("-1  -2", "last night, the night before it"),
            item(
                "last  tonight",
                "in cramp night: the night of yesterday's date, of today's date",
            ),
            heading("What is not guessed"),
            says(
                "Dates such as 3/4 are refused: day and month could be either way round. So is 'm' for more than an hour, which could be \
                 minutes or months: write 90min or 1h30.",
            ),
            heading("When the clocks change"),
            says(
                "A time the clock showed twice is taken to be the first of the two, unless the second has just passed. A time the clock \
                 jumped over is moved on by the jump: 01:30 becomes 02:30. Both are marked, neither is refused. The zone you were in is \
                 kept with every time.",
            ),
        ],
    )
}

/// What a night is.
pub(super) fn night() -> Topic {
    Topic::new(
        "night",
        "What a night is",
        vec![
            says(
                "A night runs from noon to noon and is named by the date of its evening. A cramp at 03:10 on 4 March belongs to the night \
                 of 3 March, together with one at 23:50 on 3 March.",
            ),
            heading("Three states"),
            item(
                "cramp",
                "at least one cramp was written down, or you answered that there was one",
            ),
            item("calm", "you said that there was none: cramp night calm"),
            item(
                "not recorded",
                "nobody wrote about it. This is never counted as calm, and shown differently",
            ),
            says(
                "A calm night takes one short line and is worth as much as a cramp: without calm nights nothing can be compared, and a diary \
                 that is only kept after bad nights makes everything look worse than it is.",
            ),
            heading("What counts"),
            says(
                "Only cramps count as cramps. Jerks, urges, aches and tingling (kind=jerk and so on) are kept but not counted, and so are cramps \
                 by day (period=day), which are shown apart. A factor of the day or evening belongs to the night that follows.",
            ),
            says(
                "Periods that should not count, such as a fever: cramp exclude FROM TO \"why\". They stay visible.",
            ),
        ],
    )
}

/// Quantities.
pub(super) fn units() -> Topic {
    Topic::new(
        "units",
        "How quantities are written",
        vec![
            says(
                "A number and its unit in one word. Values are converted and what you typed is kept beside them.",
            ),
            item("18C  64F", "temperature; a bare number is °C"),
            item(
                "45min 1h30 90s",
                "time; 3m is three minutes, 90m is refused, 1h30 is an hour and a half",
            ),
            item(
                "1.5l 500ml 33cl",
                "drinks; a bare number below 50 is refused, because 1.5 could be litres or anything",
            ),
            item("300mg 0.3g 25ug", "doses; ug, mcg and µg are the same"),
            item(
                "1000IU",
                "international units, for vitamin D only: 40 IU are 1 µg (UL-D)",
            ),
            item(
                "2units",
                "alcohol: one unit is 8 g, half a pint of weak beer or a small measure of spirits",
            ),
            item("800ft 250m", "metres climbed"),
            item(
                "7  7/10",
                "a scale from 0 to 10; 3/4 is refused, it could be a date",
            ),
            item("2x", "how often"),
            item(
                "yes no y n 1 0",
                "yes or no; for an amount, no and none are 0",
            ),
            item(
                "room=?  room=-",
                "unknown; remove what was written. Unknown is never counted as no",
            ),
            heading("Limits"),
            says(format!(
                "A cramp lasts at most {}, soreness or a spell of a symptom at most {}. A decimal comma is understood (1,5l), except where it \
                 could be a thousands mark (1,500). Values outside what a factor can be are refused, never clipped.",
                span(LONGEST_EPISODE_S),
                span(LONGEST_AFTER_S)
            )),
            heading("Elements and salts"),
            says(
                "Magnesium, calcium and potassium are counted as the element. 'magnesium=300mg' means 300 mg of magnesium, as most labels state. If \
                 your label states the salt (magnesium citrate 1 g), record it with cramp took or cramp course and basis=compound: \
                 the element is worked out from atomic weights (IUPAC21). Without a basis, a salt reads both ways and is kept as a range.",
            ),
        ],
    )
}

/// Factors.
pub(super) fn factors() -> Topic {
    let catalogue = Catalogue::built_in();
    let mut blocks = vec![
        says(
            "A factor is anything that may go with cramps: written as name=value with cramp night or cramp log, asked by cramp ask. Record a few \
             you care about every night rather than many now and then. A factor you did not write is unknown, not no.",
        ),
        item("cramp night room=18C exercise=45min stretch=yes", ""),
        item(
            "cramp night -2 alcohol=?",
            "two nights ago; unknown after all",
        ),
        item(
            "cramp factor list",
            "every factor with its range, question and sources",
        ),
        item(
            "cramp factor add NAME type=yes-no",
            "one of your own (types: yes-no scale number choice)",
        ),
        item(
            "cramp factor retire NAME",
            "put away: kept, no longer asked",
        ),
        heading("Built in"),
    ];
    let mut groups: Vec<(&str, Vec<&str>)> = Vec::new();
    for def in catalogue.iter() {
        match groups.iter_mut().find(|(group, _)| *group == def.group) {
            Some((_, names)) => names.push(&def.factor),
            None => groups.push((&def.group, vec![&def.factor])),
        }
    }
    blocks.extend(
        groups
            .iter()
            .map(|(group, names)| item(*group, names.join(", "))),
    );
    blocks.push(says(
        "None of them is known to cause night cramps. They are what five documents and the literature name; where these contradict each other, \
         the list says so. A medicine, supplement or habit that lasts is better kept as a course: cramp course start NAME.",
    ));
    Topic::new("factors", "What may be recorded about a night", blocks)
}

/// The CSV contract.
pub(super) fn import() -> Topic {
    let file = |name: &str, columns: &str| -> Block { item(name, columns) };
    Topic::new(
        "import",
        "Getting a diary in and out",
        vec![
            says(
                "cramp export DIR writes the whole diary as CSV files; cramp import DIR reads any of them back. Importing an export gives the same \
                 diary, and importing twice changes nothing. Look first with --dry-run.",
            ),
            says(
                "UTF-8, commas, a header row, dates as year-month-day, an empty cell means unknown. Any subset of files and columns will do: only \
                 'night' is required in nights.csv and episodes.csv. A night that is missing is not recorded; it is never read as calm.",
            ),
            heading("Files"),
            file(
                "nights.csv",
                "night, outcome (cramp, calm or empty), bed_at, up_at, sleep_quality, sleep_disturbance, sleep_lost_min, note, recorded_at",
            ),
            file(
                "episodes.csv",
                "id, night, began_at, zone, certainty, kind, period, side, site, severity, duration_s, repeats, woke, knot, relief (several with ';'), \
                 relief_s, soreness_h, urge, movement_relieves, posture, awareness_lost, raw, note, source, recorded_at",
            ),
            file(
                "context.csv",
                "night, factor, value, unit, source, recorded_at; yes and no are 1 and 0, a choice is its word",
            ),
            file(
                "factors.csv",
                "factor, label, type (yes-no, scale, number or choice), unit, min, max, timing (day, evening or night), group",
            ),
            file(
                "intakes.csv",
                "taken_at, night, name, amount, unit, basis (elemental or compound)",
            ),
            file(
                "courses.csv",
                "name, kind (medicine, supplement or measure), class, dose, unit, basis, per_day, start, stop, reason",
            ),
            file(
                "symptoms.csv",
                "id, noticed_at, night, symptom, present (1, or 0 for asked and absent), side, severity, brought_on, relieved_by, lasts_s, since, text",
            ),
            file("person.csv", "key, value, since"),
            file("events.csv", "night, text"),
            file("exclusions.csv", "from, to, text"),
            heading("When something is wrong"),
            says(
                "Every refused row is named by file, line and reason, and nothing at all is written, unless you ask for the good rows with --skip-bad. \
                 A factor the program does not know must be described in factors.csv.",
            ),
        ],
    )
}
