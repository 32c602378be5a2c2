//! Middleware around every route: pace of request bodies, client's address, panics, origins, headers.

use std::time::Duration;

use axum::{
    Router,
    extract::Request,
    http::{HeaderName, HeaderValue, Method, header},
    middleware::{Next, from_fn, from_fn_with_state},
    response::Response,
};
use tower_http::{
    catch_panic::CatchPanicLayer,
    cors::{AllowHeaders, AllowOrigin, CorsLayer},
};

use super::{
    connection::{forwarded, paced},
    graphql::request_id,
    security_headers,
};
use crate::config::TrustedProxies;

/// How long a browser may cache a preflight; Chromium caches none for longer.
const PREFLIGHT_HOLDS: Duration = Duration::from_secs(2 * 60 * 60);

/// Who calls, and how the server is reached.
pub struct Surroundings<'a> {
    /// The only origins whose pages may call, as browsers say them.
    pub origins: &'a [String],
    /// Proxies that report the client's address.
    pub trusted_proxies: &'a TrustedProxies,
    /// Whether clients use HTTPS.
    pub is_https: bool,
}

/// Adds the middleware to the routes.
pub fn around(router: Router, surroundings: &Surroundings<'_>) -> Router {
    let Surroundings {
        origins,
        trusted_proxies,
        is_https,
    } = surroundings;
    let router = router.layer(from_fn(paced));
    let router = match trusted_proxies {
        TrustedProxies::None => router,
        trusted => router.layer(from_fn_with_state((*trusted).clone(), forwarded)),
    };
    let router = router.layer(CatchPanicLayer::new()).layer(cors(origins));
    security_headers::around(router, *is_https).layer(from_fn(with_request_id))
}

/// Every answer has the id under which it is found in the log.
async fn with_request_id(mut request: Request, next: Next) -> Response {
    let id = request_id::of(request.headers());
    let Ok(id) = HeaderValue::from_str(&id) else {
        return next.run(request).await;
    };
    request.headers_mut().insert(request_id::HEADER, id.clone());
    let mut response = next.run(request).await;
    response.headers_mut().insert(request_id::HEADER, id);
    response
}

fn cors(origins: &[String]) -> CorsLayer {
    let origins = origins.iter().filter_map(|origin| HeaderValue::from_str(origin).ok());
    CorsLayer::new()
        .allow_origin(AllowOrigin::list(origins))
        .allow_methods([Method::GET, Method::POST, Method::PUT])
        // Clients and monitoring tools (Apollo, Relay, Sentry, OpenTelemetry) add headers of their own, so a list would
        // never be complete. The origin decides who may call; without cookies, no header gives a call more rights.
        .allow_headers(AllowHeaders::mirror_request())
        .max_age(PREFLIGHT_HOLDS)
        .expose_headers([
            HeaderName::from_static("x-request-id"),
            HeaderName::from_static("ratelimit"),
            HeaderName::from_static("ratelimit-policy"),
            header::RETRY_AFTER,
        ])
}
