//! The pages in a real browser, served by the built program: what only a browser can show.
#![allow(
    clippy::disallowed_methods,
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used
)]

#[path = "browser/bedside.rs"]
mod bedside;
#[path = "browser/bedside_kept.rs"]
mod bedside_kept;
#[path = "browser/desk.rs"]
mod desk;
#[path = "browser/driver.rs"]
mod driver;
#[path = "browser/lan.rs"]
mod lan;
#[path = "browser/looks.rs"]
mod looks;
#[path = "browser/pairing.rs"]
mod pairing;
#[path = "browser/recipes.rs"]
mod recipes;
#[path = "browser/security.rs"]
mod security;
#[path = "browser/server.rs"]
mod server;
#[path = "browser/tree.rs"]
mod tree;
#[path = "browser/webdriver.rs"]
mod webdriver;
