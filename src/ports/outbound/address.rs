//! Which addresses of the network may be reached.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use ipnet::{IpNet, Ipv4Net, Ipv6Net};

/// IPv4 that is not the public internet: IANA's registry of special-purpose addresses (RFC 6890) and multicast.
const REFUSED_V4: [Ipv4Net; 16] = [
    v4([0, 0, 0, 0], 8),        // this network; 0.0.0.0 is this machine to many systems
    v4([10, 0, 0, 0], 8),       // private (RFC 1918)
    v4([100, 64, 0, 0], 10),    // networks of providers (RFC 6598); Alibaba's metadata
    v4([127, 0, 0, 0], 8),      // this machine
    v4([168, 63, 129, 16], 32), // Azure's own services, in each of its networks
    v4([169, 254, 0, 0], 16),   // this link; metadata of AWS, Google, Azure and others
    v4([172, 16, 0, 0], 12),    // private (RFC 1918)
    v4([192, 0, 0, 0], 24),     // protocol assignments; Oracle's metadata
    v4([192, 0, 2, 0], 24),     // documentation
    v4([192, 88, 99, 0], 24),   // relays of 6to4, given up
    v4([192, 168, 0, 0], 16),   // private (RFC 1918)
    v4([198, 18, 0, 0], 15),    // benchmarks
    v4([198, 51, 100, 0], 24),  // documentation
    v4([203, 0, 113, 0], 24),   // documentation
    v4([224, 0, 0, 0], 4),      // multicast
    v4([240, 0, 0, 0], 4),      // reserved, and 255.255.255.255
];

/// The one block of IPv6 out of which addresses of the internet are given (RFC 4291). Outside are loopback, unspecified,
/// `::/96` (IPv4-compatible), `fc00::/7`, `fe80::/10`, `fec0::/10`, `ff00::/8` and what is yet to be given a use.
const GLOBAL_V6: Ipv6Net = v6([0x2000, 0, 0], 3);

/// What is special within it (IANA's registry for IPv6).
const REFUSED_V6: [Ipv6Net; 4] = [
    v6([0x2001, 0, 0], 23),     // protocol assignments: Teredo, benchmarks, ORCHID
    v6([0x2001, 0xdb8, 0], 32), // documentation
    v6([0x2002, 0, 0], 16),     // 6to4, which holds any IPv4 address
    v6([0x3fff, 0, 0], 20),     // documentation
];

/// IPv4 addresses as a NAT64 shows them to machines that have IPv6 only (RFC 6052). Every name without an address of
/// IPv6 has one of these there.
const NAT64: Ipv6Net = v6([0x64, 0xff9b, 0], 96);

const fn v4([a, b, c, d]: [u8; 4], length: u8) -> Ipv4Net {
    Ipv4Net::new_assert(Ipv4Addr::new(a, b, c, d), length)
}

const fn v6([a, b, c]: [u16; 3], length: u8) -> Ipv6Net {
    Ipv6Net::new_assert(Ipv6Addr::new(a, b, c, 0, 0, 0, 0, 0), length)
}

/// Says of every address whether it may be reached.
#[derive(Debug, Clone, Default)]
pub struct AddressPolicy {
    permitted: Vec<IpNet>,
}

impl AddressPolicy {
    /// The public internet, and these networks.
    pub fn new(permitted: Vec<IpNet>) -> Self {
        Self { permitted }
    }

    /// Whether a connection may go there.
    pub fn permits(&self, address: IpAddr) -> bool {
        is_public(unwrapped(address)) || self.permits_by_name(address)
    }

    /// Whether whoever runs this server has named its network: a network of their own, then.
    pub fn permits_by_name(&self, address: IpAddr) -> bool {
        let address = unwrapped(address);
        self.permitted.iter().any(|network| network.contains(&address))
    }
}

/// The IPv4 address inside one of IPv6 that the system, or the network, takes for it.
fn unwrapped(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V6(address) if NAT64.contains(&address) => {
            let [.., a, b, c, d] = address.octets();
            Ipv4Addr::new(a, b, c, d).into()
        }
        address => address,
    }
}

