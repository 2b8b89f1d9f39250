//! An export as one archive: the same bytes as in a folder, taken back whole, and nothing else taken.

use std::io::{Cursor, Write};

use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use crate::import::archive::{Unfit, files, files_within};
use crate::tests::door::Door;

const NOW: &str = "2026-03-04T08:10:00Z";

/// A diary with a little of everything.
fn written() -> Door {
    let door = Door::at(NOW);
    for line in [
        "log -1 3am left calf 7 3min",
        "night -2 calm socks=yes",
        "course start magnesium 300mg 2026-02-01",
        "event \"a long walk; with, commas\"",
    ] {
        door.ok(line);
    }
    door
}

/// An archive of these files, as any program may make one.
fn packed(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in files {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(content).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

#[test]
fn an_archive_holds_what_a_folder_does_and_is_the_same_every_time() {
    let door = written();
    for (format, count) in [("", 12), (" --format json", 1)] {
        let (folder, file) = (format!("out{count}"), format!("out{count}.zip"));
        door.ok(&format!("export {folder}{format}"));
        let said = door.ok(&format!("export {file}{format}"));
        assert!(said.contains(&file) && said.contains("1 file"), "{said}");
        let path = door.folder().join(&file);
        let bytes = std::fs::read(&path).unwrap();
        let held = files(&bytes).unwrap();
        assert_eq!(held.len(), count, "{format}");
        for (name, content) in held {
            let beside = std::fs::read(door.folder().join(&folder).join(&name)).unwrap();
            assert!(content == beside, "{name} differs");
        }
        // over an earlier one too
        door.ok(&format!("export {file}{format}"));
        assert!(
            std::fs::read(&path).unwrap() == bytes,
            "{format} differs from itself"
        );
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            let mode = std::fs::metadata(&path).unwrap().permissions().mode();
            assert_eq!(mode & 0o777, 0o600);
        }
    }
}

#[test]
fn an_archive_gives_the_same_diary_back() {
    let door = written();
    door.ok("export out.zip");
    let file = door.folder().join("out.zip").display().to_string();
    let other = Door::at(NOW);
    let dry = other.ok(&format!("import {file} --dry-run"));
    assert!(dry.contains("Nothing was written"), "{dry}");
    other.ok(&format!("import {file}"));
    other.ok("export again.zip");
    let again = std::fs::read(other.folder().join("again.zip")).unwrap();
    assert!(std::fs::read(&file).unwrap() == again);
    let same = other.ok(&format!("import {file}"));
    assert!(same.contains("nothing was written"), "{same}");
}

#[test]
fn a_file_that_no_export_wrote_is_left_as_it_is() {
    let door = written();
    let strangers: [&[u8]; 3] = [b"", b"my photographs", &packed(&[("a.txt", b"hello")])];
    for content in strangers {
        let file = door.folder().join("kept.zip");
        std::fs::write(&file, content).unwrap();
        let said = door.refused(1, "export kept.zip");
        assert!(said.contains("kept.zip is there already"), "{said}");
        assert_eq!(std::fs::read(&file).unwrap(), content);
    }
}

#[test]
fn files_lie_where_they_are_and_nowhere_else() {
    for name in [
        "../nights.csv",
        "/etc/nights.csv",
        "diary/nights.csv",
        "..\\nights.csv",
        "C:nights.csv",
        "..",
        "folder/",
    ] {
        let got = files(&packed(&[("nights.csv", b"night\n"), (name, b"x")]));
        assert!(matches!(&got, Err(Unfit::Placed(_))), "{name}: {got:?}");
    }
}

#[test]
fn more_than_an_export_ever_holds_is_not_unpacked() {
    let zeros = vec![0; 1_000_000];
    let two = packed(&[("a.csv", &zeros), ("b.csv", &zeros)]);
    assert!(two.len() < 10_000, "it is small before it is unpacked");
    assert_eq!(
        files_within(&two, 2, 2_000_000).map(|files| files.len()),
        Ok(2)
    );
    assert_eq!(files_within(&two, 2, 1_999_999), Err(Unfit::TooLarge));
    assert_eq!(files_within(&two, 1, 2_000_000), Err(Unfit::TooMany));
    // one that says it is smaller than it is
    let size = 1_000_000_u32.to_le_bytes();
    let mut lying = packed(&[("a.csv", &zeros)]);
    let at: Vec<usize> = (0..lying.len() - 4)
        .filter(|at| lying[*at..*at + 4] == size)
        .collect();
    assert!(!at.is_empty());
    for at in at {
        lying[at..at + 4].copy_from_slice(&10_u32.to_le_bytes());
    }
    let got = files_within(&lying, 1, 500_000);
    assert!(
        got.as_ref().is_ok_and(|f| f[0].1.len() <= 10) || got.is_err(),
        "{got:?}"
    );
}

#[test]
fn a_broken_or_strange_archive_is_refused_by_name() {
    let door = written();
    door.ok("export whole.zip");
    let whole = std::fs::read(door.folder().join("whole.zip")).unwrap();
    let put = |name: &str, bytes: &[u8]| std::fs::write(door.folder().join(name), bytes).unwrap();
    put("cut.zip", &whole[..whole.len() / 2]);
    put("strange.zip", &packed(&[("readme.txt", b"hello")]));
    put(
        "outside.zip",
        &packed(&[("../nights.csv", b"night,outcome\n")]),
    );
    let mut flipped = whole.clone();
    flipped[60] ^= 0xff;
    put("flipped.zip", &flipped);
    for (line, part) in [
        ("import cut.zip", "cut.zip could not be opened"),
        ("import flipped.zip", "flipped.zip could not be opened"),
        (
            "import strange.zip",
            "strange.zip is nothing this program knows",
        ),
        ("import outside.zip", "\"../nights.csv\""),
    ] {
        let said = door.refused(1, line);
        assert!(said.contains(part), "{line}: {said}");
    }
}
