//! From names to addresses that may be reached.

use std::{
    io,
    net::{IpAddr, SocketAddr},
    sync::Arc,
};

use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use tokio::sync::Semaphore;

use super::address::AddressPolicy;
use crate::ports::BoxError;

/// Lookups at once. Each holds a thread until the system gives up, which may be after its caller has: names whose servers
/// never answer hold this many and no more.
const MOST_LOOKUPS: usize = 32;

/// Looks names up; the system's by default.
#[async_trait::async_trait]
pub trait NameLookup: Send + Sync {
    /// All addresses of a name.
    async fn addresses(&self, name: &str) -> io::Result<Vec<IpAddr>>;
}

/// The system's own: its file of hosts, and its name servers.
pub struct SystemLookup(Arc<Semaphore>);

impl Default for SystemLookup {
    fn default() -> Self {
        Self(Arc::new(Semaphore::new(MOST_LOOKUPS)))
    }
}

#[async_trait::async_trait]
impl NameLookup for SystemLookup {
    async fn addresses(&self, name: &str) -> io::Result<Vec<IpAddr>> {
        let permit = self.0.clone().acquire_owned().await.map_err(io::Error::other)?;
        let name = name.to_owned();
        let lookup = tokio::spawn(async move {
            // Kept until the thread is free, even if nobody waits for the answer any more.
            let _permit = permit;
            let addresses = tokio::net::lookup_host((name, 0)).await?;
            Ok(addresses.map(|address| address.ip()).collect())
        });
        lookup.await.map_err(io::Error::other)?
    }
}

/// A name that stands for an address that is not reached.
#[derive(Debug, thiserror::Error)]
#[error("the name leads into a private network")]
pub struct PrivateName;

/// All addresses of a name, if each of them may be reached.
pub async fn checked_addresses(
    lookup: &dyn NameLookup,
    policy: &AddressPolicy,
    name: &str,
) -> Result<Vec<IpAddr>, BoxError> {
    let addresses = lookup.addresses(name).await?;
    if addresses.iter().any(|address| !policy.permits(*address)) {
        return Err(PrivateName.into());
    }
    if addresses.is_empty() {
        return Err("the name has no address".into());
    }
    Ok(addresses)
}

/// Looks up names for the client, which connects to nothing but what this gives it.
pub struct CheckedLookup {
    /// Where names are looked up.
    pub lookup: Arc<dyn NameLookup>,
    /// What may be reached.
    pub policy: AddressPolicy,
}

impl Resolve for CheckedLookup {
    fn resolve(&self, name: Name) -> Resolving {
        let (lookup, policy) = (self.lookup.clone(), self.policy.clone());
        Box::pin(async move {
            let addresses = checked_addresses(&*lookup, &policy, name.as_str()).await?;
            // The client puts the port of the request in the place of 0.
            let addresses = addresses.into_iter().map(|address| SocketAddr::new(address, 0));
            Ok(Box::new(addresses) as Addrs)
        })
    }
}
