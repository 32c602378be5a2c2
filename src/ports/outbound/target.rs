//! Addresses as users and servers write them, judged without the network.

use std::net::IpAddr;

use url::{Host, Url};

use super::{address::AddressPolicy, error::OutboundError};

/// Longest address in bytes. Browsers and content networks agree on little more, and no photo needs it.
const MOST_BYTES: usize = 2_048;

/// Ports from 1024 up that browsers block, since servers of other protocols could be made to take a request for one of
/// theirs (<https://fetch.spec.whatwg.org/#port-blocking>).
const BLOCKED_PORTS: [u16; 20] = [
    1719, 1720, 1723, 2049, 3659, 4045, 4190, 5060, 5061, 6000, 6566, 6665, 6666, 6667, 6668, 6669, 6679, 6697, 10080,
    // Not HTTP, and common beside web servers: memcached takes the lines of a request for commands.
    11211,
];

/// The address, if it may be asked as far as it says itself. A name is judged again when it is looked up.
pub fn target(text: &str, policy: &AddressPolicy) -> Result<Url, OutboundError> {
    within_length(text)?;
    let url = Url::parse(text).map_err(|_| OutboundError::NotAnAddress)?;
    judged(url, policy)
}

/// Whether a service that is not the web may be asked at that port: `own` is the usual one of its protocol.
pub fn is_service_port(port: u16, own: u16) -> bool {
    port == own || 1024 <= port && !BLOCKED_PORTS.contains(&port)
}

/// Where a redirect leads, judged like the first address. `None` if `location` is no address.
pub fn next_target(from: &Url, location: &[u8], policy: &AddressPolicy) -> Option<Result<Url, OutboundError>> {
    let location = str::from_utf8(location).ok()?;
    if let Err(error) = within_length(location) {
        return Some(Err(error));
    }
    let url = from.join(location).ok()?;
    if from.scheme() == "https" && url.scheme() == "http" {
        return Some(Err(OutboundError::Downgrade));
    }
    Some(judged(url, policy))
}

fn within_length(text: &str) -> Result<(), OutboundError> {
    match text.len() {
        ..=MOST_BYTES => Ok(()),
        length => Err(OutboundError::TooLong {
            length,
            most: MOST_BYTES,
        }),
    }
}

fn judged(mut url: Url, policy: &AddressPolicy) -> Result<Url, OutboundError> {
    if !matches!(url.scheme(), "http" | "https") {
        return Err(OutboundError::Scheme(format!("{}:", url.scheme())));
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Err(OutboundError::UserInfo);
    }
    let literal: Option<IpAddr> = match url.host().ok_or(OutboundError::NotAnAddress)? {
        Host::Domain(_) => None,
        Host::Ipv4(address) => Some(address.into()),
        Host::Ipv6(address) => Some(address.into()),
    };
    if literal.is_some_and(|address| !policy.permits(address)) {
        return Err(OutboundError::Private);
    }
    match url.port_or_known_default() {
        Some(80 | 443) => {}
        Some(port) if 1024 <= port && !BLOCKED_PORTS.contains(&port) => {}
        port => return Err(OutboundError::Port(port.unwrap_or_default())),
    }
    // It is for browsers, and never sent.
    url.set_fragment(None);
    Ok(url)
}

#[cfg(test)]
mod tests {
    use std::net::Ipv4Addr;

    use proptest::prelude::*;

    use super::*;

    fn check(text: &str) -> Result<Url, OutboundError> {
        target(text, &AddressPolicy::default())
    }

    /// A number in one of the bases that addresses may have.
    fn number(value: u32, base: u8) -> String {
        match base {
            8 => format!("0{value:o}"),
            16 => format!("0x{value:X}"),
            _ => value.to_string(),
        }
    }

    /// An address in one to four numbers, of which the last stands for all bytes that are left.
    fn spelled(address: Ipv4Addr, bases: &[u8]) -> String {
        let bytes = address.octets();
        let last = bases.len() - 1;
        let rest = address.to_bits() & (u32::MAX.checked_shr(8 * u32::try_from(last).unwrap()).unwrap());
        let single = bytes.iter().map(|byte| u32::from(*byte)).take(last).chain([rest]);
        let numbers: Vec<_> = single.zip(bases).map(|(value, base)| number(value, *base)).collect();
        numbers.join(".")
    }

