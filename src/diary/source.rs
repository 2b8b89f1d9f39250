//! Where a record came from.

use std::sync::Arc;

use serde::Serialize;

use crate::diary::vocabulary::Origin;

/// Where a record came from: who or what, and optionally which (`import:carData`).
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) struct Source {
    /// Person, import or device.
    pub(crate) origin: Origin,
    /// Which one, in free words.
    pub(crate) detail: Option<Arc<str>>,
}

impl Source {
    /// Typed by the person.
    pub(crate) const PERSON: Source = Source {
        origin: Origin::Person,
        detail: None,
    };
}

impl std::fmt::Display for Source {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match &self.detail {
            Some(detail) => write!(f, "{}:{detail}", self.origin),
            None => write!(f, "{}", self.origin),
        }
    }
}

impl std::str::FromStr for Source {
    type Err = crate::diary::word::NotAWord;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let (origin, detail) = match text.split_once(':') {
            Some((origin, detail)) => (origin, Some(Arc::from(detail))),
            None => (text, None),
        };
        Ok(Source {
            origin: origin.parse()?,
            detail,
        })
    }
}

impl Serialize for Source {
    fn serialize<S: serde::Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.collect_str(self)
    }
}
