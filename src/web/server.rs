//! Listens, and answers each connection within its time.

use std::io::ErrorKind;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::time::Duration;

use chrono::TimeDelta;
use hyper::server::conn::http1;
use hyper::service::{Service, service_fn};
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use hyper_util::service::TowerToHyperService;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::mpsc;
use tokio_io_timeout::TimeoutStream;

use crate::cli::Failure;
use crate::cli::failure::fail;
use crate::cli::serve::{Outside, Plan};
use crate::cli::server::Ready;
use crate::web::app::App;
use crate::web::crowd::Crowd;
use crate::web::routes::router;
use crate::web::waiting::{Waiting, sweep};

/// The longest head of a request, bytes.
const LARGEST_HEAD: usize = 64 * 1024;
/// So many requests wait for the disk or compute at once; the others take their turn, and memory stays small.
const AT_ONCE: usize = 4;
/// How long to wait before the next connection is taken when the last could not be.
const PAUSE: Duration = Duration::from_millis(50);

/// Serves until it is stopped or its time is over; `ready` is called once it listens.
///
/// # Errors
/// When no address can be listened on, and those of `ready`.
pub(crate) fn serve(plan: Plan, outside: Outside, ready: &mut Ready<'_>) -> Result<(), Failure> {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .max_blocking_threads(AT_ONCE)
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
                Err(e) if e.kind() == ErrorKind::AddrInUse => {
                    return Err(fail!(Cannot, "port-taken", port = plan.port.to_string()));
                }
                // a computer without IPv6 has no such address
                Err(_) if ip == loopback[1] => {}
                Err(e) if e.kind() == ErrorKind::AddrNotAvailable => {
                    return Err(fail!(Cannot, "no-such-address", address = ip.to_string()));
                }
                Err(e) => return Err(e.into()),
            }
        }
        sweep(&plan.diary);
        let app = App::new(&plan, outside);
        app.waiting().set_doorstep(ready()?);
        answer(listeners, app, plan.lasts).await;
        Ok(())
    })
}

/// Answers connections until it is stopped (Ctrl-C, or by the system) or `lasts` is over. Nothing waits any more then.
pub(crate) async fn answer(listeners: Vec<TcpListener>, app: App, lasts: Option<Duration>) {
    let (arrived, mut connections) = mpsc::channel::<TcpStream>(64);
    for listener in listeners {
        let arrived = arrived.clone();
        tokio::spawn(async move {
            while !arrived.is_closed() {
                match listener.accept().await {
                    Ok((stream, _)) => {
                        let _stopping = arrived.send(stream).await;
                    }
                    // it was gone before it was taken, or the system has no more to give for now
                    Err(_) => tokio::time::sleep(PAUSE).await,
                }
            }
        });
    }
    let limits = app.limits().clone();
    let lapsed = tokio::time::sleep(limits.doorstep);
    let mut tidying = tokio::time::interval(limits.tidy);
    let service = TowerToHyperService::new(router(app.clone()));
    let mut http = http1::Builder::new();
    http.timer(TokioTimer::new())
        .header_read_timeout(limits.head)
        .max_buf_size(LARGEST_HEAD);
    let (graceful, crowd) = (GracefulShutdown::new(), Crowd::default());
    let over = async {
        match lasts {
            Some(lasts) => tokio::time::sleep(lasts).await,
            None => std::future::pending().await,
        }
    };
    // a timer stands still while the computer sleeps, and the end that was announced does not
    let until = lasts.and_then(|lasts| {
        app.now()
            .utc
            .checked_add_signed(TimeDelta::from_std(lasts).ok()?)
    });
    let stopped = stopped();
    tokio::pin!(over, lapsed, stopped);
    loop {
        tokio::select! {
            Some(stream) = connections.recv() => {
                // all are busy: this one may come again
                let Some(seat) = crowd.enter() else { continue };
                let id = seat.id;
                let service = service.clone();
                let counted = service_fn(move |request| {
                    let (busy, answer) = (seat.busy(), service.call(request));
                    async move {
                        let answer = answer.await;
                        drop(busy);
                        answer
                    }
                });
                let mut stream = TimeoutStream::new(stream);
                stream.set_write_timeout(Some(limits.piece));
                let connection = http.serve_connection(TokioIo::new(Box::pin(stream)), counted);
                let watched = graceful.watch(connection);
                let task = tokio::spawn(async move {
                    let _gone = watched.await;
                });
                crowd.started(id, task.abort_handle());
            }
            () = &mut lapsed, if !lapsed.is_elapsed() => app.waiting().set_doorstep(None),
            _ = tidying.tick() => {
                let now = app.now().utc;
                app.waiting().tidy(now);
                if until.is_some_and(|until| now >= until) {
                    break;
                }
            }
            () = &mut stopped => break,
            () = &mut over => break,
        }
    }
    *app.waiting() = Waiting::default();
    tokio::select! {
        () = graceful.shutdown() => {}
        () = tokio::time::sleep(limits.grace) => {}
    }
}

/// Waits for Ctrl-C, or for the system to end the program or close its terminal.
async fn stopped() {
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        let kinds = [SignalKind::terminate(), SignalKind::hangup()];
        if let [Ok(mut terminated), Ok(mut hung_up)] = kinds.map(signal) {
            tokio::select! {
                _ = tokio::signal::ctrl_c() => {}
                _ = terminated.recv() => {}
                _ = hung_up.recv() => {}
            }
            return;
        }
    }
    let _unheard = tokio::signal::ctrl_c().await;
}
