//! `cramp serve`: the diary as two pages on the person's own network.

use std::net::{IpAddr, Ipv4Addr};
use std::time::Duration;

use chrono::TimeDelta;
use serde_json::json;

use crate::cli::devices::{is_in_use, name_of_device};
use crate::cli::doorstep::Doorstep;
use crate::cli::failure::fail;
use crate::cli::install::{self, Asked};
#[cfg(feature = "web")]
pub(crate) use crate::cli::server::By;
use crate::cli::server::Server;
pub(crate) use crate::cli::server::{Outside, Plan};
use crate::cli::{Failure, Invocation};
use crate::diary::experiment::{hexadecimal, sha256};
use crate::diary::typed::clean;
use crate::diary::unit::{QuantityError, duration_s, span};
use crate::render::terminal_code;
use crate::store::Store;
use crate::store::devices::DeviceKind;
use crate::words::t;

/// How long the home network is served when nothing else was said, seconds.
const LAN_LASTS_S: u32 = 12 * 3600;
/// The longest time that can be asked for, seconds; beyond it there is `always`.
const LONGEST_S: u32 = 31 * 24 * 3600;

/// Serve the diary as pages on this computer, or on the home network
#[derive(Debug, clap::Args)]
#[command(after_help = include_str!("../words/en/usage/serve.txt"))]
pub(crate) struct Serve {
    /// The port
    #[arg(long, value_name = "N", default_value_t = 7466, value_parser = clap::value_parser!(u16).range(1..))]
    port: u16,
    /// On the home network too, where phones reach it; the address is found, or given as --lan=192.168.1.20
    #[arg(long, value_name = "ADDRESS", num_args = 0..=1, require_equals = true)]
    lan: Option<Option<Ipv4Addr>>,
    /// Stop by itself after this time, such as 12h, or 'always' [default: 12h with --lan, otherwise always]
    #[arg(long = "for", value_name = "TIME")]
    lasts: Option<String>,
    /// A further name under which a browser may ask, such as that of a proxy; may be given again
    #[arg(long, value_name = "NAME")]
    host: Vec<String>,
    /// Open the pages in the browser
    #[arg(long, conflicts_with = "install")]
    open: bool,
    /// Pair a device under this name: it may only add, or as 'reader' read and change everything
    #[arg(long, num_args = 1..=2, value_names = ["NAME", "reader"], conflicts_with = "install")]
    pair: Vec<String>,
    /// Show how to start it at every log-in (systemd, launchd or a Windows task); needs --for
    #[arg(long)]
    install: bool,
    /// With --install: write the file
    #[arg(long, requires = "install")]
    yes: bool,
}

impl Serve {
    pub(crate) fn run(&self, call: &mut Invocation<'_>) -> Result<(), Failure> {
        let Some(mut server) = call.env.server.take() else {
            return Err(fail!(Cannot, "no-server"));
        };
        server.outside = server.outside.moved(call.now.utc - call.env.now);
        let lasts_s = self.lasts_s()?;
        if self.install {
            return self.install(&server, call);
        }
        // the diary is made, or its schema brought up to date, before the first request
        let store = call.open()?;
        let pair = self.device(&store)?;
        drop(store);
        let runs = (server.is_taken)(IpAddr::V4(Ipv4Addr::LOCALHOST), self.port);
        let mut lan = self.lan(&server)?;
        if let Some((name, kind)) = &pair {
            // beside a server that runs already, the code alone is missing
            if runs && lan.is_none() && *kind == DeviceKind::Bedside {
                lan = (server.home_address)();
            }
            let is_served = |ip: IpAddr| (server.is_taken)(ip, self.port);
            if runs && *kind == DeviceKind::Bedside && !lan.is_some_and(is_served) {
                return Err(fail!(Cannot, "not-on-lan", name));
            }
            let base = self.base(*kind, lan, name)?;
            if runs {
                return draw(call, &server.outside, &base, name, *kind);
            }
        }
        if runs && self.open {
            return self.enter(call, &server);
        }
        if runs {
            return Err(fail!(Cannot, "port-taken", port = self.port.to_string()));
        }
        let plan = Plan {
            diary: call.path.clone(),
            zone: call.now.zone.clone(),
            port: self.port,
            lan,
            hosts: self.host.clone(),
            lasts: lasts_s.map(|s| Duration::from_secs(s.into())),
        };
        let outside = server.outside.clone();
        let mut ready = || self.announce(call, &server, lan, lasts_s, pair.as_ref());
        (server.run)(plan, outside, &mut ready)
    }

