//! `cramp help`, completions, manual pages, and the lists of what may be recorded.

use std::path::PathBuf;

use serde::Serialize;

use crate::cli::{Failure, Invocation};
use crate::diary::factor::Catalogue;
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
            Some(name) => {
                let known: Vec<String> = top
                    .get_subcommands()
                    .map(|c| c.get_name().to_string())
                    .collect();
                let found = top.find_subcommand(name).cloned();
                found.ok_or_else(|| no_topic(name, known.iter().map(String::as_str)))?
            }
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
            if call.style.json && topic.name == "sources" {
                return call.json(&catalogue::sources());
            }
            if call.style.json {
                return call.json(&topic);
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
            let known: Vec<String> = command
                .get_subcommands()
                .map(|c| c.get_name().to_string())
                .collect();
            let names = known
                .iter()
                .map(String::as_str)
                .chain(titles().map(|(name, _)| name));
            let next = command
                .find_subcommand(word)
                .cloned()
                .ok_or_else(|| no_topic(word, names))?;
            command = next;
        }
        call.print(&command.render_long_help().to_string())
    }
}

fn no_topic<'t>(name: &str, known: impl Iterator<Item = &'t str>) -> Failure {
    let near = crate::diary::typed::nearest_of(name, known);
    Failure::words(
        t!(help, "no-help", name),
        near.map_or(t!(help, "no-help-hint").to_string(), |name| {
            t!(help, "did-you-mean", name)
        }),
    )
}

/// Every factor with its sources.
pub(crate) fn factors(call: &mut Invocation<'_>) -> Result<(), Failure> {
    let catalogue = Catalogue::of(&call.background()?);
    let list = catalogue::factors(&catalogue);
    listed(call, &list, &list.topic())
}

/// Every word an episode may hold.
pub(crate) fn vocabulary(call: &mut Invocation<'_>) -> Result<(), Failure> {
    let list = catalogue::words();
    listed(call, &list, &list.topic())
}

/// Every symptom with its question.
pub(crate) fn symptoms(call: &mut Invocation<'_>) -> Result<(), Failure> {
    let list = catalogue::symptoms();
    listed(call, &list, &list.topic())
}

/// Every fact with its question.
pub(crate) fn facts(call: &mut Invocation<'_>) -> Result<(), Failure> {
    let list = catalogue::facts();
    listed(call, &list, &list.topic())
}

fn listed(call: &mut Invocation<'_>, list: &impl Serialize, topic: &Topic) -> Result<(), Failure> {
    if call.style.json {
        return call.json(list);
    }
    call.print(&terminal_reports::topic(topic, call.style.width))
}
