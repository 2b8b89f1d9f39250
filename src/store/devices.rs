//! The devices that may reach the pages, how one is paired, and which of their requests were done already. None of it is
//! part of the diary's history: it is not journalled, not exported, and a restore leaves it as it is.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use chrono::{DateTime, Duration, Utc};
use rusqlite::{Connection, OptionalExtension, Row, params};
use serde::Serialize;

use crate::data::word::{Word, words};
use crate::store::Store;
use crate::store::error::StoreError;
use crate::store::held::Held;

words! {
    /// What a device may do: everything from this computer; read and write; only add; only add, with a token in place of
    /// a cookie.
    DeviceKind, "device", { Owner = "owner", Reader = "reader", Bedside = "bedside", Token = "token" }
}

impl DeviceKind {
    /// Whether it adds to the diary and reads nothing of it.
    pub(crate) fn adds_only(self) -> bool {
        matches!(self, DeviceKind::Bedside | DeviceKind::Token)
    }
}

/// How long a pairing code can be used.
pub(crate) const CODE_LASTS: Duration = Duration::minutes(2);
/// How long the answer to a request is kept for a retry.
const ANSWER_LASTS: Duration = Duration::days(90);

#[derive(Debug, Clone, PartialEq, Serialize)]
pub(crate) struct Device {
    #[serde(skip)]
    pub(crate) id: i64,
    #[serde(rename = "device")]
    pub(crate) name: String,
    #[serde(rename = "role")]
    pub(crate) kind: DeviceKind,
    #[serde(rename = "added")]
    pub(crate) made_at: DateTime<Utc>,
    /// When it last asked for anything.
    #[serde(rename = "last_seen")]
    pub(crate) seen_at: Option<DateTime<Utc>>,
    #[serde(rename = "revoked")]
    pub(crate) revoked_at: Option<DateTime<Utc>>,
}

/// A request of a device, by the key the device made for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct RequestKey {
    pub(crate) device: i64,
    pub(crate) key: String,
}

/// A request that was done before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct DoneRequest {
    /// The change it made.
    pub(crate) change: i64,
    /// What was answered; `None` when the program was ended before it could answer.
    pub(crate) answer: Option<String>,
}

/// The store of a write that is not answered yet: write and answer are one transaction, so that none is kept without the
/// other, and the disk is waited for once. Dropped without an answer, the write never happened.
#[derive(Debug, Clone, Default)]
pub(crate) struct Unanswered {
    store: Arc<Mutex<Option<Store>>>,
    held: Held,
}

impl Unanswered {
    /// With what the server holds of the diary.
    pub(crate) fn with(held: Held) -> Unanswered {
        Unanswered {
            store: Arc::default(),
            held,
        }
    }

    pub(crate) fn held(&self) -> &Held {
        &self.held
    }

    pub(crate) fn hold(&self, store: Store) {
        *self.stored() = Some(store);
    }

    fn stored(&self) -> MutexGuard<'_, Option<Store>> {
        self.store.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Finishes the write, for what comes next must see it; its answer is then kept after it.
    pub(crate) fn finish(&self) -> Result<(), StoreError> {
        self.stored().as_mut().map_or(Ok(()), Store::finish)
    }

    /// Keeps what was answered with the write, if there was one.
    pub(crate) fn answer(&self, request: &RequestKey, answer: &str) -> Result<(), StoreError> {
        let Some(mut store) = self.stored().take() else {
            return Ok(());
        };
        store.keep_answer(request, answer)?;
        store.rest();
        Ok(())
    }
}

const FIELDS: &str = "id, name, kind, made_at, seen_at, revoked_at";

fn device(row: &Row<'_>) -> rusqlite::Result<Device> {
    let kind: String = row.get(2)?;
    let at = |column: usize| -> rusqlite::Result<Option<DateTime<Utc>>> {
        let seconds: Option<i64> = row.get(column)?;
        Ok(seconds.and_then(|s| DateTime::from_timestamp(s, 0)))
    };
    Ok(Device {
        id: row.get(0)?,
        name: row.get(1)?,
        // the table takes no other words
        kind: DeviceKind::from_word(&kind).unwrap_or(DeviceKind::Token),
        made_at: at(3)?.unwrap_or_default(),
        seen_at: at(4)?,
        revoked_at: at(5)?,
    })
}

