//! A tap at the bedside, as its form or its script sends it.

use chrono::DateTime;
use serde::Deserialize;

use crate::cli::Failure;
use crate::diary::{Night, Now};
use crate::report::checkin::as_typed;
use crate::web::add::{Added, moment, usable};
use crate::words::t;

/// What a form of the page sends; the script adds the two times.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Tap {
    pub(crate) csrf: String,
    pub(crate) key: String,
    pub(crate) at: String,
    pub(crate) sent: String,
    /// The request that made the cramp this is about.
    pub(crate) of: String,
    /// The request whose answer asked, and what it asked.
    pub(crate) from: String,
    pub(crate) ask: String,
    /// What was tapped.
    pub(crate) words: String,
    /// The unit of a bare number.
    pub(crate) unit: String,
    /// What was typed.
    pub(crate) line: String,
    /// The night that what was typed is about; none where it is of now.
    pub(crate) night: String,
}

impl Tap {
    /// The key of the request: that of the form with what was tapped, so that two buttons of one form are two requests.
    pub(crate) fn request(&self) -> Result<String, Failure> {
        let key = usable(&self.key)?;
        Ok(match self.words.is_empty() {
            true => key.to_string(),
            false => format!("{key} {}{}", self.words, self.line),
        })
    }

    /// What was typed as the words of `cramp log`, about its night.
    pub(crate) fn told(&self, server: &Now) -> Result<String, Failure> {
        if self.night.is_empty() {
            return Ok(self.line.clone());
        }
        let (now, _) = moment(&self.added(String::new()), server);
        let night: Option<Night> = self.night.parse().ok();
        let night = night.filter(|night| *night <= now.last_night());
        let night = night.ok_or_else(|| Failure::cannot(t!(bedside, "no-such-night"), None))?;
        Ok(format!("{} {}", as_typed(night, &now), self.line))
    }

    /// Words with the times of this tap.
    pub(crate) fn added(&self, line: String) -> Added {
        Added {
            line,
            at: DateTime::parse_from_rfc3339(&self.at).ok(),
            sent: DateTime::parse_from_rfc3339(&self.sent).ok(),
        }
    }
}
