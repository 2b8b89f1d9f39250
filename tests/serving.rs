//! `cramp serve` with a server that only listens to what it is told: how long, where, and what is said and opened.

use std::cell::RefCell;
use std::io;
use std::net::IpAddr;
use std::path::{Path, PathBuf};
use std::rc::Rc;
use std::sync::Arc;
use std::sync::atomic::{AtomicU8, Ordering};
use std::time::Duration;

use chrono::{DateTime, Utc};

use crate::cli::serve::{Outside, Plan};
use crate::cli::server::Server;
use crate::diary::experiment::sha256;
use crate::store::Store;
use crate::store::devices::DeviceKind;
use crate::tests::door::{Door, Said};

const NIGHT: &str = "2026-03-04T03:10:00Z";

/// What a server was asked for, and what stood in the files the browser was given.
#[derive(Default)]
struct Heard {
    plans: RefCell<Vec<Plan>>,
    opened: RefCell<Vec<(PathBuf, String)>>,
    /// Whether the file was there while the pages were served, and afterwards.
    there: RefCell<Vec<bool>>,
}

impl Heard {
    fn server(self: &Rc<Self>, door: &Door) -> Server {
        let (served, shown) = (self.clone(), self.clone());
        let now: DateTime<Utc> = NIGHT.parse().unwrap();
        Server {
            outside: Outside {
                clock: Arc::new(move || now),
                random: |bytes| {
                    static CALLS: AtomicU8 = AtomicU8::new(1);
                    bytes.fill(CALLS.fetch_add(1, Ordering::Relaxed));
                    Ok(())
                },
            },
            run: Box::new(move |plan, _, ready| {
                let doorstep = ready()?;
                let page = doorstep.as_ref().map(|doorstep| doorstep.page());
                let mut there = served.there.borrow_mut();
                there.extend(page.as_ref().map(|page| page.exists()));
                drop(doorstep);
                there.extend(page.map(|page| page.exists() || page.parent().unwrap().exists()));
                served.plans.borrow_mut().push(plan);
                Ok(())
            }),
            home_address: || Some(IpAddr::from([192, 168, 1, 20])),
            is_taken: |_, _| false,
            open: Box::new(move |page| {
                let text = std::fs::read_to_string(page)?;
                shown.opened.borrow_mut().push((page.to_path_buf(), text));
                Ok(())
            }),
            temp: door.folder().to_path_buf(),
            program: None,
            home: None,
        }
    }

    fn plan(&self) -> Plan {
        self.plans.borrow_mut().pop().expect("nothing was served")
    }
}

/// Runs a line with such a server, changed by `with`.
fn serve(door: &Door, line: &str, with: impl FnOnce(&mut Server)) -> (Said, Rc<Heard>) {
    let heard = Rc::new(Heard::default());
    let mut server = heard.server(door);
    with(&mut server);
    (door.serving(server).run(line), heard)
}

/// The same, served as asked.
fn served(door: &Door, line: &str) -> (Said, Plan) {
    let (said, heard) = serve(door, line, |_| ());
    assert_eq!(said.code, 0, "{line}: {}", said.err);
    (said, heard.plan())
}

/// The code of the first address with one.
fn code(text: &str) -> String {
    let after = text
        .split_once('#')
        .unwrap_or_else(|| panic!("no code: {text}"))
        .1;
    after.chars().take_while(char::is_ascii_hexdigit).collect()
}

/// What a code offers, at the moment it was made.
fn offered(door: &Door, code: &str) -> Option<(String, DeviceKind)> {
    let store = Store::open_read(&door.diary()).unwrap().unwrap();
    let now = NIGHT.parse().unwrap();
    store.offered(&sha256(code.as_bytes()), now).unwrap()
}

#[cfg(unix)]
fn mode(path: &Path) -> u32 {
    use std::os::unix::fs::PermissionsExt;
    std::fs::metadata(path).unwrap().permissions().mode() & 0o777
}

