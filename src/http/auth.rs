//! Authentication: tokens of members, keys of shelters, anonymous visitors.

use std::{net::IpAddr, sync::Arc};

use async_graphql::Request;
use async_trait::async_trait;
use axum::http::HeaderMap;
use chrono::{DateTime, Utc};
use entity::Timestamp;
use tokio::sync::watch;

use super::{
    cost_budget::CostBudget,
    graphql::{Admitted, Credentials, Gate, OverBudget, Refused, SocketGuard, Turn},
    limits::RateLimits,
    presence::OpenSockets,
    revocations::{Credential, Revocations},
};
use crate::{
    deps::Deps,
    domain::{accounts, shelters},
    graphql::LoadersOfRequest,
    kernel::{Error, Viewer, viewer::Origin},
};

/// Admits requests to the GraphQL endpoint, and to the routes beside it that take the same credentials.
pub struct Doorkeeper {
    deps: Deps,
    revocations: Revocations,
    open_sockets: OpenSockets,
    limits: RateLimits,
    cost_budget: CostBudget,
}

/// Somebody with credentials, at a route that is no GraphQL.
pub struct Caller {
    /// Who it is.
    pub viewer: Viewer,
    /// What their use cases touch.
    pub deps: Deps,
    /// For the answer: how many requests are left.
    pub headers: HeaderMap,
}

/// A caller whose credentials have been checked.
struct Known {
    viewer: Viewer,
    account: String,
    expires_at: Option<Timestamp>,
    revoked: watch::Receiver<bool>,
}

impl Doorkeeper {
    /// The budgets for cost are derived from the limits on requests.
    pub fn new(deps: Deps, revocations: Revocations, open_sockets: OpenSockets, limits: RateLimits) -> Self {
        Self {
            deps,
            revocations,
            open_sockets,
            cost_budget: CostBudget::new(limits.a_minute()),
            limits,
        }
    }

    /// Admits somebody to a request that counts like an operation of that cost. Visitors are refused.
    pub async fn admit_caller(&self, credentials: &Credentials, cost: u64) -> Result<Caller, Refused> {
        let Some(authorization) = &credentials.authorization else {
            self.limits.count_visitor("requests", credentials.address).await?;
            return Err(refused(Error::Unauthenticated));
        };
        let (viewer, admitted) = self.admit_known(authorization, credentials).await?;
        self.spend(&admitted, cost).await?;
        let turn = self.turn(&admitted, cost).await;
        // Not kept: what takes long is the file on its way, which is no work.
        drop(turn.map_err(|over| Refused::from(&over))?);
        Ok(Caller {
            viewer,
            deps: self.deps.asked_from(credentials.address),
            headers: admitted.headers,
        })
    }

    async fn identify(&self, authorization: &str, address: IpAddr) -> Result<Known, Error> {
        let token = bearer(authorization).ok_or(Error::Unauthenticated)?;
        let (viewer, expires_at) = if token.starts_with("sk_") {
            let known = shelters::authenticate_key(&self.deps, token, address).await?;
            (known.viewer, known.expires_at)
        } else {
            let known = accounts::authenticate_member(&self.deps, token).await?;
            (known.viewer, Some(known.expires_at))
        };
        let credential = Credential::of(&viewer).ok_or(Error::Unauthenticated)?;
        Ok(Known {
            account: viewer.actor(),
            viewer,
            expires_at,
            revoked: self.revocations.watch(credential),
        })
    }

    /// Callers with credentials get their account's limit; if the credentials are invalid, a visitor's.
    async fn admit_known(&self, authorization: &str, credentials: &Credentials) -> Result<(Viewer, Admitted), Refused> {
        self.limits.count_together("requests", credentials.address).await?;
        let known = match self.identify(authorization, credentials.address).await {
            Ok(known) => known,
            Err(error) => {
                let refused = refused(error);
                if matches!(refused, Refused::Unauthenticated(_)) {
                    self.limits.count_visitor("requests", credentials.address).await?;
                }
                return Err(refused);
            }
        };
        let headers = self.limits.count_account("requests", &known.account).await?;
        let admitted = Admitted {
            account: Some(known.account),
            expires_at: known.expires_at.map(Timestamp::to_utc),
            revoked: Some(known.revoked),
            headers,
            ..self.admitted(known.viewer.clone(), credentials)
        };
        Ok((known.viewer, admitted))
    }

    fn admitted(&self, viewer: Viewer, credentials: &Credentials) -> Admitted {
        let agent = credentials.user_agent.as_ref();
        let origin = Origin {
            address: credentials.address,
            user_agent: agent.map(|agent| agent.chars().take(300).collect()),
            request_id: credentials.request_id.clone(),
        };
        let deps = self.deps.asked_from(credentials.address);
        let attach = Arc::new(move |request: Request| {
            request
                .data(deps.clone())
                .data(LoadersOfRequest::new(&deps, &viewer))
                .data(viewer.clone())
                .data(origin.clone())
        });
        Admitted {
            address: credentials.address,
            ..Admitted::new(attach)
        }
    }
}

/// What follows the scheme, whose name may be written in any case (RFC 9110, section 11.1).
fn bearer(authorization: &str) -> Option<&str> {
    let (scheme, token) = authorization.split_once(' ')?;
    let token = token.trim();
    (scheme.eq_ignore_ascii_case("Bearer") && !token.is_empty()).then_some(token)
}

fn refused(error: Error) -> Refused {
    match error {
        Error::RateLimited { after, what } => Refused::RateLimited {
            after,
            what: what.into_owned(),
            headers: Box::default(),
        },
        Error::Unavailable(cause) | Error::Internal(cause) => {
            tracing::error!(error = %cause, "credentials could not be checked");
            Refused::Unavailable
        }
        other => Refused::Unauthenticated(other.to_string()),
    }
}

#[async_trait]
impl Gate for Doorkeeper {
    async fn admit(&self, credentials: Credentials) -> Result<Admitted, Refused> {
        if let Some(authorization) = &credentials.authorization {
            let known = self.admit_known(authorization, &credentials).await;
            return known.map(|(_, admitted)| admitted);
        }
        let headers = self.limits.count_visitor("requests", credentials.address).await?;
        Ok(Admitted {
            headers,
            ..self.admitted(Viewer::Visitor, &credentials)
        })
    }

    async fn spend(&self, admitted: &Admitted, _cost: u64) -> Result<(), Refused> {
        if let Some(account) = &admitted.account {
            self.limits.count_together("operations", admitted.address).await?;
            self.limits.count_account("operations", account).await?;
        } else {
            self.limits.count_visitor("operations", admitted.address).await?;
        }
        Ok(())
    }

    async fn turn(&self, admitted: &Admitted, cost: u64) -> Result<Turn, OverBudget> {
        let who = (admitted.account.as_deref(), admitted.address);
        self.cost_budget.turn(who, cost, self.deps.clock.now()).await
    }

    async fn epoch(&self) -> Result<String, Refused> {
        self.deps.epoch().await.map_err(|error| {
            tracing::error!(?error, "the history of the database could not be read");
            Refused::Unavailable
        })
    }

    fn enter(&self, admitted: &Admitted) -> Option<SocketGuard> {
        let member = admitted.account.as_deref()?.parse().ok()?;
        Some(Box::new(self.open_sockets.enter(member)))
    }

    fn now(&self) -> DateTime<Utc> {
        self.deps.clock.now().to_utc()
    }
}
