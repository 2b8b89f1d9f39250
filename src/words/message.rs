//! Messages: the files they stand in, how they are asked for, and what may stand in them.

#[cfg(test)]
use pseudo::{bundle, if_pseudo};
use std::borrow::Cow;
use std::sync::OnceLock;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource};

/// An argument as Fluent takes it.
pub(crate) use fluent_bundle::FluentValue as Value;

type Bundle = FluentBundle<FluentResource>;

/// Declares the files of messages: each is the enum variant of the same name and the text below `en/`.
macro_rules! files {
    ($($file:ident),+ $(,)?) => {
        /// One file of messages, spelt as on disk.
        #[allow(non_camel_case_types)]
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub(crate) enum File { $($file),+ }

        /// Every file with its text.
        pub(crate) const FILES: &[(&str, &str)] = &[
            $((stringify!($file), include_str!(concat!("en/", stringify!($file), ".ftl")))),+
        ];
    };
}

files!(
    analyze, bedside, chart, checkin, cli, clinic, cohort, count, desk, experiment, flags, help,
    page, record, research, rules, serve, status, trend, week
);

/// The messages of each file, once they were needed.
static PARSED: [OnceLock<Bundle>; FILES.len()] = [const { OnceLock::new() }; FILES.len()];

/// A text by its file and id: `t!(status, "last-cramp", line)`, or `n = nights.len()` where the name differs.
///
/// Without arguments it is a `&'static str`, with arguments a `String`.
macro_rules! t {
    ($file:ident, $id:literal $(,)?) => {
        $crate::words::message::label($crate::words::message::File::$file, $id)
    };
    ($file:ident, $id:literal, $($name:ident $(= $value:expr)?),+ $(,)?) => {
        $crate::words::message::text(
            $crate::words::message::File::$file,
            $id,
            &[$((
                stringify!($name),
                $crate::words::message::Argument::value(&$crate::words::message::or_name!($name $(, $value)?)),
            )),+],
        )
    };
}
pub(crate) use t;

/// The value of an argument, which is the variable of its name where none is given.
macro_rules! or_name {
    ($name:ident) => {
        $name
    };
    ($name:ident, $value:expr) => {
        $value
    };
}
pub(crate) use or_name;

/// The lines of a text of several, without arguments: `lines!(status, "empty")`.
macro_rules! lines {
    ($file:ident, $id:literal) => {
        $crate::words::message::label_lines($crate::words::message::File::$file, $id)
    };
}
pub(crate) use lines;

/// A text and its hint, the way out that stands below it: `hinted!(cli, "not-a-date", text)`.
macro_rules! hinted {
    ($file:ident, $id:literal $(, $name:ident $(= $value:expr)?)* $(,)?) => {
        $crate::words::message::with_hint(
            $crate::words::message::File::$file,
            $id,
            &[$((
                stringify!($name),
                $crate::words::message::Argument::value(&$crate::words::message::or_name!($name $(, $value)?)),
            )),*],
        )
    };
}
pub(crate) use hinted;

/// What may stand in a message: text, or a count by which Fluent chooses the plural. Numbers with decimals have to be
/// made text first, by [`number`].
pub(crate) trait Argument {
    /// The argument as Fluent takes it.
    fn value(&self) -> Value<'_>;
}

impl Argument for str {
    fn value(&self) -> Value<'_> {
        Value::String(Cow::Borrowed(self))
    }
}

impl Argument for String {
    fn value(&self) -> Value<'_> {
        self.as_str().value()
    }
}

impl Argument for Cow<'_, str> {
    fn value(&self) -> Value<'_> {
        self.as_ref().value()
    }
}

impl Argument for std::sync::Arc<str> {
    fn value(&self) -> Value<'_> {
        self.as_ref().value()
    }
}

impl<T: Argument + ?Sized> Argument for &T {
    fn value(&self) -> Value<'_> {
        (*self).value()
    }
}

impl Argument for chrono::NaiveDate {
    fn value(&self) -> Value<'_> {
        Value::String(Cow::Owned(self.to_string()))
    }
}

/// A choice between two texts, `[yes]` and `[no]`.
impl Argument for bool {
    fn value(&self) -> Value<'_> {
        if *self { "yes" } else { "no" }.value()
    }
}

impl Argument for std::path::Display<'_> {
    fn value(&self) -> Value<'_> {
        Value::String(Cow::Owned(self.to_string()))
    }
}

macro_rules! counts {
    ($($count:ty),+) => {
        $(impl Argument for $count {
            fn value(&self) -> Value<'_> {
                Value::from(*self)
            }
        })+
    };
}

