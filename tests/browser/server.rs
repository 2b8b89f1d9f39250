//! The built program serving a diary of its own on a free port, at a pretended time.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::path::PathBuf;
use std::process::{Child, ChildStdout, Command, Stdio};
use std::time::{Duration, Instant};

/// A server that can be killed and started again on the same port and diary.
pub(crate) struct Served {
    folder: tempfile::TempDir,
    pub(crate) port: u16,
    running: Option<Child>,
    /// The address that lets in the person at the terminal, once.
    pub(crate) entry: String,
}

impl Served {
    /// A new diary, served from the moment `now` on.
    pub(crate) fn at(now: &str) -> Served {
        let free = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        let mut served = Served {
            folder: tempfile::tempdir().unwrap(),
            port: free.local_addr().unwrap().port(),
            running: None,
            entry: String::new(),
        };
        drop(free);
        served.start(now);
        served
    }

    /// The made-up diary of `cramp demo`, served from the moment `now` on.
    pub(crate) fn demo(now: &str) -> Served {
        let mut served = Served::at(now);
        served.kill();
        let demo = served.folder.path().join("demo");
        served.cramp(now, &["demo", demo.to_str().unwrap()]);
        std::fs::copy(demo.join("diary.sqlite"), served.diary()).unwrap();
        served.start(now);
        served
    }

    /// A new diary, served with `--open`, and what the opener of the system was given.
    #[cfg(unix)]
    pub(crate) fn opened(now: &str) -> (Served, PathBuf) {
        use std::os::unix::fs::PermissionsExt;
        let mut served = Served::at(now);
        served.kill();
        let folder = served.folder.path().to_path_buf();
        let (opener, given) = (folder.join("xdg-open"), folder.join("given"));
        let script = format!("#!/bin/sh\nprintf %s \"$*\" > '{}'\n", given.display());
        std::fs::write(&opener, script).unwrap();
        std::fs::set_permissions(&opener, PermissionsExt::from_mode(0o700)).unwrap();
        let path = std::env::var("PATH").unwrap();
        let port = served.port.to_string();
        let mut child = served.command(now, &["serve", "--open", "--port", &port]);
        child.env("PATH", format!("{}:{path}", folder.display()));
        child.env("TMPDIR", &folder);
        drain(served.listen(child));
        let end = Instant::now() + Duration::from_secs(20);
        let given = loop {
            match std::fs::read_to_string(&given) {
                Ok(text) if !text.is_empty() => break text,
                _ => assert!(Instant::now() < end, "nothing was opened"),
            }
            std::thread::sleep(Duration::from_millis(30));
        };
        (served, PathBuf::from(given))
    }

    fn diary(&self) -> PathBuf {
        self.folder.path().join("diary.sqlite")
    }

    /// Serves again, from the moment `now` on.
    pub(crate) fn start(&mut self, now: &str) {
        let said = self.serve(now, &[]);
        drain(said);
    }

    /// The same on the home network as well: the address at which a phone is paired.
    pub(crate) fn start_at_home(&mut self, now: &str, words: &[&str]) -> String {
        let mut said = self.serve(now, &[&["--lan"], words].concat());
        let address = first_address(&mut said, "/pair#");
        drain(said);
        address
    }

    fn serve(&mut self, now: &str, words: &[&str]) -> BufReader<ChildStdout> {
        let port = self.port.to_string();
        let child = self.command(now, &[&["serve", "--port", &port], words].concat());
        self.listen(child)
    }

    /// Starts a server, waits for its address, and gives what else it says.
    fn listen(&mut self, mut child: Command) -> BufReader<ChildStdout> {
        child.stdout(Stdio::piped()).stderr(Stdio::inherit());
        let mut child = child.spawn().unwrap();
        let mut said = BufReader::new(child.stdout.take().unwrap());
        self.running = Some(child);
        self.entry = first_address(&mut said, "/enter#");
        said
    }

    /// Whether it has not ended by itself.
    pub(crate) fn is_running(&mut self) -> bool {
        let child = self.running.as_mut();
        child.is_some_and(|child| child.try_wait().unwrap().is_none())
    }

