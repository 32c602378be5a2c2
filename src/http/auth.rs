//! Who comes in: tokens of members, keys of shelters, visitors; and how often.

use std::{net::IpAddr, sync::Arc, time::Duration};

use async_graphql::Request;
use async_trait::async_trait;
use axum::http::{HeaderMap, HeaderValue};
use chrono::{DateTime, Utc};
use entity::Timestamp;
use tokio::sync::watch;

use super::{
    graphql::{Admitted, Credentials, Gate, Refused, SocketGuard},
    presence::Attendance,
    revocations::Revocations,
};
use crate::{
    deps::Deps,
    domain::{accounts, shelters},
    graphql::LoadersOfRequest,
    kernel::{Error, Viewer, viewer::Origin},
};

const WINDOW: Duration = Duration::from_secs(60);

/// The gate of the GraphQL endpoint.
pub struct Doorkeeper {
    deps: Deps,
    revocations: Revocations,
    attendance: Attendance,
    rate_limit: u32,
}

/// Somebody whose credentials were checked.
struct Known {
    viewer: Viewer,
    account: Option<String>,
    expires_at: Option<Timestamp>,
    revoked: Option<watch::Receiver<bool>>,
}

impl Doorkeeper {
    /// `rate_limit` is in requests a minute for one address.
    pub fn new(deps: Deps, revocations: Revocations, attendance: Attendance, rate_limit: u32) -> Self {
        Self {
            deps,
            revocations,
            attendance,
            rate_limit,
        }
    }

    async fn identify(&self, authorization: Option<&str>) -> Result<Known, Error> {
        let Some(authorization) = authorization else {
            return Ok(Known {
                viewer: Viewer::Visitor,
                account: None,
                expires_at: None,
                revoked: None,
            });
        };
        let token = authorization
            .strip_prefix("Bearer ")
            .or_else(|| authorization.strip_prefix("bearer "));
        let token = token
            .map(str::trim)
            .filter(|token| !token.is_empty())
            .ok_or(Error::Unauthenticated)?;
        if token.starts_with("sk_") {
            let viewer = shelters::authenticate_key(&self.deps, token).await?;
            return Ok(Known {
                account: Some(viewer.actor()),
                viewer,
                expires_at: None,
                revoked: None,
            });
        }
        let known = accounts::authenticate_member(&self.deps, token).await?;
        Ok(Known {
            viewer: known.viewer,
            account: Some(known.member_id.to_string()),
            expires_at: Some(known.expires_at),
            revoked: Some(self.revocations.watch(known.session_id)),
        })
    }

    /// Counts one thing of an address: a request, or an operation, of which a socket sends many.
    async fn count(&self, what: &str, address: IpAddr) -> Result<HeaderMap, Refused> {
        let key = format!("{what}:{address}");
        let counted = self
            .deps
            .limiter
            .hit(&key, self.rate_limit, WINDOW, self.deps.clock.now())
            .await;
        counted.map_err(|after| Refused::RateLimited { after })?;
        let mut headers = HeaderMap::new();
        let policy = format!("\"address\";q={};w={}", self.rate_limit, WINDOW.as_secs());
        if let Ok(policy) = HeaderValue::from_str(&policy) {
            headers.insert("ratelimit-policy", policy);
        }
        Ok(headers)
    }
}

#[async_trait]
impl Gate for Doorkeeper {
    async fn admit(&self, credentials: Credentials) -> Result<Admitted, Refused> {
        let headers = self.count("requests", credentials.address).await?;
        let known = self
            .identify(credentials.authorization.as_deref())
            .await
            .map_err(|error| match error {
                Error::RateLimited { after, .. } => Refused::RateLimited { after },
                Error::Unavailable(cause) | Error::Internal(cause) => {
                    tracing::error!(error = %cause, "credentials could not be checked");
                    Refused::Unavailable
                }
                other => Refused::Unauthenticated(other.to_string()),
            })?;
        let origin = Origin {
            address: credentials.address,
            user_agent: credentials.user_agent.map(|agent| agent.chars().take(300).collect()),
            request_id: credentials.request_id,
        };
        let (deps, viewer) = (self.deps.clone(), known.viewer);
        let attach = Arc::new(move |request: Request| {
            request
                .data(LoadersOfRequest::new(&deps, &viewer))
                .data(viewer.clone())
                .data(origin.clone())
        });
        Ok(Admitted {
            account: known.account,
            address: credentials.address,
            expires_at: known.expires_at.map(Timestamp::to_utc),
            revoked: known.revoked,
            headers,
            ..Admitted::new(attach)
        })
    }

    async fn spend(&self, admitted: &Admitted, _cost: u64) -> Result<(), Refused> {
        self.count("operations", admitted.address).await.map(|_| ())
    }

    async fn epoch(&self) -> Result<String, Refused> {
        self.deps.epoch().await.map_err(|error| {
            tracing::error!(?error, "the history of the database could not be read");
            Refused::Unavailable
        })
    }

    fn enter(&self, admitted: &Admitted) -> Option<SocketGuard> {
        let member = admitted.account.as_deref()?.parse().ok()?;
        Some(Box::new(self.attendance.enter(member)))
    }

    fn now(&self) -> DateTime<Utc> {
        self.deps.clock.now().to_utc()
    }
}
