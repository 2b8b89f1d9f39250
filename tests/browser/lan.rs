//! A phone on the home network. The test makes a network of its own that holds the server, the browser and nothing else,
//! and runs itself again inside it.

use std::io::Write;
use std::net::Ipv4Addr;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use serde_json::json;

use crate::driver::Browser;
use crate::looks::check;
use crate::server::Served;

const NIGHT: &str = "2026-03-04T03:10:00Z";
/// Set where the test runs inside its network.
const INSIDE: &str = "NIGHTCRAMP_TEST_NETWORK";
const NAME: &str = "lan::a_phone_on_the_home_network_is_paired_adds_and_reads_nothing";
/// The computer in that network, which leads nowhere.
const COMPUTER: Ipv4Addr = Ipv4Addr::new(192, 168, 77, 2);
const NETWORK: &str = "ip link set lo up && ip link add home0 type veth peer name nobody \
    && ip address add 192.168.77.2/24 dev home0 && ip link set home0 up && ip link set nobody up \
    && ip route add default dev home0 && exec \"$0\" \"$@\"";

/// Runs a program in a network of its own, as root or as anybody where the system lets them.
fn in_a_network(program: &[&str]) -> Option<Command> {
    let ways: [&[&str]; 2] = [&["--net"], &["--user", "--map-root-user", "--net"]];
    let command = |way: &[&str], program: &[&str]| {
        let mut command = Command::new("unshare");
        command.args(way).args(["sh", "-c", NETWORK]).args(program);
        command
    };
    let works = |way: &&&[&str]| {
        let mut trial = command(way, &["true"]);
        let done = trial.stdout(Stdio::null()).stderr(Stdio::null()).status();
        done.is_ok_and(|status| status.success())
    };
    let way = ways.iter().find(works)?;
    Some(command(way, program))
}

#[test]
fn a_phone_on_the_home_network_is_paired_adds_and_reads_nothing() {
    if std::env::var_os(INSIDE).is_some() {
        return inside();
    }
    let own = std::env::current_exe().unwrap();
    let again = [own.to_str().unwrap(), NAME, "--exact", "--nocapture"];
    let Some(mut again) = in_a_network(&again) else {
        let told = "\nNOT RUN: a phone on the home network: unshare --net makes no network here\n";
        let _closed = std::io::stderr().write_all(told.as_bytes());
        return;
    };
    let done = again.env(INSIDE, "yes").output().unwrap();
    let said = [done.stdout, done.stderr].concat();
    let said = String::from_utf8_lossy(&said);
    assert!(done.status.success(), "{said}");
    // a name that fits no test would run none, and be no failure
    assert!(said.contains("1 passed"), "{said}");
}

fn inside() {
    let mut served = Served::at(NIGHT);
    served.kill();
    let address = served.start_at_home(NIGHT, &["--pair", "phone"]);
    let base = format!("http://{COMPUTER}:{}", served.port);
    assert!(address.starts_with(&format!("{base}/pair#")), "{address}");
    let Some(browser) = Browser::open("a phone on the home network") else {
        return;
    };
    browser.set_now(NIGHT);
    browser.set_zone("Europe/London");
    browser.set_size(390, 844, 1.0);
    browser.goto(&address);
    browser.wait("location.pathname === '/bed'");
    assert_eq!(browser.address(), format!("{base}/bed"));
    assert_eq!(browser.script("return isSecureContext"), json!(false));
    check(&browser, "bed-at-home");
    browser.click("#cramp button");
    browser.wait_text("Kept: ");
    assert_eq!(served.cramps().len(), 1);
    let kept = served.cramp(NIGHT, &["list", "--json"]);
    assert!(kept.contains("device:phone"), "{kept}");

    // it adds, and reads nothing
    let status = |path: &str| browser.promise(&format!("fetch('{path}').then(a => a.status)"));
    assert_eq!(
        (status("/bed"), status("/entries")),
        (json!(200), json!(403))
    );
    let led = browser.promise("fetch('/').then(a => new URL(a.url).pathname)");
    assert_eq!(led, json!("/bed"), "its own page is the first one");
    // a code works once
    browser.devtools("Network.clearBrowserCookies", json!({}));
    browser.goto(&format!("{base}/pair"));
    browser.goto(&address);
    browser.wait_text("not valid any more");

    // the pages of a reader never cross this network in clear
    let beside = [
        "serve",
        "--port",
        &served.port.to_string(),
        "--pair",
        "desk",
        "reader",
    ];
    let reader = served.cramp(NIGHT, &beside);
    let code = reader.split_once("/pair#").unwrap().1;
    let code = code.split_whitespace().next().unwrap();
    assert!(reader.contains("http://localhost:"), "{reader}");
    browser.goto(&format!("{base}/pair#{code}"));
    browser.reload();
    browser.wait("document.body.innerText.length > 0");
    let pair = format!(
        "fetch('/pair', {{ method: 'POST', headers: {{ 'Content-Type': 'application/json' }}, \
         body: JSON.stringify({{ code: '{code}' }}) }}).then(a => a.status)"
    );
    assert_eq!(browser.promise(&pair), json!(403));
    assert_eq!(status("/"), json!(401));

    // another name of the same address is not served
    for (host, wanted) in [
        (format!("{COMPUTER}:{}", served.port), " 401 "),
        ("diary.example".to_string(), " 421 "),
    ] {
        let request = format!("GET / HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n");
        let answer = served.raw_at(COMPUTER, request.as_bytes());
        assert!(
            answer.lines().next().unwrap().contains(wanted),
            "{host}: {answer}"
        );
    }

    // it ends by itself
    served.kill();
    served.start_at_home(NIGHT, &["--for", "3s", "--pair", "other"]);
    let end = Instant::now() + Duration::from_secs(60);
    while served.is_running() {
        assert!(Instant::now() < end, "still served after its time");
        std::thread::sleep(Duration::from_millis(100));
    }
}
