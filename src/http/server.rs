//! Assembles all routes.

use std::sync::{Arc, OnceLock};

use anyhow::Context;
use axum::{Extension, Router};
use tokio_util::task::TaskTracker;

use super::{
    auth::Doorkeeper,
    files::{exports, import_reports, media, shelter_exports, shelter_feed, uploads},
    graphql::{self, Documents, GraphqlEndpoint, Guard, Limits, SocketSettings, TrustedDocuments},
    imports::{self, ImportDoor},
    jwks,
    layers::{self, Surroundings},
    limits::{RateLimits, Share, TOGETHER},
    monitoring::{health, metrics},
    origins::as_browsers_say,
    pages::{account, developers, nothing_here, share},
    presence::{self, OpenSockets},
    revocations::{self, Revocations},
    webhooks,
};
use crate::{config::Config, deps::Deps, graphql as api, kernel::shutdown::Shutdown};

/// The routers, and the parts that must be told to stop.
pub struct Server {
    /// Every public route.
    pub router: Router,
    /// Routes for operators.
    pub metrics: Router,
    /// The GraphQL endpoint, which needs an orderly drain.
    pub endpoint: Arc<GraphqlEndpoint>,
}

impl Server {
    /// The same server, with a page that shows everybody how to log in: for a demo.
    pub fn showing_log_ins(mut self, log_ins: &serde_json::Value) -> Self {
        self.router = self.router.layer(Extension(developers::LogIns::new(log_ins)));
        self
    }
}

/// Assembles the routes and starts the tasks that watch open sockets.
pub fn server(config: &Config, deps: &Deps, tasks: &TaskTracker, shutdown: &Shutdown) -> anyhow::Result<Server> {
    let drain = &shutdown.drain;
    let revocations = Revocations::default();
    tasks.spawn(revocations::watch(deps.clone(), revocations.clone(), drain.clone()));
    let open_sockets = OpenSockets::default();
    let lease = config.presence_lease;
    tasks.spawn(presence::keep(
        deps.clone(),
        open_sockets.clone(),
        lease,
        shutdown.clone(),
    ));
    tasks.spawn(metrics::tidy(drain.clone()));
    tasks.spawn(presence::watch(deps.clone(), lease, drain.clone()));
    let limits = RateLimits::new(deps.clone(), config.rate_limit);
    let gate = Doorkeeper::new(deps.clone(), revocations, open_sockets, limits.clone());
    let gate = Arc::new(gate);
    let mut origins = config.allowed_origins.clone();
    origins.push(config.public_url.clone());
    let origins = as_browsers_say(&origins);
    let sockets = SocketSettings {
        allowed_origins: origins.clone(),
        per_address: config.sockets_per_address.saturating_mul(TOGETHER) as usize,
        of_visitors: config.sockets_per_address as usize,
        ..SocketSettings::default()
    };
    let executor = api::CodedExecutor {
        schema: api::build(deps.clone()),
        foreground: deps.foreground.clone(),
    };
    let guard = guard(&executor.schema).context("the schema")?;
    let trusted = trusted_documents(config, &guard)?;
    let documents = Documents::new(guard, deps.persisted_documents.clone());
    let documents = documents.trusting(trusted, config.only_trusted_documents);
    let endpoint = Arc::new(GraphqlEndpoint::new(executor, documents, sockets, gate.clone()));
    let imports = ImportDoor {
        gate,
        drain: drain.clone(),
    };
    let router = Router::new()
        .merge(graphql::router(endpoint.clone()))
        .merge(imports::router(imports))
        .merge(health::router(deps.clone(), shutdown.clone()))
        .merge(limits.around(uploads::router(deps.clone()), "uploads", Share::All))
        .merge(limits.around(media::router(deps.clone()), "media", Share::All))
        .merge(
            limits.around(
                exports::router(deps.clone())
                    .merge(import_reports::router(deps.clone()))
                    .merge(shelter_exports::router(deps.clone())),
                "exports",
                Share::One,
            ),
        )
        .merge(limits.around(webhooks::router(deps.clone()), "webhooks", Share::All))
        .merge(
            limits.around(
                share::router(deps.clone())
                    .merge(shelter_feed::router(deps.clone()))
                    .merge(developers::router())
                    .merge(account::router())
                    .merge(jwks::router(deps.clone())),
                "pages",
                Share::One,
            ),
        )
        .method_not_allowed_fallback(nothing_here::wrong_method)
        .fallback(nothing_here::unknown_path);
    let surroundings = Surroundings {
        origins: &origins,
        trusted_proxies: &config.trusted_proxies,
        is_https: config.public_url.starts_with("https://"),
    };
    Ok(Server {
        router: layers::around(router, &surroundings),
        metrics: metrics::router(deps.clone())?,
        endpoint,
    })
}

/// The documents of the file that the settings name.
fn trusted_documents(config: &Config, guard: &Guard) -> anyhow::Result<TrustedDocuments> {
    let Some(path) = &config.trusted_documents else {
        return Ok(TrustedDocuments::default());
    };
    let named = || format!("SWEETIE_TRUSTED_DOCUMENTS: {}", path.display());
    let text = std::fs::read_to_string(path).with_context(named)?;
    TrustedDocuments::from_json(&text, guard)
        .map_err(anyhow::Error::msg)
        .with_context(named)
}

/// The guard of the API. All servers of this process share it: it depends on the schema alone and takes long to build.
fn guard(schema: &api::schema::SweetieSchema) -> Result<Arc<Guard>, graphql::SchemaRefused> {
    static GUARD: OnceLock<Arc<Guard>> = OnceLock::new();
    if let Some(guard) = GUARD.get() {
        return Ok(guard.clone());
    }
    // The SDL includes the built-in directives, because the guard does not know all of them by itself.
    let guard = Guard::new(&schema.sdl(), Limits::default())?;
    Ok(GUARD.get_or_init(|| Arc::new(guard)).clone())
}
