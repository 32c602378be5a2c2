//! Middleware around every route: pace of request bodies, client's address, origins, headers, panics.

use std::time::Duration;

use axum::{
    Router,
    http::{HeaderName, HeaderValue, Method, header},
    middleware::from_fn,
};
use tower_http::{
    catch_panic::CatchPanicLayer,
    cors::{AllowHeaders, AllowOrigin, CorsLayer},
    set_header::SetResponseHeaderLayer,
};

use super::connection::{forwarded, paced};

/// How long a browser may cache a preflight; Chromium caches none for longer.
const PREFLIGHT_HOLDS: Duration = Duration::from_secs(2 * 60 * 60);

/// Adds the middleware to the routes. Browsers may call only from the listed origins; behind a proxy, the client's
/// address is the one that the proxy reports.
pub fn around(router: Router, origins: &[String], trust_proxy: bool) -> Router {
    let router = router.layer(from_fn(paced));
    let router = if trust_proxy {
        router.layer(from_fn(forwarded))
    } else {
        router
    };
    let origins = origins.iter().filter_map(|origin| HeaderValue::from_str(origin).ok());
    let cors = CorsLayer::new()
        .allow_origin(AllowOrigin::list(origins))
        .allow_methods([Method::GET, Method::POST, Method::PUT])
        // Clients and monitoring tools (Apollo, Relay, Sentry, OpenTelemetry) add headers of their own, so a list would
        // never be complete. The origin decides who may call; without cookies, no header gives a call more rights.
        .allow_headers(AllowHeaders::mirror_request())
        .max_age(PREFLIGHT_HOLDS)
        .expose_headers([HeaderName::from_static("x-request-id"), header::RETRY_AFTER]);
    router
        .layer(cors)
        .layer(SetResponseHeaderLayer::if_not_present(
            header::X_CONTENT_TYPE_OPTIONS,
            HeaderValue::from_static("nosniff"),
        ))
        .layer(SetResponseHeaderLayer::if_not_present(
            header::REFERRER_POLICY,
            HeaderValue::from_static("no-referrer"),
        ))
        .layer(CatchPanicLayer::new())
}
