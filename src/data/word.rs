//! Closed vocabularies: a word has one spelling in SQL, Rust, JSON and on the command line.

/// A meaning of the lexicon, with the everyday words that stand for it in one group of meanings.
#[derive(Debug, serde::Serialize, serde::Deserialize)]
pub(crate) struct Sense {
    pub(crate) group: &'static str,
    pub(crate) meaning: &'static str,
    #[serde(borrow)]
    pub(crate) words: Vec<&'static str>,
}

/// A closed set of words, each with one spelling everywhere.
pub(crate) trait Word:
    Sized + Copy + PartialEq + std::str::FromStr<Err = NotAWord> + 'static
{
    /// What the set is called, as it appears in messages ("side").
    const NAME: &'static str;
    /// Every member, in the order of the declaration.
    const ALL: &'static [Self];

    /// The one spelling.
    fn word(self) -> &'static str;

    /// The member spelt `text`, or `None`.
    fn from_word(text: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|w| w.word() == text)
    }
}

/// A word that is not in its closed set, with what would have been accepted.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("'{word}' is not a {set}; accepted: {}", accepted.join(" "))]
pub(crate) struct NotAWord {
    /// What was written.
    pub(crate) word: String,
    /// The name of the set.
    pub(crate) set: &'static str,
    /// Every accepted spelling.
    pub(crate) accepted: Vec<&'static str>,
}

/// Declares a closed vocabulary: an enum whose members are spelt the same everywhere.
macro_rules! words {
    ($(#[$meta:meta])* $name:ident, $set:literal, { $($(#[$vmeta:meta])* $variant:ident = $word:literal),+ $(,)? }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub(crate) enum $name { $($(#[$vmeta])* #[doc = concat!("`", $word, "`")] $variant),+ }

        impl $crate::data::word::Word for $name {
            const NAME: &'static str = $set;
            const ALL: &'static [Self] = &[$(Self::$variant),+];
            fn word(self) -> &'static str {
                match self { $(Self::$variant => $word),+ }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.pad($crate::data::word::Word::word(*self))
            }
        }

        impl std::str::FromStr for $name {
            type Err = $crate::data::word::NotAWord;
            fn from_str(text: &str) -> Result<Self, Self::Err> {
                use $crate::data::word::Word;
                Self::from_word(text).ok_or_else(|| $crate::data::word::NotAWord {
                    word: text.to_string(),
                    set: Self::NAME,
                    accepted: Self::ALL.iter().map(|w| w.word()).collect(),
                })
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
                s.serialize_str($crate::data::word::Word::word(*self))
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
                let text = <std::borrow::Cow<'de, str> as serde::Deserialize>::deserialize(d)?;
                text.parse().map_err(serde::de::Error::custom)
            }
        }
    };
}
pub(crate) use words;
