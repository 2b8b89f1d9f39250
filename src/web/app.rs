//! What every request can reach: the diary's path, the clock, and the names a browser may ask for.

use std::path::PathBuf;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex};

use crate::cli::Failure;
use crate::cli::serve::{Outside, Plan};
use crate::diary::experiment::{hexadecimal, sha256};
use crate::diary::{Diary, Nights, Now, Zone};
use crate::store::devices::{Device, DeviceKind};
use crate::store::{Store, StoreError};
use crate::words::t;

/// Unknown codes after which pairing is closed.
const MOST_FAILURES: u32 = 5;

/// The state of a server, shared by its requests.
#[derive(Clone)]
pub(crate) struct App(Arc<State>);

struct State {
    diary: PathBuf,
    zone: Zone,
    outside: Outside,
    /// Codes that were tried and not known, since the last that was.
    failures: AtomicU32,
    /// `host:port` as a browser may write it in `Host` and, after `http://`, in `Origin`.
    hosts: Vec<String>,
    /// One write at a time; they would only wait for each other inside SQLite.
    writing: Mutex<()>,
}

impl App {
    pub(crate) fn new(plan: &Plan, outside: Outside) -> App {
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
            outside,
            failures: AtomicU32::new(0),
            hosts: with_port.chain(named).collect(),
            writing: Mutex::new(()),
        }))
    }

    pub(crate) fn now(&self) -> Now {
        Now {
            utc: (self.0.outside.clock)(),
            zone: self.0.zone.clone(),
        }
    }

    /// Fills bytes with chance of the operating system.
    pub(crate) fn fill_random(&self, bytes: &mut [u8]) -> std::io::Result<()> {
        (self.0.outside.random)(bytes)
    }

    /// 256 random bits, hexadecimal.
    pub(crate) fn secret(&self) -> Result<String, Failure> {
        let mut bytes = [0; 32];
        (self.0.outside.random)(&mut bytes)?;
        Ok(hexadecimal(&bytes))
    }

    /// Offers entry to a browser of this computer, and gives the code.
    pub(crate) fn offer_entry(&self) -> Result<String, Failure> {
        let mut bits = [0; 16];
        (self.0.outside.random)(&mut bits)?;
        let (code, now) = (hexadecimal(&bits), self.now().utc);
        let mut store = Store::open(self.diary_path(), now)?;
        store.offer(
            &sha256(code.as_bytes()),
            t!(serve, "browser"),
            DeviceKind::Owner,
            now,
        )?;
        Ok(code)
    }

    /// Counts a code that was not known; at the fifth every open code is withdrawn.
    pub(crate) fn failed(&self, store: &mut Store) -> Result<(), Failure> {
        if self.0.failures.fetch_add(1, Ordering::Relaxed) + 1 >= MOST_FAILURES {
            store.close_pairing()?;
            self.0.failures.store(0, Ordering::Relaxed);
        }
        Ok(())
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

    /// The device in use whose secret has this SHA-256.
    pub(crate) fn device(&self, secret: &str) -> Result<Option<Device>, Failure> {
        let store = Store::open_read(self.diary_path())?;
        Ok(store.map_or(Ok(None), |store| store.device_of(secret))?)
    }

    /// The diary, or a stretch of it; one that does not exist yet is empty. The lock is released before a page is drawn.
    pub(crate) fn read(&self, span: Option<Nights>) -> Result<Diary, StoreError> {
        let diary = Store::open_read(self.diary_path())?
            .map_or(Ok(Diary::default()), |store| store.read(span))?;
        Ok(diary.known(&self.now()))
    }
}
