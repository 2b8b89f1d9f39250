//! Health Connect of Android: `health_connect_export.db`, alone or in its archive.
//!
//! Rests on the record helpers of its module in the Android Open Source Project. Times are milliseconds since 1970 in UTC
//! with the offset of the place in seconds beside them; columns and tables come and go by version and are found by name.
//! Several apps count the same steps: the one the person put first counts, else the one that counted most.

use chrono::{DateTime, FixedOffset, Utc};
use rusqlite::{OptionalExtension, Row};

use crate::diary::Zone;
use crate::import::foreign::Foreign;
use crate::import::format::{Format, Sure};
use crate::import::gathered::Gathered;
use crate::import::given::{FileKind, Given};
use crate::import::nightly::effort::STEPS;
use crate::import::nightly::sleep::Stage;
use crate::import::wanted::{Stop, Wanted};

pub(super) struct HealthConnect;

const SLEEP: &str = "sleep_session_record_table";
const STAGES: &str = "sleep_stages_table";
const EXERCISES: &str = "exercise_session_record_table";
const WALKED: &str = "steps_record_table";
const DRUNK: &str = "hydration_record_table";
const EATEN: &str = "nutrition_record_table";
const ORDER: &str = "health_data_category_priority_table";

/// The columns of every record that lasts.
const LASTING: [&str; 4] = ["app_info_id", "start_time", "start_zone_offset", "end_time"];

impl Format for HealthConnect {
    fn name(&self) -> &'static str {
        "health-connect"
    }

    fn recognise(&self, given: &Given) -> Option<Sure> {
        let head = given.head();
        match given.kind {
            FileKind::Sqlite if head.contains(SLEEP) || head.contains(WALKED) => {
                Some(Sure::Certain)
            }
            FileKind::Sqlite if given.file_name().starts_with("health_connect") => {
                Some(Sure::Likely)
            }
            _ => None,
        }
    }

    fn read(&self, given: &Given, wanted: &Wanted, out: &mut Gathered<'_>) -> Result<(), Stop> {
        let file = Foreign::open(given)?;
        let mut known = false;
        if has(&file, SLEEP, &["row_id"])? {
            known = true;
            sleep(&file, wanted, out)?;
        }
        if has(&file, EXERCISES, &[])? {
            known = true;
            let bouts = Rows::of(EXERCISES, "0");
            bouts.each(&file, wanted, out, |out, lasting| {
                out.effort.bout(&lasting.zone, lasting.span)
            })?;
        }
        if has(&file, WALKED, &["count"])? {
            known = true;
            order(&file, out)?;
            Rows::of(WALKED, "r.count").each(&file, wanted, out, amount(STEPS))?;
        }
        if has(&file, DRUNK, &["volume"])? {
            known = true;
            Rows::of(DRUNK, "r.volume * 1000").each(&file, wanted, out, amount("fluid"))?;
        }
        // what was eaten is no supplement, unless the person says that it is
        let asked = MINERALS
            .iter()
            .copied()
            .find(|name| wanted.factor.as_deref() == Some(name));
        if let Some(mineral) = asked
            && has(&file, EATEN, &[mineral])?
        {
            known = true;
            let milligrams = format!("r.{mineral} * 1000");
            let take = amount(mineral);
            Rows::of(EATEN, &milligrams).each(&file, wanted, out, |out, lasting| {
                match lasting.amount {
                    // a meal of which nobody said how much of it was in it says nothing of it
                    None | Some(0.0..LEAST) => Ok(()),
                    Some(_) => take(out, lasting),
                }
            })?;
        }
        match known {
            true => Ok(()),
            false => Err(Stop::new("none of its tables is one of Health Connect")),
        }
    }
}

fn has(file: &Foreign, table: &str, more: &[&str]) -> Result<bool, Stop> {
    Ok(file.has(table, &LASTING)? && file.has(table, more)?)
}

/// Minerals of a meal that can be read, by the names of their columns and of the factors, which are the same; both are kept
/// by weight, the columns in grams.
const MINERALS: [&str; 3] = ["magnesium", "calcium", "potassium"];
/// What is less stands for no amount at all (the smallest number there is), mg.
const LEAST: f64 = 1e-6;

/// Takes the fifth column as an amount of a factor.
fn amount(factor: &'static str) -> impl Fn(&mut Gathered<'_>, Lasting) -> Result<(), &'static str> {
    move |out, lasting| {
        let amount = lasting.amount.unwrap_or(-1.0);
        out.effort
            .add(factor, lasting.app, &lasting.zone, lasting.span, amount)
    }
}