    /// Ends it at once, as a power cut would.
    pub(crate) fn kill(&mut self) {
        if let Some(mut child) = self.running.take() {
            child.kill().unwrap();
            child.wait().unwrap();
        }
    }

    fn command(&self, now: &str, words: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_cramp"));
        command
            .args(words)
            .env("NIGHTCRAMP_DIARY", self.diary())
            .env("NIGHTCRAMP_NOW", now)
            .env("TZ", "Europe/London")
            .stdin(Stdio::null());
        command
    }

    /// What a command on the same diary says.
    pub(crate) fn cramp(&self, now: &str, words: &[&str]) -> String {
        let done = self.command(now, words).output().unwrap();
        let err = String::from_utf8_lossy(&done.stderr);
        assert!(done.status.success(), "cramp {words:?}: {err}");
        String::from_utf8(done.stdout).unwrap()
    }

    /// The file a command writes with `--out`.
    pub(crate) fn written(&self, now: &str, words: &[&str], ending: &str) -> Vec<u8> {
        let file = self.folder.path().join(format!("written.{ending}"));
        self.cramp(now, &[words, &["--out", file.to_str().unwrap()]].concat());
        std::fs::read(file).unwrap()
    }

    /// Every cramp of the diary, in the order they were added: when it began, with the offset.
    pub(crate) fn cramps(&self) -> Vec<String> {
        let json = self.cramp("2026-03-05T12:00:00Z", &["list", "--json"]);
        let value: serde_json::Value = serde_json::from_str(&json).unwrap();
        let nights = value["nights"].as_array().unwrap().iter();
        let records = nights.flat_map(|night| night["records"].as_array().unwrap());
        let mut cramps: Vec<(u64, String)> = records
            .map(|listed| &listed["record"])
            .filter(|record| record["record"] == "episode")
            .map(|record| {
                let began = record["began_at"].as_str().unwrap_or_default();
                (record["id"].as_u64().unwrap(), began.to_string())
            })
            .collect();
        cramps.sort();
        cramps.into_iter().map(|(_, began)| began).collect()
    }

    pub(crate) fn address(&self, path: &str) -> String {
        format!("http://localhost:{}{path}", self.port)
    }

    /// Sends bytes as they are, and gives the status line and everything after it.
    pub(crate) fn raw(&self, bytes: &[u8]) -> String {
        self.raw_at(Ipv4Addr::LOCALHOST, bytes)
    }

    /// The same by another address of this computer.
    pub(crate) fn raw_at(&self, address: Ipv4Addr, bytes: &[u8]) -> String {
        let mut stream = self.connect_at(address);
        // a server that has heard enough may close before the rest is sent
        let _closed = stream.write_all(bytes);
        let mut answer = Vec::new();
        let _closed = stream.read_to_end(&mut answer);
        String::from_utf8_lossy(&answer).into_owned()
    }

    pub(crate) fn connect(&self) -> TcpStream {
        self.connect_at(Ipv4Addr::LOCALHOST)
    }

    fn connect_at(&self, address: Ipv4Addr) -> TcpStream {
        let stream = TcpStream::connect((address, self.port)).unwrap();
        stream
            .set_read_timeout(Some(Duration::from_secs(20)))
            .unwrap();
        stream
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        self.kill();
    }
}

/// What it says later must not fill the pipe.
fn drain(mut said: BufReader<ChildStdout>) {
    std::thread::spawn(move || std::io::copy(&mut said, &mut std::io::sink()));
}

/// The first address that is printed with this in it.
fn first_address(said: &mut impl BufRead, with: &str) -> String {
    let end = Instant::now() + Duration::from_secs(20);
    let mut heard = String::new();
    while Instant::now() < end && said.read_line(&mut heard).unwrap() > 0 {
        let address = heard
            .split_whitespace()
            .find(|w| w.starts_with("http://") && w.contains(with));
        if let Some(address) = address {
            return address.to_string();
        }
    }
    panic!("no address was printed: {heard}");
}