    proptest! {
        #[test]
        fn an_address_is_judged_alike_in_every_spelling(
            bits in any::<u32>(),
            first in prop_oneof![Just(None), prop::sample::select(vec![0, 10, 127, 169, 172, 192, 198, 224]).prop_map(Some)],
            bases in prop::collection::vec(prop::sample::select(vec![8, 10, 16]), 1..=4),
        ) {
            let bits = first.map_or(bits, |first: u32| (first << 24) | (bits >> 8));
            let address = Ipv4Addr::from_bits(bits);
            let url = format!("http://{}/", spelled(address, &bases));
            let is_permitted = AddressPolicy::default().permits(address.into());

            prop_assert_eq!(check(&url).is_ok(), is_permitted, "{} is {}", url, address);
            if let Ok(parsed) = check(&url) {
                prop_assert_eq!(parsed.host(), Some(Host::Ipv4(address)));
            }
        }
    }

    #[test]
    fn every_spelling_of_this_machine_is_refused() {
        for host in [
            "127.0.0.1",
            "127.0.0.1.",
            "127.1",
            "127.0.1",
            "127.255.255.254",
            "2130706433",
            "017700000001",
            "0177.0.0.1",
            "0177.0.0.0x1",
            "0x7f000001",
            "0x7F.0x00.0x00.0x01",
            "0x7f.1",
            "127.0.0.0x1",
            "00000177.00000000.0.1",
            "%31%32%37.0.0.1",
            "127%2e0%2e0%2e1",
            // Digits and full stops of other scripts.
            "①②⑦.⓪.⓪.①",
            "１２７.０.０.１",
            "127。0。0。1",
            "127．0．0．1",
            "127｡0｡0｡1",
            "[::1]",
            "[0:0:0:0:0:0:0:1]",
            "[0000::0001]",
            "[::ffff:127.0.0.1]",
            "[::ffff:7f00:1]",
            "[0:0:0:0:0:ffff:127.0.0.1]",
            "[::127.0.0.1]",
            "[::7f00:1]",
            "[64:ff9b::127.0.0.1]",
            "[2002:7f00:1::]",
            "0",
            "0.0.0.0",
            "0x0",
            "00",
            "[::]",
            "[::ffff:0.0.0.0]",
        ] {
            for url in [
                format!("http://{host}/"),
                format!("https://{host}:8080/"),
                format!("http:\\\\{host}\\"),
            ] {
                assert!(
                    matches!(check(&url), Err(OutboundError::Private)),
                    "{url}: {:?}",
                    check(&url)
                );
            }
        }
    }

    /// Collected from PortSwigger's and OWASP's lists and from "A New Era of SSRF" (Orange Tsai, Black Hat 2017), where
    /// the part that checks and the part that connects read one address differently. Here they share one parser.
    #[test]
    fn known_ways_around_are_refused() {
        for url in [
            "http://169.254.169.254/latest/meta-data/",
            "http://0251.0376.0251.0376/",
            "http://0xa9fea9fe/",
            "http://2852039166/",
            "http://[::ffff:a9fe:a9fe]/",
            "http://[fd00:ec2::254]/latest/meta-data/",
            "http://100.100.100.200/",
            "http://192.0.0.192/opc/v1/",
            "http://10.0.0.1/",
            "http://192.168.1.1/",
            "http://172.16.0.1/",
            "http://255.255.255.255/",
            "http://[fe80::1]/",
            "http://[fec0::1]/",
            "http://\t127.0.0.1/",
            "http://127.0.0.1\n/",
            "  http://127.0.0.1/",
            "http:127.0.0.1",
            "http:///127.0.0.1",
            "http:////127.0.0.1/",
            "http://127.0.0.1#@example.org/",
            "http://127.0.0.1\\@example.org/",
            "http://127.0.0.1?@example.org/",
            "HTTP://127.0.0.1/",
        ] {
            assert!(
                matches!(check(url), Err(OutboundError::Private)),
                "{url:?}: {:?}",
                check(url)
            );
        }
        for url in [
            "http://example.org@127.0.0.1/",
            "http://example.org:80@127.0.0.1/",
            "http://user@example.org/",
            "http://:password@example.org/",
            "http://1.1.1.1 &@2.2.2.2# @3.3.3.3/",
            "http://foo@127.0.0.1:80@example.org/",
        ] {
            assert!(
                matches!(check(url), Err(OutboundError::UserInfo)),
                "{url}: {:?}",
                check(url)
            );
        }
        for url in [
            "file:///etc/passwd",
            "gopher://example.org/_x",
            "dict://example.org/",
            "ftp://example.org/",
            "data:,x",
            "javascript:1",
        ] {
            assert!(
                matches!(check(url), Err(OutboundError::Scheme(_))),
                "{url}: {:?}",
                check(url)
            );
        }
        for url in [
            "",
            "example.org/photo.jpg",
            "//example.org/",
            "http://",
            "http://256.1.1.1/",
            "http://127.0.0.1.0x1.2/",
            "http://[::1%25lo]/",
            "http://exa mple.org/",
            "http://example.org:99999/",
        ] {
            assert!(
                matches!(check(url), Err(OutboundError::NotAnAddress)),
                "{url}: {:?}",
                check(url)
            );
        }
    }

