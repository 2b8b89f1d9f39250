//! What the door and the server of the pages hand each other.

use std::io;
use std::net::IpAddr;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};

use crate::cli::doorstep::Doorstep;
use crate::cli::failure::Failure;
use crate::diary::vocabulary::Origin;
use crate::diary::{Source, Zone};
use crate::store::devices::{RequestKey, Unanswered};

/// The clock a server reads; tests move it.
pub(crate) type Clock = Arc<dyn Fn() -> DateTime<Utc> + Send + Sync>;

/// Fills bytes with random bits of the operating system.
pub(crate) type Random = fn(&mut [u8]) -> io::Result<()>;

/// What of the outside a server may touch.
#[derive(Clone)]
pub(crate) struct Outside {
    pub(crate) clock: Clock,
    pub(crate) random: Random,
}

/// What is said once the server listens; gives what was laid out for the browser.
pub(crate) type Ready<'a> = dyn FnMut() -> Result<Option<Doorstep>, Failure> + 'a;

/// Serves a plan until it is stopped; calls the last argument once it listens.
pub(crate) type Run = dyn Fn(Plan, Outside, &mut Ready<'_>) -> Result<(), Failure>;

/// Opens a file in the browser.
pub(crate) type Open = dyn Fn(&Path) -> io::Result<()>;

/// What serves the pages. `main` hands it in, so that the door needs no network code.
pub struct Server {
    pub(crate) outside: Outside,
    pub(crate) run: Box<Run>,
    /// The address of this computer on its network.
    pub(crate) home_address: fn() -> Option<IpAddr>,
    /// Whether something listens there already.
    pub(crate) is_taken: fn(IpAddr, u16) -> bool,
    pub(crate) open: Box<Open>,
    /// The folder for files that do not stay.
    pub(crate) temp: PathBuf,
    /// Where this program is, and the folder of the person.
    pub(crate) program: Option<PathBuf>,
    pub(crate) home: Option<PathBuf>,
}

/// The device that asks, where it is not the person at the terminal, and the request it makes.
#[derive(Debug, Clone)]
pub struct By {
    pub(crate) request: RequestKey,
    /// The name of the device, and what is to be noted of its clock.
    pub(crate) device: String,
    pub(crate) note: Option<String>,
    /// When its request arrived, by the clock of this computer; what it is about may have been earlier.
    pub(crate) arrived: DateTime<Utc>,
    /// It only adds: it changes nothing it did not write itself, and is told nothing else.
    pub(crate) adds_only: bool,
    /// Say what would be written, and write nothing.
    pub(crate) dry_run: bool,
    /// Takes the write of the command, which then waits for its answer.
    pub(crate) unanswered: Option<Unanswered>,
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
    pub(super) fn moved(self, by: TimeDelta) -> Outside {
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
