#![doc = include_str!("README.md")]

mod analysis;
mod cli;
mod data;
mod diary;
mod import;
mod render;
mod report;
mod rules;
mod session;
mod stats;
mod store;
#[cfg(feature = "web")]
mod web;
mod words;

pub use cli::server::{By, Server};
pub use cli::{Environment, Failure as Refused, command, run};
pub use diary::Zone;
pub use session::Session;
pub use simulate::simulate;

/// What serves the pages of `cramp serve`, with the clock it reads, where this program is, the folder of the person and the
/// one for files that do not stay; `None` in a program built without them.
pub fn server(
    clock: fn() -> chrono::DateTime<chrono::Utc>,
    program: Option<std::path::PathBuf>,
    home: Option<std::path::PathBuf>,
    temp: std::path::PathBuf,
) -> Option<Server> {
    #[cfg(feature = "web")]
    let server = Some(Server {
        outside: cli::server::Outside {
            clock: std::sync::Arc::new(clock),
            random: |bytes| Ok(getrandom::fill(bytes)?),
        },
        run: Box::new(web::serve),
        home_address: web::network::home_address,
        is_taken: web::network::is_taken,
        open: Box::new(web::network::open),
        temp,
        program,
        home,
    });
    #[cfg(not(feature = "web"))]
    let server = {
        let _unread = (clock, program, home, temp);
        None
    };
    server
}

#[path = "../examples/verify/answer/mod.rs"]
pub mod reference;
#[path = "../examples/simulate/plan.rs"]
mod simulate;

#[cfg(test)]
#[path = "../tests/inside.rs"]
mod tests;
