//! The client's address as reported by our own proxy.

use std::{
    net::{IpAddr, SocketAddr},
    sync::Once,
};

use axum::{
    extract::{ConnectInfo, Request},
    http::HeaderMap,
    middleware::Next,
    response::Response,
};

/// Takes the client's address from the last entry of `X-Forwarded-For`, which our own proxy has written; anybody can
/// forge the entries before it. If it cannot be parsed, the proxy's own address stays, and the log says so once.
pub async fn forwarded(mut request: Request, next: Next) -> Response {
    static TOLD: Once = Once::new();
    if let Some(entry) = last_entry(request.headers()) {
        match address(entry) {
            Some(address) => drop(
                request
                    .extensions_mut()
                    .insert(ConnectInfo(SocketAddr::new(address, 0))),
            ),
            None => TOLD.call_once(|| {
                tracing::warn!(
                    entry,
                    "X-Forwarded-For ends with no address, so that all who come that way count as one; this is told once"
                );
            }),
        }
    }
    next.run(request).await
}

fn last_entry(headers: &HeaderMap) -> Option<&str> {
    let last = headers.get_all("x-forwarded-for").iter().next_back()?;
    last.to_str().ok()?.rsplit(',').next()
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
}
