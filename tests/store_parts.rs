//! The lowest parts of the store: journal images, pages, schema steps, drafts and the rotation of backups.

mod rotation {
    use crate::store::shelf::*;
    use chrono::{DateTime, Datelike, Utc};
    use std::collections::BTreeSet;

    fn day(number: i64) -> DateTime<Utc> {
        DateTime::from_timestamp(number * 86_400 + 3_600, 0).unwrap()
    }

    #[test]
    fn a_daily_diary_settles_on_seven_days_four_weeks_twelve_months() {
        // One backup a day for three years, rotated every day as the program does it.
        let mut there: Vec<DateTime<Utc>> = Vec::new();
        for number in 20_000..21_100 {
            there.push(day(number));
            let kept = daily(&there);
            there = kept.into_iter().map(|place| there[place]).collect();
        }
        let newest: Vec<_> = (21_093..21_100).map(day).collect();
        assert!(newest.iter().all(|d| there.contains(d)), "seven days");
        let weeks: BTreeSet<_> = there.iter().map(|d| d.iso_week()).collect();
        let months: BTreeSet<_> = there.iter().map(|d| (d.year(), d.month())).collect();
        assert!(weeks.len() >= WEEKS && months.len() == MONTHS, "{there:?}");
        assert!(there.len() <= DAYS + WEEKS + MONTHS);
    }

    #[test]
    fn gaps_do_not_lose_what_is_old() {
        let made: Vec<_> = [1, 400, 800, 1_200].map(day).to_vec();
        assert_eq!(daily(&made).len(), 4);
        assert!(daily(&[]).is_empty());
        assert_eq!(
            others(&(0..30).map(day).collect::<Vec<_>>()),
            (20..30).collect()
        );
        // Of those made in one second none is the older.
        let dozen = [day(1); 12];
        assert_eq!(others(&dozen).len(), 12);
        assert_eq!(others(&[&dozen[..], &[day(2)]].concat()).len(), 13);
        let later: Vec<_> = (2..12).map(day).collect();
        assert_eq!(others(&[&dozen[..], &later].concat()).len(), 10);
    }
}

mod place {
    use crate::store::place::*;
    use std::io;
    use std::path::Path;

    #[test]
    fn synchronised_folders_are_known_by_their_names() {
        let known = |path: &str| synchronised(Path::new(path));
        assert_eq!(known("/home/a/Dropbox/diary.db"), Some("Dropbox"));
        assert_eq!(
            known("/home/a/Dropbox (Personal)/x/diary.db"),
            Some("Dropbox")
        );
        assert_eq!(
            known("/home/a/OneDrive - Clinic/diary.db"),
            Some("OneDrive")
        );
        assert_eq!(
            known("/Users/a/Library/Mobile Documents/com~apple~CloudDocs/d.db"),
            Some("iCloud")
        );
        assert_eq!(
            known("/Users/a/Library/CloudStorage/GoogleDrive-a@b.c/My Drive/d.db"),
            Some("Google Drive")
        );
        assert_eq!(known("/home/a/Nextcloud/d.db"), Some("Nextcloud"));
        assert_eq!(known("/home/a/Sync/d.db"), Some("Syncthing"));
        assert_eq!(known("/home/a/.local/share/nightcramp/diary.db"), None);
        assert_eq!(known("/home/a/dropboxes/diary.db"), None);
        assert_eq!(known("synchrotron/diary.db"), None);
    }

    #[test]
    fn a_draft_gets_its_name_only_when_it_is_free() {
        let dir = tempfile::tempdir().unwrap();
        let target = dir.path().join("x");
        let draft = Draft::beside(&target).unwrap();
        std::fs::write(draft.path(), "one").unwrap();
        draft.settle(&target).unwrap();
        let second = Draft::beside(&target).unwrap();
        std::fs::write(second.path(), "two").unwrap();
        assert_eq!(
            second.settle(&target).unwrap_err().kind(),
            io::ErrorKind::AlreadyExists
        );
        assert_eq!(std::fs::read(&target).unwrap(), b"one");
        assert_eq!(std::fs::read_dir(dir.path()).unwrap().count(), 1);
    }
}

mod schema {
    use crate::store::open::*;
    use rusqlite::Connection;

    #[test]
    fn schema_sql_is_what_all_steps_together_make() {
        let told = Connection::open_in_memory().unwrap();
        told.execute_batch(&plain(include_str!("../schema.sql")))
            .unwrap();
        assert_eq!(listed(&told).unwrap(), made(VERSION).unwrap());
    }

