//! The diary as pages: a request in, a page or JSON out. Handlers are as thin as commands: what is read comes from the
//! same reports as the terminal's, and what is written is a command line, run by the same door.

pub(crate) mod app;
pub(crate) mod command;
pub(crate) mod guard;
pub(crate) mod routes;
pub(crate) mod server;

pub(crate) use server::serve;
