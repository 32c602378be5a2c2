//! Groups IP addresses by subscriber, for all limits that count by address.
//!
//! A household or a rented server gets at least a whole /64 of IPv6 (RFC 6177), so counting single addresses there is
//! pointless. Many providers give a customer a /56 or a /48; that wider network has a higher limit.

use std::net::{IpAddr, Ipv6Addr};

/// The limit of a site is this many times that of a subscriber, because a building or a small provider may share one
/// site.
pub const SITE_SHARE: u32 = 16;

/// The network that certainly belongs to one subscriber: an IPv4 address itself, or the /64 of an IPv6 address. An
/// IPv4-mapped IPv6 address (`::ffff:192.0.2.1`) counts as IPv4.
pub fn subscriber_network(address: IpAddr) -> IpAddr {
    masked(address, 64)
}

/// The network that may belong to one subscriber: an IPv4 address itself, or the /48 of an IPv6 address.
pub fn site_network(address: IpAddr) -> IpAddr {
    masked(address, 48)
}

fn masked(address: IpAddr, bits: u32) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V6(address) => IpAddr::V6(Ipv6Addr::from_bits(address.to_bits() & (u128::MAX << (128 - bits)))),
        address => address,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn address(text: &str) -> IpAddr {
        text.parse().unwrap()
    }

    #[test]
    fn an_ipv4_address_is_its_own_network_however_it_is_written() {
        for text in ["192.0.2.1", "::ffff:192.0.2.1"] {
            assert_eq!(subscriber_network(address(text)), address("192.0.2.1"));
            assert_eq!(site_network(address(text)), address("192.0.2.1"));
        }
    }

    #[test]
    fn an_ipv6_address_counts_with_its_neighbours() {
        let own = address("2001:db8:1:2:3:4:5:6");
        assert_eq!(subscriber_network(own), address("2001:db8:1:2::"));
        assert_eq!(site_network(own), address("2001:db8:1::"));
        assert_ne!(subscriber_network(own), subscriber_network(address("2001:db8:1:3::1")));
        assert_eq!(site_network(own), site_network(address("2001:db8:1:3::1")));
    }
}