    #[test]
    fn steps_only_append_columns() {
        for version in 1..=VERSION {
            let conn = Connection::open_in_memory().unwrap();
            run_steps(&conn, 0, version).unwrap();
            for table in crate::store::Table::ALL {
                let columns: Vec<String> = conn
                    .prepare(&format!(
                        "SELECT name FROM pragma_table_info('{}') WHERE name <> 'sum'",
                        table.name()
                    ))
                    .unwrap()
                    .query_map([], |row| row.get(0))
                    .unwrap()
                    .map(Result::unwrap)
                    .collect();
                assert!(
                    table
                        .layout()
                        .columns
                        .starts_with(&columns.iter().map(String::as_str).collect::<Vec<_>>())
                );
            }
        }
    }
}

mod pages {
    use crate::store::pages::*;
    use rusqlite::types::Value;

    #[test]
    fn pages_hold_what_the_database_wrote() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("x.db");
        let conn = rusqlite::Connection::open(&path).unwrap();
        conn.execute_batch(
            "CREATE TABLE t (a, b, c); CREATE TABLE w (a TEXT PRIMARY KEY, b) WITHOUT ROWID;",
        )
        .unwrap();
        let mut wanted = Vec::new();
        for i in 0..500_i64 {
            // Lengths around the limits where a payload spills over to other pages.
            let text = "é".repeat(usize::try_from(i * i % 9_000).unwrap());
            let number = [0, 1, -1, 127, -128, 40_000, -9_000_000, 1 << 40, i64::MIN]
                [usize::try_from(i % 9).unwrap()];
            conn.execute(
                "INSERT INTO t VALUES (?1, ?2, ?3)",
                (number, &text, i as f64 / 3.0),
            )
            .unwrap();
            conn.execute(
                "INSERT INTO w VALUES (?1, ?2)",
                (format!("{i:05}{text}"), number),
            )
            .unwrap();
            wanted.push(RawRow {
                rowid: Some(i + 1),
                values: vec![
                    Value::Integer(number),
                    Value::Text(text.clone()),
                    Value::Real(i as f64 / 3.0),
                ],
            });
            wanted.push(RawRow {
                rowid: None,
                values: vec![Value::Text(format!("{i:05}{text}")), Value::Integer(number)],
            });
        }
        drop(conn);
        let bytes = std::fs::read(&path).unwrap();
        let pages = Pages::new(&bytes);
        let rows: Vec<RawRow> = (1..=pages.count()).flat_map(|n| pages.rows(n)).collect();
        for row in wanted {
            // SQLite keeps a whole real number as an integer.
            let found = rows.iter().any(|r| {
                r.rowid == row.rowid
                    && r.values.len() == row.values.len()
                    && r.values.iter().zip(&row.values).all(|(a, b)| match (a, b) {
                        (Value::Integer(a), Value::Real(b)) => *a as f64 == *b,
                        _ => a == b,
                    })
            });
            assert!(found, "{:?} is missing", row.rowid);
        }
    }

    #[test]
    fn nonsense_is_skipped() {
        for length in [0, 1, 16, 99, 100, 512, 4_096, 10_000] {
            for fill in [0_u8, 0x0d, 0x0a, 0x02, 0xff] {
                let bytes = vec![fill; length];
                let pages = Pages::new(&bytes);
                for number in 0..=pages.count() + 1 {
                    let _ = (pages.rows(number), pages.is_unreadable(number));
                }
            }
        }
    }
}

mod image {
    use crate::diary::Table;
    use crate::store::image::*;
    use rusqlite::types::Value;

    #[test]
    fn entries_come_back_as_written() {
        let row = |night: &str, factor: &str, number: f64| -> Image {
            let mut image = vec![
                Value::Text(night.into()),
                Value::Text(factor.into()),
                Value::Real(number),
                Value::Null,
            ];
            image.resize(9, Value::Integer(i64::MIN));
            image
        };
        let entries = vec![
            Touched {
                table: Table::Value,
                before: None,
                after: Some(row("2026-03-03", "room", 18.0)),
            },
            Touched {
                table: Table::Value,
                before: Some(row("2026-03-03", "fluid", -1.5)),
                after: Some(row("2026-03-03", "fluid", 1.5)),
            },
            Touched {
                table: Table::Value,
                before: Some(row("2026-03-04", "", f64::MAX)),
                after: None,
            },
        ];
        let mut encoder = Encoder::default();
        entries.iter().for_each(|e| encoder.push_touched(e));
        let bytes = encoder.take();
        assert_eq!(decode(&bytes).unwrap(), entries);
        for cut in 1..bytes.len() {
            // A cut may fall between entries, never inside one unnoticed.
            if let Ok(some) = decode(&bytes[..cut]) {
                assert_eq!(some, entries[..some.len()]);
            }
        }
    }
}
