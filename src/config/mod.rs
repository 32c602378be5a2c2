//! Floor 0: settings. The only place that reads the environment.

mod load;
mod setting;

use std::{
    net::{IpAddr, Ipv4Addr, SocketAddr},
    path::PathBuf,
    time::Duration,
};

use phonenumber::country;

pub use load::{ConfigError, load};
pub use setting::{SETTINGS, Setting, env_example, help};

/// Where metrics are shown unless a setting says otherwise: to this machine alone, on the port that exporters of
/// OpenTelemetry use.
pub const METRICS_LISTEN: SocketAddr = SocketAddr::new(IpAddr::V4(Ipv4Addr::LOCALHOST), 9464);

/// Checked settings.
#[derive(Clone)]
pub struct Config {
    /// Where the server listens.
    pub listen: SocketAddr,
    /// Where metrics are shown, if not on [`METRICS_LISTEN`].
    pub metrics_listen: Option<SocketAddr>,
    /// Where it is seen from outside, without a slash at the end.
    pub public_url: String,
    /// `sqlite://…` or `postgres://…`.
    pub database_url: String,
    /// Whether SQLite waits for the disk at every commit.
    pub sqlite_sync_full: bool,
    /// Most connections to PostgreSQL.
    pub database_connections: u32,
    /// Redis, if there are several nodes.
    pub redis: Option<Redis>,
    /// Folder for the database, blobs, outboxes and the generated secret.
    pub data_dir: PathBuf,
    /// The secret, at least 32 characters; without one it is generated once and kept in the data folder.
    pub secret: Option<String>,
    /// The secret before this one, while something that it has signed may still be good.
    pub old_secret: Option<String>,
    /// Filter of the log.
    pub log: String,
    /// Whether the log is JSON.
    pub log_json: bool,
    /// Web origins besides our own that may call the API.
    pub allowed_origins: Vec<String>,
    /// Whether the client's address is taken from `X-Forwarded-For`.
    pub trust_proxy: bool,
    /// Requests a minute of one visitor's address, and of one account.
    pub rate_limit: u32,
    /// WebSockets that the visitors of one address may hold open.
    pub sockets_per_address: u32,
    /// How long a member counts as online after a node with their socket has vanished.
    pub presence_lease: Duration,
    /// How long an account counts as new, which narrows what it may send.
    pub new_account_for: Duration,
    /// From "not ready" to "no new connections" when the server is asked to end.
    pub shutdown_notice: Duration,
    /// How long what is under way then may take.
    pub shutdown_grace: Duration,
    /// `smtp://user:password@host:port` or `smtps://…`; without it mails are written into a folder.
    pub smtp_url: Option<String>,
    /// Sender of mails, as `Name <address>` or an address alone.
    pub mail_from: String,
    /// Twilio, if SMS are really sent.
    pub twilio: Option<Twilio>,
    /// Countries whose mobile phones text messages go to, at least one.
    pub sms_countries: Vec<country::Id>,
    /// ONNX file of the model that compares photos.
    pub embedding_model: Option<PathBuf>,
    /// ONNX file of the model that knows breeds.
    pub breed_model: Option<BreedModel>,
    /// Nominatim, if places are looked up beyond the table of the program.
    pub nominatim: Option<Nominatim>,
}

/// What several nodes share.
#[derive(Clone)]
pub enum Redis {
    /// Address of one server: `redis://…` or `rediss://…`.
    Server(String),
    /// Addresses of nodes of one Redis Cluster, at least one.
    Cluster(Vec<String>),
}

/// Settings of looking places up.
#[derive(Clone)]
pub struct Nominatim {
    /// Base address of the server.
    pub url: String,
    /// Whom its operators can write to: address of mail or of the web.
    pub contact: Option<String>,
}

/// Settings of outgoing SMS.
#[derive(Clone)]
pub struct Twilio {
    /// Base address of the REST API.
    pub base_url: String,
    /// Account.
    pub account_sid: String,
    /// Its token.
    pub auth_token: String,
    /// Sender's number or messaging service.
    pub from: String,
}

/// Settings of the model that knows breeds.
#[derive(Clone)]
pub struct BreedModel {
    /// ONNX file.
    pub model: PathBuf,
    /// Text file with one label for each number that the model answers.
    pub labels: PathBuf,
}
