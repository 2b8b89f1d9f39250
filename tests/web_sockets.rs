//! Connections over a real socket of this computer: many idle ones, slow ones.

use std::io::{Read, Write};
use std::net::{Ipv4Addr, SocketAddr, TcpStream};
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use crate::cli::serve::{Outside, Plan};
use crate::diary::Zone;
use crate::store::place::with_ending;
use crate::web::app::App;
use crate::web::crowd::MOST;
use crate::web::limits::Limits;
use crate::web::server::answer;
use crate::web::waiting::Upload;

/// A server at a free port for as long as the value lives.
struct Listening {
    address: SocketAddr,
    _folder: tempfile::TempDir,
    runtime: Option<tokio::runtime::Runtime>,
}

impl Listening {
    fn start() -> Listening {
        Listening::with(Limits::default(), |_, _| ())
    }

    /// A server with these limits; `prepare` is given it and a folder before it answers.
    fn with(limits: Limits, prepare: impl FnOnce(&App, &Path)) -> Listening {
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
        let app = App::within(&plan, outside, limits);
        prepare(&app, folder.path());
        runtime.spawn(answer(vec![listener], app, None));
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

/// What a connection says until it is closed.
fn rest(mut stream: TcpStream) -> String {
    let mut said = Vec::new();
    let read = stream.read_to_end(&mut said);
    let reset = |e: &std::io::Error| e.kind() == std::io::ErrorKind::ConnectionReset;
    assert!(read.is_ok() || read.as_ref().is_err_and(reset), "{read:?}");
    String::from_utf8_lossy(&said).into_owned()
}

/// Limits with one of them made short.
fn hasty(shorten: impl FnOnce(&mut Limits)) -> Limits {
    let mut limits = Limits::default();
    shorten(&mut limits);
    limits
}

const SHORT: Duration = Duration::from_millis(300);

#[test]
fn a_head_that_does_not_come_ends_the_connection() {
    let server = Listening::with(hasty(|limits| limits.head = SHORT), |_, _| ());
    for begun in ["", "GET /bed.css HTTP/1.1\r\nHost: lo"] {
        let mut stream = server.connect();
        stream.write_all(begun.as_bytes()).unwrap();
        assert!(!rest(stream).contains(" 200 "), "{begun}");
    }
    // and so does a second request that does not come
    let mut stream = server.connect();
    assert_eq!(server.status(&mut stream), "HTTP/1.1 200");
    rest(stream);
}

#[test]
fn a_body_that_does_not_come_is_not_waited_for() {
    let server = Listening::with(hasty(|limits| limits.request = SHORT), |_, _| ());
    let mut stream = server.connect();
    let port = server.address.port();
    let head = format!(
        "POST /pair HTTP/1.1\r\nHost: localhost:{port}\r\nOrigin: http://localhost:{port}\r\n\
         Content-Type: application/json\r\nContent-Length: 100\r\n\r\n{{\"co"
    );
    stream.write_all(head.as_bytes()).unwrap();
    let mut start = [0; 12];
    stream.read_exact(&mut start).unwrap();
    assert_eq!(String::from_utf8_lossy(&start), "HTTP/1.1 408");
    assert_eq!(server.status(&mut server.connect()), "HTTP/1.1 200");
}

/// It asks for more than the buffers between them hold, and reads none of it.
#[test]
fn an_answer_that_nobody_reads_ends_the_connection() {
    let server = Listening::with(hasty(|limits| limits.piece = SHORT), |_, _| ());
    let mut stream = server.connect();
    stream
        .set_write_timeout(Some(Duration::from_secs(20)))
        .unwrap();
    let port = server.address.port();
    let request = format!("GET /bed.css HTTP/1.1\r\nHost: localhost:{port}\r\n\r\n");
    let many = request.repeat(1_000);
    let end = loop {
        if let Err(end) = stream.write_all(many.as_bytes()) {
            break end.kind();
        }
    };
    use std::io::ErrorKind::{BrokenPipe, ConnectionAborted, ConnectionReset};
    assert!(
        [BrokenPipe, ConnectionAborted, ConnectionReset].contains(&end),
        "{end:?}: the server still waits"
    );
    assert_eq!(server.status(&mut server.connect()), "HTTP/1.1 200");
}

/// The clock of these servers shows the beginning of 1970.
#[test]
fn files_that_nobody_came_back_for_go_without_another_request() {
    let mut places = Vec::new();
    let _server = Listening::with(hasty(|limits| limits.tidy = SHORT), |app, _| {
        let looked_at = app.now().utc - chrono::TimeDelta::minutes(16);
        let id = "0123456789abcdef".to_string();
        let mut upload = Upload::new(app.diary_path(), id, looked_at).unwrap();
        let mut file = upload.file("nights.csv".to_string()).unwrap();
        file.write_all(b"night,outcome\n").unwrap();
        places.extend([upload.path(), with_ending(app.diary_path(), ".import")]);
        app.waiting().set_upload(upload);
    });
    assert!(places.iter().all(|place| place.exists()), "{places:?}");
    let mut tries = (0..200).map(|_| std::thread::sleep(Duration::from_millis(50)));
    let are_gone = tries.any(|()| !places.iter().any(|place| place.exists()));
    assert!(are_gone, "{places:?}");
}

#[test]
fn the_page_that_leads_in_goes_when_its_code_is_too_old() {
    use crate::cli::doorstep::Doorstep;
    let mut page = None;
    let _server = Listening::with(hasty(|limits| limits.doorstep = SHORT), |app, folder| {
        let address = "http://localhost:7466/enter#x";
        let doorstep = Doorstep::new(folder, address, "hash".to_string(), |_| Ok(())).unwrap();
        page = Some(doorstep.page());
        app.waiting().set_doorstep(Some(doorstep));
    });
    let page = page.unwrap();
    assert!(page.exists());
    let mut tries = (0..200).map(|_| std::thread::sleep(Duration::from_millis(50)));
    let is_gone = tries.any(|()| !page.exists());
    assert!(is_gone);
}

/// An address kept for documentation (RFC 5737), which no computer has.
#[test]
fn an_address_that_is_not_of_this_computer_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let plan = Plan {
        diary: folder.path().join("diary.sqlite"),
        zone: Zone::Fixed(chrono::FixedOffset::east_opt(0).unwrap()),
        port: 0,
        lan: Some("192.0.2.20".parse().unwrap()),
        hosts: Vec::new(),
        lasts: None,
    };
    let outside = Outside {
        clock: Arc::new(|| chrono::DateTime::UNIX_EPOCH),
        random: |_| Ok(()),
    };
    let refused = crate::web::serve(plan, outside, &mut || panic!("it listens")).unwrap_err();
    assert_eq!(refused.code, 1);
    assert_eq!(
        refused.message,
        "this computer does not have the address 192.0.2.20"
    );
    assert!(
        refused
            .hint
            .unwrap()
            .starts_with("--lan alone finds the address")
    );
}
