//! Requests no browser would send, as bytes on the wire.

use std::io::Write;
use std::net::TcpStream;
use std::time::{Duration, Instant};

use crate::server::Served;

const NIGHT: &str = "2026-03-04T03:10:00Z";

/// The status of an answer.
fn status(answer: &str) -> &str {
    answer.split(' ').nth(1).unwrap_or("nothing")
}

#[test]
fn requests_for_another_host_are_misdirected() {
    let served = Served::at(NIGHT);
    let port = served.port;
    let get = |host: &str| {
        let head = format!("GET /enter HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n");
        status(&served.raw(head.as_bytes())).to_string()
    };
    assert_eq!(get(&format!("localhost:{port}")), "200");
    assert_eq!(get(&format!("127.0.0.1:{port}")), "200");
    for other in [
        "evil.example",
        "localhost",
        &format!("evil.localhost:{port}"),
    ] {
        assert_eq!(get(other), "421", "{other}");
    }
    // none, and two of them
    let without = b"GET /enter HTTP/1.1\r\nConnection: close\r\n\r\n";
    assert_ne!(status(&served.raw(without)), "200");
    let two = format!(
        "GET /enter HTTP/1.1\r\nHost: evil.example\r\nHost: localhost:{port}\r\nConnection: close\r\n\r\n"
    );
    assert_ne!(status(&served.raw(two.as_bytes())), "200");
}

#[test]
fn a_large_body_is_refused_and_nothing_of_a_request_becomes_a_header() {
    let served = Served::at(NIGHT);
    let port = served.port;
    let post = |path: &str, length: usize, body: &[u8]| {
        let head = format!(
            "POST {path} HTTP/1.1\r\nHost: localhost:{port}\r\nOrigin: http://localhost:{port}\r\n\
             Content-Type: application/json\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n"
        );
        served.raw(&[head.as_bytes(), body].concat())
    };
    let large = vec![b' '; 1_000_000];
    let answer = post("/pair", large.len(), &large);
    assert_eq!(status(&answer), "413", "{answer}");

    for path in [
        "/enter%0d%0aSet-Cookie:%20evil=1",
        "/%0d%0aSet-Cookie:evil=1",
        "/../../../etc/passwd",
        "/%2e%2e/%2e%2e/etc/passwd",
        "//evil.example/",
        "/bed?next=%0d%0aSet-Cookie:evil=1",
    ] {
        let head =
            format!("GET {path} HTTP/1.1\r\nHost: localhost:{port}\r\nConnection: close\r\n\r\n");
        let answer = served.raw(head.as_bytes()).to_lowercase();
        assert!(!answer.contains("set-cookie"), "{path}: {answer}");
        assert!(!answer.contains("location:"), "{path}: {answer}");
        assert!(!answer.contains("root:"), "{path}: {answer}");
        assert!(
            ["401", "404"].contains(&status(&answer)),
            "{path}: {answer}"
        );
    }
    // a bare line feed inside a header
    let folded = format!(
        "GET /enter HTTP/1.1\r\nHost: localhost:{port}\r\nX-A: 1\n Set-Cookie: evil=1\r\nConnection: close\r\n\r\n"
    );
    let answer = served.raw(folded.as_bytes()).to_lowercase();
    assert!(!answer.contains("evil"), "{answer}");
}

#[test]
fn idle_and_slow_connections_do_not_hold_up_the_others() {
    let served = Served::at(NIGHT);
    let port = served.port;
    let idle: Vec<TcpStream> = (0..200)
        .map(|n| {
            let mut stream = served.connect();
            if n % 2 == 0 {
                stream.write_all(b"GET / HTTP/1.1\r\nHost: loc").unwrap();
            }
            stream
        })
        .collect();
    let began = Instant::now();
    let head =
        format!("GET /enter HTTP/1.1\r\nHost: localhost:{port}\r\nConnection: close\r\n\r\n");
    assert_eq!(status(&served.raw(head.as_bytes())), "200");
    let took = began.elapsed();
    assert!(took < Duration::from_secs(5), "{took:?}");
    drop(idle);
}

#[test]
fn what_a_stranger_sees_says_nothing_of_the_diary_or_of_paths() {
    let served = Served::at(NIGHT);
    let port = served.port;
    served.cramp(NIGHT, &["log", "left calf 7 'my secret note'"]);
    for path in ["/", "/bed", "/enter", "/pair", "/api/cramp", "/nothing"] {
        let head =
            format!("GET {path} HTTP/1.1\r\nHost: localhost:{port}\r\nConnection: close\r\n\r\n");
        let answer = served.raw(head.as_bytes());
        for word in ["secret", "calf", "sqlite", "/tmp"] {
            assert!(!answer.contains(word), "{path}: {answer}");
        }
        let head = answer.to_lowercase();
        for header in [
            "content-security-policy: default-src 'none'",
            "x-content-type-options: nosniff",
            "referrer-policy: same-origin",
            "cache-control: no-store",
        ] {
            assert!(head.contains(header), "{path} without {header}: {answer}");
        }
    }
}
