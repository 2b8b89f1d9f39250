//! Signs of life: what takes longer than a second says on a terminal what it is about and for how long, and wipes that
//! away when it is done. Nothing is said into a file, a pipe, or where `--plain` was asked for.

use std::io::Write;
use std::sync::mpsc::{RecvTimeoutError, channel};

use crate::cli::Context;

impl Context<'_, '_> {
    /// Does `work`; `what` it is about is said while it lasts. The work is the same whether or not anybody watches.
    pub(crate) fn watched<T: Send>(&mut self, what: &str, work: impl FnOnce() -> T + Send) -> T {
        if !self.world.err_is_terminal || self.dress.plain {
            return work();
        }
        let (patience, err) = (self.world.patience, &mut *self.world.err);
        let (working, hear) = channel::<()>();
        std::thread::scope(|scope| {
            let work = scope.spawn(move || {
                // the channel ends with the work, well or badly
                let _working = working;
                work()
            });
            let mut waited = std::time::Duration::ZERO;
            while hear.recv_timeout(patience) == Err(RecvTimeoutError::Timeout) {
                waited += patience;
                said(err, &format!("{what}: {} s", waited.as_secs()));
            }
            if !waited.is_zero() {
                said(err, "");
            }
            work.join()
                .unwrap_or_else(|panic| std::panic::resume_unwind(panic))
        })
    }
}

/// Columns that are wiped before anything is said.
const WIPED: usize = 60;

/// Says `words` in place of what stands in this line. A closed stream is no reason to stop working.
fn said(err: &mut dyn Write, words: &str) {
    let _closed = write!(err, "\r{:WIPED$}\r{words}", "");
    let _closed = err.flush();
}
