//! What browsers may do with an answer. Routes that need more set their own values.

use axum::{
    Router,
    http::{
        HeaderName, HeaderValue,
        header::{
            CONTENT_SECURITY_POLICY, REFERRER_POLICY, STRICT_TRANSPORT_SECURITY, X_CONTENT_TYPE_OPTIONS,
            X_FRAME_OPTIONS,
        },
    },
    middleware::map_response,
    response::Response,
};

/// Header and value of every answer that has no value of its own for it.
const HEADERS: [(HeaderName, &str); 7] = [
    (X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (REFERRER_POLICY, "no-referrer"),
    // An answer that is no page loads nothing, should it be opened as one.
    (
        CONTENT_SECURITY_POLICY,
        "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    ),
    (X_FRAME_OPTIONS, "DENY"),
    (
        HeaderName::from_static("permissions-policy"),
        "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    ),
    (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
    // Listed origins ask with CORS, which this does not concern; photos say `cross-origin` themselves.
    (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
];

/// A year. Not for subdomains, which may belong to somebody else.
const ONLY_HTTPS: (HeaderName, &str) = (STRICT_TRANSPORT_SECURITY, "max-age=31536000");

/// Adds the headers to all routes. A server that is reached by HTTPS is reached by nothing else from then on.
pub fn around(router: Router, is_https: bool) -> Router {
    let only_https = is_https.then_some(ONLY_HTTPS);
    let headers: Vec<(HeaderName, HeaderValue)> = HEADERS
        .into_iter()
        .chain(only_https)
        .map(|(name, value)| (name, HeaderValue::from_static(value)))
        .collect();
    let dress = move |mut response: Response| {
        for (name, value) in &headers {
            let entry = response.headers_mut().entry(name);
            entry.or_insert_with(|| value.clone());
        }
        std::future::ready(response)
    };
    router.layer(map_response(dress))
}
