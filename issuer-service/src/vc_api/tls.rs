//! How does the VC-API speak TLS? With the certificate it was given, or one of its own making.
//!
//! Suites that dereference a status list do so over https alone.

use std::io;
use std::net::SocketAddr;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use axum::serve::Listener;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{Semaphore, mpsc};
use tokio::task::JoinHandle;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::crypto::ring;
use tokio_rustls::rustls::pki_types::pem::PemObject as _;
use tokio_rustls::rustls::pki_types::{CertificateDer, PrivateKeyDer};
use tokio_rustls::server::TlsStream;

use crate::commands::read_bytes;
use crate::failure::Failure;

/// How many connections may shake hands at once, and for how long.
const HANDSHAKES: usize = 64;
const PATIENCE: Duration = Duration::from_secs(10);
/// The longest certificate or key file, in bytes.
const FILE_MAX_BYTES: u64 = 256 * 1024;

/// A listener that hands out connections once their handshake is over.
pub(crate) struct TlsListener {
    accepted: mpsc::Receiver<(TlsStream<TcpStream>, SocketAddr)>,
    accepting: JoinHandle<()>,
    address: SocketAddr,
}

impl TlsListener {
    /// Listens from now on.
    pub(crate) fn new(listener: TcpListener, config: ServerConfig) -> io::Result<Self> {
        let address = listener.local_addr()?;
        let (ready, accepted) = mpsc::channel(HANDSHAKES);
        let accepting = tokio::spawn(accept(listener, TlsAcceptor::from(Arc::new(config)), ready));
        Ok(Self { accepted, accepting, address })
    }
}

impl Drop for TlsListener {
    fn drop(&mut self) {
        self.accepting.abort();
    }
}

impl Listener for TlsListener {
    type Io = TlsStream<TcpStream>;
    type Addr = SocketAddr;

    async fn accept(&mut self) -> (Self::Io, SocketAddr) {
        match self.accepted.recv().await {
            Some(accepted) => accepted,
            // Nobody accepts any more: the server is going down.
            None => std::future::pending().await,
        }
    }

    fn local_addr(&self) -> io::Result<SocketAddr> {
        Ok(self.address)
    }
}

/// One slow handshake does not hold up the others.
async fn accept(
    mut listener: TcpListener,
    acceptor: TlsAcceptor,
    ready: mpsc::Sender<(TlsStream<TcpStream>, SocketAddr)>,
) {
    let places = Arc::new(Semaphore::new(HANDSHAKES));
    while let Ok(place) = Arc::clone(&places).acquire_owned().await {
        let (stream, address) = Listener::accept(&mut listener).await;
        let (acceptor, ready) = (acceptor.clone(), ready.clone());
        tokio::spawn(async move {
            // A client that does not trust the certificate goes away here: nothing of ours is wrong then.
            if let Ok(Ok(stream)) = tokio::time::timeout(PATIENCE, acceptor.accept(stream)).await {
                let _ = ready.send((stream, address)).await;
            }
            drop(place);
        });
    }
}

/// With the certificate chain and the key of these PEM files.
///
/// # Errors
/// [`Failure`] when a file cannot be read, or the two do not belong together.
pub(crate) fn given(certificate: &Path, key: &Path) -> Result<ServerConfig, Failure> {
    let refuse = |path: &Path, reason: String| Failure::Tls { reason: format!("{}: {reason}", path.display()) };
    let chain = CertificateDer::pem_slice_iter(&read_bytes(certificate, FILE_MAX_BYTES)?)
        .collect::<Result<Vec<_>, _>>()
        .map_err(|error| refuse(certificate, error.to_string()))?;
    if chain.is_empty() {
        return Err(refuse(certificate, "there is no certificate in PEM in it".to_owned()));
    }
    let secret = PrivateKeyDer::from_pem_slice(&read_bytes(key, FILE_MAX_BYTES)?)
        .map_err(|error| refuse(key, error.to_string()))?;
    config(chain, secret)
}

/// With a certificate made now for this machine's own names. Nobody trusts it unasked.
///
/// # Errors
/// [`Failure`] when it cannot be made.
pub(crate) fn self_made(address: SocketAddr) -> Result<ServerConfig, Failure> {
    let names = ["localhost".to_owned(), address.ip().to_string()];
    let made = rcgen::generate_simple_self_signed(names).map_err(|error| Failure::Tls { reason: error.to_string() })?;
    let secret = PrivateKeyDer::try_from(made.signing_key.serialize_der())
        .map_err(|reason| Failure::Tls { reason: reason.to_owned() })?;
    config(vec![made.cert.der().clone()], secret)
}

fn config(chain: Vec<CertificateDer<'static>>, key: PrivateKeyDer<'static>) -> Result<ServerConfig, Failure> {
    let mut config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .and_then(|builder| builder.with_no_client_auth().with_single_cert(chain, key))
        .map_err(|error| Failure::Tls { reason: error.to_string() })?;
    config.alpn_protocols = vec![b"http/1.1".to_vec()];
    Ok(config)
}
