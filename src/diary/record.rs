//! What a diary holds about nights, one struct a kind of record; the other kinds stand in `between.rs`. `kept.rs` says
//! how to read a field's line and how to add one.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use serde::Serialize;

use crate::diary::cell::{Cell, Cells, OddRow, StoredRow};
use crate::diary::clock::Now;
use crate::diary::column::{Column, replaced};
use crate::diary::kept::record;
use crate::diary::moment::Moment;
use crate::diary::moment::Night;
use crate::diary::moment::Source;
use crate::diary::pain::Pain;
use crate::diary::table::Half::{Beyond, Csv};
use crate::diary::table::Limit::{Name, Real, Soon, Whole};
use crate::diary::table::{Field, beyond, csv, layout, seconds};
use crate::diary::typed::{LineError, Typed, closed, no_key};
use crate::diary::unit::{LONGEST_AFTER_S, LONGEST_EPISODE_S, yes_no};
use crate::diary::vocabulary::{
    Certainty, FactorKind, Kind, Outcome, Period, Posture, Relief, Side, Site, Timing,
};
use crate::diary::word::{NotAWord, Word};

pub(crate) use crate::diary::between::{
    Course, Event, Exclusion, Fact, FlagNote, Follow, Intake, Look, Reply, Symptom,
};

/// Shared text as plain text.
pub(crate) fn text<S: serde::Serializer>(text: &Arc<str>, s: S) -> Result<S::Ok, S::Error> {
    s.serialize_str(text)
}

/// Shared text that may be absent.
fn maybe_text<S: serde::Serializer>(text: &Option<Arc<str>>, s: S) -> Result<S::Ok, S::Error> {
    text.as_deref().serialize(s)
}

/// How long a muscle may stay sore, hours.
const SOREST_H: f64 = LONGEST_AFTER_S as f64 / 3_600.0;

record! {
    /// One night as answered by the person.
    NightRecord, NightDraft,
    layout("night", "nights", "night").nightly().csv("nights.csv", &["night"]),
    blank(night: Night, recorded_at: DateTime<Utc>) => {
        [needed] night: Night = night => csv(),
        /// Cramp, calm, or not (yet) said. A row may exist for its note alone: the night is then still unknown.
        outcome: Option<Outcome> => csv(),
        bed_at: Option<Moment> => csv().sql(&["bed_at", "bed_offset", "bed_zone"]).zone("bed_zone", Beyond).limit(Soon),
        up_at: Option<Moment> => csv().sql(&["up_at", "up_offset", "up_zone"]).zone("up_zone", Beyond).limit(Soon),
        /// Sleep quality, 0 (worst) to 10 (best).
        sleep_quality: Option<u8> => csv(),
        /// How much the cramps disturbed sleep, 0 (not) to 10 (Sebo 2019, doi 10.4414/smw.2019.20048).
        sleep_disturbance: Option<u8> => csv(),
        /// Sleep lost, minutes (claim S0:O0.3).
        sleep_lost_min: Option<u32> => csv().limit(Whole(0, 1_440)),
        note: Option<String> => csv(),
        recorded_at: DateTime<Utc> = recorded_at => csv(),
    }
}

impl NightRecord {
    /// Sets the field with this key (`src/data/fields.toml`) as it was typed.
    pub(crate) fn set(
        &mut self,
        field: &str,
        typed: Typed<'_>,
        now: &Now,
    ) -> Result<(), LineError> {
        match field {
            "outcome" => {
                let outcome = typed.known().map(str::parse::<Outcome>).transpose();
                let refused = |e: NotAWord| LineError::new(e.to_string(), "write calm or cramp");
                self.outcome = outcome.map_err(refused)?;
                Ok(())
            }
            "bed" => typed.time(&mut self.bed_at, self.night, now),
            "up" => typed.time(&mut self.up_at, self.night, now),
            "sleep-quality" => typed.zero_to_ten(&mut self.sleep_quality),
            "sleep-disturbance" => typed.zero_to_ten(&mut self.sleep_disturbance),
            "sleep-lost" => {
                // Kept in whole minutes, any begun minute counted.
                let mut seconds = None;
                typed.duration(&mut seconds, LONGEST_EPISODE_S)?;
                self.sleep_lost_min = seconds.map(|s| s.div_ceil(60));
                Ok(())
            }
            "note" => typed.text(&mut self.note),
            _ => Err(no_key("a night", typed.key, "")),
        }
    }
}

