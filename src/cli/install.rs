//! `cramp serve --install`: how the pages start at every log-in. Nothing is started here.

use std::path::Path;

use serde_json::json;

use crate::cli::export::{cannot_write, make_folder, replace};
use crate::cli::{Failure, Invocation};
use crate::words::t;

/// What starts programs at log-in.
#[derive(Debug, Clone, Copy)]
enum System {
    Systemd,
    Launchd,
    Windows,
}

impl System {
    fn present() -> System {
        match (cfg!(windows), cfg!(target_os = "macos")) {
            (true, _) => System::Windows,
            (_, true) => System::Launchd,
            _ => System::Systemd,
        }
    }

    /// Where its file stands below the folder of the person.
    fn file(self) -> &'static str {
        match self {
            System::Systemd => ".config/systemd/user/nightcramp.service",
            System::Launchd => "Library/LaunchAgents/org.nightcramp.serve.plist",
            System::Windows => "nightcramp-task.xml",
        }
    }

    /// The commands that start and stop it.
    fn commands(self, file: &Path) -> [String; 2] {
        let file = file.display();
        match self {
            System::Systemd => ["enable", "disable"]
                .map(|verb| format!("systemctl --user {verb} --now nightcramp")),
            System::Launchd => {
                ["load -w", "unload -w"].map(|verb| format!("launchctl {verb} \"{file}\""))
            }
            System::Windows => [
                format!("schtasks /Create /TN nightcramp /XML \"{file}\""),
                "schtasks /Delete /TN nightcramp".to_string(),
            ],
        }
    }

    /// The file that starts `words` at log-in.
    fn text(self, words: &[String]) -> String {
        match self {
            System::Systemd => {
                let words: Vec<String> = words.iter().map(|w| systemd_word(w)).collect();
                include_str!("install/nightcramp.service").replace("{words}", &words.join(" "))
            }
            System::Launchd => {
                let words = words
                    .iter()
                    .map(|w| format!("        <string>{}</string>", xml(w)));
                let words: Vec<String> = words.collect();
                include_str!("install/agent.plist").replace("{words}", &words.join("\n"))
            }
            System::Windows => {
                let (program, rest) = words.split_first().map_or(("", &[][..]), |(p, r)| (p, r));
                let quoted = rest.iter().map(|w| match w.contains(' ') {
                    true => format!("\"{w}\""),
                    false => w.clone(),
                });
                let rest: Vec<String> = quoted.collect();
                include_str!("install/task.xml")
                    .replace("{program}", &xml(program))
                    .replace("{words}", &xml(&rest.join(" ")))
            }
        }
    }
}

/// A word of a command in a unit of systemd, where `%`, `$`, `\` and quotes mean something.
fn systemd_word(word: &str) -> String {
    let word = word.replace('\\', "\\\\").replace('"', "\\\"");
    let word = word.replace('%', "%%").replace('$', "$$");
    format!("\"{word}\"")
}

fn xml(text: &str) -> String {
    let text = text.replace('&', "&amp;").replace('<', "&lt;");
    text.replace('>', "&gt;").replace('"', "&quot;")
}

/// What is to be started at log-in.
pub(super) struct Asked<'a> {
    /// The command line, the program first.
    pub(super) words: Vec<String>,
    /// The folder of the person.
    pub(super) home: &'a Path,
    /// It never stops by itself.
    pub(super) is_always: bool,
    /// The file is to be written.
    pub(super) write: bool,
}

pub(super) fn run(asked: &Asked<'_>, call: &mut Invocation<'_>) -> Result<(), Failure> {
    let system = System::present();
    let file = asked.home.join(system.file());
    let text = system.text(&asked.words);
    let [start, stop] = system.commands(&file);
    if asked.write {
        if let Some(folder) = file.parent() {
            make_folder(folder)?;
        }
        replace(&file, text.as_bytes()).map_err(|e| cannot_write(&file, &e))?;
    }
    let value = json!({
        "schema": 1, "kind": "install", "file": file, "written": asked.write, "text": text,
        "start": start, "stop": stop,
    });
    call.respond(&value, |_, _| {
        let file = file.display().to_string();
        let said = match asked.write {
            true => t!(serve, "installed", file, start, stop),
            false => t!(serve, "would-install", file, text),
        };
        match asked.is_always {
            true => format!("{said}\n{}", t!(serve, "install-always")),
            false => said,
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_system_gets_the_words_as_they_are() {
        let words = [
            "/opt/my tools/cramp",
            "--diary",
            "/a/50% $HOME & <b>.db",
            "serve",
        ];
        let words = words.map(str::to_string);
        let unit = System::Systemd.text(&words);
        let line =
            "ExecStart=\"/opt/my tools/cramp\" \"--diary\" \"/a/50%% $$HOME & <b>.db\" \"serve\"";
        assert!(unit.contains(line), "{unit}");
        let agent = System::Launchd.text(&words);
        assert!(
            agent.contains("<string>/a/50% $HOME &amp; &lt;b&gt;.db</string>"),
            "{agent}"
        );
        let task = System::Windows.text(&words);
        assert!(
            task.contains("<Command>/opt/my tools/cramp</Command>"),
            "{task}"
        );
        let rest =
            "<Arguments>--diary &quot;/a/50% $HOME &amp; &lt;b&gt;.db&quot; serve</Arguments>";
        assert!(task.contains(rest), "{task}");
        for text in [unit, agent, task] {
            assert!(!text.contains('{'), "{text}");
        }
    }
}