counts!(u8, u16, u32, u64, i32, i64, usize);

/// The text of a message without arguments; see [`t!`].
pub(crate) fn label(file: File, id: &'static str) -> &'static str {
    match format(file, id, &[]) {
        Cow::Borrowed(text) => text,
        // A label on several lines; a test holds every label to one line.
        Cow::Owned(text) => if_pseudo(text).unwrap_or(id),
    }
}

/// The text of a message with its arguments; see [`t!`].
pub(crate) fn text(
    file: File,
    id: &'static str,
    arguments: &[(&'static str, Value<'_>)],
) -> String {
    format(file, id, arguments).into_owned()
}

/// The lines of a message without arguments; see [`lines!`].
pub(crate) fn label_lines(file: File, id: &'static str) -> Vec<String> {
    let text = format(file, id, &[]);
    text.lines().map(str::to_string).collect()
}

/// The text of a message and the text of its attribute `hint`; see [`hinted!`].
pub(crate) fn with_hint(
    file: File,
    id: &'static str,
    arguments: &[(&'static str, Value<'_>)],
) -> (String, Option<String>) {
    let hint = format_part(file, id, Some("hint"), arguments);
    (text(file, id, arguments), hint.map(Cow::into_owned))
}

/// A message that is not there is shown by its id; a test holds every use to the files.
fn format(
    file: File,
    id: &'static str,
    arguments: &[(&'static str, Value<'_>)],
) -> Cow<'static, str> {
    format_part(file, id, None, arguments).unwrap_or(Cow::Borrowed(id))
}

/// A message itself, or one of its attributes.
fn format_part(
    file: File,
    id: &str,
    attribute: Option<&str>,
    arguments: &[(&'static str, Value<'_>)],
) -> Option<Cow<'static, str>> {
    let bundle = bundle(file);
    let message = bundle.get_message(id)?;
    let pattern = match attribute {
        None => message.value()?,
        Some(name) => message.get_attribute(name)?.value(),
    };
    let arguments: FluentArgs<'_> = arguments.iter().cloned().collect();
    // What cannot be filled in is left as its name in braces.
    let mut errors = Vec::new();
    let text = bundle.format_pattern(pattern, Some(&arguments), &mut errors);
    Some(match text {
        Cow::Borrowed(text) if arguments.iter().next().is_none() => Cow::Borrowed(text),
        text => Cow::Owned(text.into_owned()),
    })
}

#[cfg(not(test))]
fn bundle(file: File) -> &'static Bundle {
    parsed(&PARSED, file, false)
}

#[cfg(not(test))]
fn if_pseudo(_: String) -> Option<&'static str> {
    None
}

fn parsed(
    files: &'static [OnceLock<Bundle>; FILES.len()],
    file: File,
    is_pseudo: bool,
) -> &'static Bundle {
    let [first, ..] = files;
    let place = files.get(file as usize).unwrap_or(first);
    place.get_or_init(|| {
        let source = FILES.get(file as usize).map_or("", |(_, text)| text);
        let mut bundle = Bundle::new_concurrent(vec!["en".parse().unwrap_or_default()]);
        bundle.set_use_isolating(false);
        if is_pseudo {
            bundle.set_transform(Some(|text| Cow::Owned(format!("⟦{text}⟧"))));
        }
        // What does not parse is left out; a test reads every file without an error.
        let resource = FluentResource::try_new(source.to_string()).unwrap_or_else(|(part, _)| part);
        bundle.add_resource_overriding(resource);
        bundle
    })
}

/// Texts in a made-up language, every piece of a message in brackets, to see what is said without a message.
#[cfg(test)]
pub(crate) mod pseudo {
    use std::cell::Cell;
    use std::sync::OnceLock;

    use crate::words::message::{Bundle, FILES, File, PARSED, parsed};

    static PARSED_PSEUDO: [OnceLock<Bundle>; FILES.len()] =
        [const { OnceLock::new() }; FILES.len()];

    thread_local! {
        static ON: Cell<bool> = const { Cell::new(false) };
    }

    /// Does `what` with every text in brackets.
    pub(crate) fn with<T>(what: impl FnOnce() -> T) -> T {
        ON.set(true);
        let done = what();
        ON.set(false);
        done
    }

    pub(super) fn bundle(file: File) -> &'static Bundle {
        if ON.get() {
            parsed(&PARSED_PSEUDO, file, true)
        } else {
            parsed(&PARSED, file, false)
        }
    }

    pub(super) fn if_pseudo(text: String) -> Option<&'static str> {
        ON.get().then(|| &*text.leak())
    }
}
