//! All routes together.

use std::sync::Arc;

use anyhow::Context;
use axum::Router;
use tokio_util::task::TaskTracker;

use super::{
    auth::Doorkeeper,
    graphql::{self, GraphqlEndpoint, Limits, SocketSettings},
    health, layers, media, metrics, pages,
    presence::{self, Attendance},
    revocations::{self, Revocations},
    share, uploads, webhooks,
};
use crate::{config::Config, deps::Deps, graphql as api, kernel::ending::Ending};

/// What listens, and what is told when it is to stop.
pub struct Server {
    /// Every route.
    pub router: Router,
    /// The GraphQL endpoint, for its shutdown.
    pub endpoint: Arc<GraphqlEndpoint>,
}

/// Puts the routes together and starts what watches over open sockets.
pub fn server(config: &Config, deps: &Deps, tasks: &TaskTracker, ending: &Ending) -> anyhow::Result<Server> {
    let shutdown = &ending.stop;
    let revocations = Revocations::default();
    tasks.spawn(revocations::watch(deps.clone(), revocations.clone(), shutdown.clone()));
    let attendance = Attendance::default();
    let lease = config.presence_lease;
    tasks.spawn(presence::keep(deps.clone(), attendance.clone(), lease, ending.clone()));
    tasks.spawn(metrics::tidy(shutdown.clone()));
    tasks.spawn(presence::watch(deps.clone(), shutdown.clone()));
    let gate = Doorkeeper::new(deps.clone(), revocations, attendance, config.rate_limit);
    let gate = Arc::new(gate);
    let mut origins = config.allowed_origins.clone();
    origins.push(config.public_url.clone());
    let sockets = SocketSettings {
        allowed_origins: origins.clone(),
        per_address: config.sockets_per_address as usize,
        ..SocketSettings::default()
    };
    let schema = api::build(deps.clone());
    // With the directives of the language, of which the guard does not know all by itself.
    let sdl = schema.sdl();
    let endpoint = GraphqlEndpoint::new(api::CodedExecutor(schema), &sdl, Limits::default(), sockets, gate);
    let endpoint = Arc::new(endpoint.context("the schema")?);
    let router = Router::new()
        .merge(graphql::router(endpoint.clone()))
        .merge(health::router(deps.clone(), ending.clone()))
        .merge(metrics::router(deps.clone())?)
        .merge(uploads::router(deps.clone()))
        .merge(media::router(deps.clone()))
        .merge(webhooks::router(deps.clone()))
        .merge(share::router(deps.clone()))
        .merge(pages::router());
    Ok(Server {
        router: layers::around(router, &origins, config.trust_proxy),
        endpoint,
    })
}
