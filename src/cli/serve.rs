//! `cramp serve`: the diary as two pages on the person's own network.

use std::io::Write;
use std::net::IpAddr;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, Utc};

use crate::cli::failure::fail;
use crate::cli::{Failure, Invocation};
use crate::diary::vocabulary::Origin;
use crate::diary::{Source, Zone};
use crate::store::devices::RequestKey;

/// The clock a server reads; tests move it.
pub(crate) type Clock = Arc<dyn Fn() -> DateTime<Utc> + Send + Sync>;

/// Fills bytes with random bits of the operating system.
pub(crate) type Random = fn(&mut [u8]) -> std::io::Result<()>;

/// What of the outside a server may touch.
#[derive(Clone)]
pub(crate) struct Outside {
    pub(crate) clock: Clock,
    pub(crate) random: Random,
}

/// What serves the pages. `main` hands it in, so that the door needs no network code.
pub struct Server {
    pub(crate) outside: Outside,
    pub(crate) run: fn(Plan, Outside, &mut dyn Write) -> Result<(), Failure>,
}

/// The device that asks, where it is not the person at the terminal, and the request it makes.
#[derive(Debug, Clone)]
pub struct By {
    pub(crate) request: RequestKey,
    /// The name of the device, and what is to be noted of its clock.
    pub(crate) device: String,
    pub(crate) note: Option<String>,
    /// Say what would be written, and write nothing.
    pub(crate) dry_run: bool,
}

impl By {
    /// What the records it enters say of where they come from.
    pub(crate) fn source(&self) -> Source {
        let detail = match &self.note {
            Some(note) => format!("{}; {note}", self.device),
            None => self.device.clone(),
        };
        Source {
            origin: Origin::Device,
            detail: Some(detail.into()),
        }
    }
}

impl Outside {
    /// The same with its clock moved, so that a pretended present runs on from its moment.
    fn moved(self, by: chrono::TimeDelta) -> Outside {
        let clock = self.clock;
        Outside {
            clock: Arc::new(move || clock() + by),
            ..self
        }
    }
}

/// What is served, where, and for how long.
#[derive(Debug, Clone)]
pub(crate) struct Plan {
    pub(crate) diary: PathBuf,
    pub(crate) zone: Zone,
    pub(crate) port: u16,
    /// The address on the home network, where that was asked for.
    pub(crate) lan: Option<IpAddr>,
    /// Further names under which a browser may ask.
    pub(crate) hosts: Vec<String>,
    /// When it ends by itself.
    pub(crate) lasts: Option<Duration>,
}

/// Serve the diary as pages on this computer, or on the home network
#[derive(Debug, clap::Args)]
pub(crate) struct Serve {
    /// The port
    #[arg(long, value_name = "N", default_value_t = 7466)]
    port: u16,
}

impl Serve {
    pub(crate) fn run(&self, call: &mut Invocation<'_>) -> Result<(), Failure> {
        let Some(mut server) = call.env.server.take() else {
            return Err(fail!(Cannot, "no-server"));
        };
        server.outside = server.outside.moved(call.now.utc - call.env.now);
        // the diary is made, or its schema brought up to date, before the first request
        drop(call.open()?);
        let plan = Plan {
            diary: call.path.clone(),
            zone: call.now.zone.clone(),
            port: self.port,
            lan: None,
            hosts: Vec::new(),
            lasts: None,
        };
        (server.run)(plan, server.outside, call.env.out)
    }
}
