//! `cramp help`, completions, manual pages, and the lists of what may be recorded.

use std::path::PathBuf;

use serde::Serialize;

use crate::cli::{Failure, Invocation};
use crate::render::terminal_reports;
use crate::report::catalogue;
use crate::report::help::{Topic, titles, topic};
use crate::words::t;

/// Completions for a shell
#[derive(Debug, clap::Args)]
pub(crate) struct Completions {
    /// Which shell
    shell: clap_complete::Shell,
}

impl Completions {
    pub(crate) fn run(&self, call: &mut Invocation<'_>) -> Result<(), Failure> {
        let mut text = Vec::new();
        clap_complete::generate(self.shell, &mut crate::cli::command(), "cramp", &mut text);
        call.print(&String::from_utf8_lossy(&text))
    }
}

/// Manual pages
#[derive(Debug, clap::Args)]
pub(crate) struct Man {
    /// The command to explain (the program itself if left out)
    command: Option<String>,
    /// Write one page per command into this folder
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
}

impl Man {
    pub(crate) fn run(&self, call: &mut Invocation<'_>) -> Result<(), Failure> {
        if let Some(dir) = &self.out {
            let dir = call.place(dir);
            std::fs::create_dir_all(&dir)?;
            clap_mangen::generate_to(crate::cli::command(), &dir)?;
            return call.print(&t!(help, "man-written", folder = dir.display().to_string()));
        }
        let mut top = crate::cli::command();
        top.build();
        let command = match &self.command {
            None => top,
            Some(name) => under(&top, name, [])?,
        };
        let mut page = Vec::new();
        clap_mangen::Man::new(command).render(&mut page)?;
        call.print(&String::from_utf8_lossy(&page))
    }
}

/// Explain a command or a topic
#[derive(Debug, clap::Args)]
pub(crate) struct Help {
    /// A command or a topic
    topic: Vec<String>,
}

impl Help {
    pub(crate) fn run(&self, call: &mut Invocation<'_>) -> Result<(), Failure> {
        let Some(name) = self.topic.first() else {
            let mut text = crate::cli::command().render_long_help().to_string();
            text += &format!("\n{}\n", t!(help, "topics"));
            for (name, title) in titles() {
                text += &format!("  {name:<12} {title}\n");
            }
            return call.print(&text);
        };
        if let Some(topic) = topic(name) {
            if call.json && topic.name == "sources" {
                return call.print_json(&catalogue::sources());
            }
            if call.json {
                return call.print_json(&topic);
            }
            call.print(&terminal_reports::topic(&topic, call.style.width))?;
            // A topic may share its name with a command: then both are meant.
            if crate::cli::command().find_subcommand(name).is_none() {
                return Ok(());
            }
            call.print("\n")?;
        }
        let mut command = crate::cli::command();
        command.build();
        for word in &self.topic {
            command = under(&command, word, titles().map(|(name, _)| name))?;
        }
        call.print(&command.render_long_help().to_string())
    }
}

/// The command of that name under `command`; a misspelt one is compared with the commands there and the `topics`.
fn under<'t>(
    command: &'t clap::Command,
    name: &str,
    topics: impl IntoIterator<Item = &'t str>,
) -> Result<clap::Command, Failure> {
    let no_topic = || {
        let known = command.get_subcommands().map(clap::Command::get_name);
        let near = crate::diary::typed::nearest_of(name, known.chain(topics));
        let hint = near.map(|name| t!(help, "did-you-mean", name));
        Failure::words(
            t!(help, "no-help", name),
            hint.unwrap_or_else(|| t!(help, "no-help-hint").to_string()),
        )
    };
    let found = command.find_subcommand(name).cloned();
    found.ok_or_else(no_topic)
}

/// Answers with a list of what may be recorded: as JSON, or as a page of help.
pub(crate) fn listed<T: Serialize>(
    call: &mut Invocation<'_>,
    list: &T,
    topic: fn(&T) -> Topic,
) -> Result<(), Failure> {
    call.respond(list, |list, style| {
        terminal_reports::topic(&topic(list), style.width)
    })
}
