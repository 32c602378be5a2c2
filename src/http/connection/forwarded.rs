//! The client's address as reported by our own proxies.

use std::{
    net::{IpAddr, SocketAddr},
    sync::Once,
};

use axum::{
    extract::{ConnectInfo, Request, State},
    http::HeaderMap,
    middleware::Next,
    response::Response,
};

use super::peer::address_of;
use crate::config::TrustedProxies;

/// Takes the client's address from the entry of `X-Forwarded-For` that a trusted proxy has written; anybody can forge
/// those before it. Where that is no address, the one that is known stays, and the log says so once.
pub async fn forwarded(State(trusted): State<TrustedProxies>, mut request: Request, next: Next) -> Response {
    let peer = address_of(request.extensions());
    let entries = entries(request.headers());
    if !entries.is_empty() {
        let address = client(&trusted, peer, &entries);
        request
            .extensions_mut()
            .insert(ConnectInfo(SocketAddr::new(address, 0)));
    }
    next.run(request).await
}

/// The entries of all lines of the header. What is not ASCII is an entry that is no address.
fn entries(headers: &HeaderMap) -> Vec<String> {
    let lines = headers.get_all("x-forwarded-for").into_iter();
    let lines = lines.map(|line| line.to_str().unwrap_or("unreadable"));
    let entries = lines.flat_map(|line| line.split(',')).map(str::trim);
    entries.filter(|entry| !entry.is_empty()).map(str::to_owned).collect()
}

/// Who is in front of the trusted proxies. Every proxy adds the address that it was called from on the right, so what is
/// further left than the trusted ones wrote is the client's own invention.
fn client(trusted: &TrustedProxies, peer: IpAddr, entries: &[String]) -> IpAddr {
    match trusted {
        TrustedProxies::None => peer,
        // With fewer entries than that, the request has not come the way that every request comes: none is believed.
        TrustedProxies::Hops(hops) => {
            let entry = entries.iter().rev().nth(hops - 1);
            let address = entry.and_then(|entry| address(entry));
            address.unwrap_or_else(|| {
                complain(entry.map(String::as_str));
                peer
            })
        }
        TrustedProxies::Networks(_) => {
            let mut known = peer;
            for entry in entries.iter().rev() {
                if !trusted.include(known) {
                    break;
                }
                match address(entry) {
                    Some(address) => known = address,
                    None => {
                        complain(Some(entry));
                        break;
                    }
                }
            }
            known
        }
    }
}

fn complain(entry: Option<&str>) {
    static TOLD: Once = Once::new();
    TOLD.call_once(|| {
        tracing::warn!(
            entry,
            "X-Forwarded-For has no address where SWEETIE_TRUSTED_PROXIES expects one, so that all who come that way count \
             as one; this is told once"
        );
    });
}

/// Parses an address as proxies write it: bare, with a port, in brackets, in quotes, or after `for=`.
fn address(entry: &str) -> Option<IpAddr> {
    let entry = entry.trim();
    let entry = match entry.split_at_checked(4) {
        Some((name, value)) if name.eq_ignore_ascii_case("for=") => value,
        _ => entry,
    };
    let entry = entry.trim().trim_matches('"');
    let bare = entry.strip_prefix('[').and_then(|entry| entry.strip_suffix(']'));
    let parsed = bare.unwrap_or(entry).parse::<IpAddr>();
    let parsed = parsed.or_else(|_| entry.parse::<SocketAddr>().map(|address| address.ip()));
    parsed.ok()
}

#[cfg(test)]
mod tests {
    use axum::http::HeaderValue;
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn an_address_is_read_however_a_proxy_writes_it() {
        let (v4, v6) = ("203.0.113.7", "2001:db8::7");
        let table = [
            ("203.0.113.7", v4),
            (" 203.0.113.7:50123 ", v4),
            ("\"203.0.113.7:50123\"", v4),
            ("for=203.0.113.7", v4),
            ("For=\"[2001:db8::7]:50123\"", v6),
            ("2001:db8::7", v6),
            ("[2001:db8::7]", v6),
            ("[2001:db8::7]:443", v6),
        ];
        for (entry, expected) in table {
            assert_eq!(address(entry), Some(expected.parse().unwrap()), "{entry}");
        }
        for entry in [
            "",
            "unknown",
            "_hidden",
            "203.0.113.7:",
            "203.0.113",
            "[2001:db8::7",
            "for=",
        ] {
            assert_eq!(address(entry), None, "{entry}");
        }
    }

    fn seen(trusted: &str, peer: &str, entries: &[&str]) -> String {
        let entries: Vec<String> = entries.iter().map(|&entry| entry.to_owned()).collect();
        client(&trusted.parse().unwrap(), peer.parse().unwrap(), &entries).to_string()
    }