    #[test]
    fn ports_of_the_web_and_those_of_users_are_asked() {
        for (port, is_asked) in [
            (80, true),
            (443, true),
            (1024, true),
            (3000, true),
            (8080, true),
            (8443, true),
            (65535, true),
            (0, false),
            (21, false),
            (22, false),
            (25, false),
            (81, false),
            (445, false),
            (1023, false),
            (2049, false),
            (6667, false),
            (10080, false),
            (11211, false),
        ] {
            let url = format!("https://example.org:{port}/");
            let refused = matches!(check(&url), Err(OutboundError::Port(refused)) if refused == port);
            assert_eq!((check(&url).is_ok(), refused), (is_asked, !is_asked), "{url}");
        }
    }

    #[test]
    fn an_address_is_as_long_as_browsers_take() {
        let of_length = |length: usize| format!("https://example.org/{}", "a".repeat(length - 20));
        assert!(check(&of_length(2_048)).is_ok());
        assert!(matches!(
            check(&of_length(2_049)),
            Err(OutboundError::TooLong {
                length: 2_049,
                most: 2_048
            })
        ));
    }

    #[test]
    fn what_is_for_browsers_is_not_sent() {
        assert_eq!(
            check("https://Example.org/a?b#c").unwrap().as_str(),
            "https://example.org/a?b"
        );
    }

    #[test]
    fn a_redirect_is_judged_like_the_first_address() {
        let next = |from: &str, location: &str| {
            let next = next_target(&check(from).unwrap(), location.as_bytes(), &AddressPolicy::default());
            match next {
                None => "nowhere".to_owned(),
                Some(Ok(url)) => url.to_string(),
                Some(Err(error)) => format!("{error:?}"),
            }
        };
        for (from, location, expected) in [
            ("http://example.org/a/b", "c", "http://example.org/a/c"),
            ("http://example.org/a", "https://example.net/", "https://example.net/"),
            ("http://example.org/a", "//example.net/ä", "http://example.net/%C3%A4"),
            ("https://example.org/a", "http://example.org/a", "Downgrade"),
            ("https://example.org/a", "//127.0.0.1/", "Private"),
            ("http://example.org/a", "http://0x7f.1/", "Private"),
            ("http://example.org/a", "http://[::ffff:127.0.0.1]/", "Private"),
            ("http://example.org/a", "file:///etc/passwd", "Scheme(\"file:\")"),
            ("http://example.org/a", "http://ann@example.org/", "UserInfo"),
            ("http://example.org/a", "http://example.org:22/", "Port(22)"),
            ("http://example.org/a", "http://", "nowhere"),
        ] {
            assert_eq!(next(from, location), expected, "{from} to {location}");
        }
        let from = check("http://example.org/").unwrap();
        assert!(next_target(&from, b"/\xff", &AddressPolicy::default()).is_none());
    }
}
