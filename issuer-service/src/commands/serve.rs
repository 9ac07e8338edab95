//! `serve`: the API, the pages, the status lists, and wallets.

use std::io::{Write as _, stdout};
use std::net::SocketAddr;
use std::time::Duration;

use serde_json::json;
use stapel_fetch::FetchRules;
use stapel_issuer::IssuerError;
use stapel_proof::Signed;
use stapel_verifier::{Missing, Policy};
use stapel_verifier_page::{Desk, Front, Sources};
use tokio::net::TcpListener;
use tracing_subscriber::EnvFilter;

use super::DevLoopback;
use crate::app::App;
use crate::clock;
use crate::config::Config;
use crate::failure::Failure;
use crate::folder::Folder;
use crate::office::{Office, service_actor};
use crate::output::{Output, say};
use crate::passphrase::PassphraseSource;
use crate::shutdown::{self, Stopped};
use crate::trusting::{self, Place, Renewed, TrustLists};
use crate::words::{Either as _, Language};
use crate::{published, routes};

/// After how long the trust lists of `verify_trust_lists` are read again.
const RENEW: Duration = Duration::from_hours(1);

#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    /// Where to listen, over plain http [default: 127.0.0.1:8700]
    #[arg(long, value_name = "ADDRESS:PORT")]
    listen: Option<SocketAddr>,
    /// A proxy with https stands before this service
    #[arg(long)]
    behind_proxy: bool,
    #[command(flatten)]
    network: DevLoopback,
    #[command(flatten)]
    passphrase: PassphraseSource,
}

pub(crate) fn run(folder: &Folder, arguments: &Arguments, language: Language) -> Result<Output, Failure> {
    let mut config = Config::load(&folder.config_path())?;
    config.listen = arguments.listen.unwrap_or(config.listen);
    config.dev_loopback.clone_from(&arguments.network.ports);
    config.behind_proxy |= arguments.behind_proxy;
    if !config.listen.ip().is_loopback() && !config.behind_proxy {
        return Err(Failure::Listen { address: config.listen });
    }
    let office = Office::open(folder)?;
    let key = folder.open_key(&arguments.passphrase, language)?;
    office.issuer(&key)?;
    if office.addresses.base().starts_with("http://") {
        say(language.either(
            "let op: het basisadres is http; dat is alleen voor ontwikkelen op deze computer",
            "note: the base URL is http, which is for development on this machine alone",
        ));
    }
    let filter = EnvFilter::try_from_env("STAPEL_LOG").unwrap_or_else(|_| EnvFilter::new("info"));
    // A second subscriber in one process, as in tests, changes nothing.
    let _ = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).with_ansi(false).try_init();
    let app = App::new(office, key, service_actor()?, config.clone(), folder.badge_pages_path(), clock::now);
    let desk = desk(folder, &config, &app)?;
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().map_err(Failure::Serve)?;
    let stopped = runtime.block_on(listen(&app, &desk, &config))?;
    // What still runs when the patience is over is cut off; a transaction is whole or absent.
    runtime.shutdown_timeout(Duration::from_secs(1));
    let text = match stopped {
        Stopped::Softly => language.either("gestopt", "stopped"),
        Stopped::Hard => language.either("gestopt; niet alles was klaar", "stopped; not everything was finished"),
    };
    Ok(Output::new(text, &json!({ "stopped": if stopped == Stopped::Softly { "softly" } else { "hard" } })))
}

/// The verifier under our own address: it accepts our own badges, and those of whom the trust lists name. What we publish
/// ourselves needs no network.
fn desk(folder: &Folder, config: &Config, app: &App) -> Result<Desk, Failure> {
    let institution = &app.office.institution;
    let policy = Policy {
        trust_anchors: config.verify_anchors.clone(),
        pinned_issuers: vec![institution.did().clone()],
        ..Policy::default()
    };
    let places = config.verify_trust_lists.iter().map(|list| Place::parse(list, folder.path())).collect();
    let rules = FetchRules { dev_loopback: config.dev_loopback.clone(), ..FetchRules::default() };
    let mut lists = TrustLists::open(places, policy, Some(rules.clone()), Some(folder.seen_trust_lists_path()))?;
    let Renewed { dossier, policy } = lists.read()?;
    let of = app.clone();
    let known = move |missing: &Missing| published::find(&of, missing);
    // What is published while this runs can be asked about after the next start.
    let published = app.office.repository.programmes().map_err(IssuerError::from)?;
    let programmes = published.iter().filter_map(|programme| Signed::parse(&programme.text).ok()).collect();
    let address = Some(app.office.addresses.base().trim_end_matches('/').to_owned());
    let origins = trusting::origins(&config.verify_allow_origins)?;
    let front = Front { address, programmes, origins, ..Front::default() };
    let sources = Sources { known: Some(Box::new(known)), rules: Some(rules) };
    let desk = Desk::with_front(dossier, policy, sources, front, clock::now);
    trusting::keep_renewed(lists, desk.clone(), RENEW);
    Ok(desk)
}

async fn listen(app: &App, desk: &Desk, config: &Config) -> Result<Stopped, Failure> {
    let bind = |source| Failure::Bind { address: config.listen, source };
    let listener = TcpListener::bind(config.listen).await.map_err(bind)?;
    let address = listener.local_addr().map_err(bind)?;
    // Whoever waits for this line may ask at once. Nobody need read it.
    let _ = writeln!(stdout(), "http://{address}").and_then(|()| stdout().flush());
    let router = routes::router(app, desk);
    shutdown::serve(listener, router, Duration::from_secs(config.shutdown_seconds)).await.map_err(Failure::Serve)
}
