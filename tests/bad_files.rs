//! Files that are no diary, or not one this program may touch: refused with exit 3, left as they are.

use crate::tests::door::Door;

/// Puts `bytes` where the diary should be; every command must refuse them and leave them be.
fn left_untouched(bytes: &[u8], says: &str) {
    let door = Door::at("2026-03-04T08:00:00Z");
    std::fs::create_dir_all(door.diary().parent().unwrap()).unwrap();
    std::fs::write(door.diary(), bytes).unwrap();
    for line in ["log 03:10 left", "night calm", "week", "list", "undo", ""] {
        let said = door.run(line);
        assert_eq!(said.code, 3, "{line}: {}{}", said.out, said.err);
        assert!(
            said.err.to_lowercase().contains(says),
            "{line}: {}",
            said.err
        );
        assert!(
            std::fs::read(door.diary()).unwrap() == bytes,
            "{line}: the file was touched"
        );
    }
    let neighbours = std::fs::read_dir(door.diary().parent().unwrap())
        .unwrap()
        .count();
    assert_eq!(neighbours, 1, "nothing is left beside a refused file");
}

fn a_diary() -> Vec<u8> {
    let door = Door::at("2026-03-04T08:00:00Z");
    door.ok("log 03:10 left calf 6");
    std::fs::read(door.diary()).unwrap()
}

#[test]
fn a_text_file_is_not_a_diary() {
    left_untouched(b"Dear diary, my leg hurt again.\n", "not a");
}

#[test]
fn a_truncated_diary_is_refused() {
    let whole = a_diary();
    left_untouched(&whole[..whole.len() / 2], "");
    left_untouched(&whole[..60], "");
}

#[test]
fn a_newer_diary_is_refused() {
    let mut newer = a_diary();
    // user_version stands at offset 60 of the header, big-endian.
    newer[60..64].copy_from_slice(&9_999_u32.to_be_bytes());
    left_untouched(&newer, "version 9999");
}

#[test]
fn another_program_s_database_is_refused() {
    let mut foreign = a_diary();
    foreign[68..72].copy_from_slice(&0x0102_0304_u32.to_be_bytes());
    left_untouched(&foreign, "not a");
}

#[test]
fn a_folder_is_not_a_diary() {
    let door = Door::at("2026-03-04T08:00:00Z");
    std::fs::create_dir_all(door.diary()).unwrap();
    for line in ["log 03:10 left", "week", ""] {
        assert_eq!(door.run(line).code, 3, "{line}");
    }
    assert!(door.diary().is_dir());
}

#[test]
fn a_message_in_json_goes_with_exit_3() {
    let door = Door::at("2026-03-04T08:00:00Z");
    std::fs::create_dir_all(door.diary().parent().unwrap()).unwrap();
    std::fs::write(door.diary(), b"not a diary at all").unwrap();
    let said = door.run("week --json");
    let error: serde_json::Value = serde_json::from_str(&said.err).unwrap();
    assert_eq!(error["error"]["code"], 3);
    assert!(!error["error"]["hint"].as_str().unwrap().is_empty());
}
