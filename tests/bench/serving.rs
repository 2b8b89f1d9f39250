//! A server of the pages for a benchmark, and a client of it that keeps its connection.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::process::{Child, ChildStdout, Stdio};
use std::time::{Duration, Instant};

use serde_json::Value;

use crate::made::NOW;
use crate::measure::cramp;

/// `cramp serve` on the loopback; ended when it is dropped.
pub(crate) struct Server {
    child: Child,
    _said: ChildStdout,
    pub(crate) port: u16,
    /// The cookie of the browser of this computer, and that of a phone.
    pub(crate) owner: String,
    pub(crate) phone: String,
}

impl Server {
    pub(crate) fn on(diary: &Path) -> Server {
        let free = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = free.local_addr().unwrap().port();
        drop(free);
        let mut command = cramp(diary, &["--json", "--now", NOW, "serve"]);
        command.args(["--port", &port.to_string()]);
        command.args(["--pair", "phone", "--host", "phone.example"]);
        let mut child = command.stdout(Stdio::piped()).spawn().unwrap();
        let mut said = child.stdout.take().unwrap();
        let codes: Vec<String> = serde_json::Deserializer::from_reader(&mut said)
            .into_iter::<Value>()
            .take(2)
            .map(|value| {
                let address = value.unwrap()["address"].as_str().unwrap().to_string();
                address.split_once('#').unwrap().1.to_string()
            })
            .collect();
        let mut client = Client::of(port);
        let cookies = codes.iter().map(|code| {
            let body = format!("{{\"code\":\"{code}\"}}");
            let got = client.send("POST", "/pair", "Content-Type: application/json\r\n", &body);
            assert_eq!(got.status, 200, "{}", got.body);
            let line = got
                .head
                .lines()
                .find_map(|l| l.strip_prefix("set-cookie: "));
            let cookie = line.unwrap().split(';').next().unwrap();
            format!("Cookie: {cookie}\r\n")
        });
        let [owner, phone] = cookies.collect::<Vec<_>>().try_into().unwrap();
        Server {
            child,
            _said: said,
            port,
            owner,
            phone,
        }
    }

    /// How long it computed, on all processors together; `None` where the system does not tell.
    pub(crate) fn worked(&self) -> Option<Duration> {
        let stat = std::fs::read_to_string(format!("/proc/{}/stat", self.child.id())).ok()?;
        let fields: Vec<&str> = stat.rsplit_once(") ")?.1.split(' ').collect();
        let ticks: u64 = fields[11].parse::<u64>().ok()? + fields[12].parse::<u64>().ok()?;
        // a tick is a hundredth of a second wherever there is /proc
        Some(Duration::from_millis(ticks * 10))
    }

    /// Resident memory in MB, now and at its highest; `None` where the system does not tell.
    pub(crate) fn memory_mb(&self) -> Option<(f64, f64)> {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id())).ok()?;
        let mb = |name: &str| -> Option<f64> {
            let line = status.lines().find_map(|l| l.strip_prefix(name))?;
            let kb: f64 = line.trim().strip_suffix(" kB")?.parse().ok()?;
            Some(kb / 1024.0)
        };
        Some((mb("VmRSS:")?, mb("VmHWM:")?))
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _gone = self.child.kill();
        let _gone = self.child.wait();
    }
}

/// One connection, made again when it was closed.
pub(crate) struct Client {
    port: u16,
    open: Option<BufReader<TcpStream>>,
}

pub(crate) struct Got {
    pub(crate) status: u16,
    pub(crate) head: String,
    pub(crate) body: String,
}

impl Client {
    pub(crate) fn of(port: u16) -> Client {
        Client { port, open: None }
    }

    /// Sends a request with further header lines, as a page of the server does; one that finds its connection closed is
    /// sent again.
    pub(crate) fn send(&mut self, method: &str, path: &str, more: &str, body: &str) -> Got {
        let port = self.port;
        let request = format!(
            "{method} {path} HTTP/1.1\r\nHost: localhost:{port}\r\nOrigin: http://localhost:{port}\r\n\
             Content-Length: {}\r\n{more}\r\n{body}",
            body.len()
        );
        let until = Instant::now() + Duration::from_secs(60);
        loop {
            match self.tried(&request) {
                Ok(got) => return got,
                Err(why) => {
                    self.open = None;
                    assert!(Instant::now() < until, "{why}");
                }
            }
        }
    }

    fn tried(&mut self, request: &str) -> std::io::Result<Got> {
        let stream = match &mut self.open {
            Some(stream) => stream,
            none => {
                let stream = TcpStream::connect(("127.0.0.1", self.port))?;
                stream.set_nodelay(true)?;
                none.insert(BufReader::new(stream))
            }
        };
        stream.get_mut().write_all(request.as_bytes())?;
        let mut head = String::new();
        while !head.ends_with("\r\n\r\n") {
            if stream.read_line(&mut head)? == 0 {
                return Err(std::io::ErrorKind::UnexpectedEof.into());
            }
        }
        let length = head
            .lines()
            .find_map(|l| l.strip_prefix("content-length: "));
        let mut body = vec![0; length.map_or(0, |n| n.parse().unwrap())];
        stream.read_exact(&mut body)?;
        let status = head.split(' ').nth(1).unwrap().parse().unwrap();
        Ok(Got {
            status,
            head,
            body: String::from_utf8(body).unwrap(),
        })
    }
}
