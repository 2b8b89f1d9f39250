//! The formats of other programs, one file each.
//!
//! # How to add a format
//! Its file in `formats/` with a unit struct that implements [`Format`], and its line in [`FORMATS`]. It recognises its
//! file by the names in it, never by their place, reads it as a stream, and hands each thing it finds to
//! [`Gathered`](crate::import::gathered::Gathered), which knows nights, limits and duplicates. It keeps nothing of the
//! device's or owner's name, of places, or of notes.

mod apple_health;
mod aranet4;
mod daylio;
mod fitbit;
mod fitbit_csv;
mod govee;
mod health_connect;
mod home_assistant;
mod home_assistant_csv;
mod mapped;
mod netatmo;
mod sleep_as_android;
mod switchbot;
mod thermopro;
mod track_and_graph;

use crate::import::format::{Format, Sure};
use crate::import::given::Given;
use crate::import::wanted::Wanted;

/// Every format, in the order in which a file is held against them.
pub(crate) static FORMATS: &[&dyn Format] = &[
    &govee::Govee,
    &switchbot::SwitchBot,
    &thermopro::ThermoPro,
    &aranet4::Aranet4,
    &netatmo::Netatmo,
    &home_assistant::HomeAssistant,
    &home_assistant_csv::HomeAssistantCsv,
    &apple_health::AppleHealth,
    &health_connect::HealthConnect,
    &sleep_as_android::SleepAsAndroid,
    &fitbit::Fitbit,
    &fitbit_csv::FitbitCsv,
    &track_and_graph::TrackAndGraph,
    &daylio::Daylio,
];

/// The format a file is of: the one asked for, or the one that is surest of it.
pub(crate) fn recognise(given: &Given, wanted: &Wanted) -> Option<(&'static dyn Format, Sure)> {
    if !wanted.map.is_empty() {
        return Some((&mapped::Mapped, mapped::Mapped.recognise(given)?));
    }
    let known = FORMATS.iter().copied();
    if let Some(name) = &wanted.format {
        let named = known.filter(|format| format.name() == name);
        let mut read = named.filter_map(|format| Some((format, format.recognise(given)?)));
        return read.next();
    }
    let sure = known.filter_map(|format| Some((format, format.recognise(given)?)));
    // the first of the surest
    sure.reduce(|best, next| if next.1 > best.1 { next } else { best })
}
