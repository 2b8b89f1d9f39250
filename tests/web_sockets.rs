//! Connections over a real socket of this computer: many idle ones, slow ones.

use std::io::{Read, Write};
use std::net::{Ipv4Addr, SocketAddr, TcpStream};
use std::sync::Arc;
use std::time::Duration;

use crate::cli::serve::{Outside, Plan};
use crate::diary::Zone;
use crate::web::app::App;
use crate::web::crowd::MOST;
use crate::web::server::answer;

/// A server at a free port for as long as the value lives.
struct Listening {
    address: SocketAddr,
    _folder: tempfile::TempDir,
    runtime: Option<tokio::runtime::Runtime>,
}

impl Listening {
    fn start() -> Listening {
        let folder = tempfile::tempdir().unwrap();
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(2)
            .enable_all()
            .build()
            .unwrap();
        let at = (Ipv4Addr::LOCALHOST, 0);
        let listener = runtime.block_on(tokio::net::TcpListener::bind(at)).unwrap();
        let address = listener.local_addr().unwrap();
        let plan = Plan {
            diary: folder.path().join("diary.sqlite"),
            zone: Zone::default(),
            port: address.port(),
            lan: None,
            hosts: Vec::new(),
            lasts: None,
        };
        let outside = Outside {
            clock: Arc::new(chrono::DateTime::<chrono::Utc>::default),
            random: |_| Ok(()),
        };
        runtime.spawn(answer(vec![listener], App::new(&plan, outside), None));
        Listening {
            address,
            _folder: folder,
            runtime: Some(runtime),
        }
    }

    fn connect(&self) -> TcpStream {
        let stream = TcpStream::connect(self.address).unwrap();
        stream
            .set_read_timeout(Some(Duration::from_secs(20)))
            .unwrap();
        stream
    }

    /// The status of a page, asked for over `stream`.
    fn status(&self, stream: &mut TcpStream) -> String {
        let port = self.address.port();
        let request = format!("GET /bed.css HTTP/1.1\r\nHost: localhost:{port}\r\n\r\n");
        stream.write_all(request.as_bytes()).unwrap();
        let mut start = [0; 12];
        stream.read_exact(&mut start).unwrap();
        String::from_utf8_lossy(&start).into_owned()
    }
}

impl Drop for Listening {
    fn drop(&mut self) {
        if let Some(runtime) = self.runtime.take() {
            runtime.shutdown_background();
        }
    }
}

/// A thousand, or as many as this process may open files for, two to a connection.
fn many() -> usize {
    let limits = std::fs::read_to_string("/proc/self/limits").unwrap_or_default();
    let line = limits.lines().find(|l| l.starts_with("Max open files"));
    let limit = line.and_then(|l| l.split_whitespace().nth(3)?.parse::<usize>().ok());
    limit.map_or(MOST + 100, |limit| (limit / 2).clamp(MOST + 100, 1_000))
}

#[test]
fn a_thousand_idle_connections_block_nobody() {
    let server = Listening::start();
    let mut first = server.connect();
    let idle: Vec<TcpStream> = (0..many()).map(|_| server.connect()).collect();
    let mut late = server.connect();
    assert_eq!(server.status(&mut late), "HTTP/1.1 200");
    // the oldest gave way
    let gone = first.read(&mut [0; 1]);
    assert!(matches!(gone, Ok(0) | Err(_)), "{gone:?}");
    drop(idle);
}

#[test]
fn slow_clients_do_not_block_the_others() {
    let server = Listening::start();
    let mut slow: Vec<TcpStream> = (0..20).map(|_| server.connect()).collect();
    for stream in &mut slow {
        stream
            .write_all(b"POST /pair HTTP/1.1\r\nHost: lo")
            .unwrap();
    }
    assert_eq!(server.status(&mut server.connect()), "HTTP/1.1 200");
}