record! {
    /// One episode: a cramp, or something that is not a cramp but was worth writing down.
    Episode, EpisodeDraft,
    layout("episode", "episodes", "night, began_at, id").nightly().csv("episodes.csv", &["id"]),
    blank(id: i64, night: Night, recorded_at: DateTime<Utc>) => {
        /// Stable number, shown as `#12`.
        id: i64 = id => csv(),
        [needed] night: Night = night => csv(),
        /// When it began; `None` when only the night is known.
        began_at: Option<Moment> => csv().sql(&["began_at", "began_offset", "began_zone"]).zone("zone", Csv),
        certainty: Certainty = Certainty::Unknown => csv(),
        /// What it was; only `cramp` counts as one.
        kind: Kind = Kind::Cramp => csv(),
        period: Period = Period::Night => csv(),
        side: Option<Side> => csv(),
        site: Option<Site> => csv(),
        severity: Option<Pain> => csv(),
        duration_s: Option<u32> => seconds(LONGEST_EPISODE_S),
        /// How often it came back at once (claim S4:O4.3).
        repeats: Option<u32> => csv().limit(Whole(0, 1_000)),
        /// Whether it woke the person (claim S0:O0.1).
        woke: Option<bool> => csv(),
        /// Whether the muscle was a hard knot (claim S4:O4.6).
        knot: Option<bool> => csv(),
        /// What was done against it, in the order written; `[none]` is an answer, empty is not asked.
        relief: Vec<Relief> => csv(),
        relief_s: Option<u32> => seconds(LONGEST_EPISODE_S),
        soreness_h: Option<f64> => csv().limit(Real(0.0, SOREST_H)),
        urge: Option<bool> => csv(),
        movement_relieves: Option<bool> => csv(),
        posture: Option<Posture> => csv(),
        /// Whether awareness was lost, or somebody saw jerking.
        awareness_lost: Option<bool> => csv(),
        raw: Option<String> => csv(),
        note: Option<String> => csv(),
        source: Source = Source::PERSON => csv().sql(&["origin", "origin_detail"]),
        /// When it was written down; later than `began_at` by the recall delay.
        recorded_at: DateTime<Utc> = recorded_at => csv(),
        /// The upper end of a range of durations, seconds; `duration_s` is then the lower, unknown for "under a minute".
        duration_max_s: Option<u32> => seconds(LONGEST_EPISODE_S),
    }
}

impl Episode {
    /// Whether it says if awareness was lost.
    pub(crate) fn says_awareness(&self) -> bool {
        self.awareness_lost.is_some()
    }

    /// Sets the field with this key (`src/data/fields.toml`) as it was typed.
    pub(crate) fn set(&mut self, field: &str, typed: Typed<'_>) -> Result<(), LineError> {
        match field {
            "side" => typed.word(&mut self.side),
            "site" => typed.word(&mut self.site),
            "severity" => typed.pain(&mut self.severity),
            "duration" => {
                let mut range = None;
                typed.range(&mut range, LONGEST_EPISODE_S)?;
                (self.duration_s, self.duration_max_s) = range.unwrap_or_default();
                Ok(())
            }
            "relief" => {
                let words = typed.known().unwrap_or_default().split([';', ',', '+']);
                let actions = words.filter(|word| !word.is_empty()).map(closed);
                self.relief = actions.collect::<Result<_, _>>()?;
                Ok(())
            }
            "relief-after" => typed.duration(&mut self.relief_s, LONGEST_EPISODE_S),
            "kind" => typed.word_or(&mut self.kind, Kind::Unknown),
            "period" => typed.word_or(&mut self.period, Period::Night),
            "repeats" => typed.count(&mut self.repeats, 1_000),
            "woke" => typed.yes_no(&mut self.woke),
            "knot" => typed.yes_no(&mut self.knot),
            "soreness" => {
                // `0` and `no` are none at all.
                let mut seconds = Some(0);
                if typed.value != "0" && yes_no(typed.value) != Some(false) {
                    typed.duration(&mut seconds, LONGEST_AFTER_S)?;
                }
                self.soreness_h = seconds.map(|s| f64::from(s) / 3600.0);
                Ok(())
            }
            "posture" => typed.word(&mut self.posture),
            "urge" => typed.yes_no(&mut self.urge),
            "moving-relieves" => typed.yes_no(&mut self.movement_relieves),
            "awareness-lost" => typed.yes_no(&mut self.awareness_lost),
            "certainty" => typed.word_or(&mut self.certainty, Certainty::Unknown),
            "note" => typed.text(&mut self.note),
            _ => Err(no_key("an episode", typed.key, "")),
        }
    }

    /// After how many seconds it eased, where what was done against it was followed by that.
    pub(crate) fn eased_after_s(&self) -> Option<u32> {
        self.relief_s
    }

    /// The ends of the range of durations, seconds, where a range was said.
    pub(crate) fn duration_range_s(&self) -> Option<[u32; 2]> {
        Some([self.duration_s.unwrap_or(0), self.duration_max_s?])
    }

    /// Whether it makes its night a cramp night: a cramp, and not by day.
    pub(crate) fn is_night_cramp(&self) -> bool {
        self.kind == Kind::Cramp && self.period == Period::Night
    }
}

