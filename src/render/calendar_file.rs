//! A daily reminder as a calendar file (RFC 5545), which every phone opens.

use chrono::{DateTime, NaiveDateTime, Utc};

/// What the calendar is to say, and when.
pub(crate) struct Reminder<'a> {
    /// The first time, by the clock of whoever carries the calendar.
    pub(crate) first: NaiveDateTime,
    /// When the file was made.
    pub(crate) made: DateTime<Utc>,
    pub(crate) program: &'a str,
    pub(crate) title: &'a str,
    pub(crate) text: &'a str,
    /// The page to open.
    pub(crate) page: Option<&'a str>,
}

/// A line longer than this many bytes is folded.
const LONGEST_LINE: usize = 75;

/// The file: an event a day with an alarm, at the same time of the clock wherever the phone is.
pub(crate) fn file(reminder: &Reminder<'_>) -> String {
    let (title, text) = (escaped(reminder.title), escaped(reminder.text));
    let first = reminder.first.format("%Y%m%dT%H%M%S");
    let made = reminder.made.format("%Y%m%dT%H%M%SZ");
    let mut lines = vec![
        "BEGIN:VCALENDAR".to_string(),
        "VERSION:2.0".to_string(),
        format!("PRODID:-//nightcramp//{}//EN", escaped(reminder.program)),
        "BEGIN:VEVENT".to_string(),
        // the same in every file, so that a new one takes the place of the old
        "UID:morning@nightcramp".to_string(),
        format!("DTSTAMP:{made}"),
        format!("DTSTART:{first}"),
        "DURATION:PT5M".to_string(),
        "RRULE:FREQ=DAILY".to_string(),
        "TRANSP:TRANSPARENT".to_string(),
        format!("SUMMARY:{title}"),
        format!("DESCRIPTION:{text}"),
    ];
    lines.extend(reminder.page.map(|page| format!("URL:{page}")));
    lines.extend(["BEGIN:VALARM", "ACTION:DISPLAY", "TRIGGER:PT0S"].map(str::to_string));
    lines.push(format!("DESCRIPTION:{title}"));
    lines.extend(["END:VALARM", "END:VEVENT", "END:VCALENDAR"].map(str::to_string));
    lines.iter().map(|line| folded(line)).collect()
}

/// Text as a value, where commas, semicolons, backslashes and ends of lines mean something.
fn escaped(text: &str) -> String {
    let text = text.replace('\\', "\\\\").replace(';', "\\;");
    text.replace(',', "\\,").replace('\n', "\\n")
}

/// A line with its end, broken between letters where it is too long; what follows begins with a space.
fn folded(line: &str) -> String {
    let (mut out, mut length) = (String::new(), 0);
    for letter in line.chars() {
        if length + letter.len_utf8() > LONGEST_LINE {
            out.push_str("\r\n ");
            length = 1;
        }
        out.push(letter);
        length += letter.len_utf8();
    }
    out.push_str("\r\n");
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Reads a calendar file as RFC 5545 tells: unfolded, each line a name and a value.
    fn read(file: &str) -> Vec<(String, String)> {
        assert!(file.ends_with("\r\n"));
        assert!(!file.replace("\r\n", "").contains(['\r', '\n']));
        assert!(file.split("\r\n").all(|line| line.len() <= 75), "{file}");
        let unfolded = file.replace("\r\n ", "");
        let lines = unfolded.split_terminator("\r\n");
        let pairs = lines.map(|line| line.split_once(':').unwrap());
        pairs
            .map(|(name, value)| (name.to_string(), unescaped(value)))
            .collect()
    }

    fn unescaped(value: &str) -> String {
        let (mut out, mut letters) = (String::new(), value.chars());
        while let Some(letter) = letters.next() {
            match letter {
                '\\' => match letters.next().unwrap() {
                    'n' => out.push('\n'),
                    other => out.push(other),
                },
                other => out.push(other),
            }
        }
        out
    }

    #[test]
    fn every_morning_has_its_alarm() {
        let title =
            "Last night, how was it; écrit à \\ 7 h: a long line that is certainly folded, yes";
        let text = "First line\nsecond";
        let made = DateTime::parse_from_rfc3339("2026-03-04T07:15:00Z").unwrap();
        let reminder = Reminder {
            first: "2026-03-05T08:00:00".parse().unwrap(),
            made: made.to_utc(),
            program: "cramp 1.0",
            title,
            text,
            page: Some("http://192.168.1.20:7466/bed"),
        };
        let lines = read(&file(&reminder));
        let values = |name: &str| -> Vec<&str> {
            let named = lines.iter().filter(|(n, _)| n == name);
            named.map(|(_, value)| value.as_str()).collect()
        };
        assert_eq!(values("BEGIN"), ["VCALENDAR", "VEVENT", "VALARM"]);
        assert_eq!(values("END"), ["VALARM", "VEVENT", "VCALENDAR"]);
        assert_eq!(values("DTSTART"), ["20260305T080000"]);
        assert_eq!(values("DTSTAMP"), ["20260304T071500Z"]);
        assert_eq!(values("RRULE"), ["FREQ=DAILY"]);
        assert_eq!(values("SUMMARY"), [title]);
        assert_eq!(values("DESCRIPTION"), [text, title]);
        assert_eq!(values("URL"), ["http://192.168.1.20:7466/bed"]);
        for once in ["VERSION", "PRODID", "UID", "TRIGGER", "ACTION"] {
            assert_eq!(values(once).len(), 1, "{once}");
        }
    }
}
