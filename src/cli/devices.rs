//! `cramp devices`: which phones and programs may reach the diary, and how that ends.

use serde_json::json;

use crate::cli::failure::fail;
use crate::cli::{Failure, Invocation};
use crate::diary::experiment::{hexadecimal, sha256};
use crate::diary::typed::clean;
use crate::store::Store;
use crate::store::devices::{Device, DeviceKind};
use crate::words::t;

/// The longest name of a device, letters.
const LONGEST_NAME: usize = 40;

/// The phones, browsers and programs that may reach the diary
#[derive(Debug, clap::Args)]
#[command(after_help = include_str!("../words/en/usage/devices.txt"))]
pub(crate) struct Devices {
    #[command(subcommand)]
    action: Option<Action>,
}

#[derive(Debug, clap::Subcommand)]
enum Action {
    /// Shut a device out
    Revoke {
        /// Its name
        name: String,
        /// Take back everything it wrote, in one step that can be undone
        #[arg(long)]
        entries: bool,
    },
    /// Let a program or a button add to the diary
    Add {
        /// A name for it
        name: String,
        /// Make a token and show it, this once
        #[arg(long, required = true)]
        token: bool,
    },
}

impl Devices {
    pub(crate) fn run(&self, call: &mut Invocation<'_>) -> Result<(), Failure> {
        match &self.action {
            None => list(call),
            Some(Action::Revoke { name, entries }) => revoke(call, name, *entries),
            Some(Action::Add { name, .. }) => add(call, name),
        }
    }
}

fn list(call: &mut Invocation<'_>) -> Result<(), Failure> {
    let devices = call
        .open_read()?
        .map_or(Ok(Vec::new()), |store| store.devices())?;
    let lines: Vec<String> = devices.iter().map(|d| line(call, d)).collect();
    let value = json!({ "schema": 1, "kind": "devices", "devices": devices });
    call.list(&value, &lines, t!(serve, "no-devices"))
}

fn line(call: &Invocation<'_>, device: &Device) -> String {
    let moment = |at| {
        let local = call.now.zone.moment(at).local();
        local.format("%Y-%m-%d %H:%M").to_string()
    };
    let name = clean(&device.name);
    let may = match device.kind {
        DeviceKind::Owner => t!(serve, "may-owner"),
        DeviceKind::Reader => t!(serve, "may-reader"),
        DeviceKind::Bedside => t!(serve, "may-bedside"),
        DeviceKind::Token => t!(serve, "may-token"),
    };
    let made = moment(device.made_at);
    match (device.revoked_at, device.seen_at) {
        (Some(at), _) => t!(serve, "device-revoked", name, may, made, at = moment(at)),
        (None, Some(at)) => t!(serve, "device-seen", name, may, made, at = moment(at)),
        (None, None) => t!(serve, "device-unseen", name, may, made),
    }
}

fn revoke(call: &mut Invocation<'_>, name: &str, entries: bool) -> Result<(), Failure> {
    let mut store = call.open()?;
    let known = store.devices()?.iter().any(|d| d.name == name);
    if !known {
        return Err(fail!(Cannot, "no-device", name));
    }
    let was_in_use = store.revoke(name, call.now.utc)?;
    let mut back = None;
    if entries {
        let changes = store.changes_of(name)?;
        back = Some(store.take_back(&changes, call.now.utc, &call.command)?);
    } else if !was_in_use {
        return Err(fail!(Cannot, "revoked-already", name));
    }
    let value = json!({
        "schema": 1, "kind": "revoked", "name": name,
        "records": back.map(|b| b.records), "left": back.map(|b| b.left),
    });
    call.respond(&value, |_, _| {
        let mut lines = vec![t!(serve, "revoked", name)];
        lines.extend(back.map(|b| t!(serve, "taken-back", n = b.records)));
        let left = back.filter(|b| b.left > 0);
        lines.extend(left.map(|b| t!(serve, "left-alone", n = b.left)));
        lines.join("\n")
    })
}

fn add(call: &mut Invocation<'_>, name: &str) -> Result<(), Failure> {
    let name = name_of_device(name)?;
    let mut store = call.open()?;
    if is_in_use(&store, &name)? {
        return Err(fail!(Cannot, "device-taken", name));
    }
    let mut bits = [0; 32];
    (call.env.random)(&mut bits)?;
    let token = hexadecimal(&bits);
    let secret = sha256(token.as_bytes());
    store.add_device(&name, DeviceKind::Token, &secret, call.now.utc)?;
    let added = store.device_of(&secret)?;
    let value = json!({
        "schema": 1, "kind": "devices", "devices": added.as_slice(), "token": token,
    });
    call.respond(&value, |_, _| t!(serve, "token", name, token))
}

/// A name as it may stand in the history and in the source of a record.
pub(super) fn name_of_device(typed: &str) -> Result<String, Failure> {
    let name = typed.trim();
    let is_plain = |c: char| c.is_alphanumeric() || " -_.'".contains(c);
    let is_short = name.chars().count() <= LONGEST_NAME;
    match !name.is_empty() && is_short && name.chars().all(is_plain) {
        true => Ok(name.to_string()),
        false => Err(fail!(Words, "not-a-device-name", name = clean(name))),
    }
}

/// Whether a device that was not revoked has this name.
pub(super) fn is_in_use(store: &Store, name: &str) -> Result<bool, Failure> {
    let is_it = |d: &Device| d.name == name && d.revoked_at.is_none();
    Ok(store.devices()?.iter().any(is_it))
}