/// Relief actions: words joined by `;`, NULL when nobody asked.
impl Column for Vec<Relief> {
    type Given = Vec<Relief>;
    fn cell(&self) -> Cell<'_> {
        Cell::Words(self.iter().map(|action| action.word()).collect())
    }
    fn write<'a>(&'a self, row: &mut Vec<Cell<'a>>) {
        row.push(match self.as_slice() {
            [] => Cell::Null,
            [one] => one.cell(),
            _ => Cell::Text(self.cell().plain().into_owned().into()),
        });
    }
    fn read(row: &mut StoredRow<'_>) -> Result<Self, OddRow> {
        if row.skip_unknown(1)? {
            return Ok(Vec::new());
        }
        let joined = row.str()?;
        joined
            .split(';')
            .map(|word| {
                Relief::from_word(word)
                    .ok_or_else(|| row.odd(format_args!("relief holds '{word}'")))
            })
            .collect()
    }
    fn import<C: Cells>(cells: &C, field: &Field) -> Result<Option<Self>, C::Error> {
        cells.relief(field.name)
    }
    replaced!();
}

/// The word of an amount that was said without a figure.
pub(crate) const SOME: &str = "some";

/// What a factor was on one night. Unknown is the absence of the record.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(untagged)]
pub(crate) enum Value {
    /// A number in the factor's unit; yes/no is 1/0.
    Number(f64),
    /// The word of a choice.
    #[serde(serialize_with = "text")]
    Word(Arc<str>),
}

/// A factor's value: in the database a number or a word, and NULL in the other's place.
impl Column for Value {
    type Given = Value;
    const WIDTH: usize = 2;
    const REAL: bool = true;
    fn cell(&self) -> Cell<'_> {
        match self {
            Value::Number(number) => number.cell(),
            Value::Word(word) => word.cell(),
        }
    }
    fn write<'a>(&'a self, row: &mut Vec<Cell<'a>>) {
        row.extend(match self {
            Value::Number(_) => [self.cell(), Cell::Null],
            Value::Word(_) => [Cell::Null, self.cell()],
        });
    }
    fn read(row: &mut StoredRow<'_>) -> Result<Self, OddRow> {
        match (Column::read(row)?, Column::read(row)?) {
            (Some(number), None) => Ok(Value::Number(number)),
            (None, Some(word)) => Ok(Value::Word(word)),
            _ => Err(row.odd("needs a number or a word, and only one of them")),
        }
    }
    /// The importer reads values by what their factors take; here a number is one, and anything else is a word.
    fn import<C: Cells>(cells: &C, field: &Field) -> Result<Option<Value>, C::Error> {
        Ok(cells.name(field.name)?.map(|text| match text.parse() {
            Ok(number) => Value::Number(number),
            Err(_) => Value::Word(Arc::from(text)),
        }))
    }
    replaced!();
}

record! {
    /// The value of one factor on one night.
    ContextValue, ValueDraft,
    layout("context", "context", "night, factor").keyed_by(2).nightly()
        .csv("context.csv", &["night", "factor", "value"]),
    blank(night: Night, factor: Arc<str>, value: Value, source: Source, recorded_at: DateTime<Utc>) => {
        /// The night it is kept under (the day or evening before it, by the factor's timing).
        [needed] night: Night = night => csv(),
        #[serde(serialize_with = "text")]
        [needed] factor: Arc<str> = factor => csv().limit(Name),
        [needed] value: Value = value => csv().sql(&["number", "word"]),
        /// The unit stored with it; `None` for yes-no, scale and choice.
        #[serde(serialize_with = "maybe_text")]
        unit: Option<Arc<str>> => csv().limit(Name),
        /// What was typed, when it was converted (`64F`).
        #[serde(serialize_with = "maybe_text")]
        typed: Option<Arc<str>> => beyond(),
        source: Source = source => csv().sql(&["origin", "origin_detail"]),
        recorded_at: DateTime<Utc> = recorded_at => csv(),
    }
}

impl ContextValue {
    /// Whether it is an amount without a figure. A choice may have the same word; what a factor takes, the catalogue knows.
    pub(crate) fn is_some(&self) -> bool {
        matches!(&self.value, Value::Word(word) if **word == *SOME)
    }
}

record! {
    /// A factor the person added (or, with only `retired` set, a built-in one they put away).
    CustomFactor, FactorDraft,
    layout("factor", "factors", "factor").csv("factors.csv", &["factor"]),
    blank(factor: Arc<str>, kind: FactorKind, timing: Timing) => {
        #[serde(serialize_with = "text")]
        [needed] factor: Arc<str> = factor => csv().limit(Name),
        label: String => csv(),
        [needed] kind: FactorKind = kind => csv().named("type"),
        unit: Option<String> => csv().limit(Name),
        min: Option<f64> => csv(),
        max: Option<f64> => csv(),
        timing: Timing = timing => csv(),
        group: Option<String> => csv().sql(&["heading"]),
        choices: Vec<String> => beyond(),
        /// Retired: kept, no longer asked about.
        retired: bool => beyond().quiet(),
    }
}