#[test]
fn the_pages_stop_by_themselves_when_they_were_asked_to() {
    let door = Door::at(NIGHT);
    for (line, hours, ends) in [
        ("serve", None, "Ctrl-C stops it."),
        ("serve --for always", None, "Ctrl-C stops it."),
        (
            "serve --for 90min",
            Some(1.5),
            "It stops by itself at 2026-03-04 04:40.",
        ),
        (
            "serve --lan",
            Some(12.0),
            "It stops by itself at 2026-03-04 15:10.",
        ),
        (
            "serve --lan --for 2h",
            Some(2.0),
            "It stops by itself at 2026-03-04 05:10.",
        ),
        ("serve --lan --for always", None, "Ctrl-C stops it."),
    ] {
        let (said, plan) = served(&door, line);
        let wanted = hours.map(|hours| Duration::from_secs_f64(hours * 3600.0));
        assert_eq!(plan.lasts, wanted, "{line}");
        assert!(said.out.contains(ends), "{line}: {}", said.out);
    }
    for (line, offending) in [
        ("serve --for soon", "'soon' is no length of time"),
        ("serve --for forever", "such as --for 12h, or --for always"),
        ("serve --for 32d", "the longest is 31 d"),
        ("serve --for 0h", "0h"),
        ("serve --for 90d", "90d"),
    ] {
        let (said, heard) = serve(&door, line, |_| ());
        assert_eq!(said.code, 2, "{line}: {}", said.err);
        assert!(said.err.contains(offending), "{line}: {}", said.err);
        assert!(heard.plans.borrow().is_empty(), "{line}");
    }
}

#[test]
fn the_home_network_is_served_only_when_asked_for_and_never_the_world() {
    let door = Door::at(NIGHT);
    assert_eq!(served(&door, "serve").1.lan, None);
    let (said, plan) = served(&door, "serve --lan");
    assert_eq!(plan.lan, Some(IpAddr::from([192, 168, 1, 20])));
    assert!(
        said.out.contains("http://192.168.1.20:7466"),
        "{}",
        said.out
    );
    let (said, heard) = serve(&door, "serve --lan=8.8.8.8", |_| ());
    assert_eq!(said.code, 1);
    assert!(said.err.contains("8.8.8.8"), "{}", said.err);
    assert!(heard.plans.borrow().is_empty());
    let (said, _) = serve(&door, "serve --lan", |server| server.home_address = || None);
    assert_eq!(said.code, 1, "{}", said.out);
    assert!(said.err.contains("--lan="), "{}", said.err);
    let (said, _) = serve(&door, "serve", |server| server.is_taken = |_, _| true);
    assert_eq!(said.code, 1);
    assert!(said.err.contains("7466"), "{}", said.err);
}

/// The command line of the browser shows to every account of the computer.
#[test]
fn the_browser_is_given_a_private_file_that_goes_again() {
    let door = Door::at(NIGHT);
    let (said, heard) = serve(&door, "serve --open", |server| {
        let open = std::mem::replace(&mut server.open, Box::new(|_| Ok(())));
        server.open = Box::new(move |page| {
            #[cfg(unix)]
            assert_eq!((mode(page), mode(page.parent().unwrap())), (0o600, 0o700));
            open(page)
        });
    });
    assert_eq!(said.code, 0, "{}", said.err);
    let code = code(&said.out);
    assert_eq!(code.len(), 32);
    let (page, text) = heard.opened.borrow_mut().pop().unwrap();
    let argument = page.display().to_string();
    assert!(!argument.contains(&code), "{argument}");
    let leads = format!("content=\"0; url=http://localhost:7466/enter#{code}\"");
    assert!(text.contains(&leads), "{text}");
    assert_eq!(
        *heard.there.borrow(),
        [true, false],
        "there while it is of use, then gone"
    );
    let offered = offered(&door, &code);
    assert_eq!(offered.map(|(_, kind)| kind), Some(DeviceKind::Owner));
}