    /// Shows, or writes, what starts the same at every log-in.
    fn install(&self, server: &Server, call: &mut Invocation<'_>) -> Result<(), Failure> {
        let Some(lasts) = &self.lasts else {
            return Err(fail!(Words, "install-needs-for"));
        };
        let (Some(program), Some(home)) = (&server.program, &server.home) else {
            return Err(fail!(Cannot, "install-nowhere"));
        };
        let mut words = vec![program.display().to_string()];
        words.extend(["--diary".to_string(), call.path.display().to_string()]);
        words.extend(["serve", "--for", lasts, "--port"].map(str::to_string));
        words.push(self.port.to_string());
        words.extend(self.lan.map(|given| match given {
            Some(address) => format!("--lan={address}"),
            None => "--lan".to_string(),
        }));
        for host in &self.host {
            words.extend(["--host".to_string(), host.clone()]);
        }
        let (is_always, write) = (lasts == "always", self.yes);
        let asked = Asked {
            words,
            home,
            is_always,
            write,
        };
        install::run(&asked, call)
    }

    /// Seconds until it stops by itself.
    fn lasts_s(&self) -> Result<Option<u32>, Failure> {
        match self.lasts.as_deref() {
            Some("always") => Ok(None),
            Some(text) => match duration_s(text, LONGEST_S) {
                Ok(seconds) => Ok(Some(seconds)),
                Err(QuantityError::NotAQuantity(..)) => {
                    Err(fail!(Words, "no-length-of-time", text = clean(text)))
                }
                Err(QuantityError::OutOfRange(..)) => {
                    let most = span(LONGEST_S);
                    Err(fail!(Words, "too-long-served", text = clean(text), most))
                }
                Err(why) => Err(fail!(Words, "not-so-long", why = why.to_string())),
            },
            None => Ok(self.lan.is_some().then_some(LAN_LASTS_S)),
        }
    }

    /// The address on the home network, where it was asked for. One that the whole world can reach is refused.
    fn lan(&self, server: &Server) -> Result<Option<IpAddr>, Failure> {
        let Some(given) = self.lan else {
            return Ok(None);
        };
        let Some(address) = given.map(IpAddr::V4).or_else(server.home_address) else {
            return Err(fail!(Cannot, "no-lan"));
        };
        match address {
            IpAddr::V4(ip) if is_at_home(ip) => Ok(Some(address)),
            _ => Err(fail!(Cannot, "not-at-home", address = address.to_string())),
        }
    }

    /// The device that is to be paired.
    fn device(&self, store: &Store) -> Result<Option<(String, DeviceKind)>, Failure> {
        let Some(name) = self.pair.first() else {
            return Ok(None);
        };
        let kind = match self.pair.get(1).map(String::as_str) {
            None => DeviceKind::Bedside,
            Some("reader") => DeviceKind::Reader,
            Some(word) => return Err(fail!(Words, "not-a-pairing", word)),
        };
        let name = name_of_device(name)?;
        if is_in_use(store, &name)? {
            return Err(fail!(Cannot, "device-taken", name));
        }
        Ok(Some((name, kind)))
    }

    /// Where a device of this kind finds the pages.
    fn base(&self, kind: DeviceKind, lan: Option<IpAddr>, name: &str) -> Result<String, Failure> {
        match (kind, lan, self.host.first()) {
            (DeviceKind::Bedside, Some(ip), _) => Ok(format!("http://{ip}:{}", self.port)),
            (_, _, Some(host)) => Ok(format!("https://{host}")),
            (DeviceKind::Bedside, None, None) => Err(fail!(Cannot, "pair-needs-lan", name)),
            // the pages of a reader never cross the network in clear
            (_, _, None) => Ok(format!("http://localhost:{}", self.port)),
        }
    }

    /// Says where the pages are, once they are there.
    fn announce(
        &self,
        call: &mut Invocation<'_>,
        server: &Server,
        lan: Option<IpAddr>,
        lasts_s: Option<u32>,
        pair: Option<&(String, DeviceKind)>,
    ) -> Result<Option<Doorstep>, Failure> {
        let (name, kind) = (t!(serve, "browser"), DeviceKind::Owner);
        let code = offer(call, &server.outside, name, kind)?;
        let address = format!("http://localhost:{}/enter#{code}", self.port);
        let until = lasts_s.map(|s| (server.outside.clock)() + TimeDelta::seconds(s.into()));
        let until = until.map(|at| call.now.zone.moment(at));
        let home = lan.map(|ip| format!("http://{ip}:{}", self.port));
        let value = json!({
            "schema": 1, "kind": "serving", "address": address, "lan": home, "until": until,
        });
        call.respond(&value, |_, _| {
            let mut lines = vec![t!(serve, "listening", address)];
            lines.extend(home.map(|home| t!(serve, "on-lan", home)));
            let ends = until.as_ref().map(|at| at.local().format("%Y-%m-%d %H:%M"));
            lines.push(match ends {
                Some(at) => t!(serve, "ends", at = at.to_string()),
                None => t!(serve, "ends-never").to_string(),
            });
            lines.join("\n")
        })?;
        if let Some((name, kind)) = pair {
            let base = self.base(*kind, lan, name)?;
            draw(call, &server.outside, &base, name, *kind)?;
        }
        call.env.out.flush()?;
        match self.open {
            true => opened(call, server, &address, &code),
            false => Ok(None),
        }
    }