/// A record that lasts.
struct Lasting {
    app: u16,
    zone: Zone,
    span: (DateTime<Utc>, DateTime<Utc>),
    /// The fifth column.
    amount: Option<f64>,
}

/// Which rows are read: those of a table, with one value beside what every record that lasts has.
struct Rows<'r> {
    table: &'static str,
    /// The value; the table is `r`.
    amount: &'r str,
    /// What is joined for it.
    join: &'r str,
}

impl<'r> Rows<'r> {
    fn of(table: &'static str, amount: &'r str) -> Self {
        Rows {
            table,
            amount,
            join: "",
        }
    }

    fn each(
        &self,
        file: &Foreign,
        wanted: &Wanted,
        out: &mut Gathered<'_>,
        take: impl Fn(&mut Gathered<'_>, Lasting) -> Result<(), &'static str>,
    ) -> Result<(), Stop> {
        let Rows {
            table,
            amount,
            join,
        } = *self;
        out.table = table;
        let mut rows = file.db.prepare(&format!(
            "SELECT r.app_info_id, r.start_time, r.start_zone_offset, r.end_time, {amount}, r.rowid \
             FROM {table} r {join} ORDER BY r.start_time"
        ))?;
        let mut rows = rows.query([])?;
        while let Some(row) = rows.next()? {
            out.rows += 1;
            let taken = match lasting(row, wanted, out) {
                Some(lasting) if lasting.span.0 > wanted.now => Err("it lies in the future"),
                Some(lasting) => take(out, lasting),
                None => Err("not two times"),
            };
            if let Err(reason) = taken {
                let id: i64 = row.get(5)?;
                out.refuse(id.unsigned_abs(), "", "", reason);
            }
        }
        Ok(())
    }
}

fn lasting(row: &Row<'_>, wanted: &Wanted, out: &mut Gathered<'_>) -> Option<Lasting> {
    let whole = |at| row.get::<_, Option<i64>>(at).ok().flatten();
    let from = DateTime::from_timestamp_millis(whole(1)?)?;
    let to = DateTime::from_timestamp_millis(whole(3)?)?;
    let offset = whole(2).and_then(|seconds| FixedOffset::east_opt(i32::try_from(seconds).ok()?));
    let here = wanted.lived_in();
    let zone = match offset {
        // the zone of this place knows when its clocks change, an offset does not
        Some(offset) if here.moment(from).offset != offset => Zone::Fixed(offset),
        _ => here.clone(),
    };
    let number = row.get::<_, Option<f64>>(4);
    Some(Lasting {
        app: out.number_of(&whole(0).unwrap_or_default().to_string()),
        zone,
        span: (from, to),
        amount: number.ok().flatten(),
    })
}

fn sleep(file: &Foreign, wanted: &Wanted, out: &mut Gathered<'_>) -> Result<(), Stop> {
    let stages = [
        "parent_key",
        "stage_start_time",
        "stage_end_time",
        "stage_type",
    ];
    let rows = match file.has(STAGES, &stages)? {
        // without stages the minutes asleep are not known
        false => Rows::of(SLEEP, "NULL"),
        true => Rows {
            join: "LEFT JOIN (SELECT parent_key, sum(CASE WHEN stage_type IN (2, 4, 5, 6) \
                   THEN stage_end_time - stage_start_time ELSE 0 END) / 60000.0 AS asleep \
                   FROM sleep_stages_table GROUP BY parent_key) t ON t.parent_key = r.row_id",
            ..Rows::of(SLEEP, "t.asleep")
        },
    };
    rows.each(file, wanted, out, |out, lasting| {
        let within = lasting.amount.map(|minutes| minutes as f32);
        out.sleep.take(
            lasting.app,
            &lasting.zone,
            lasting.span,
            Stage::Whole(within),
        )
    })
}

/// Which app counts first for what was done by day, as the person put them.
fn order(file: &Foreign, out: &mut Gathered<'_>) -> Result<(), Stop> {
    if !file.has(ORDER, &["health_data_category", "app_id_priority_order"])? {
        return Ok(());
    }
    let said: Option<Option<String>> = file
        .db
        .query_row(
            "SELECT app_id_priority_order FROM health_data_category_priority_table \
             WHERE health_data_category = 1",
            [],
            |row| row.get(0),
        )
        .optional()?;
    let apps = said.flatten().unwrap_or_default();
    out.first = apps
        .split(',')
        .map(|app| out.number_of(app.trim()))
        .collect();
    Ok(())
}
