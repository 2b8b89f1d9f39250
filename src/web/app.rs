//! What every request can reach: the diary's path, the clock, and the names a browser may ask for.

use std::path::PathBuf;
use std::sync::{Arc, Mutex};

use crate::cli::serve::{Clock, Plan};
use crate::diary::{Diary, Nights, Now, Zone};
use crate::store::{Store, StoreError};

/// The state of a server, shared by its requests.
#[derive(Clone)]
pub(crate) struct App(Arc<State>);

struct State {
    diary: PathBuf,
    zone: Zone,
    clock: Clock,
    /// `host:port` as a browser may write it in `Host` and, after `http://`, in `Origin`.
    hosts: Vec<String>,
    /// One write at a time; they would only wait for each other inside SQLite.
    writing: Mutex<()>,
}

impl App {
    pub(crate) fn new(plan: &Plan, clock: Clock) -> App {
        let port = plan.port;
        let own = ["localhost", "127.0.0.1", "[::1]"].map(str::to_string);
        let lan = plan.lan.iter().map(ToString::to_string);
        let with_port = own.into_iter().chain(lan).map(|h| format!("{h}:{port}"));
        // a name behind a proxy has the proxy's port, or none
        let named = plan
            .hosts
            .iter()
            .flat_map(|h| [h.clone(), format!("{h}:{port}")]);
        App(Arc::new(State {
            diary: plan.diary.clone(),
            zone: plan.zone.clone(),
            clock,
            hosts: with_port.chain(named).collect(),
            writing: Mutex::new(()),
        }))
    }

    pub(crate) fn now(&self) -> Now {
        Now {
            utc: (self.0.clock)(),
            zone: self.0.zone.clone(),
        }
    }

    pub(crate) fn diary_path(&self) -> &std::path::Path {
        &self.0.diary
    }

    pub(crate) fn knows_host(&self, host: &str) -> bool {
        self.0.hosts.iter().any(|h| h.eq_ignore_ascii_case(host))
    }

    /// Does `work` while nothing else is written by this server.
    pub(crate) fn writing<T>(&self, work: impl FnOnce() -> T) -> T {
        // a request that panicked wrote nothing: its transaction was rolled back
        let _one = self
            .0
            .writing
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner);
        work()
    }

    /// The diary, or a stretch of it; one that does not exist yet is empty. The lock is released before a page is drawn.
    pub(crate) fn read(&self, span: Option<Nights>) -> Result<Diary, StoreError> {
        Store::open_read(self.diary_path())?.map_or(Ok(Diary::default()), |store| store.read(span))
    }
}