    /// Leads the browser into the pages of a server that runs already.
    fn enter(&self, call: &mut Invocation<'_>, server: &Server) -> Result<(), Failure> {
        let (name, kind) = (t!(serve, "browser"), DeviceKind::Owner);
        let code = offer(call, &server.outside, name, kind)?;
        let address = format!("http://localhost:{}/enter#{code}", self.port);
        let value = json!({ "schema": 1, "kind": "entering", "address": address });
        call.respond(&value, |_, _| t!(serve, "entering", address))?;
        call.env.out.flush()?;
        let doorstep = opened(call, server, &address, &code)?;
        // the page that leads in goes when it was used, or is of no use any more
        for _ in 0..ENTERED_WITHIN {
            let store = Store::open_read(&call.path)?;
            let now = (server.outside.clock)();
            let offer = store.map(|store| store.offered(&sha256(code.as_bytes()), now));
            if doorstep.is_none() || offer.transpose()?.flatten().is_none() {
                break;
            }
            std::thread::sleep(LOOK_EVERY);
        }
        Ok(())
    }
}

/// How often it is looked whether the browser is in, and how many times: two minutes.
const LOOK_EVERY: Duration = Duration::from_millis(250);
const ENTERED_WITHIN: usize = 480;

/// Opens the browser on a page that leads to the address with its code; the page is there until it is dropped.
fn opened(
    call: &mut Invocation<'_>,
    server: &Server,
    address: &str,
    code: &str,
) -> Result<Option<Doorstep>, Failure> {
    let (places, hash) = (
        (server.home.as_deref(), &*server.temp),
        sha256(code.as_bytes()),
    );
    let made = Doorstep::in_reach(places, address, &hash, server.outside.random);
    let opened = made.and_then(|doorstep| {
        (server.open)(&doorstep.page())?;
        Ok(doorstep)
    });
    Ok(match opened {
        Ok(doorstep) => {
            call.note(t!(serve, "browser-opened"))?;
            Some(doorstep)
        }
        Err(why) => {
            call.warn(&t!(serve, "no-browser", why = why.to_string()))?;
            None
        }
    })
}

/// Whether an address is one of a home network, or of a private one between a person's devices.
fn is_at_home(ip: Ipv4Addr) -> bool {
    let [a, b, ..] = ip.octets();
    let is_shared = a == 100 && (64..128).contains(&b);
    ip.is_private() || ip.is_link_local() || is_shared
}

/// Offers a device to whoever has the code, and gives the code: 128 random bits.
fn offer(
    call: &Invocation<'_>,
    outside: &Outside,
    name: &str,
    kind: DeviceKind,
) -> Result<String, Failure> {
    let mut bits = [0; 16];
    (outside.random)(&mut bits)?;
    let (code, now) = (hexadecimal(&bits), (outside.clock)());
    let mut store = Store::open(&call.path, now)?;
    store.offer(&sha256(code.as_bytes()), name, kind, now)?;
    Ok(code)
}

/// Offers a device, and shows the address with its code for the camera of the phone.
fn draw(
    call: &mut Invocation<'_>,
    outside: &Outside,
    base: &str,
    name: &str,
    kind: DeviceKind,
) -> Result<(), Failure> {
    let code = offer(call, outside, name, kind)?;
    let address = format!("{base}/pair#{code}");
    let value = json!({
        "schema": 1, "kind": "pairing", "name": name, "device": kind, "address": address,
    });
    call.respond(&value, |_, layout| {
        let ask = match kind {
            DeviceKind::Reader => t!(serve, "pair-reader", name, address),
            _ => t!(serve, "pair-bedside", name, address),
        };
        let drawn = terminal_code::code(&address, layout).filter(|_| kind == DeviceKind::Bedside);
        let plain = base.starts_with("http:") && kind == DeviceKind::Bedside;
        let parts = [
            Some(String::new()),
            drawn,
            Some(ask),
            plain.then(|| t!(serve, "pair-warning").to_string()),
        ];
        let parts: Vec<String> = parts.into_iter().flatten().collect();
        parts.join("\n")
    })?;
    Ok(call.env.out.flush()?)
}
