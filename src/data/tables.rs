//! The tables of knowledge in the program. Each is decoded when it is first asked for, and never by a command that
//! does not ask.

use std::sync::OnceLock;

use crate::data::{decode, entries};

pub(crate) use crate::data::entries::{FieldTakes, Named, On, Takes};

/// Declares the entry of a table with its text borrowed from the program, and the function that gives the table.
macro_rules! table {
    ($(#[$doc:meta])* $name:ident: $entry:ident) => {
        pub(crate) type $entry = entries::$entry<&'static str>;

        $(#[$doc])*
        pub(crate) fn $name() -> &'static [$entry] {
            static TABLE: OnceLock<Vec<$entry>> = OnceLock::new();
            TABLE.get_or_init(|| {
                decode(include_bytes!(concat!(env!("OUT_DIR"), "/", stringify!($name), ".bin")))
            })
        }
    };
}

table! {
    /// The built-in factors, in the order they are listed and asked.
    factors: Factor
}
table! {
    /// Every symptom, in the order of the vocabulary.
    symptoms: Symptom
}
table! {
    /// The classes of medicines, the one whose mistake would be the more dangerous first.
    medicines: Class
}
table! {
    /// The substances whose doses are added up.
    nutrients: NutrientRow
}
table! {
    /// Every fact about the person.
    facts: Fact
}
table! {
    /// What may be done against a cramp, in the order of the vocabulary.
    actions: Action
}
table! {
    /// The fields of an episode, then those of a night.
    fields: Field
}
table! {
    /// What a new diary offers to follow, in the order of the list.
    follow: Offer
}
table! {
    /// The long-term conditions rules know.
    conditions: Condition
}
table! {
    /// Every claim, in the order of the documents.
    claims: Claim
}
table! {
    /// The source documents.
    documents: Document
}
table! {
    /// Every work of the literature.
    literature: Work
}

/// A salt a mineral is sold as.
pub(crate) type Salt = entries::Salt<&'static str>;
