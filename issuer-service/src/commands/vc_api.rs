//! `vc-api`: an issuer and a verifier for conformance suites, on this machine alone.

use std::io::{Write as _, stdout};
use std::net::{Ipv4Addr, SocketAddr};
use std::path::PathBuf;
use std::time::Duration;

use serde_json::json;
use stapel_keys::SigningKey;
use tokio::net::TcpListener;

use crate::clock;
use crate::failure::Failure;
use crate::output::{Output, say};
use crate::shutdown::{self, Stopped};
use crate::vc_api::tls::{self, TlsListener};
use crate::vc_api::{self, VcApi};
use crate::words::{Either as _, Language};

/// How long a request may still take once the program was told to stop.
const PATIENCE: Duration = Duration::from_secs(5);

#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    /// Where to listen, on this machine alone
    #[arg(long, value_name = "ADDRESS:PORT", default_value_t = SocketAddr::from((Ipv4Addr::LOCALHOST, 8701)))]
    listen: SocketAddr,
    /// Speak plain http
    #[arg(long, conflicts_with = "tls_cert")]
    no_tls: bool,
    /// The certificate chain, as PEM [default: a certificate made now]
    #[arg(long, value_name = "FILE", requires = "tls_key")]
    tls_cert: Option<PathBuf>,
    /// The key of the certificate, as PEM
    #[arg(long, value_name = "FILE", requires = "tls_cert")]
    tls_key: Option<PathBuf>,
}

pub(crate) fn run(arguments: &Arguments, json: bool, language: Language) -> Result<Output, Failure> {
    if !arguments.listen.ip().is_loopback() {
        return Err(Failure::OnlyLoopback { address: arguments.listen });
    }
    let key = SigningKey::generate()?;
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().map_err(Failure::Serve)?;
    let stopped = runtime.block_on(listen(arguments, key, json, language))?;
    runtime.shutdown_timeout(Duration::from_secs(1));
    let text = language.either("gestopt", "stopped");
    Ok(Output::new(text, &json!({ "stopped": if stopped == Stopped::Softly { "softly" } else { "hard" } })))
}

async fn listen(arguments: &Arguments, key: SigningKey, json: bool, language: Language) -> Result<Stopped, Failure> {
    let bind = |source| Failure::Bind { address: arguments.listen, source };
    let listener = TcpListener::bind(arguments.listen).await.map_err(bind)?;
    let address = listener.local_addr().map_err(bind)?;
    let scheme = if arguments.no_tls { "http" } else { "https" };
    let base = format!("{scheme}://{address}");
    let tls = match (arguments.no_tls, &arguments.tls_cert, &arguments.tls_key) {
        (true, ..) => None,
        (false, Some(certificate), Some(key)) => Some(tls::given(certificate, key)?),
        _ => Some(tls::self_made(address)?),
    };
    let api = VcApi::new(key, base.clone(), clock::now)?;
    warn(language);
    let issuer = api.issuer().to_string();
    let line =
        if json { json!({ "baseUrl": base, "issuer": issuer }).to_string() } else { format!("{base}\n{issuer}") };
    // Whoever waits for this may ask at once. Nobody need read it.
    let _ = writeln!(stdout(), "{line}").and_then(|()| stdout().flush());
    let router = vc_api::router(&api);
    match tls {
        None => shutdown::serve_plain(listener, router, PATIENCE).await,
        Some(config) => {
            shutdown::serve_plain(TlsListener::new(listener, config).map_err(bind)?, router, PATIENCE).await
        }
    }
    .map_err(Failure::Serve)
}

fn warn(language: Language) {
    say(language.either(
        "let op: dit is voor conformiteitstests en coördinatoren op deze computer, niet om badges mee uit te geven",
        "note: this is for conformance suites and coordinators on this machine, not for issuing badges",
    ));
    say(language.either(
        "  het ondertekent wat het krijgt: voor uitgevers die het niet zelf is, met status, schema en bewijs zoals aangeleverd",
        "  it signs what it is sent: for issuers that it does not own, with status, schema and evidence as supplied",
    ));
    say(language.either(
        "  sleutel en statuslijsten bestaan alleen zolang dit programma draait",
        "  its key and its status lists exist only as long as this program runs",
    ));
}