    #[test]
    fn a_number_of_proxies_counts_from_the_right_and_too_few_entries_are_not_believed() {
        let peer = "10.0.0.1";
        for (trusted, entries, expected) in [
            ("1", &["9.9.9.9", "203.0.113.7"][..], "203.0.113.7"),
            ("2", &["9.9.9.9", "203.0.113.7", "10.0.0.2"], "203.0.113.7"),
            ("2", &["203.0.113.7", "10.0.0.2"], "203.0.113.7"),
            ("2", &["203.0.113.7"], peer),
            ("1", &["203.0.113.7", "unknown"], peer),
        ] {
            assert_eq!(seen(trusted, peer, entries), expected, "{trusted} of {entries:?}");
        }
    }

    #[test]
    fn networks_are_peeled_off_from_the_connection_on() {
        let trusted = "10.0.0.0/8, 2001:db8::/32";
        for (peer, entries, expected) in [
            ("10.0.0.1", &["9.9.9.9", "203.0.113.7"][..], "203.0.113.7"),
            (
                "::ffff:10.0.0.1",
                &["9.9.9.9", "203.0.113.7", "2001:db8::1", "10.0.0.2:80"],
                "203.0.113.7",
            ),
            ("10.0.0.1", &["10.0.0.3", "10.0.0.2"], "10.0.0.3"),
            ("10.0.0.1", &["203.0.113.7", "unknown", "10.0.0.2"], "10.0.0.2"),
            ("198.51.100.1", &["203.0.113.7"], "198.51.100.1"),
        ] {
            assert_eq!(seen(trusted, peer, entries), expected, "{peer} {entries:?}");
        }
    }

    #[test]
    fn all_lines_of_the_header_are_one_list() {
        let mut headers = HeaderMap::new();
        for line in ["9.9.9.9, ,203.0.113.7", "", "10.0.0.2"] {
            headers.append("x-forwarded-for", line.parse().unwrap());
        }
        headers.append("x-forwarded-for", HeaderValue::from_bytes(b"\xff").unwrap());
        assert_eq!(entries(&headers), ["9.9.9.9", "203.0.113.7", "10.0.0.2", "unreadable"]);
    }

    /// Addresses of proxies are in 10.0.0.0/8 here, that of the attacker is not, and what they write may be anything.
    fn forged() -> impl Strategy<Value = Vec<String>> {
        let entry = prop_oneof![
            any::<std::net::IpAddr>().prop_map(|address| address.to_string()),
            any::<[u8; 3]>().prop_map(|[a, b, c]| format!("10.{a}.{b}.{c}")),
            any::<std::net::Ipv6Addr>().prop_map(|address| format!("for=\"[{address}]:1\"")),
            "[ -~]{0,12}",
        ];
        proptest::collection::vec(entry, 0..6)
    }

    /// The header as it arrives: what the attacker wrote, then what each proxy on the way appended.
    fn arrived(forged: &[String], attacker: IpAddr, hops: &[[u8; 3]]) -> (IpAddr, Vec<String>) {
        let mut headers = HeaderMap::new();
        headers.append("x-forwarded-for", forged.join(", ").parse().unwrap());
        let mut peer = attacker;
        for [a, b, c] in hops {
            headers.append("x-forwarded-for", peer.to_string().parse().unwrap());
            peer = IpAddr::from([10, *a, *b, *c]);
        }
        (peer, entries(&headers))
    }

    proptest! {
        #[test]
        fn nobody_in_front_of_the_proxies_chooses_an_address(
            forged in forged(),
            hops in proptest::collection::vec(any::<[u8; 3]>(), 1..4),
            attacker in any::<IpAddr>().prop_filter("no proxy", |address| !matches!(address.to_canonical(), IpAddr::V4(v4) if v4.octets()[0] == 10)),
        ) {
            let (peer, entries) = arrived(&forged, attacker, &hops);
            let networks = "10.0.0.0/8".parse().unwrap();
            prop_assert_eq!(client(&TrustedProxies::Hops(hops.len()), peer, &entries), attacker);
            prop_assert_eq!(client(&networks, peer, &entries), attacker);
            prop_assert_eq!(client(&TrustedProxies::None, peer, &entries), peer);
        }

        #[test]
        fn nobody_beside_the_proxies_chooses_an_address(forged in forged(), attacker in any::<[u8; 2]>()) {
            let attacker = IpAddr::from([203, 0, attacker[0], attacker[1]]);
            let (peer, entries) = arrived(&forged, attacker, &[]);
            prop_assert_eq!(client(&"10.0.0.0/8".parse().unwrap(), peer, &entries), attacker);
        }
    }
}
