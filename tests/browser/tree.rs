//! What a screen reader is told of a page: the tree Chromium builds for it.

use serde_json::{Value, json};

use crate::driver::Browser;

/// Roles of what a person operates.
const CONTROLS: &[&str] = &[
    "button",
    "checkbox",
    "combobox",
    "DisclosureTriangle",
    "link",
    "listbox",
    "menuitem",
    "radio",
    "searchbox",
    "slider",
    "spinbutton",
    "switch",
    "tab",
    "textbox",
];

/// The shortest text that says what a picture shows, letters.
const TOLD: usize = 20;

/// Whether every control has a role and a name, every picture a text, and the headings go down one step at a time.
pub(crate) fn told(browser: &Browser, state: &str) {
    browser.devtools("Accessibility.enable", json!({}));
    let tree = browser.devtools("Accessibility.getFullAXTree", json!({}));
    let nodes = tree["nodes"].as_array().unwrap();
    let shown = nodes.iter().filter(|node| node["ignored"] != json!(true));
    let (mut wrong, mut levels) = (Vec::new(), Vec::new());
    for node in shown {
        let role = text(&node["role"]["value"]);
        let name = text(&node["name"]["value"]);
        let is_focusable = property(node, "focusable") == json!(true);
        match role {
            role if CONTROLS.contains(&role) && name.is_empty() => {
                wrong.push(format!("a {role} without a name"));
            }
            // the page itself, what only a link leads to, and what is read out by its text when it changes
            "RootWebArea" | "main" | "status" | "alert" => {}
            "image" | "img" | "graphics-document" if name.chars().count() < TOLD => {
                wrong.push(format!("a picture that says only \"{name}\""));
            }
            "generic" | "none" | "" if is_focusable => {
                wrong.push(format!("a stop without a role: \"{name}\""));
            }
            "heading" if name.is_empty() => wrong.push("a heading without a text".to_string()),
            "heading" => levels.push((property(node, "level").as_u64().unwrap_or(0), name)),
            _ if is_focusable && name.is_empty() => {
                wrong.push(format!("a {role} without a name"));
            }
            _ => {}
        }
    }
    let mut before = 0;
    for (level, name) in levels {
        if level > before + 1 || (level == 1 && before > 0) {
            wrong.push(format!(
                "a heading of level {level} after one of {before}: {name}"
            ));
        }
        before = level;
    }
    assert!(before > 0, "{state} has no heading");
    assert!(wrong.is_empty(), "{state}: {wrong:#?}");
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default().trim()
}

fn property(node: &Value, name: &str) -> Value {
    let properties = node["properties"].as_array().into_iter().flatten();
    let mut named = properties.filter(|property| property["name"] == name);
    named
        .next()
        .map_or(Value::Null, |p| p["value"]["value"].clone())
}
