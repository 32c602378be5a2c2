//! Which proxies are believed when they say where a request comes from.

use std::{net::IpAddr, str::FromStr};

use ipnet::IpNet;

use super::networks::network;

/// Proxies between a request and this server in practice: a service for content delivery, a balancer, an ingress and the like.
const MOST_HOPS: usize = 16;

/// The proxies whose entries in `X-Forwarded-For` are believed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum TrustedProxies {
    /// None: the header is ignored.
    #[default]
    None,
    /// This many, one after the other: every request comes through all of them.
    Hops(usize),
    /// Those with an address in one of these networks.
    Networks(Vec<IpNet>),
}

impl TrustedProxies {
    /// Whether a connection from this address is one of theirs.
    pub fn include(&self, address: IpAddr) -> bool {
        match self {
            Self::None => false,
            Self::Hops(_) => true,
            Self::Networks(networks) => {
                let address = address.to_canonical();
                networks.iter().any(|network| network.contains(&address))
            }
        }
    }
}

/// A text that is neither a number of proxies nor a list of networks.
#[derive(Debug, PartialEq, Eq)]
pub struct NotProxies;

impl FromStr for TrustedProxies {
    type Err = NotProxies;

    fn from_str(text: &str) -> Result<Self, NotProxies> {
        let text = text.trim();
        if text.is_empty() {
            return Ok(Self::None);
        }
        if let Ok(hops) = text.parse() {
            return match (1..=MOST_HOPS).contains(&hops) {
                true => Ok(Self::Hops(hops)),
                false => Err(NotProxies),
            };
        }
        let networks: Result<_, _> = text
            .split(',')
            .map(|item| network(item.trim()).ok_or(NotProxies))
            .collect();
        networks.map(Self::Networks)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_networks_and_nothing_are_told_apart() {
        let networks = |list: &[&str]| TrustedProxies::Networks(list.iter().map(|one| one.parse().unwrap()).collect());
        let table = [
            ("", TrustedProxies::None),
            (" 2 ", TrustedProxies::Hops(2)),
            ("10.0.0.0/8, 2001:db8::/32", networks(&["10.0.0.0/8", "2001:db8::/32"])),
            ("127.0.0.1,::1", networks(&["127.0.0.1/32", "::1/128"])),
        ];
        for (text, expected) in table {
            assert_eq!(text.parse::<TrustedProxies>(), Ok(expected), "{text}");
        }
    }

    #[test]
    fn what_would_believe_anybody_or_nobody_is_refused() {
        for text in [
            "0",
            "17",
            "-1",
            "true",
            "10.0.0.0/33",
            "10.0.0.0/8,",
            "0.0.0.0/0",
            "::/0",
            "example.org",
            "1, 2",
        ] {
            assert_eq!(text.parse::<TrustedProxies>(), Err(NotProxies), "{text}");
        }
    }

    #[test]
    fn an_ipv4_address_is_the_same_however_the_system_writes_it() {
        let proxies: TrustedProxies = "10.0.0.0/8".parse().unwrap();
        for (address, is_proxy) in [("10.1.2.3", true), ("::ffff:10.1.2.3", true), ("11.1.2.3", false)] {
            assert_eq!(proxies.include(address.parse().unwrap()), is_proxy, "{address}");
        }
    }
}
