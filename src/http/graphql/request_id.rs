//! The id that ties an answer to its log entries.

use axum::http::{HeaderMap, HeaderName};

/// The header that carries it, both ways.
pub const HEADER: HeaderName = HeaderName::from_static("x-request-id");

/// The id that the request came with, or a new one if it has none or one that does not belong in a log: longer than
/// 64 bytes or with other characters than letters, digits, `-`, `_` and `.`.
pub fn of(headers: &HeaderMap) -> String {
    headers
        .get(HEADER)
        .and_then(|value| value.to_str().ok())
        .filter(|id| is_plain(id))
        .map_or_else(|| format!("{:032x}", rand::random::<u128>()), str::to_owned)
}

fn is_plain(id: &str) -> bool {
    (1..=64).contains(&id.len())
        && id
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte))
}

#[cfg(test)]
mod tests {
    use axum::http::HeaderValue;

    use super::*;

    fn with(id: &'static str) -> HeaderMap {
        HeaderMap::from_iter([(HEADER, HeaderValue::from_static(id))])
    }

    #[test]
    fn a_plain_id_is_kept() {
        assert_eq!(of(&with("web-01.a_B")), "web-01.a_B");
    }

    #[test]
    fn an_absurd_id_is_replaced() {
        for id in [
            "",
            "a b",
            "<script>",
            "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
        ] {
            assert_eq!(of(&with(id)).len(), 32, "{id}");
        }
    }
}