fn is_public(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => !REFUSED_V4.iter().any(|block| block.contains(&address)),
        IpAddr::V6(address) => GLOBAL_V6.contains(&address) && !REFUSED_V6.iter().any(|block| block.contains(&address)),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn permits(address: impl Into<IpAddr>) -> bool {
        AddressPolicy::default().permits(address.into())
    }

    /// Any address of any of these blocks.
    fn within_v4() -> impl Strategy<Value = Ipv4Addr> {
        (0..REFUSED_V4.len(), any::<u32>()).prop_map(|(block, bits)| {
            let block = REFUSED_V4[block];
            Ipv4Addr::from_bits(block.network().to_bits() | (bits & block.hostmask().to_bits()))
        })
    }

    fn within_v6(blocks: &'static [Ipv6Net]) -> impl Strategy<Value = Ipv6Addr> {
        (0..blocks.len(), any::<u128>()).prop_map(|(block, bits)| {
            let block = blocks[block];
            Ipv6Addr::from_bits(block.network().to_bits() | (bits & block.hostmask().to_bits()))
        })
    }

    /// The ways in which an address of IPv6 holds one of IPv4.
    fn holding(address: Ipv4Addr) -> [Ipv6Addr; 7] {
        let bits = u128::from(address.to_bits());
        let v6 =
            |text: &str, shift: u32| Ipv6Addr::from_bits(text.parse::<Ipv6Addr>().unwrap().to_bits() | (bits << shift));
        [
            address.to_ipv6_mapped(),
            v6("::", 0),
            v6("::ffff:0:0:0", 0),
            v6("64:ff9b::", 0),
            v6("64:ff9b:1::", 0),
            v6("2002::", 80),
            // Teredo holds it with its bits turned.
            Ipv6Addr::from_bits(0x2001 << 112 | (bits ^ u128::from(u32::MAX))),
        ]
    }

    proptest! {
        #[test]
        fn no_address_of_a_refused_block_is_reached_whatever_holds_it(address in within_v4()) {
            prop_assert!(!permits(address), "{address}");
            for holder in holding(address) {
                prop_assert!(!permits(holder), "{holder} holds {address}");
            }
        }

        #[test]
        fn no_address_of_a_refused_block_of_ipv6_is_reached(address in within_v6(&REFUSED_V6)) {
            prop_assert!(!permits(address), "{address}");
        }

        #[test]
        fn outside_of_global_addresses_only_those_of_ipv4_are_reached(bits in any::<u128>()) {
            let address = Ipv6Addr::from_bits(bits);
            if !GLOBAL_V6.contains(&address) && unwrapped(address.into()).is_ipv6() {
                prop_assert!(!permits(address), "{address}");
            }
        }

        #[test]
        fn the_standard_library_knows_nothing_private_that_is_reached(bits in any::<u32>()) {
            let address = Ipv4Addr::from_bits(bits);
            let is_special = address.is_private() || address.is_loopback() || address.is_link_local()
                || address.is_multicast() || address.is_documentation() || address.is_unspecified()
                || address.is_broadcast();
            prop_assert!(!(is_special && permits(address)), "{address}");
        }
    }

    #[test]
    fn the_edges_of_the_blocks_are_where_the_registries_have_them() {
        for (text, is_permitted) in [
            ("0.255.255.255", false),
            ("1.0.0.0", true),
            ("9.255.255.255", true),
            ("10.255.255.255", false),
            ("11.0.0.0", true),
            ("100.63.255.255", true),
            ("100.64.0.0", false),
            ("100.100.100.200", false),
            ("100.127.255.255", false),
            ("100.128.0.0", true),
            ("126.255.255.255", true),
            ("127.255.255.255", false),
            ("128.0.0.0", true),
            ("168.63.129.16", false),
            ("168.63.129.17", true),
            ("169.253.255.255", true),
            ("169.254.169.254", false),
            ("169.255.0.0", true),
            ("172.15.255.255", true),
            ("172.16.0.0", false),
            ("172.31.255.255", false),
            ("172.32.0.0", true),
            ("192.0.0.192", false),
            ("192.0.1.0", true),
            ("192.167.255.255", true),
            ("192.168.255.255", false),
            ("192.169.0.0", true),
            ("198.17.255.255", true),
            ("198.19.255.255", false),
            ("198.20.0.0", true),
            ("223.255.255.255", true),
            ("224.0.0.0", false),
            ("255.255.255.255", false),
            ("::", false),
            ("::1", false),
            ("::ffff:8.8.8.8", true),
            ("::8.8.8.8", false),
            ("64:ff9b::8.8.8.8", true),
            ("64:ff9b::7f00:1", false),
            ("64:ff9b:1::8.8.8.8", false),
            ("100::1", false),
            ("2001:0:4136:e378:8000:63bf:3fff:fdd2", false),
            ("2001:1ff:ffff::1", false),
            ("2001:200::1", true),
            ("2001:db8::1", false),
            ("2001:4860:4860::8888", true),
            ("2002:808:808::1", false),
            ("2606:4700::1111", true),
            ("3fff:fff::1", false),
            ("3fff:1000::1", true),
            ("4000::1", false),
            ("5f00::1", false),
            ("fc00::1", false),
            ("fd00:ec2::254", false),
            ("fe80::1", false),
            ("fec0::1", false),
            ("ff02::1", false),
        ] {
            assert_eq!(permits(text.parse::<IpAddr>().unwrap()), is_permitted, "{text}");
        }
    }

    #[test]
    fn a_network_of_the_settings_is_reached_and_no_other() {
        let networks = ["10.1.0.0/16", "fd12::/16"].map(|text| text.parse().unwrap());
        let policy = AddressPolicy::new(networks.to_vec());
        for (text, is_permitted) in [
            ("10.1.255.255", true),
            ("::ffff:10.1.2.3", true),
            ("10.2.0.0", false),
            ("fd12::1", true),
            ("fd13::1", false),
            ("127.0.0.1", false),
            ("8.8.8.8", true),
        ] {
            assert_eq!(policy.permits(text.parse().unwrap()), is_permitted, "{text}");
        }
    }
}