/// A browser that snap installed sees of a person's files those that are not hidden, and a /tmp of its own.
#[cfg(target_os = "linux")]
#[test]
fn the_file_for_the_browser_lies_where_a_confined_one_may_read() {
    let door = Door::at(NIGHT);
    let home = door.folder().join("home");
    std::fs::create_dir(&home).unwrap();
    let left = |name: &str, minutes: u64| {
        let page = home.join(name).join("open.html");
        std::fs::create_dir(page.parent().unwrap()).unwrap();
        let file = std::fs::File::create(&page).unwrap();
        let now = file.metadata().unwrap().modified().unwrap();
        let at = now - Duration::from_secs(minutes * 60);
        file.set_modified(at).unwrap();
        page
    };
    let killed = left(&format!("nightcramp-{}", "fe".repeat(16)), 3);
    let beside = left(&format!("nightcramp-{}", "ff".repeat(16)), 1);
    let own = left("nightcramp-letters-of-my-grandmother", 9);
    let of_another = left("of-another", 9);
    let link = home.join(format!("nightcramp-{}", "fd".repeat(16)));
    std::os::unix::fs::symlink(of_another.parent().unwrap(), link).unwrap();
    let at_home = home.clone();
    let (said, heard) = serve(&door, "serve --open", |server| server.home = Some(at_home));
    assert_eq!(said.code, 0, "{}", said.err);
    let (page, _) = heard.opened.borrow_mut().pop().unwrap();
    let under = page.strip_prefix(&home).unwrap();
    let is_hidden = |part: std::path::Component<'_>| part.as_os_str().as_encoded_bytes()[0] == b'.';
    assert!(!under.components().any(is_hidden), "{page:?}");
    assert_eq!(*heard.there.borrow(), [true, false]);
    assert!(of_another.exists(), "a link leads out of the folder");
    // what a killed server left goes, what another one or the person has there stays
    assert!(!killed.exists() && !killed.parent().unwrap().exists());
    assert!(beside.exists() && own.exists());
    // the terminal shows the address with its code all the same, and when it is needed
    let address = format!("http://localhost:7466/enter#{}", code(&said.out));
    assert!(said.out.contains(&address), "{}", said.out);
    assert!(
        said.err.contains("open the address yourself"),
        "{}",
        said.err
    );
    // a folder that is not there, or cannot be written, is no reason not to open it
    let nowhere = door.folder().join("nowhere");
    let (said, heard) = serve(&door, "serve --open", |server| server.home = Some(nowhere));
    assert_eq!(said.code, 0, "{}", said.err);
    let (page, _) = heard.opened.borrow_mut().pop().unwrap();
    assert!(page.starts_with(door.folder()), "{page:?}");
}

#[test]
fn without_a_browser_the_address_is_said_and_nothing_stays_behind() {
    let door = Door::at(NIGHT);
    let (said, heard) = serve(&door, "serve --open", |server| {
        server.open = Box::new(|_| Err(io::ErrorKind::NotFound.into()));
    });
    assert_eq!(said.code, 0);
    assert!(
        said.err.contains("open the address yourself"),
        "{}",
        said.err
    );
    assert!(
        said.out.contains("http://localhost:7466/enter#"),
        "{}",
        said.out
    );
    assert_eq!(heard.plans.borrow().len(), 1, "it is served all the same");
    let left = std::fs::read_dir(door.folder()).unwrap();
    let left: Vec<_> = left.map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(left, ["diary"]);
}

#[test]
fn a_phone_is_paired_over_the_home_network_with_a_warning() {
    let door = Door::at(NIGHT);
    let (said, heard) = serve(&door, "serve --pair phone", |_| ());
    assert_eq!(said.code, 1, "{}", said.out);
    assert!(said.err.contains("--lan"), "{}", said.err);
    assert!(heard.plans.borrow().is_empty());

    let (said, _) = served(&door, "serve --lan --pair phone");
    let asked = said.out.split("http://192.168.1.20:7466/pair").nth(1);
    let code = code(asked.unwrap_or_else(|| panic!("no address: {}", said.out)));
    let phone = ("phone".to_string(), DeviceKind::Bedside);
    assert_eq!(offered(&door, &code), Some(phone));
    for part in ["\"phone\"", "two minutes", "Someone on the same Wi-Fi", "█"] {
        assert!(said.out.contains(part), "{part}: {}", said.out);
    }
}

