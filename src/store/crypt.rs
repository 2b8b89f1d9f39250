//! Encrypted copies in the age format, which the independent `age` program reads too.

use std::fs::File;
use std::io::{BufReader, BufWriter, Read, Write};
use std::path::Path;

use age::secrecy::SecretString;

use crate::store::error::StoreError;

/// What an encrypted copy is locked with. It is never shown: there is no `Debug`.
pub(crate) enum Lock {
    /// A passphrase.
    Passphrase(String),
    /// Public keys (`age1…`), any of whose owners can open it.
    Recipients(Vec<String>),
}

/// What opens an encrypted copy.
pub(crate) enum Unlock {
    /// The passphrase.
    Passphrase(String),
    /// The text of a key file: lines that begin with `AGE-SECRET-KEY-`; others are skipped.
    KeyFile(String),
}

/// How every file in the age format begins.
const MAGIC: &[u8] = b"age-encryption.org/v1\n";

/// Whether a file is encrypted in the age format.
///
/// # Errors
/// The file cannot be read.
pub(crate) fn is_encrypted(path: &Path) -> Result<bool, StoreError> {
    let mut head = Vec::new();
    File::open(path)?
        .take(MAGIC.len() as u64)
        .read_to_end(&mut head)?;
    Ok(head == MAGIC)
}

/// Writes `from`, encrypted, over `to`.
pub(super) fn encrypt(from: &Path, to: &Path, lock: &Lock) -> Result<(), StoreError> {
    let encryptor = match lock {
        Lock::Passphrase(words) => {
            if words.is_empty() {
                return Err(StoreError::Refused("the passphrase is empty".to_string()));
            }
            age::Encryptor::with_user_passphrase(SecretString::from(words.clone()))
        }
        Lock::Recipients(keys) => {
            let recipients = keys
                .iter()
                .map(|key| {
                    key.trim().parse::<age::x25519::Recipient>().map_err(|why| {
                        StoreError::Refused(format!(
                            "'{key}' is not an age public key ({why}): it begins with age1, and age-keygen makes one"
                        ))
                    })
                })
                .collect::<Result<Vec<_>, _>>()?;
            let recipients = recipients.iter().map(|r| r as &dyn age::Recipient);
            age::Encryptor::with_recipients(recipients)
                .map_err(|why| StoreError::Refused(why.to_string()))?
        }
    };
    let mut source = BufReader::new(File::open(from)?);
    let target = File::options().write(true).truncate(true).open(to)?;
    let mut sealed = encryptor.wrap_output(BufWriter::new(target))?;
    std::io::copy(&mut source, &mut sealed)?;
    let mut target = sealed.finish()?;
    target.flush()?;
    Ok(())
}

/// Writes `from`, decrypted, over `to`.
pub(super) fn decrypt(from: &Path, to: &Path, unlock: &Unlock) -> Result<(), StoreError> {
    let wrong = |why: age::DecryptError| {
        use age::DecryptError as E;
        let what = match (&why, unlock) {
            (E::KeyDecryptionFailed | E::DecryptionFailed, Unlock::Passphrase(_)) => {
                "this is not its passphrase".to_string()
            }
            (E::NoMatchingKeys, Unlock::Passphrase(_)) => {
                "it was encrypted for a key, not with a passphrase: name the key file with --identity".to_string()
            }
            (E::NoMatchingKeys, Unlock::KeyFile(_)) => {
                "no key of this key file opens it".to_string()
            }
            _ => why.to_string(),
        };
        let path = from.display();
        StoreError::Refused(format!(
            "{path} cannot be opened: {what}; nothing was changed"
        ))
    };
    let sealed = age::Decryptor::new_buffered(BufReader::new(File::open(from)?)).map_err(wrong)?;
    let mut plain = match unlock {
        Unlock::Passphrase(words) => {
            let identity = age::scrypt::Identity::new(SecretString::from(words.clone()));
            sealed.decrypt(std::iter::once(&identity as &dyn age::Identity))
        }
        Unlock::KeyFile(text) => {
            let keys: Vec<age::x25519::Identity> = text
                .lines()
                .filter_map(|line| line.trim().parse().ok())
                .collect();
            sealed.decrypt(keys.iter().map(|key| key as &dyn age::Identity))
        }
    }
    .map_err(wrong)?;
    let mut target = BufWriter::new(File::options().write(true).truncate(true).open(to)?);
    // A broken copy fails here: age seals every piece.
    std::io::copy(&mut plain, &mut target)
        .map_err(|why| StoreError::Damaged(format!("it cannot be decrypted: {why}")))?;
    target.flush()?;
    Ok(())
}
