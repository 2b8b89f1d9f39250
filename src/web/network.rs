//! What the door asks of the network of this computer, and its browser. Nothing here sends anything.

use std::io;
use std::net::{IpAddr, Ipv4Addr, SocketAddr, TcpListener, UdpSocket};
use std::path::Path;
use std::process::{Command, Stdio};

/// An address no computer has, kept for documentation (RFC 5737).
const NOBODY: (Ipv4Addr, u16) = (Ipv4Addr::new(192, 0, 2, 1), 9);

/// The address this computer would be reached at from outside. The system names the one it would send from; nothing is
/// sent.
pub(crate) fn home_address() -> Option<IpAddr> {
    let socket = UdpSocket::bind((Ipv4Addr::UNSPECIFIED, 0)).ok()?;
    socket.connect(NOBODY).ok()?;
    let address = socket.local_addr().ok()?.ip();
    (!address.is_loopback() && !address.is_unspecified()).then_some(address)
}

/// Whether something listens there.
pub(crate) fn is_taken(ip: IpAddr, port: u16) -> bool {
    let bound = TcpListener::bind(SocketAddr::new(ip, port));
    bound.is_err_and(|e| e.kind() == io::ErrorKind::AddrInUse)
}

/// Opens a page that lies on this computer in the browser of the person, without a shell.
pub(crate) fn open(page: &Path) -> io::Result<()> {
    let (program, first): (&str, &[&str]) = match (cfg!(windows), cfg!(target_os = "macos")) {
        (true, _) => ("rundll32", &["url.dll,FileProtocolHandler"]),
        (_, true) => ("open", &[]),
        _ => ("xdg-open", &[]),
    };
    let mut command = Command::new(program);
    command.args(first).arg(page);
    command.stdin(Stdio::null()).stdout(Stdio::null());
    command.stderr(Stdio::null()).spawn().map(drop)
}
