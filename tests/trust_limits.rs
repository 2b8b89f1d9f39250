//! The limits that are promised: 100 years of nights, 1,000,000 values, notes of 64 kB, 200 own factors, 10,000 courses.
//! And that nothing in the program speaks to a network but the pages.

use std::sync::Arc;

use crate::diary::vocabulary::*;
use crate::diary::*;
use crate::store::*;

use crate::tests::store_records::*;

#[test]
fn a_hundred_years_fit() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("d.db");
    let first = night("1926-03-04");
    let note = "é".repeat(32 * 1024);
    let names: Vec<Arc<str>> = (0..200).map(|n| Arc::from(format!("own-{n}"))).collect();
    let nights = (0..36_525).map(|day| {
        let long = (day % 1_000 == 0).then(|| note.clone());
        Record::Night(NightRecord {
            outcome: Some(if day % 3 == 0 {
                Outcome::Cramp
            } else {
                Outcome::Calm
            }),
            note: long,
            ..NightRecord::blank(first.plus(day), now())
        })
    });
    let factors = names.iter().map(|factor| {
        Record::Factor(CustomFactor {
            factor: factor.clone(),
            label: factor.to_string(),
            kind: FactorKind::Number,
            unit: Some("mg".into()),
            min: Some(0.0),
            max: None,
            timing: Timing::Day,
            group: None,
            choices: Vec::new(),
            retired: false,
        })
    });
    let courses = (1..=10_000).map(|id| {
        Record::Course(Course {
            start_certainty: None,
            id,
            name: format!("course {}", id % 40),
            kind: CourseKind::Supplement,
            class: None,
            dose: Some(id as f64 / 4.0),
            unit: Some("mg".into()),
            basis: None,
            per_day: Some(1.0),
            start: first.plus(id * 3).date(),
            stop: Some(first.plus(id * 3 + 2).date()),
            reason: None,
            typed: None,
            recorded_at: now(),
        })
    });
    let values = (0..36_525_i64).flat_map(|day| {
        let names = &names;
        (0..28).map(move |n| {
            let factor = names[usize::try_from((day + n * 7) % 200).unwrap()].clone();
            let dose = value("1926-03-04", "x", Value::Number((day + n) as f64));
            Record::Value(ContextValue {
                night: first.plus(day),
                factor,
                unit: Some("mg".into()),
                ..dose
            })
        })
    });
    let mut store = Store::open(&path, now()).unwrap();
    let counts = store
        .write::<_, StoreError>(now(), "import", |w| {
            let small = w.put_all(nights.chain(factors).chain(courses).collect())?;
            let values = w.put_all(values.collect())?;
            Ok(small.inserted + values.inserted)
        })
        .unwrap();
    assert_eq!(counts, 36_525 + 200 + 10_000 + 36_525 * 28);
    assert_eq!(store.last_night().unwrap(), Some(first.plus(36_524)));
    let week = Nights::ending(first.plus(36_524), 7);
    let part = store.read(Some(week)).unwrap();
    assert_eq!(
        (part.nights.len(), part.values.len(), part.courses.len()),
        (7, 7 * 28, 10_000)
    );
    let told = store.get(&Key::Night(first.plus(36_000))).unwrap();
    assert!(matches!(told, Some(Record::Night(n)) if n.note.as_deref() == Some(note.as_str())));
    let diary = store.read(None).unwrap();
    assert_eq!(
        (diary.nights.len(), diary.values.len()),
        (36_525, 36_525 * 28)
    );
    store
        .write::<_, StoreError>(now(), "log", |w| w.put(Record::Episode(episode(1))))
        .unwrap();
    assert!(store.undo(&present()).unwrap().is_some());
}

