//! The open connections: a bounded number, of which the one that was idle longest gives way to a new one.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::task::AbortHandle;

/// So many connections are open at once; a browser uses six.
pub(crate) const MOST: usize = 256;

/// The open connections of a server.
#[derive(Default, Clone)]
pub(crate) struct Crowd(Arc<Mutex<Open>>);

#[derive(Default)]
struct Open {
    /// Counts arrivals and requests, as a clock of their order.
    turn: u64,
    connections: HashMap<u64, Connection>,
}

struct Connection {
    /// When it came or last asked.
    since: u64,
    /// Requests that are being answered.
    busy: usize,
    /// Ends it; nothing until it was started.
    task: Option<AbortHandle>,
}

impl Crowd {
    fn open(&self) -> MutexGuard<'_, Open> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Takes a new connection in, at the cost of the one idle longest when it is full; `None` when all are busy.
    pub(crate) fn enter(&self) -> Option<Seat> {
        let mut open = self.open();
        if open.connections.len() >= MOST {
            let idle = open.connections.iter().filter(|(_, c)| c.busy == 0);
            let (oldest, _) = idle.min_by_key(|(_, c)| c.since)?;
            let oldest = *oldest;
            let gone = open.connections.remove(&oldest);
            if let Some(task) = gone.and_then(|c| c.task) {
                task.abort();
            }
        }
        open.turn += 1;
        let id = open.turn;
        let connection = Connection {
            since: id,
            busy: 0,
            task: None,
        };
        open.connections.insert(id, connection);
        Some(Seat {
            crowd: self.clone(),
            id,
        })
    }

    /// Notes the task that serves a connection, to end it by.
    pub(crate) fn started(&self, id: u64, task: AbortHandle) {
        if let Some(connection) = self.open().connections.get_mut(&id) {
            connection.task = Some(task);
        }
    }

    /// Notes that a request of this connection begins (`1`) or ended (`-1`).
    fn count(&self, id: u64, requests: isize) {
        let mut open = self.open();
        open.turn += 1;
        let turn = open.turn;
        if let Some(connection) = open.connections.get_mut(&id) {
            connection.since = turn;
            connection.busy = connection.busy.saturating_add_signed(requests);
        }
    }
}

/// The place of one connection; it is free again when this is dropped.
pub(crate) struct Seat {
    crowd: Crowd,
    pub(crate) id: u64,
}

impl Seat {
    /// Busy until what is given back is dropped.
    pub(crate) fn busy(&self) -> Busy {
        self.crowd.count(self.id, 1);
        Busy {
            crowd: self.crowd.clone(),
            id: self.id,
        }
    }
}

impl Drop for Seat {
    fn drop(&mut self) {
        self.crowd.open().connections.remove(&self.id);
    }
}

/// A request that is being answered.
pub(crate) struct Busy {
    crowd: Crowd,
    id: u64,
}

impl Drop for Busy {
    fn drop(&mut self) {
        self.crowd.count(self.id, -1);
    }
}