impl Store {
    /// Every device there ever was, the oldest first.
    pub(crate) fn devices(&self) -> Result<Vec<Device>, StoreError> {
        let sql = format!("SELECT {FIELDS} FROM device ORDER BY id");
        let mut statement = self.conn.prepare(&sql)?;
        let devices = statement.query_map([], device)?;
        Ok(devices.collect::<Result<_, _>>()?)
    }

    /// The device whose cookie or token has this SHA-256; `None` when there is none, or it was revoked.
    pub(crate) fn device_of(&self, secret: &str) -> Result<Option<Device>, StoreError> {
        let sql = format!("SELECT {FIELDS} FROM device WHERE secret = ?1 AND revoked_at IS NULL");
        let mut statement = self.conn.prepare_cached(&sql)?;
        Ok(statement.query_row([secret], device).optional()?)
    }

    /// Adds a device; `secret` is the SHA-256 of its cookie or token.
    ///
    /// # Errors
    /// [`StoreError::Refused`] when a device in use has that name.
    pub(crate) fn add_device(
        &mut self,
        name: &str,
        kind: DeviceKind,
        secret: &str,
        now: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        let tx = self.conn.transaction()?;
        insert(&tx, name, kind, secret, now)?;
        Ok(tx.commit()?)
    }

    /// Notes that a device asked for something. Answers of more than a season ago go; that their requests were done stays
    /// known.
    pub(crate) fn device_seen(&mut self, id: i64, now: DateTime<Utc>) -> Result<(), StoreError> {
        let tx = self.conn.transaction()?;
        let sql = "UPDATE device SET seen_at = ?2 WHERE id = ?1";
        tx.execute(sql, params![id, now.timestamp()])?;
        let sql = "UPDATE request SET answer = NULL WHERE at < ?1 AND answer IS NOT NULL";
        tx.execute(sql, [(now - ANSWER_LASTS).timestamp()])?;
        Ok(tx.commit()?)
    }

    /// Revokes a device; says whether one of that name was in use.
    pub(crate) fn revoke(&mut self, name: &str, now: DateTime<Utc>) -> Result<bool, StoreError> {
        let sql = "UPDATE device SET revoked_at = ?2 WHERE name = ?1 AND revoked_at IS NULL";
        let changed = self.conn.execute(sql, params![name, now.timestamp()])?;
        Ok(changed > 0)
    }

    /// Offers a device of this name and kind to whoever has the code with this SHA-256 within two minutes.
    pub(crate) fn offer(
        &mut self,
        code: &str,
        name: &str,
        kind: DeviceKind,
        now: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        let until = (now + CODE_LASTS).timestamp();
        self.conn.execute(
            "INSERT INTO pairing (code, name, kind, until) VALUES (?1, ?2, ?3, ?4)",
            params![code, name, kind.word(), until],
        )?;
        Ok(())
    }

    /// What the code with this SHA-256 offers; it stays as it is.
    pub(crate) fn offered(
        &self,
        code: &str,
        now: DateTime<Utc>,
    ) -> Result<Option<(String, DeviceKind)>, StoreError> {
        offered(&self.conn, code, now)
    }

