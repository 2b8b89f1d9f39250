//! How long a server waits for others.

use std::time::Duration;

use crate::store::devices::CODE_LASTS;

/// How long things may take. Tests have no patience.
#[derive(Debug, Clone)]
pub(crate) struct Limits {
    /// A client, to send the head of a request, also between two requests of one connection.
    pub(crate) head: Duration,
    /// A request, its body included, until its answer begins.
    pub(crate) request: Duration,
    /// A client, to take the next piece of an answer.
    pub(crate) piece: Duration,
    /// The page that leads the browser in, to be of use: as long as its code.
    pub(crate) doorstep: Duration,
    /// Open requests, to end when the server stops.
    pub(crate) grace: Duration,
    /// Between two looks for files that nobody came back for, where no request comes.
    pub(crate) tidy: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Limits {
            head: Duration::from_secs(10),
            request: Duration::from_secs(60),
            piece: Duration::from_secs(60),
            doorstep: CODE_LASTS.to_std().unwrap_or_default(),
            grace: Duration::from_secs(3),
            tidy: Duration::from_secs(60),
        }
    }
}
