//! Listens, and answers each connection within its time.

use std::io::Write;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::time::Duration;

use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use hyper_util::service::TowerToHyperService;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::mpsc;

use crate::cli::Failure;
use crate::cli::serve::{Outside, Plan};
use crate::web::app::App;
use crate::web::routes::router;
use crate::words::t;

/// How long a client may take to send the head of a request, also between two requests of one connection.
const HEAD: Duration = Duration::from_secs(10);
/// How long open requests may take to end when the server stops.
const GRACE: Duration = Duration::from_secs(3);

/// Serves until it is stopped or its time is over.
///
/// # Errors
/// When no address can be listened on.
pub(crate) fn serve(plan: Plan, outside: Outside, out: &mut dyn Write) -> Result<(), Failure> {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()?;
    runtime.block_on(async {
        let loopback = [
            IpAddr::V4(Ipv4Addr::LOCALHOST),
            IpAddr::V6(Ipv6Addr::LOCALHOST),
        ];
        let mut listeners = Vec::new();
        for ip in loopback.into_iter().chain(plan.lan) {
            match TcpListener::bind(SocketAddr::new(ip, plan.port)).await {
                Ok(listener) => listeners.push(listener),
                // a computer without IPv6 has no such address
                Err(_) if ip == loopback[1] => {}
                Err(e) => return Err(e.into()),
            }
        }
        let app = App::new(&plan, outside);
        let (port, code) = (plan.port.to_string(), app.offer_entry()?);
        writeln!(out, "{}", t!(serve, "listening", port, code))?;
        out.flush()?;
        answer(listeners, app, plan.lasts).await;
        Ok(())
    })
}

/// Answers connections until it is stopped (Ctrl-C) or `lasts` is over.
async fn answer(listeners: Vec<TcpListener>, app: App, lasts: Option<Duration>) {
    let (arrived, mut connections) = mpsc::channel::<TcpStream>(64);
    for listener in listeners {
        let arrived = arrived.clone();
        tokio::spawn(async move {
            // a connection that is gone before it was taken is no reason to stop
            while !arrived.is_closed() {
                if let Ok((stream, _)) = listener.accept().await
                    && arrived.send(stream).await.is_err()
                {
                    break;
                }
            }
        });
    }
    let service = TowerToHyperService::new(router(app));
    let mut http = http1::Builder::new();
    http.timer(TokioTimer::new()).header_read_timeout(HEAD);
    let graceful = GracefulShutdown::new();
    let over = async {
        match lasts {
            Some(lasts) => tokio::time::sleep(lasts).await,
            None => std::future::pending().await,
        }
    };
    tokio::pin!(over);
    loop {
        tokio::select! {
            Some(stream) = connections.recv() => {
                let connection = http.serve_connection(TokioIo::new(stream), service.clone());
                let watched = graceful.watch(connection);
                tokio::spawn(async move {
                    let _gone = watched.await;
                });
            }
            _ = tokio::signal::ctrl_c() => break,
            () = &mut over => break,
        }
    }
    tokio::select! {
        () = graceful.shutdown() => {}
        () = tokio::time::sleep(GRACE) => {}
    }
}