    /// Uses up the code and adds its device with this secret; `None` when the code is unknown, used or too old.
    pub(crate) fn pair(
        &mut self,
        code: &str,
        secret: &str,
        now: DateTime<Utc>,
    ) -> Result<Option<DeviceKind>, StoreError> {
        let tx = self
            .conn
            .transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)?;
        let offer = offered(&tx, code, now)?;
        let sql = "DELETE FROM pairing WHERE code = ?1 OR until < ?2";
        tx.execute(sql, params![code, now.timestamp()])?;
        if let Some((name, kind)) = &offer {
            insert(&tx, name, *kind, secret, now)?;
        }
        tx.commit()?;
        Ok(offer.map(|(_, kind)| kind))
    }

    /// Withdraws every code that is still open.
    pub(crate) fn close_pairing(&mut self) -> Result<(), StoreError> {
        self.conn.execute("DELETE FROM pairing", [])?;
        Ok(())
    }

    /// What became of a request that was done before.
    pub(crate) fn done_request(
        &self,
        request: &RequestKey,
    ) -> Result<Option<DoneRequest>, StoreError> {
        let sql = "SELECT change, answer FROM request WHERE device = ?1 AND key = ?2";
        let mut statement = self.conn.prepare_cached(sql)?;
        let done = statement.query_row(params![request.device, request.key], |row| {
            Ok(DoneRequest {
                change: row.get(0)?,
                answer: row.get(1)?,
            })
        });
        Ok(done.optional()?)
    }

    /// Keeps what was answered, for a retry; a write that stayed open for it is finished.
    pub(crate) fn keep_answer(
        &mut self,
        request: &RequestKey,
        answer: &str,
    ) -> Result<(), StoreError> {
        self.conn.execute(
            "UPDATE request SET answer = ?3 WHERE device = ?1 AND key = ?2",
            params![request.device, request.key, answer],
        )?;
        self.finish()
    }

    /// Finishes a write that stayed open.
    fn finish(&mut self) -> Result<(), StoreError> {
        match self.conn.is_autocommit() {
            true => Ok(()),
            false => Ok(self.conn.execute_batch("COMMIT")?),
        }
    }

    /// A copy that takes the place of a diary brings no devices with it: one that was revoked since would be back.
    pub(super) fn forget_devices(&self) -> Result<(), StoreError> {
        self.conn
            .execute_batch("DELETE FROM request; DELETE FROM pairing; DELETE FROM device;")?;
        Ok(())
    }
}

/// Notes that a request made this change, in the transaction of the change.
///
/// # Errors
/// [`StoreError::Refused`] when the request was done before.
pub(super) fn note(
    conn: &Connection,
    request: &RequestKey,
    change: i64,
    now: DateTime<Utc>,
) -> Result<(), StoreError> {
    conn.execute(
        "INSERT INTO request (device, key, change, at) VALUES (?1, ?2, ?3, ?4)",
        params![request.device, request.key, change, now.timestamp()],
    )?;
    Ok(())
}

fn offered(
    conn: &Connection,
    code: &str,
    now: DateTime<Utc>,
) -> Result<Option<(String, DeviceKind)>, StoreError> {
    let sql = "SELECT name, kind FROM pairing WHERE code = ?1 AND until >= ?2";
    let row = conn.query_row(sql, params![code, now.timestamp()], |row| {
        let (name, kind): (String, String) = (row.get(0)?, row.get(1)?);
        Ok((name, kind))
    });
    Ok(row
        .optional()?
        .and_then(|(name, kind)| Some((name, DeviceKind::from_word(&kind)?))))
}

fn insert(
    conn: &Connection,
    name: &str,
    kind: DeviceKind,
    secret: &str,
    now: DateTime<Utc>,
) -> Result<(), StoreError> {
    let sql = "SELECT count(*) FROM device WHERE name = ?1 AND revoked_at IS NULL";
    let is_taken = |name: &str| -> Result<bool, StoreError> {
        let taken: i64 = conn.query_row(sql, [name], |row| row.get(0))?;
        Ok(taken > 0)
    };
    // a browser of this computer has no name of its own
    let mut numbered = name.to_string();
    let mut number = 1;
    while kind == DeviceKind::Owner && is_taken(&numbered)? {
        number += 1;
        numbered = format!("{name} {number}");
    }
    let name = numbered.as_str();
    if is_taken(name)? {
        return Err(StoreError::Refused(format!(
            "there is a device '{name}' already; revoke it first, or choose another name"
        )));
    }
    conn.execute(
        "INSERT INTO device (name, kind, secret, made_at) VALUES (?1, ?2, ?3, ?4)",
        params![name, kind.word(), secret, now.timestamp()],
    )?;
    Ok(())
}
