//! `cramp help`, completions, manual pages, and the lists of what may be recorded.

use std::path::PathBuf;

use serde::Serialize;

use crate::cli::{Context, Failure};
use crate::diary::Nights;
use crate::diary::factor::Catalogue;
use crate::report::catalogue;
use crate::report::help::{Topic, titles, topic};
use crate::report::source_list::sources;
use crate::words::t;

/// Completions for a shell, on standard output.
#[derive(Debug, clap::Args)]
pub(crate) struct Completions {
    /// Which shell
    shell: clap_complete::Shell,
}

impl Completions {
    pub(crate) fn run(&self, ctx: &mut Context<'_, '_>) -> Result<(), Failure> {
        let mut text = Vec::new();
        clap_complete::generate(self.shell, &mut crate::cli::command(), "cramp", &mut text);
        ctx.say(&String::from_utf8_lossy(&text))
    }
}

/// Manual pages: one on standard output, or all into a folder.
#[derive(Debug, clap::Args)]
pub(crate) struct Man {
    /// The command to explain (the program itself if left out)
    command: Option<String>,
    /// Write one page per command into this folder
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
}

impl Man {
    pub(crate) fn run(&self, ctx: &mut Context<'_, '_>) -> Result<(), Failure> {
        if let Some(dir) = &self.out {
            let dir = ctx.place(dir);
            std::fs::create_dir_all(&dir)?;
            clap_mangen::generate_to(crate::cli::command(), &dir)?;
            return ctx.say(&t!(help, "man-written", folder = dir.display().to_string()));
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
        ctx.say(&String::from_utf8_lossy(&page))
    }
}

/// Explain a command or a topic.
#[derive(Debug, clap::Args)]
pub(crate) struct Help {
    /// A command or a topic
    topic: Vec<String>,
}

impl Help {
    pub(crate) fn run(&self, ctx: &mut Context<'_, '_>) -> Result<(), Failure> {
        let Some(name) = self.topic.first() else {
            let mut text = crate::cli::command().render_long_help().to_string();
            text += &format!("\n{}\n", t!(help, "topics"));
            for (name, title) in titles() {
                text += &format!("  {name:<12} {title}\n");
            }
            return ctx.say(&text);
        };
        if let Some(topic) = topic(name) {
            if ctx.dress.json && topic.name == "sources" {
                return ctx.json(&sources());
            }
            if ctx.dress.json {
                return ctx.json(&topic);
            }
            ctx.say(&topic.text(ctx.dress.width))?;
            // A topic may share its name with a command: then both are meant.
            if crate::cli::command().find_subcommand(name).is_none() {
                return Ok(());
            }
            ctx.say("\n")?;
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
        ctx.say(&command.render_long_help().to_string())
    }
}

fn no_topic<'t>(name: &str, known: impl Iterator<Item = &'t str>) -> Failure {
    let near = crate::diary::factor::nearest_of(name, known);
    Failure::words(
        t!(help, "no-help", name),
        near.map_or(t!(help, "no-help-hint").to_string(), |name| {
            t!(help, "did-you-mean", name)
        }),
    )
}

/// Every factor with its sources.
pub(crate) fn factors(ctx: &mut Context<'_, '_>) -> Result<(), Failure> {
    let night = ctx.now.this_night();
    let catalogue = match ctx.open_read()? {
        Some(store) => {
            let here = Nights {
                from: night,
                to: night,
            };
            Catalogue::of(&store.read_without_values(Some(here))?)
        }
        None => Catalogue::built_in(),
    };
    let list = catalogue::factors(&catalogue);
    listed(ctx, &list, &list.topic())
}

/// Every word an episode may hold.
pub(crate) fn vocabulary(ctx: &mut Context<'_, '_>) -> Result<(), Failure> {
    let list = catalogue::words();
    listed(ctx, &list, &list.topic())
}

/// Every symptom with its question.
pub(crate) fn symptoms(ctx: &mut Context<'_, '_>) -> Result<(), Failure> {
    let list = catalogue::symptoms();
    listed(ctx, &list, &list.topic())
}

/// Every fact with its question.
pub(crate) fn facts(ctx: &mut Context<'_, '_>) -> Result<(), Failure> {
    let list = catalogue::facts();
    listed(ctx, &list, &list.topic())
}

fn listed(ctx: &mut Context<'_, '_>, list: &impl Serialize, topic: &Topic) -> Result<(), Failure> {
    if ctx.dress.json {
        return ctx.json(list);
    }
    ctx.say(&topic.text(ctx.dress.width))
}
