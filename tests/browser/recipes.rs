//! The recipes of `cramp help recipes`: what they say to copy is sent as it stands to a running server.

use std::collections::BTreeMap;
use std::process::Command;

use serde_json::Value;

use crate::driver::not_run;
use crate::server::Served;

const NIGHT: &str = "2026-03-04T03:10:00Z";

/// What a recipe says to copy, with the address and the token of a program that was let in.
fn copied(served: &Served, recipe: &str) -> Vec<String> {
    let page = json(&served.cramp(NIGHT, &["help", "recipes", "--json"]));
    let made = served.cramp(NIGHT, &["devices", "add", recipe, "--token", "--json"]);
    let token = json(&made)["token"].as_str().unwrap().to_string();
    let mut is_here = false;
    let mut found = Vec::new();
    for block in page["blocks"].as_array().unwrap() {
        let text = block["text"].as_str().unwrap_or_default();
        match block["block"].as_str().unwrap() {
            "heading" => is_here = text == recipe,
            "copied" if is_here => found.push(
                text.replace("ADDRESS:7466", &format!("localhost:{}", served.port))
                    .replace("TOKEN", &token),
            ),
            _ => {}
        }
    }
    found
}

fn json(text: &str) -> Value {
    serde_json::from_str(text).unwrap_or_else(|e| panic!("{e}: {text}"))
}

/// Maps as Home Assistant's files write them: a key, the value behind it or in the lines below it. Of a list, its items
/// are numbered.
fn read(yaml: &str) -> BTreeMap<String, String> {
    let mut values = BTreeMap::new();
    let mut open: Vec<(usize, String)> = Vec::new();
    let mut items = 0;
    let mut folded: Option<String> = None;
    for line in yaml.lines() {
        let mut text = line.trim_start();
        let mut depth = line.len() - text.len();
        if let Some(path) = folded.take() {
            values.insert(path, text.to_string());
            continue;
        }
        if let Some(item) = text.strip_prefix("- ") {
            open.retain(|(at, _)| *at < depth);
            open.push((depth, items.to_string()));
            items += 1;
            (text, depth) = (item, depth + 2);
        }
        open.retain(|(at, _)| *at < depth);
        let (key, value) = text.split_once(':').unwrap_or_else(|| panic!("{line}"));
        open.push((depth, key.to_string()));
        let path: Vec<&str> = open.iter().map(|(_, key)| key.as_str()).collect();
        let path = path.join(".");
        match value.trim() {
            "" => {}
            ">-" => folded = Some(path),
            value => {
                let quoted = ['"', '\'']
                    .into_iter()
                    .find_map(|quote| value.strip_prefix(quote)?.strip_suffix(quote));
                values.insert(path, quoted.unwrap_or(value).to_string());
            }
        }
    }
    values
}

#[test]
fn the_command_of_curl_adds_a_cramp_once_for_its_key() {
    let served = Served::at(NIGHT);
    let has_curl = Command::new("curl").arg("--version").output();
    if !has_curl.is_ok_and(|done| done.status.success()) {
        return not_run("the recipe for curl", "curl");
    }
    let parts = copied(&served, "curl");
    let [command, at] = parts.as_slice() else {
        panic!("{parts:?}");
    };
    // a shell whose clock stands still sends the same key again
    let run = |seconds: u32, command: &str| {
        let script = format!("date() {{ echo {seconds}; }}\n{command}");
        let done = Command::new("sh").args(["-c", &script]).output().unwrap();
        assert!(done.status.success(), "{done:?}");
        String::from_utf8(done.stdout).unwrap()
    };
    let first = run(1_772_593_800, command);
    assert_eq!(json(&first)["kind"], "episode", "{first}");
    assert_eq!(run(1_772_593_800, command), first);
    assert_eq!(served.cramps().len(), 1);
    assert!(
        served
            .cramp(NIGHT, &["list"])
            .contains("left calf, pain 7/10")
    );
    let with_time = command.replace("7\"}", &format!("7\", {at}}}"));
    assert_ne!(&with_time, command);
    let said = run(1_772_593_801, &with_time);
    assert_eq!(json(&said)["kind"], "episode", "{said}");
    let began = served.cramps();
    assert_eq!(began.len(), 2);
    assert_eq!(began[1], "2026-03-04T03:10:00+01:00");
}

#[test]
fn the_button_of_home_assistant_adds_a_cramp_each_time_it_is_pressed() {
    let served = Served::at(NIGHT);
    let parts = copied(&served, "Home Assistant");
    let [secrets, configuration, automation] = parts.as_slice() else {
        panic!("{parts:?}");
    };
    let (secrets, rest, automation) = (read(secrets), read(configuration), read(automation));
    assert_eq!(automation["0.triggers.1.event_data.command"], "COMMAND");
    let action = &automation["0.actions.2.action"];
    let (room, name) = action.split_once('.').unwrap();
    let line = &automation["0.actions.2.data.line"];
    // as Home Assistant fills in a secret and a template
    let value = |key: &str, now: &str| {
        let written = &rest[&format!("{room}.{name}.{key}")];
        match written.strip_prefix("!secret ") {
            Some(secret) => secrets[secret].clone(),
            None => written
                .replace("{{ now().timestamp() }}", now)
                .replace("{{ line }}", line),
        }
    };
    let press = |now: &str| {
        let url = value("url", now);
        let (host, path) = url
            .strip_prefix("http://")
            .unwrap()
            .split_once('/')
            .unwrap();
        let method = value("method", now).to_uppercase();
        let mut head = format!(
            "{method} /{path} HTTP/1.1\r\nHost: {host}\r\nContent-Type: {}\r\n",
            value("content_type", now)
        );
        let marked = format!("{room}.{name}.headers.");
        for header in rest.keys().filter_map(|key| key.strip_prefix(&marked)) {
            let said = value(&format!("headers.{header}"), now);
            head += &format!("{header}: {said}\r\n");
        }
        let body = value("payload", now);
        let length = body.len();
        head += "Accept: */*\r\nAccept-Encoding: gzip, deflate, br\r\n\
            User-Agent: HomeAssistant/2026.2 aiohttp/3.13 Python/3.13\r\n";
        let request = format!("{head}Content-Length: {length}\r\nConnection: close\r\n\r\n{body}");
        assert!(
            !request.contains("{{") && !request.contains('!'),
            "{request}"
        );
        served.raw(request.as_bytes())
    };
    let first = press("1772593860.123456");
    assert!(first.starts_with("HTTP/1.1 201 "), "{first}");
    assert!(press("1772593860.123456").starts_with("HTTP/1.1 201 "));
    assert_eq!(served.cramps().len(), 1);
    assert!(press("1772593999.5").starts_with("HTTP/1.1 201 "));
    assert_eq!(served.cramps().len(), 2);
    assert!(served.cramp(NIGHT, &["list"]).contains("left calf"));
}
