//! `verifier`: the page and the API on which anybody checks a badge; no institution, no database.

use std::io::{Write as _, stdout};
use std::net::{Ipv4Addr, SocketAddr};
use std::path::{Path, PathBuf};
use std::time::Duration;

use serde_json::json;
use stapel_credential::{Did, ProgrammeCredential};
use stapel_fetch::FetchRules;
use stapel_openid::Endpoint;
use stapel_proof::Signed;
use stapel_verifier::Policy;
use stapel_verifier_page::{Desk, Front, PAGE, Sources};
use tokio::net::TcpListener;

use super::DevLoopback;
use crate::clock;
use crate::failure::Failure;
use crate::output::{Output, say};
use crate::shutdown::{self, Stopped};
use crate::trusting::{self, Place, Renewed, TrustLists, read_document};
use crate::words::{Either as _, Language};

/// How long a request may still take once the program was told to stop.
const PATIENCE: Duration = Duration::from_secs(5);

#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    /// Where to listen, over plain http
    #[arg(long, value_name = "ADDRESS:PORT", default_value_t = SocketAddr::from((Ipv4Addr::LOCALHOST, 8702)))]
    listen: SocketAddr,
    /// A proxy with https stands before this service
    #[arg(long)]
    behind_proxy: bool,
    /// A trust list, as a file or an address: whom it names may issue what it says; may be given several times
    #[arg(long, value_name = "FILE|URL", requires = "anchor")]
    trust: Vec<String>,
    /// Where the editions of trust lists that were seen are kept: an older one then never counts again, also after a restart
    #[arg(long, value_name = "FILE", requires = "trust")]
    state: Option<PathBuf>,
    /// After how many seconds the trust lists are read again
    #[arg(long, value_name = "SECONDS", default_value_t = 3_600, value_parser = clap::value_parser!(u64).range(1..=604_800))]
    renew: u64,
    /// Who may sign trust lists; may be given several times
    #[arg(long, value_name = "DID")]
    anchor: Vec<Did>,
    /// An issuer that is trusted without a list; may be given several times
    #[arg(long, value_name = "DID")]
    pin: Vec<Did>,
    /// A programme that somebody may be asked about; may be given several times
    #[arg(long, value_name = "FILE")]
    programme: Vec<PathBuf>,
    /// The address under which wallets reach this page; needed to ask first, unless everybody is on this machine
    #[arg(long, value_name = "URL")]
    address: Option<String>,
    /// Web pages of this origin may call the API; may be given several times
    #[arg(long, value_name = "ORIGIN")]
    allow_origin: Vec<String>,
    /// Fetch nothing: what is not at hand stays undecided
    #[arg(long)]
    offline: bool,
    #[command(flatten)]
    network: DevLoopback,
}

pub(crate) fn run(arguments: &Arguments, json: bool, language: Language) -> Result<Output, Failure> {
    if !arguments.listen.ip().is_loopback() && !arguments.behind_proxy {
        return Err(Failure::Listen { address: arguments.listen });
    }
    let policy =
        Policy { trust_anchors: arguments.anchor.clone(), pinned_issuers: arguments.pin.clone(), ..Policy::default() };
    let rules = FetchRules { dev_loopback: arguments.network.ports.clone(), ..FetchRules::default() };
    let rules = (!arguments.offline).then_some(rules);
    let places = arguments.trust.iter().map(|text| Place::parse(text, Path::new(""))).collect();
    let mut lists = TrustLists::open(places, policy, rules.clone(), arguments.state.clone())?;
    let Renewed { dossier, policy } = lists.read()?;
    if arguments.trust.is_empty() && arguments.pin.is_empty() {
        say(language.either(
            "let op: zonder --trust en --pin is geen uitgever bekend; elk antwoord is dan ten hoogste “nog niet te zeggen”",
            "note: without --trust and --pin no issuer is known; every answer is then at most “cannot be said yet”",
        ));
    }
    let address = arguments.address.as_deref().map(asking_address).transpose()?;
    let programmes = arguments.programme.iter().map(|path| programme(path)).collect::<Result<Vec<_>, _>>()?;
    let origins = trusting::origins(&arguments.allow_origin)?;
    let every = Duration::from_secs(arguments.renew);
    let make = move |here: SocketAddr| {
        // Behind a proxy nobody reaches this machine's own address.
        let address = address.or_else(|| here.ip().is_loopback().then(|| format!("http://{here}")));
        let front = Front { address, programmes, origins, ..Front::default() };
        let desk = Desk::with_front(dossier, policy, Sources { known: None, rules }, front, clock::now);
        trusting::keep_renewed(lists, desk.clone(), every);
        desk
    };
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().map_err(Failure::Serve)?;
    let stopped = runtime.block_on(listen(arguments.listen, make, json))?;
    runtime.shutdown_timeout(Duration::from_secs(1));
    let text = language.either("gestopt", "stopped");
    Ok(Output::new(text, &json!({ "stopped": if stopped == Stopped::Softly { "softly" } else { "hard" } })))
}

/// An address as wallets need it: https, or this machine.
fn asking_address(text: &str) -> Result<String, Failure> {
    let text = text.trim_end_matches('/');
    let wrong = |error| Failure::Argument(format!("--address {text}: {error}"));
    Endpoint::parse(text).map_err(|error| wrong(error.to_string()))?;
    if text.contains('?') {
        return Err(wrong("it has a query".to_owned()));
    }
    Ok(text.to_owned())
}

fn programme(path: &Path) -> Result<Signed<ProgrammeCredential>, Failure> {
    let wrong = |error: &dyn std::fmt::Display| Failure::Argument(format!("{}: {error}", path.display()));
    let text = read_document(path)?;
    Signed::parse(text.trim()).map_err(|error| wrong(&error))
}

async fn listen(address: SocketAddr, make: impl FnOnce(SocketAddr) -> Desk, json: bool) -> Result<Stopped, Failure> {
    let bind = |source| Failure::Bind { address, source };
    let listener = TcpListener::bind(address).await.map_err(bind)?;
    let here = listener.local_addr().map_err(bind)?;
    let desk = make(here);
    let page = format!("http://{here}{PAGE}");
    let line = if json { json!({ "page": page }).to_string() } else { page };
    // Whoever waits for this may ask at once. Nobody need read it.
    let _ = writeln!(stdout(), "{line}").and_then(|()| stdout().flush());
    shutdown::serve_plain(listener, stapel_verifier_page::router(&desk), PATIENCE).await.map_err(Failure::Serve)
}
