//! Help topics.

use serde::Serialize;

/// One topic.
#[derive(Debug, Clone, Serialize)]
pub struct Topic {
    /// Its name.
    pub name: &'static str,
    /// Its title.
    pub title: &'static str,
}

impl Topic {
    /// The topic as text.
    pub fn text(&self, _width: usize) -> String {
        self.title.to_string()
    }
}

/// Every topic.
pub fn topics() -> Vec<Topic> {
    Vec::new()
}
