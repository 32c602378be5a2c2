//! Floor 0: settings. The only place that reads the environment.

mod identity_providers;
mod load;
mod networks;
mod setting;
mod trusted_proxies;
mod values;

use std::{
    net::{IpAddr, Ipv4Addr, SocketAddr},
    path::PathBuf,
    time::Duration,
};

use ipnet::IpNet;
use phonenumber::country;

pub use identity_providers::IdentityProvider;
pub use load::load;
pub use setting::{SETTINGS, Setting, env_example, help};
pub use trusted_proxies::TrustedProxies;
pub use values::ConfigError;

/// Default address for metrics: reachable from this machine only, on the port that OpenTelemetry exporters use.
pub const METRICS_LISTEN: SocketAddr = SocketAddr::new(IpAddr::V4(Ipv4Addr::LOCALHOST), 9464);

/// Validated settings.
#[derive(Clone)]
pub struct Config {
    /// Address to listen on.
    pub listen: SocketAddr,
    /// Address for metrics, if not [`METRICS_LISTEN`].
    pub metrics_listen: Option<SocketAddr>,
    /// Public URL, without a trailing slash.
    pub public_url: String,
    /// Where people reach the app, without a trailing slash.
    pub app_url: String,
    /// `sqlite://…` or `postgres://…`.
    pub database_url: String,
    /// Whether SQLite waits for the disk at every commit.
    pub sqlite_sync_full: bool,
    /// Maximum number of connections to PostgreSQL.
    pub database_connections: u32,
    /// Redis, needed only with several nodes.
    pub redis: Option<Redis>,
    /// Folder for the database, blobs, outboxes and the generated secret.
    pub data_dir: PathBuf,
    /// At least 32 characters; if absent, it is generated once and kept in the data folder.
    pub secret: Option<String>,
    /// The previous secret, kept for as long as something it has signed may still be valid.
    pub old_secret: Option<String>,
    /// Log filter.
    pub log: String,
    /// Whether log lines are JSON.
    pub log_json: bool,
    /// Web origins, besides our own, that may call the API.
    pub allowed_origins: Vec<String>,
    /// Proxies that are believed about the client's address.
    pub trusted_proxies: TrustedProxies,
    /// JSON file of documents that clients may name instead of sending them.
    pub trusted_documents: Option<PathBuf>,
    /// File that says roughly where networks are.
    pub network_places: Option<PathBuf>,
    /// Networks that addresses named by users may lead to although they are not public.
    pub outbound_networks: Vec<IpNet>,
    /// Whether no other documents are taken.
    pub only_trusted_documents: bool,
    /// Requests per minute allowed for one address and for one account.
    pub rate_limit: u32,
    /// Number of WebSockets that one address may hold open.
    pub sockets_per_address: u32,
    /// How long a member still counts as online after the node with their socket has vanished.
    pub presence_lease: Duration,
    /// How long an account counts as new, during which its limits on sending are tighter.
    pub new_account_for: Duration,
    /// Time between "not ready" and refusing new connections during shutdown.
    pub shutdown_notice: Duration,
    /// Time that work in progress then has to finish.
    pub shutdown_grace: Duration,
    /// `smtp://user:password@host:port` or `smtps://…`; if absent, mails are written to a folder.
    pub smtp_url: Option<String>,
    /// Sender of mails, as `Name <address>` or an address alone.
    pub mail_from: String,
    /// Twilio; if absent, no SMS are really sent.
    pub twilio: Option<Twilio>,
    /// Countries whose mobile numbers can receive text messages; at least one.
    pub sms_countries: Vec<country::Id>,
    /// ONNX file of the model for comparing photos, if not that of the data folder ([`Config::kept_models`]).
    pub embedding_model: Option<PathBuf>,
    /// The model for suggesting breeds, if not that of the data folder.
    pub breed_model: Option<BreedModel>,
    /// Nominatim, for places that the built-in table does not cover.
    pub nominatim: Option<Nominatim>,
    /// Providers of OpenID Connect with whose accounts people sign in.
    pub identity_providers: Vec<IdentityProvider>,
}

impl Config {
    /// Where image models lie that no setting has to name: `models` in the data folder, as `scripts/models/build.py`
    /// fills it. None of the files need exist.
    pub fn kept_models(&self) -> KeptModels {
        let folder = self.data_dir.join("models");
        KeptModels {
            embedding: folder.join("embedding.onnx"),
            breeds: BreedModel {
                model: folder.join("breeds.onnx"),
                labels: folder.join("breeds.txt"),
            },
        }
    }
}

/// Paths of image models in the data folder.
pub struct KeptModels {
    /// The model for comparing photos.
    pub embedding: PathBuf,
    /// The model for suggesting breeds.
    pub breeds: BreedModel,
}

/// Redis, as shared by several nodes.
#[derive(Clone)]
pub enum Redis {
    /// URL of one server: `redis://…` or `rediss://…`.
    Server(String),
    /// URLs of nodes of one Redis Cluster, at least one.
    Cluster(Vec<String>),
}

/// Settings for geocoding by a service.
#[derive(Clone)]
pub struct Nominatim {
    /// Base URL of the server.
    pub url: String,
    /// Mail or web address by which its operators can reach us.
    pub contact: Option<String>,
}

/// Settings for outgoing SMS.
#[derive(Clone)]
pub struct Twilio {
    /// Base URL of the REST API.
    pub base_url: String,
    /// SID of the account.
    pub account_sid: String,
    /// Secret token of the account.
    pub auth_token: String,
    /// Number or messaging service that sends.
    pub from: String,
}

/// Settings of the breed model.
#[derive(Clone)]
pub struct BreedModel {
    /// Path of the ONNX file.
    pub model: PathBuf,
    /// Text file with one label per output of the model.
    pub labels: PathBuf,
}
