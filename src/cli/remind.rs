//! `cramp remind`: a daily reminder for the calendar of a phone.

use std::path::PathBuf;

use chrono::Days;
use serde_json::json;

use crate::cli::export::{cannot_write, replace};
use crate::cli::failure::fail;
use crate::cli::{Failure, Invocation};
use crate::diary::clock_face::read_clock;
use crate::diary::typed::clean;
use crate::render::calendar_file::{Reminder, file};
use crate::words::t;

/// A calendar file that reminds every morning
#[derive(Debug, clap::Args)]
#[command(after_help = include_str!("../words/en/usage/remind.txt"))]
pub(crate) struct Remind {
    /// When, such as 08:00, 8am or 8:00 pm
    #[arg(required = true, value_name = "TIME")]
    time: Vec<String>,
    /// The file to write
    #[arg(long, value_name = "FILE")]
    out: PathBuf,
    /// The address of the page it opens, such as http://192.168.1.20:7466/bed
    #[arg(long, value_name = "ADDRESS")]
    page: Option<String>,
}

impl Remind {
    pub(crate) fn run(&self, call: &mut Invocation<'_>) -> Result<(), Failure> {
        let typed = self.time.join(" ");
        let face = typed.to_lowercase().split_whitespace().collect::<String>();
        let Ok(Some(time)) = read_clock(&face) else {
            return Err(fail!(Words, "not-a-time", text = clean(&typed)));
        };
        let shown = time.format("%H:%M").to_string();
        let page = self.page.as_deref();
        if let Some(page) = page
            && !is_web_address(page)
        {
            return Err(fail!(Words, "not-an-address", text = clean(page)));
        }
        let now = call.now.zone.moment(call.now.utc).local();
        // today's time may be over
        let day = match now.time() < time {
            true => now.date(),
            false => now
                .date()
                .checked_add_days(Days::new(1))
                .unwrap_or(now.date()),
        };
        let calendar = file(&Reminder {
            first: day.and_time(time),
            made: call.now.utc,
            program: concat!("cramp ", env!("CARGO_PKG_VERSION")),
            title: t!(serve, "remind-title"),
            text: t!(serve, "remind-text"),
            page,
        });
        let path = call.place(&self.out);
        replace(&path, calendar.as_bytes()).map_err(|e| cannot_write(&path, &e))?;
        let value = json!({
            "schema": 1, "kind": "reminder", "file": self.out, "time": shown, "page": page,
        });
        let name = self.out.display().to_string();
        call.respond(&value, |_, _| {
            let mut lines = vec![t!(serve, "reminds", file = name, time = shown)];
            lines.extend(
                page.is_none()
                    .then(|| t!(serve, "reminds-no-page").to_string()),
            );
            lines.join("\n")
        })
    }
}

fn is_web_address(text: &str) -> bool {
    let is_web = text.starts_with("http://") || text.starts_with("https://");
    is_web && text.chars().all(|c| c.is_ascii_graphic())
}