#[test]
fn a_reader_is_paired_on_this_computer_or_over_https() {
    let door = Door::at(NIGHT);
    let (said, _) = served(&door, "serve --lan --pair tablet reader");
    assert!(
        said.out.contains("http://localhost:7466/pair#"),
        "{}",
        said.out
    );
    assert!(!said.out.contains("192.168.1.20:7466/pair"), "{}", said.out);
    assert!(!said.out.contains("same Wi-Fi"), "{}", said.out);
    let (said, plan) = served(&door, "serve --host diary.ts.net --pair desk reader");
    assert!(
        said.out.contains("https://diary.ts.net/pair#"),
        "{}",
        said.out
    );
    assert_eq!(plan.hosts, ["diary.ts.net"]);
    let (said, _) = serve(&door, "serve --pair tablet writer", |_| ());
    assert_eq!(said.code, 2);
    assert!(said.err.contains("writer"), "{}", said.err);
}

#[test]
fn beside_a_running_server_only_the_code_is_shown() {
    let door = Door::at(NIGHT);
    let running = |server: &mut Server| server.is_taken = |_, _| true;
    let (said, heard) = serve(&door, "serve --pair phone", running);
    assert_eq!(said.code, 0, "{}", said.err);
    assert!(heard.plans.borrow().is_empty(), "no second server");
    assert!(
        said.out.contains("http://192.168.1.20:7466/pair#"),
        "{}",
        said.out
    );
    assert!(!said.out.contains("/enter#"), "{}", said.out);
    // one that is served on this computer alone is not reached by a phone
    for line in [
        "serve --pair phone2",
        "serve --lan --pair phone2",
        "serve --lan=192.168.1.20 --pair phone2",
    ] {
        let (said, _) = serve(&door, line, |server| {
            server.is_taken = |ip, _| ip.is_loopback();
        });
        assert_eq!((said.code, &*said.out), (1, ""), "{line}");
        let out = "stop that server, and start it with: cramp serve --lan --pair \"phone2\"";
        assert!(said.err.contains(out), "{line}: {}", said.err);
    }
}

/// Its own browser was shut out, or the code of the start was not used in time.
#[test]
fn the_browser_is_led_into_a_server_that_runs() {
    let door = Door::at(NIGHT);
    let running = |server: &mut Server| server.is_taken = |_, _| true;
    let (said, _) = serve(&door, "serve", running);
    assert_eq!(said.code, 1, "{}", said.out);
    assert!(
        said.err
            .contains("to open them: cramp serve --port 7466 --open"),
        "{}",
        said.err
    );
    let diary = door.diary();
    let (said, heard) = serve(&door, "serve --open", |server| {
        server.is_taken = |_, _| true;
        let opens = std::mem::replace(&mut server.open, Box::new(|_| Ok(())));
        server.open = Box::new(move |page| {
            // the browser follows the page and uses the code
            let text = std::fs::read_to_string(page).unwrap();
            let code = sha256(code(&text).as_bytes());
            let mut store = Store::open(&diary, NIGHT.parse().unwrap()).unwrap();
            let made = store
                .pair(&code, &sha256(b"cookie"), NIGHT.parse().unwrap())
                .unwrap();
            assert_eq!(made, Some(DeviceKind::Owner));
            opens(page)
        });
    });
    assert_eq!(said.code, 0, "{}", said.err);
    assert!(heard.plans.borrow().is_empty(), "no second server");
    let address = format!("http://localhost:7466/enter#{}", code(&said.out));
    assert!(said.out.contains(&address), "{}", said.out);
    let (page, _) = heard.opened.borrow_mut().pop().unwrap();
    assert!(!page.exists(), "it goes once it was used");
}

#[test]
fn what_is_served_can_be_read_by_a_program() {
    let door = Door::at(NIGHT);
    let (said, _) = served(&door, "--json serve --lan --for 2h");
    let value = said.json();
    assert_eq!(value["kind"], "serving");
    assert_eq!(value["lan"], "http://192.168.1.20:7466");
    assert_eq!(value["until"], "2026-03-04T05:10:00+00:00");
    let address = value["address"].as_str().unwrap();
    assert!(
        address.starts_with("http://localhost:7466/enter#"),
        "{address}"
    );
}
