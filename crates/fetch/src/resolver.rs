//! To which public addresses does a host name lead?

use std::{
    io,
    net::{IpAddr, SocketAddr, ToSocketAddrs as _},
    sync::Arc,
    thread,
};

use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use tokio::sync::oneshot;

use crate::{FetchError, NotPublic, PublicAddress, hosts::Hosts};

/// So many addresses of a name are tried.
const MAX_ADDRESSES: usize = 4;

type Lookup = dyn Fn(&str) -> io::Result<Vec<IpAddr>> + Send + Sync;

/// Resolves names for reqwest and passes on public addresses alone, so that what is checked is what is connected to: a
/// name that changes between check and use (DNS rebinding) gains nothing.
pub(crate) struct PublicResolver {
    lookup: Arc<Lookup>,
    hosts: Option<Arc<Hosts>>,
}

/// Why a name leads nowhere. Travels through reqwest's error and is found again there.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub(crate) enum NowhereToGo {
    #[error("{host} has the address {refused}")]
    Refused { host: String, refused: NotPublic },
    #[error("the name {host} could not be resolved: {reason}")]
    Unknown { host: String, reason: String },
    #[error(transparent)]
    TooOften(FetchError),
}

impl PublicResolver {
    pub(crate) fn of_the_system() -> Self {
        let lookup = |host: &str| Ok((host, 0).to_socket_addrs()?.map(|address| address.ip()).collect());
        Self { lookup: Arc::new(lookup), hosts: None }
    }

    /// The same, so that each address is connected to only so often: a thousand names may lead to one stranger's server.
    pub(crate) fn counting(self, hosts: Arc<Hosts>) -> Self {
        Self { hosts: Some(hosts), ..self }
    }

    #[cfg(test)]
    pub(crate) fn with(lookup: impl Fn(&str) -> io::Result<Vec<IpAddr>> + Send + Sync + 'static) -> Self {
        Self { lookup: Arc::new(lookup), hosts: None }
    }
}

/// The first addresses, each counted.
fn counted(addresses: Vec<PublicAddress>, hosts: Option<&Hosts>) -> Result<Vec<PublicAddress>, NowhereToGo> {
    let first: Vec<PublicAddress> = addresses.into_iter().take(MAX_ADDRESSES).collect();
    if let Some(hosts) = hosts {
        first.iter().try_for_each(|address| hosts.count(&address.ip().to_string())).map_err(NowhereToGo::TooOften)?;
    }
    Ok(first)
}

/// The public ones among the addresses of a host.
fn public_addresses(host: &str, addresses: io::Result<Vec<IpAddr>>) -> Result<Vec<PublicAddress>, NowhereToGo> {
    let unknown = |reason: &str| NowhereToGo::Unknown { host: host.to_owned(), reason: reason.to_owned() };
    let addresses = addresses.map_err(|error| unknown(&error.to_string()))?;
    let (mut public, mut refused) = (Vec::new(), None);
    for address in addresses {
        match PublicAddress::new(address) {
            Ok(address) => public.push(address),
            Err(error) => refused = refused.or(Some(error)),
        }
    }
    match refused {
        _ if !public.is_empty() => Ok(public),
        Some(refused) => Err(NowhereToGo::Refused { host: host.to_owned(), refused }),
        None => Err(unknown("it has no address")),
    }
}

impl Resolve for PublicResolver {
    fn resolve(&self, name: Name) -> Resolving {
        let (sender, receiver) = oneshot::channel();
        let (lookup, hosts) = (Arc::clone(&self.lookup), self.hosts.clone());
        // The system's lookup blocks and cannot be stopped. A thread of its own lets the time limit hold, and lets the
        // program end, while a dead name server is still being waited for.
        let started = thread::Builder::new().name("resolve".to_owned()).spawn(move || {
            let host = name.as_str();
            // The receiver is gone when the time limit has passed: then nobody waits for the answer.
            let public = public_addresses(host, lookup(host));
            let _ = sender.send(public.and_then(|addresses| counted(addresses, hosts.as_deref())));
        });
        Box::pin(async move {
            started?;
            // Port 0 is replaced by the port of the address that is asked.
            let addresses: Vec<SocketAddr> =
                receiver.await??.into_iter().map(|address| SocketAddr::new(address.ip(), 0)).collect();
            Ok(Box::new(addresses.into_iter()) as Addrs)
        })
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use super::*;

    fn addresses(texts: &[&str]) -> Vec<IpAddr> {
        texts.iter().map(|text| text.parse().unwrap()).collect()
    }

    #[test]
    fn private_addresses_among_public_ones_are_dropped() {
        let public = public_addresses("school.example", Ok(addresses(&["10.0.0.1", "1.1.1.1", "::1"]))).unwrap();
        assert_eq!(public, [PublicAddress::new("1.1.1.1".parse().unwrap()).unwrap()]);
    }

    #[test]
    fn a_name_with_private_addresses_alone_is_refused() {
        assert_eq!(
            public_addresses("intranet.example", Ok(addresses(&["10.0.0.1", "fd00::1"]))).unwrap_err().to_string(),
            "intranet.example has the address 10.0.0.1 is a private address (RFC 1918)"
        );
    }

    #[tokio::test]
    async fn a_name_that_changes_between_check_and_use_is_asked_once_and_checked_each_time() {
        let lookups = Arc::new(AtomicUsize::new(0));
        let asked = Arc::clone(&lookups);
        // Public when it is first asked, this machine ever after.
        let resolver = PublicResolver::with(move |_| {
            Ok(addresses(if asked.fetch_add(1, Ordering::Relaxed) == 0 { &["1.1.1.1"] } else { &["127.0.0.1"] }))
        });
        let look = || resolver.resolve("rebinding.example".parse().unwrap());
        let connected_to: Vec<SocketAddr> = look().await.unwrap().collect();
        assert_eq!(connected_to, ["1.1.1.1:0".parse().unwrap()], "what was checked is what is connected to");
        assert_eq!(lookups.load(Ordering::Relaxed), 1);
        let refused = look().await.err().unwrap().to_string();
        assert!(refused.starts_with("rebinding.example has the address 127.0.0.1"), "{refused}");
    }

    #[test]
    fn a_name_without_addresses_is_unknown() {
        assert_eq!(
            public_addresses("empty.example", Ok(addresses(&[]))).unwrap_err().to_string(),
            "the name empty.example could not be resolved: it has no address"
        );
    }
}