/// The names of the functions a program takes from outside: the dynamic symbols of a 64-bit ELF file.
#[cfg(all(
    not(feature = "web"),
    target_os = "linux",
    target_endian = "little",
    target_pointer_width = "64"
))]
fn imported(program: &[u8]) -> Vec<String> {
    let number = |at: usize, bytes: usize| {
        program[at..at + bytes]
            .iter()
            .rev()
            .fold(0, |n, b| n << 8 | usize::from(*b))
    };
    let (table, size, count) = (number(0x28, 8), number(0x3a, 2), number(0x3c, 2));
    let header = |section: usize| table + section * size;
    const DYNAMIC_SYMBOLS: usize = 11;
    let symbols = (0..count)
        .map(header)
        .find(|at| number(at + 4, 4) == DYNAMIC_SYMBOLS)
        .unwrap();
    let names = number(header(number(symbols + 0x28, 4)) + 0x18, 8);
    let (first, length) = (number(symbols + 0x18, 8), number(symbols + 0x20, 8));
    (first..first + length)
        .step_by(24)
        .map(|symbol| {
            let name = &program[names + number(symbol, 4)..];
            let end = name.iter().position(|b| *b == 0).unwrap();
            String::from_utf8_lossy(&name[..end]).into_owned()
        })
        .collect()
}

/// The program without the pages does not even ask the system for the means to reach a network.
#[cfg(all(
    not(feature = "web"),
    target_os = "linux",
    target_endian = "little",
    target_pointer_width = "64"
))]
#[test]
fn the_program_takes_no_network_function_from_the_system() {
    let program = std::fs::read(crate::tests::cramp_binary()).unwrap();
    let imported = imported(&program);
    assert!(imported.iter().any(|n| n == "read"), "{imported:?}");
    for name in [
        "socket",
        "socketpair",
        "connect",
        "bind",
        "listen",
        "accept",
        "accept4",
        "getaddrinfo",
        "gethostbyname",
        "send",
        "sendto",
        "sendmsg",
        "recv",
        "recvfrom",
        "recvmsg",
        "execve",
        "posix_spawn",
        "posix_spawnp",
        "system",
    ] {
        assert!(
            !imported.iter().any(|n| n == name),
            "the program takes {name}"
        );
    }
}

/// The crates a program without the pages is built from.
fn without_pages(root: &std::path::Path) -> Vec<String> {
    let cargo = std::process::Command::new(env!("CARGO"))
        .args(["tree", "--no-default-features", "--edges", "normal"])
        .args(["--prefix", "none", "--format", "{p}"])
        .args(["--offline", "--locked"])
        .current_dir(root)
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&cargo.stderr);
    assert!(cargo.status.success(), "{said}");
    let tree = String::from_utf8(cargo.stdout).unwrap();
    let names = tree.lines().filter_map(|line| line.split(' ').next());
    names.map(str::to_string).collect()
}

/// Without the pages no crate that opens connections is in the dependency tree, and no file of ours outside `src/web`
/// does. No crate that connects to the outside is in any build.
#[test]
fn nothing_speaks_to_a_network() {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    let names = without_pages(root);
    assert!(names.iter().any(|n| n == "rusqlite"), "{names:?}");
    let network = [
        "reqwest",
        "hyper",
        "ureq",
        "curl",
        "isahc",
        "attohttpc",
        "minreq",
        "surf",
        "tokio",
        "async-std",
        "smol",
        "mio",
        "socket2",
        "h2",
        "quinn",
        "rustls",
        "native-tls",
        "openssl",
        "tungstenite",
        "trust-dns-resolver",
        "hickory-resolver",
        "tiny_http",
        "actix-web",
        "axum",
        "warp",
        "zbus",
        "libp2p",
        "ssh2",
        "suppaftp",
        "lettre",
    ];
    let found: Vec<&String> = names
        .iter()
        .filter(|name| network.contains(&name.as_str()))
        .collect();
    assert_eq!(
        found,
        Vec::<&String>::new(),
        "a network crate is in the dependency tree"
    );

    let mut folders = vec![root.join("src")];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path == root.join("src").join("web") {
                continue;
            }
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|e| e == "rs") {
                let text = std::fs::read_to_string(&path).unwrap();
                for word in [
                    "TcpStream",
                    "UdpSocket",
                    "TcpListener",
                    "UnixStream",
                    "ToSocketAddrs",
                    "process::Command",
                ] {
                    assert!(!text.contains(word), "{} speaks of {word}", path.display());
                }
            }
        }
    }
}
