//! What every request can reach: the diary's path, the clock, and the names a browser may ask for.

use std::path::PathBuf;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use chrono::TimeDelta;

use crate::cli::Failure;
use crate::cli::serve::{Outside, Plan};
use crate::diary::experiment::hexadecimal;
use crate::diary::{Diary, Nights, Now, Zone};
use crate::store::devices::Device;
use crate::store::held::Held;
use crate::store::{Store, StoreError};
use crate::web::limits::Limits;
use crate::web::waiting::Waiting;

/// Unknown codes after which pairing is closed.
const MOST_FAILURES: u32 = 5;

/// How often it is noted that a device asked.
const SEEN_EVERY: TimeDelta = TimeDelta::hours(1);

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
    limits: Limits,
    waiting: Mutex<Waiting>,
    held: Held,
}

impl App {
    pub(crate) fn new(plan: &Plan, outside: Outside) -> App {
        App::within(plan, outside, Limits::default())
    }

    /// The same with other limits of time.
    pub(crate) fn within(plan: &Plan, outside: Outside, limits: Limits) -> App {
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
            limits,
            waiting: Mutex::default(),
            held: Held::default(),
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
            .unwrap_or_else(PoisonError::into_inner);
        work()
    }

    pub(crate) fn limits(&self) -> &Limits {
        &self.0.limits
    }

    /// What lies outside the diary for a while.
    pub(crate) fn waiting(&self) -> MutexGuard<'_, Waiting> {
        let waiting = self.0.waiting.lock();
        waiting.unwrap_or_else(PoisonError::into_inner)
    }

    /// What is kept between requests.
    pub(crate) fn held(&self) -> &Held {
        &self.0.held
    }

    /// Reads something of the diary; the connection then waits for the next request. `None` while there is no diary.
    pub(crate) fn look<T>(
        &self,
        read: impl FnOnce(&Store) -> Result<T, StoreError>,
    ) -> Result<Option<T>, StoreError> {
        let Some(store) = Store::open_read_with(self.diary_path(), Some(self.held()))? else {
            return Ok(None);
        };
        let value = read(&store)?;
        store.rest();
        Ok(Some(value))
    }

    /// The device in use whose secret has this SHA-256. That it asked is noted, once an hour.
    pub(crate) fn device(&self, secret: &str) -> Result<Option<Device>, Failure> {
        let device = self.look(|store| store.device_of(secret))?.flatten();
        let now = self.now().utc;
        if let Some(device) = &device
            && device.seen_at.is_none_or(|seen| now - seen >= SEEN_EVERY)
        {
            // the pages are shown also where nothing can be written
            let _unnoted = self.writing(|| {
                Store::open(self.diary_path(), now).and_then(|mut s| s.device_seen(device.id, now))
            });
        }
        Ok(device)
    }

    /// What does not belong to a single night.
    pub(crate) fn background(&self) -> Result<Diary, StoreError> {
        let night = Nights::ending(self.now().this_night(), 1);
        let diary = self.look(|store| store.read_without_values(Some(night)))?;
        Ok(diary.unwrap_or_default())
    }

    /// The diary, or a stretch of it; one that does not exist yet is empty. The lock is released before a page is drawn.
    pub(crate) fn read(&self, span: Option<Nights>) -> Result<Diary, StoreError> {
        let diary = Store::open_read(self.diary_path())?
            .map_or(Ok(Diary::default()), |store| store.read(span))?;
        Ok(diary.known(&self.now()))
    }
}
