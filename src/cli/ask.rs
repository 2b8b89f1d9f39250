//! `cramp ask`: the morning check-in as questions. Every answer is written at once, so that nothing said is lost.

use crate::cli::event::date;
use crate::cli::night::write_answer;
use crate::cli::{Context, Failure};
use crate::diary::Night;
use crate::diary::factor::Catalogue;
use crate::report::checkin::{self, Question};

/// The morning check-in: y, n, a value, Enter to leave it unknown, < to go back.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  cramp ask                last night
  cramp ask week           every night of the last week without an answer
  cramp ask 2026-03-01
  cramp ask symptoms       the few questions that would settle an open check (about once a week)")]
pub(crate) struct Args {
    /// A night, 'week' or 'symptoms'
    #[arg(allow_negative_numbers = true)]
    what: Option<String>,
}

impl Args {
    pub(crate) fn run(&self, ctx: &mut Context<'_, '_>) -> Result<(), Failure> {
        if !ctx.world.input_is_terminal {
            return Err(Failure::cannot_but(
                "'cramp ask' asks questions, and there is no terminal to answer them on",
                "answer with 'cramp night calm' or 'cramp night DATE calm' instead",
            ));
        }
        if self.what.as_deref() == Some("symptoms") {
            return crate::cli::ask_symptoms::run(ctx);
        }
        let last = ctx.now.last_night();
        let nights: Vec<Night> = match self.what.as_deref() {
            None | Some("last") => vec![last],
            Some("week") => crate::diary::Nights::ending(last, 7).iter().collect(),
            Some(text) => vec![date(ctx, text)?],
        };
        let (questions, answered) = self.questions(ctx, &nights)?;
        if questions.is_empty() {
            return ctx.say(if answered {
                "Every night asked about has its answer. Thank you."
            } else {
                "Nothing to ask."
            });
        }
        ctx.say("y yes · n no · a value · Enter leaves it unknown · < goes back")?;
        converse(ctx, &questions)
    }

    fn questions(
        &self,
        ctx: &mut Context<'_, '_>,
        nights: &[Night],
    ) -> Result<(Vec<Question>, bool), Failure> {
        let Some(store) = ctx.open_read()? else {
            let catalogue = Catalogue::built_in();
            return Ok((
                checkin::questions(&crate::diary::Diary::default(), nights, &catalogue),
                false,
            ));
        };
        let first = nights.iter().min().copied().unwrap_or(ctx.now.last_night());
        let span = crate::diary::Nights {
            from: first.plus(-checkin::USED_NIGHTS),
            to: ctx.now.this_night(),
        };
        let diary = store.read(Some(span))?;
        let catalogue = Catalogue::of(&diary);
        Ok((checkin::questions(&diary, nights, &catalogue), true))
    }
}

fn converse(ctx: &mut Context<'_, '_>, questions: &[Question]) -> Result<(), Failure> {
    let mut at = 0;
    let mut said = 0_usize;
    while let Some(question) = questions.get(at) {
        ctx.world
            .out
            .write_all(format!("{} ", question.text).as_bytes())?;
        ctx.world.out.flush()?;
        let mut reply = String::new();
        if ctx.world.input.read_line(&mut reply)? == 0 {
            ctx.say("")?;
            break;
        }
        let reply = reply.trim();
        if reply == "<" {
            at = at.saturating_sub(1);
            continue;
        }
        if reply.is_empty() {
            at += 1;
            continue;
        }
        match answer(ctx, question, reply) {
            Ok(()) => {
                said += 1;
                at += 1;
            }
            Err(failure @ (Failure::Words { .. } | Failure::Cannot { .. })) => {
                let hint = failure
                    .hint()
                    .map(|h| format!(" — {h}"))
                    .unwrap_or_default();
                ctx.say(&format!(
                    "  {}{hint}",
                    failure.message().unwrap_or_default()
                ))?;
            }
            Err(other) => return Err(other),
        }
    }
    ctx.say(&checkin::thanks(said))
}

fn answer(ctx: &mut Context<'_, '_>, question: &Question, reply: &str) -> Result<(), Failure> {
    let words = question.words(reply).map_err(Failure::from)?;
    let typed = std::mem::replace(&mut ctx.command, format!("ask: night {}", words.join(" ")));
    let written = write_answer(ctx, &words);
    ctx.command = typed;
    let (_, aside) = written?;
    let urgent = crate::render::terminal_flags::at_entry(&aside.flags, ctx.dress.width);
    if !urgent.is_empty() {
        ctx.say(&urgent)?;
    }
    for warning in &aside.warnings {
        ctx.tell(&format!("note: {warning}"))?;
    }
    Ok(())
}
