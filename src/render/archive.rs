//! The files of an export as one zip archive.

use std::io::{Cursor, Error, Write};

use chrono::{Datelike, NaiveDateTime, Timelike};
use zip::result::ZipError;
use zip::write::SimpleFileOptions;
use zip::{DateTime, ZipWriter};

/// The name an archive made at this time is offered under.
pub(crate) fn name(at: NaiveDateTime) -> String {
    format!("nightcramp-{}.zip", at.date())
}

/// Packs files in their order, each dated `at`, readable for their owner only. Equal files and times give equal bytes.
///
/// # Errors
/// When it grows beyond what the format can hold.
pub(crate) fn archive(files: &[(&str, String)], at: NaiveDateTime) -> Result<Vec<u8>, Error> {
    let options = SimpleFileOptions::default()
        .last_modified_time(dated(at))
        .unix_permissions(0o600);
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in files {
        zip.start_file(*name, options).map_err(in_general)?;
        zip.write_all(content.as_bytes())?;
    }
    Ok(zip.finish().map_err(in_general)?.into_inner())
}

/// A time as the format keeps it, to two seconds. It begins in 1980; a clock that was never set stands before that.
fn dated(at: NaiveDateTime) -> DateTime {
    let [month, day, hour, minute, second] =
        [at.month(), at.day(), at.hour(), at.minute(), at.second()]
            .map(|number| u8::try_from(number).unwrap_or_default());
    u16::try_from(at.year())
        .ok()
        .and_then(|year| DateTime::from_date_and_time(year, month, day, hour, minute, second).ok())
        .unwrap_or_default()
}

fn in_general(error: ZipError) -> Error {
    match error {
        ZipError::Io(error) => error,
        other => Error::other(other),
    }
}
