//! How often somebody may ask.
//!
//! Visitors count by their network. Members and keys count by their account, so that those who share an address, such as
//! the people of an office, do not take each other's share; together they have a far wider limit. Whoever shows
//! credentials that are not good counts as a visitor.

use std::{net::IpAddr, time::Duration};

use axum::{
    Router,
    extract::{Request, State},
    http::{HeaderMap, HeaderName, HeaderValue},
    middleware::{Next, from_fn_with_state},
    response::Response,
};

use entity::id::ApiKeyId;

use super::{connection::address_of, graphql::Refused, refusal::turned_away};
use crate::{
    deps::{Deps, Limit, MINUTE},
    ports::limiter::Left,
};

/// What the people behind one address may do together, as a multiple of what one of them may.
pub const TOGETHER: u32 = 20;

const POLICY: HeaderName = HeaderName::from_static("ratelimit-policy");
const LEFT: HeaderName = HeaderName::from_static("ratelimit");

/// Counts what is asked; cheap to clone.
#[derive(Clone)]
pub struct RateLimits {
    deps: Deps,
    a_minute: u32,
}

/// Whose limit holds for routes that look at no credentials.
#[derive(Debug, Clone, Copy)]
pub enum Share {
    /// That of one visitor.
    One,
    /// That of all who share the address: what members' applications load by themselves.
    All,
}

impl RateLimits {
    /// So many a minute for each visitor and each account.
    pub fn new(deps: Deps, a_minute: u32) -> Self {
        Self { deps, a_minute }
    }

    /// How many a minute for each visitor and each account.
    pub fn a_minute(&self) -> u32 {
        self.a_minute
    }

    /// Counts one `what` of somebody of whom only the address is known.
    pub async fn count_visitor(&self, what: &'static str, address: IpAddr) -> Result<HeaderMap, Refused> {
        self.count(Share::One, what, address).await
    }

    /// Counts one `what` of somebody who shows credentials, before those are looked at.
    pub async fn count_together(&self, what: &'static str, address: IpAddr) -> Result<HeaderMap, Refused> {
        self.count(Share::All, what, address).await
    }

    /// Counts one `what` of an account, wherever it comes from.
    pub async fn count_account(&self, what: &'static str, account: &str) -> Result<HeaderMap, Refused> {
        let limit = a_minute(what, self.a_minute);
        let name = if account.starts_with(ApiKeyId::PREFIX) {
            "key"
        } else {
            "account"
        };
        told(name, limit, self.deps.count(&limit, format!("account:{account}")).await)
    }

    /// Counts what comes in on these routes, by the address.
    pub fn around(&self, routes: Router, what: &'static str, share: Share) -> Router {
        routes.layer(from_fn_with_state((self.clone(), what, share), counted))
    }

    async fn count(&self, share: Share, what: &'static str, address: IpAddr) -> Result<HeaderMap, Refused> {
        let (most, about) = match share {
            Share::One => (self.a_minute, ""),
            Share::All => (self.a_minute.saturating_mul(TOGETHER), "together"),
        };
        let limit = a_minute(what, most);
        told("address", limit, self.deps.count(&limit, (address, about)).await)
    }
}

/// Not a constant, because the number comes from the configuration.
fn a_minute(what: &'static str, most: u32) -> Limit {
    Limit::new(what, most, "requests", MINUTE)
}

async fn counted(
    State((limits, what, share)): State<(RateLimits, &'static str, Share)>,
    request: Request,
    next: Next,
) -> Response {
    match limits.count(share, what, address_of(request.extensions())).await {
        Ok(headers) => {
            let mut response = next.run(request).await;
            response.headers_mut().extend(headers);
            response
        }
        Err(refused) => turned_away(refused),
    }
}

/// What clients are told of a limit (draft-ietf-httpapi-ratelimit-headers): its name, how much it allows in which time, and
/// how much of that is left for how long.
fn told(name: &str, limit: Limit, hit: Result<Left, Duration>) -> Result<HeaderMap, Refused> {
    let policy = format!("\"{name}\";q={};w={}", limit.most, limit.window.as_secs());
    let (left, closes_in) = match &hit {
        Ok(left) => (left.hits, left.closes_in),
        Err(after) => (0, *after),
    };
    let left = format!("\"{name}\";r={left};t={}", closes_in.as_millis().div_ceil(1000));
    let headers = [(POLICY, policy), (LEFT, left)];
    let headers: HeaderMap = headers
        .into_iter()
        .filter_map(|(header, value)| Some((header, HeaderValue::from_str(&value).ok()?)))
        .collect();
    match hit {
        Ok(_) => Ok(headers),
        Err(after) => Err(Refused::RateLimited {
            after,
            what: format!("{limit} of one {name}"),
            headers: Box::new(headers),
        }),
    }
}
