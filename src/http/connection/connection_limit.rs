//! Limits on things that are open at the same time.

use std::{
    collections::HashMap,
    net::IpAddr,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use crate::kernel::network::{SITE_SHARE, site_network, subscriber_network};

/// Counts connections per key, such as an account.
#[derive(Clone)]
pub struct ConnectionLimit {
    most: usize,
    taken: Arc<Mutex<HashMap<String, usize>>>,
}

impl ConnectionLimit {
    /// `most` connections for each key.
    pub fn new(most: usize) -> Self {
        Self {
            most,
            taken: Arc::default(),
        }
    }

    /// Takes a permit; `None` if the key has no free one.
    pub fn take(&self, key: &str) -> Option<ConnectionPermit> {
        let mut taken = self.lock();
        let count = taken.entry(key.to_owned()).or_default();
        if self.most <= *count {
            return None;
        }
        *count += 1;
        Some(ConnectionPermit {
            connections: self.clone(),
            key: key.to_owned(),
        })
    }

    fn free(&self, key: &str) {
        let mut taken = self.lock();
        if let Some(count) = taken.get_mut(key) {
            *count = count.saturating_sub(1);
            if *count == 0 {
                taken.remove(key);
            }
        }
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<String, usize>> {
        self.taken.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A permit; released when dropped.
pub struct ConnectionPermit {
    connections: ConnectionLimit,
    key: String,
}

impl Drop for ConnectionPermit {
    fn drop(&mut self) {
        self.connections.free(&self.key);
    }
}

/// ConnectionLimit per address: a limit for each subscriber, and a higher one for the site they belong to.
#[derive(Clone)]
pub struct AddressConnectionLimit {
    subscribers: ConnectionLimit,
    sites: ConnectionLimit,
}

/// A permit of an address; released when dropped.
pub struct AddressConnectionPermit {
    _subscriber: ConnectionPermit,
    _site: Option<ConnectionPermit>,
}

impl AddressConnectionLimit {
    /// `most` connections for each subscriber.
    pub fn new(most: usize) -> Self {
        Self {
            subscribers: ConnectionLimit::new(most),
            sites: ConnectionLimit::new(most.saturating_mul(SITE_SHARE as usize)),
        }
    }

    /// Takes a permit; `None` if this subscriber or its site has no free one. An IPv4 address is a site of its own.
    pub fn take(&self, address: IpAddr) -> Option<AddressConnectionPermit> {
        let subscriber = self.subscribers.take(&subscriber_network(address).to_string())?;
        let site = site_network(address);
        let site = match site.is_ipv6() {
            true => Some(self.sites.take(&site.to_string())?),
            false => None,
        };
        Some(AddressConnectionPermit {
            _subscriber: subscriber,
            _site: site,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_seat_is_free_again_when_its_owner_leaves() {
        let connections = ConnectionLimit::new(1);
        let permit = connections.take("ann");
        assert!(permit.is_some() && connections.take("ann").is_none() && connections.take("bob").is_some());
        drop(permit);
        assert!(connections.take("ann").is_some());
        assert!(connections.lock().is_empty());
    }

    #[test]
    fn a_subscriber_of_ipv6_has_one_share_whatever_the_address_and_a_site_some_more() {
        let connections = AddressConnectionLimit::new(1);
        let take = |text: &str| connections.take(text.parse().unwrap());
        let _one = take("2001:db8:1:1::1").unwrap();
        assert!(take("2001:db8:1:1:ffff::2").is_none());
        let _site: Vec<_> = (2..=16)
            .map(|net| take(&format!("2001:db8:1:{net}::1")).unwrap())
            .collect();
        assert!(take("2001:db8:1:17::1").is_none());
        assert!(take("2001:db8:2::1").is_some() && take("192.0.2.1").is_some());
        assert_eq!(connections.subscribers.lock().len(), 16, "who is refused takes nothing");
    }
}
