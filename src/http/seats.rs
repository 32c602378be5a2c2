//! Limits on things that are open at the same time.

use std::{
    collections::HashMap,
    net::IpAddr,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use crate::kernel::network::{SITE_SHARE, site_network, subscriber_network};

/// Counts seats per key, such as an account.
#[derive(Clone)]
pub struct Seats {
    most: usize,
    taken: Arc<Mutex<HashMap<String, usize>>>,
}

impl Seats {
    /// `most` seats for each key.
    pub fn new(most: usize) -> Self {
        Self {
            most,
            taken: Arc::default(),
        }
    }

    /// Takes a seat; `None` if the key has no free one.
    pub fn take(&self, key: &str) -> Option<Seat> {
        let mut taken = self.lock();
        let count = taken.entry(key.to_owned()).or_default();
        if self.most <= *count {
            return None;
        }
        *count += 1;
        Some(Seat {
            seats: self.clone(),
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

/// A seat; released when dropped.
pub struct Seat {
    seats: Seats,
    key: String,
}

impl Drop for Seat {
    fn drop(&mut self) {
        self.seats.free(&self.key);
    }
}

/// Seats per address: a limit for each subscriber, and a higher one for the site they belong to.
#[derive(Clone)]
pub struct AddressSeats {
    subscribers: Seats,
    sites: Seats,
}

/// A seat of an address; released when dropped.
pub struct AddressSeat {
    _subscriber: Seat,
    _site: Option<Seat>,
}

impl AddressSeats {
    /// `most` seats for each subscriber.
    pub fn new(most: usize) -> Self {
        Self {
            subscribers: Seats::new(most),
            sites: Seats::new(most.saturating_mul(SITE_SHARE as usize)),
        }
    }

    /// Takes a seat; `None` if this subscriber or its site has no free one. An IPv4 address is a site of its own.
    pub fn take(&self, address: IpAddr) -> Option<AddressSeat> {
        let subscriber = self.subscribers.take(&subscriber_network(address).to_string())?;
        let site = site_network(address);
        let site = match site.is_ipv6() {
            true => Some(self.sites.take(&site.to_string())?),
            false => None,
        };
        Some(AddressSeat {
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
        let seats = Seats::new(1);
        let seat = seats.take("ann");
        assert!(seat.is_some() && seats.take("ann").is_none() && seats.take("bob").is_some());
        drop(seat);
        assert!(seats.take("ann").is_some());
        assert!(seats.lock().is_empty());
    }

    #[test]
    fn a_subscriber_of_ipv6_has_one_share_whatever_the_address_and_a_site_some_more() {
        let seats = AddressSeats::new(1);
        let take = |text: &str| seats.take(text.parse().unwrap());
        let _one = take("2001:db8:1:1::1").unwrap();
        assert!(take("2001:db8:1:1:ffff::2").is_none());
        let _site: Vec<_> = (2..=16)
            .map(|net| take(&format!("2001:db8:1:{net}::1")).unwrap())
            .collect();
        assert!(take("2001:db8:1:17::1").is_none());
        assert!(take("2001:db8:2::1").is_some() && take("192.0.2.1").is_some());
        assert_eq!(seats.subscribers.lock().len(), 16, "who is refused takes nothing");
    }
}
