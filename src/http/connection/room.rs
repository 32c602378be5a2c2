//! Limits open connections, so that nobody can use them all up.

use std::{net::IpAddr, sync::Arc};

use metrics::{Gauge, describe_gauge};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use super::connection_limit::{AddressConnectionLimit, AddressConnectionPermit};
use crate::config::TrustedProxies;

const OPEN: &str = "sweetie_connections";

/// Registers the description of the metric.
pub fn describe_metrics() {
    describe_gauge!(OPEN, "Open connections of this node, those of sockets among them.");
}

/// The limit on connections; cheap to clone, and all clones share one count.
#[derive(Clone)]
pub struct Room {
    files: Arc<Semaphore>,
    addresses: Option<AddressConnectionLimit>,
    proxies: TrustedProxies,
}

/// A connection's open file; counted until its last clone is dropped.
#[derive(Clone)]
pub struct OpenFile {
    _counted: Arc<Counted>,
}

/// Reasons why a connection is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Full {
    /// The address already has as many connections as one may have.
    Address,
    /// The server already has as many as it may have.
    House,
}

impl Room {
    /// Limits for all connections, and for one address's connections that have not become sockets; the latter is at
    /// most half of the former. `None` means no limit per address.
    pub fn new(most: usize, per_address: Option<usize>) -> Self {
        let most = most.clamp(1, Semaphore::MAX_PERMITS);
        Self {
            files: Arc::new(Semaphore::new(most)),
            addresses: per_address.map(|each| AddressConnectionLimit::new(each.min(most / 2).max(1))),
            proxies: TrustedProxies::None,
        }
    }

    /// The same without a limit per address for connections of these proxies, which come from everybody.
    pub fn sparing(self, proxies: TrustedProxies) -> Self {
        Self { proxies, ..self }
    }

    /// Counts one more connection.
    pub fn take(&self, address: IpAddr) -> Result<(OpenFile, Option<AddressConnectionPermit>), Full> {
        let address_permit = match &self.addresses {
            _ if self.proxies.include(address) => None,
            Some(addresses) => Some(addresses.take(address).ok_or(Full::Address)?),
            None => None,
        };
        let permit = self.files.clone().try_acquire_owned().map_err(|_| Full::House)?;
        let counted = Counted::new(permit);
        Ok((
            OpenFile {
                _counted: Arc::new(counted),
            },
            address_permit,
        ))
    }
}

struct Counted {
    gauge: Gauge,
    _permit: OwnedSemaphorePermit,
}

impl Counted {
    fn new(permit: OwnedSemaphorePermit) -> Self {
        let gauge = metrics::gauge!(OPEN);
        gauge.increment(1.0);
        Self { gauge, _permit: permit }
    }
}

impl Drop for Counted {
    fn drop(&mut self) {
        self.gauge.decrement(1.0);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_address_never_takes_more_than_half_of_the_room() {
        let room = Room::new(4, Some(100));
        let take = |text: &str| room.take(text.parse().unwrap());
        let one = [take("192.0.2.1").unwrap(), take("192.0.2.1").unwrap()];
        assert_eq!(take("192.0.2.1").err(), Some(Full::Address));
        let _others = [take("192.0.2.2").unwrap(), take("192.0.2.3").unwrap()];
        assert_eq!(take("192.0.2.4").err(), Some(Full::House));
        drop(one);
        assert!(take("192.0.2.4").is_ok());
    }

    #[test]
    fn proxies_are_not_counted_by_address_and_everybody_else_is() {
        let room = Room::new(8, Some(1)).sparing("10.0.0.0/8".parse().unwrap());
        let take = |text: &str| room.take(text.parse().unwrap());
        let _proxy = [take("10.0.0.1").unwrap(), take("10.0.0.1").unwrap()];
        let _beside = take("192.0.2.1").unwrap();
        assert_eq!(take("192.0.2.1").err(), Some(Full::Address));
    }

    #[test]
    fn the_file_of_a_socket_counts_when_its_connection_is_no_request_any_more() {
        let room = Room::new(2, Some(1));
        let address = "192.0.2.1".parse().unwrap();
        let (socket, address_permit) = room.take(address).unwrap();
        drop(address_permit);
        let _request = room.take(address).unwrap();
        assert_eq!(room.take("192.0.2.2".parse().unwrap()).err(), Some(Full::House));
        drop(socket);
        assert!(room.take("192.0.2.2".parse().unwrap()).is_ok());
    }
}
