//! The files of the page that `make web` builds, embedded in the binary. Those in `assets/` are stored compressed, which
//! makes them a quarter as large in the binary and on the wire.

use std::io::Read;

use axum::{
    http::{HeaderMap, header},
    response::{IntoResponse, Response},
};
use flate2::read::GzDecoder;
use rust_embed::Embed;

#[derive(Embed)]
#[folder = "web/dist"]
#[allow_missing = true]
struct Web;

/// A page as HTML, if it was built.
pub(super) fn page(name: &str) -> Option<String> {
    Web::get(name).map(|file| String::from_utf8_lossy(&file.data).into_owned())
}

/// The file of that name in `assets/`, compressed if the request accepts that. Names contain a hash of the content, so it
/// can be cached forever.
pub(super) fn asset(name: &str, request: &HeaderMap) -> Option<Response> {
    let compressed = Web::get(&format!("assets/{name}.gz"))?.data;
    let kind = mime_guess::from_path(name).first_or_octet_stream();
    let headers = [
        (header::CONTENT_TYPE, kind.essence_str()),
        (header::CACHE_CONTROL, "public, max-age=31536000, immutable"),
        (header::VARY, "accept-encoding"),
    ];
    if accepts_gzip(request) {
        return Some((headers, [(header::CONTENT_ENCODING, "gzip")], compressed).into_response());
    }
    let mut plain = Vec::new();
    GzDecoder::new(&*compressed).read_to_end(&mut plain).ok()?;
    Some((headers, plain).into_response())
}

/// Whether gzip is named in `Accept-Encoding`, or everything is, with a weight other than 0 (RFC 9110, 12.5.3).
fn accepts_gzip(request: &HeaderMap) -> bool {
    let values = request.get_all(header::ACCEPT_ENCODING).into_iter();
    let codings: Vec<(String, bool)> = values
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .map(coding)
        .collect();
    let accepts = |name: &str| {
        codings
            .iter()
            .find(|(coding, _)| coding == name)
            .map(|(_, wanted)| *wanted)
    };
    accepts("gzip").or_else(|| accepts("*")).unwrap_or(false)
}

/// The name of one coding, and whether it is wanted.
fn coding(text: &str) -> (String, bool) {
    let mut parts = text.split(';').map(|part| part.trim().to_ascii_lowercase());
    let name = parts.next().unwrap_or_default();
    let weight = parts.find_map(|part| part.strip_prefix("q=")?.trim().parse::<f32>().ok());
    (name, weight != Some(0.0))
}

#[cfg(test)]
mod tests {
    use axum::http::HeaderValue;

    use super::*;

    #[test]
    fn gzip_is_accepted_when_it_is_named_or_everything_is_and_not_weighed_as_nothing() {
        for (accepted, expected) in [
            ("gzip, deflate, br", true),
            ("br;q=1.0, GZIP;q=0.5", true),
            ("*", true),
            ("gzip;q=0, *", false),
            ("*;q=0.000", false),
            ("identity", false),
            ("x-gzip-like", false),
            ("", false),
        ] {
            let headers = HeaderMap::from_iter([(header::ACCEPT_ENCODING, HeaderValue::from_static(accepted))]);
            assert_eq!(accepts_gzip(&headers), expected, "{accepted}");
        }
        assert!(!accepts_gzip(&HeaderMap::new()));
    }
}
