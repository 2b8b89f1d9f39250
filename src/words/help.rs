//! The pages of help, as Markdown.

/// Declares the pages: each is a topic and the Markdown of its name below `en/help/`.
macro_rules! pages {
    ($($topic:ident),+ $(,)?) => {
        /// The topic and the page of each, in the order they are listed.
        pub(crate) const HELP: &[(&str, &str)] = &[
            $((
                stringify!($topic),
                include_str!(concat!("en/help/", stringify!($topic), ".md")),
            )),+
        ];
    };
}

pages!(
    dates, night, units, factors, import, relief, prevention, flags, statistics, privacy, sources
);
