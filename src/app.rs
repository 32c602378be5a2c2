//! Composition root: settings become adapters, a router and workers. The only file that names concrete adapters.

mod data_lock;
mod file_permissions;
mod identity_providers;
mod models;
mod open_files;
mod outbound;
mod pooler;
mod secrets;
mod shutdown;

use std::{path::Path, sync::Arc, time::Duration};

use anyhow::Context;
use data_lock::Claim;
use secrecy::SecretString;
use secrets::secrets;
use shutdown::{Doors, Running, ShutdownPeriods};
use tokio::net::TcpListener;
use tokio_util::task::TaskTracker;

pub use file_permissions::make_private;
pub use identity_providers::identity_providers;
pub use models::vision;
pub use outbound::outbound;

use crate::{
    config::{Config, METRICS_LISTEN, Nominatim as NominatimConfig, Redis as RedisConfig, Twilio as TwilioConfig},
    demo,
    deps::{
        BatchedQueries, Database, DatabaseSettings, Deps, Foreground, LogHead, Parts, Settings, SuspendedWork,
        is_same_secret, sqlite_file, synchronize_clock,
    },
    domain::{
        self,
        accounts::{self, RECOMMENDED_COST},
        chat, shelters, sms,
    },
    events::Bells,
    http,
    kernel::{
        secret::{Secret, hex, signing_keys::SigningKeys},
        shutdown::Shutdown,
    },
    ports::{
        blobs::FolderBlobs,
        bus::{Bus, LocalBus, RedisBus},
        clock::{SynchronizedClock, SystemClock},
        geocoder::{Nominatim, NominatimSettings, OfflineGeocoder, OnlineGeocoder},
        ids::{Ids, RandomIds},
        limiter::{Limiter, LocalLimiter, RedisLimiter},
        mail::{FolderMailer, Mailer, SmtpMailer, SmtpSettings},
        network_places::NetworkPlaces,
        persisted_documents::{LocalDocuments, PersistedDocuments, RedisDocuments},
        presence::{LocalPresence, Presence, RedisPresence},
        redis::{Redis, RedisAddress},
        sms::{OutboxSettings, SmsGateway, SmsOutbox, Twilio, TwilioSender, TwilioSettings},
    },
    work,
};

/// Whether to add demo data at the start.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Demo {
    /// Never.
    No,
    /// If there are no members yet.
    IfEmpty,
}

/// Whether the process may share the database with a running server.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Company {
    /// No: it serves, or changes something a server relies on. It must be the only one on an SQLite file.
    Alone,
    /// Yes: it only writes as a request does.
    BesideServer,
}

/// The assembled program.
pub struct App {
    config: Config,
    deps: Deps,
    /// Held with SQLite only.
    _claim: Option<Claim>,
}

/// Installs the process-wide TLS provider; calling it twice is harmless.
pub fn install_tls() {
    // Fails only if one is already installed, which is just as good.
    let _ = rustls::crypto::ring::default_provider().install_default();
}

impl App {
    /// Connects to all services and brings the database up to date.
    pub async fn open(config: Config, company: Company) -> anyhow::Result<Self> {
        Self::put_together(config, company).await.map_err(pooler::explained)
    }

    async fn put_together(config: Config, company: Company) -> anyhow::Result<Self> {
        let data = &config.data_dir;
        std::fs::create_dir_all(data).with_context(|| format!("SWEETIE_DATA_DIR: cannot make {}", data.display()))?;
        let file = sqlite_file(&config.database_url);
        file_permissions::close(data, file.as_deref());
        let claim = file.as_deref().map(|file| claim(file, company)).transpose()?.flatten();
        let secret = secrets(&config)?;
        let database = DatabaseSettings {
            url: config.database_url.clone(),
            sqlite_sync_full: config.sqlite_sync_full,
            connections: config.database_connections,
        };
        let db = Database::connect(&database)
            .await
            .context("SWEETIE_DATABASE_URL: cannot connect")?;
        match file.is_some() && claim.is_none() {
            false => db
                .migrate()
                .await
                .context("SWEETIE_DATABASE_URL: cannot bring the tables up to date")?,
            true => anyhow::ensure!(
                db.is_migrated().await?,
                "SWEETIE_DATABASE_URL: the tables are of an earlier version, and a server is at work on them: stop it first"
            ),
        }
        let (bus, limiter, presence, persisted_documents) = between_nodes(&config)?;
        let deps = Deps::new(Parts {
            db,
            clock: Arc::new(SynchronizedClock::new(Arc::new(SystemClock))),
            ids: Arc::new(RandomIds::default()) as Arc<dyn Ids>,
            mailer: mailer(&config)?,
            sms: sms_gateway(&config, &secret)?,
            signing_keys: SigningKeys::new(&secret),
            secret,
            public_url: config.public_url.clone(),
            app_url: config.app_url.clone(),
            blobs: Arc::new(blobs(data)?),
            bus,
            limiter,
            presence,
            persisted_documents,
            geocoder: Arc::new(OfflineGeocoder),
            online_geocoder: online_geocoder(&config)?,
            outbound: outbound(&config),
            network_places: network_places(&config)?,
            identity_providers: identity_providers(&config)?,
            bells: Bells::default(),
            foreground: Foreground::default(),
            log_head: LogHead::default(),
            vision: vision(&config)?,
            read_models: domain::read_models(),
            suspended_work: SuspendedWork::default(),
            settings: settings(&config),
            batched_queries: BatchedQueries::default(),
        });
        synchronize_clock(&deps).await.context("the clock of the database")?;
        anyhow::ensure!(
            is_same_secret(&deps).await.context("the secret of the database")?,
            "SWEETIE_SECRET: this is not the secret of the other nodes on this database, or of its last start. To change it, \
             give the former one as SWEETIE_OLD_SECRET"
        );
        // A process that works beside a server must not keep another server from starting.
        let _claim = claim.filter(|_| company == Company::Alone);
        Ok(Self { config, deps, _claim })
    }

    /// Dependencies of the use cases.
    pub fn deps(&self) -> &Deps {
        &self.deps
    }

    /// Adds demo data to an empty database.
    pub async fn add_demo(&self) -> anyhow::Result<demo::Outcome> {
        demo::add(&self.deps).await.context("demo data")
    }

    /// Serves until the process is asked to end, then lets requests and jobs finish, tells sockets to reconnect and
    /// hands back work that takes too long. If asked a second time, it ends at once with an error.
    pub async fn serve(self, demo: Demo) -> anyhow::Result<()> {
        let mut shows_log_ins = false;
        if demo == Demo::IfEmpty {
            let outcome = self.add_demo().await?;
            tracing::info!("{outcome}");
            shows_log_ins = outcome.is_there();
        }
        if self.config.database_url.starts_with("sqlite:") {
            work::queue::release_all(&self.deps).await.context("the queue")?;
        }
        // The first request is answered at once, so the map must be loaded before the server accepts connections.
        for model in self.deps.read_models.all() {
            model.catch_up(&self.deps).await.context(model.name())?;
        }
        work::startup::learn_with_the_model(&self.deps)
            .await
            .context("the queue")?;
        work::startup::look_up_places(&self.deps).await.context("the queue")?;
        domain::reseal(&self.deps).await.context("SWEETIE_OLD_SECRET")?;
        let listener = TcpListener::bind(self.config.listen).await;
        let listener = listener.with_context(|| format!("SWEETIE_LISTEN: cannot listen on {}", self.config.listen))?;
        let doors = Doors {
            public: listener,
            room: room(&self.config),
            metrics: metrics_listener(&self.config).await?,
        };
        let running = Running {
            epoch: self.deps.epoch().await.context("the history of the database")?,
            deps: self.deps.clone(),
            tasks: TaskTracker::new(),
            shutdown: Shutdown::default(),
        };
        work::start(&self.deps, &running.tasks, &running.shutdown);
        let steering = work::clock_sync::run(self.deps.clone(), running.shutdown.drain.clone());
        running.tasks.spawn(steering);
        let mut server = http::server(&self.config, &self.deps, &running.tasks, &running.shutdown)?;
        if shows_log_ins {
            server = server.showing_log_ins(&demo::log_ins());
        }
        tracing::info!(
            "listening on {}, seen from outside as {}",
            self.config.listen,
            self.config.public_url
        );
        let periods = ShutdownPeriods {
            notice: self.config.shutdown_notice,
            grace: self.config.shutdown_grace,
        };
        running.serve(doors, server, periods).await
    }
}

/// Limits on connections. Those of a trusted proxy come from everybody, so it must limit each address itself.
fn room(config: &Config) -> http::Room {
    let per_address = (config.sockets_per_address as usize).saturating_mul(http::CONNECTIONS_PER_SOCKET);
    http::Room::new(open_files::raise(), Some(per_address)).sparing(config.trusted_proxies.clone())
}

/// The metrics listener. If the default port is taken, for example by another node on this machine, it goes without.
async fn metrics_listener(config: &Config) -> anyhow::Result<Option<TcpListener>> {
    let address = config.metrics_listen.unwrap_or(METRICS_LISTEN);
    match TcpListener::bind(address).await {
        Ok(listener) => Ok(Some(listener)),
        Err(error) if config.metrics_listen.is_none() => {
            tracing::warn!(%error, "no metrics: {address} cannot be listened on; SWEETIE_METRICS_LISTEN names another address");
            Ok(None)
        }
        Err(error) => Err(error).with_context(|| format!("SWEETIE_METRICS_LISTEN: cannot listen on {address}")),
    }
}

/// Claims the file; `None` if a server has it and this process does not need it.
fn claim(file: &Path, company: Company) -> anyhow::Result<Option<Claim>> {
    let claim = data_lock::claim(file);
    let claim = claim.with_context(|| {
        format!(
            "SWEETIE_DATABASE_URL: cannot lock {}",
            data_lock::lock_path(file).display()
        )
    })?;
    anyhow::ensure!(
        claim.is_some() || company == Company::BesideServer,
        "SWEETIE_DATABASE_URL: another process is at work on {}: stop it first, or use PostgreSQL for several servers",
        file.display()
    );
    Ok(claim)
}

/// The services shared by nodes, or their local replacements on a single node.
type BetweenNodes = (
    Arc<dyn Bus>,
    Arc<dyn Limiter>,
    Arc<dyn Presence>,
    Arc<dyn PersistedDocuments>,
);

fn between_nodes(config: &Config) -> anyhow::Result<BetweenNodes> {
    let (address, wrong) = match &config.redis {
        None => {
            return Ok((
                Arc::new(LocalBus::default()),
                Arc::new(LocalLimiter::default()),
                Arc::new(LocalPresence::default()),
                Arc::new(LocalDocuments::default()),
            ));
        }
        Some(RedisConfig::Server(url)) => (
            RedisAddress::Server(url.clone().into()),
            "SWEETIE_REDIS_URL: not an address of Redis",
        ),
        Some(RedisConfig::Cluster(urls)) => (
            RedisAddress::Cluster(urls.iter().cloned().map(SecretString::from).collect()),
            "SWEETIE_REDIS_CLUSTER: not addresses of one Redis Cluster",
        ),
    };
    let redis = Redis::open(&address).context(wrong)?;
    let (bus, link) = RedisBus::new(&redis, "sweetie:bells");
    tokio::spawn(link);
    let limiter = RedisLimiter::new(&redis, "sweetie:limit:");
    let presence = RedisPresence::new(&redis, "{sweetie:presence}:");
    let documents = RedisDocuments::new(&redis, "sweetie:document:");
    Ok((
        Arc::new(bus),
        Arc::new(limiter),
        Arc::new(presence),
        Arc::new(documents),
    ))
}

/// Disk space that blobs leave to the database, which must be able to write when they cannot.
const KEPT_FREE: u64 = 256 * 1024 * 1024;

fn blobs(data: &Path) -> anyhow::Result<FolderBlobs> {
    let blobs = FolderBlobs::open(&data.join("blobs")).context("SWEETIE_DATA_DIR: no place for blobs")?;
    Ok(blobs.keeping_free(KEPT_FREE))
}

fn mailer(config: &Config) -> anyhow::Result<Arc<dyn Mailer>> {
    let Some(url) = &config.smtp_url else {
        let folder = FolderMailer::new(config.data_dir.join("outbox/mail"), &config.mail_from);
        return Ok(Arc::new(
            folder.map_err(|error| anyhow::anyhow!("SWEETIE_MAIL_FROM: {error}"))?,
        ));
    };
    let settings = SmtpSettings {
        url: SecretString::from(url.clone()),
        from: config.mail_from.clone(),
    };
    let smtp = SmtpMailer::new(&settings)
        .map_err(|error| anyhow::anyhow!("SWEETIE_SMTP_URL or SWEETIE_MAIL_FROM: {error}"))?;
    Ok(Arc::new(smtp))
}

fn sms_gateway(config: &Config, secret: &Secret) -> anyhow::Result<Arc<dyn SmsGateway>> {
    let Some(TwilioConfig {
        base_url,
        account_sid,
        auth_token,
        from,
    }) = &config.twilio
    else {
        return Ok(Arc::new(SmsOutbox::new(OutboxSettings {
            directory: config.data_dir.join("outbox/sms"),
            sender: "+15005550006".to_owned(),
            webhook_secret: SecretString::from(hex(&secret.key("SMS outbox webhooks"))),
        })));
    };
    let settings = TwilioSettings {
        account_sid: account_sid.clone(),
        auth_token: SecretString::from(auth_token.clone()),
        sender: if from.starts_with("MG") {
            TwilioSender::MessagingService(from.clone())
        } else {
            TwilioSender::Number(from.clone())
        },
        base_url: base_url.parse().context("SWEETIE_TWILIO_BASE_URL: not an address")?,
    };
    Ok(Arc::new(
        Twilio::new(settings).map_err(|error| anyhow::anyhow!("SWEETIE_TWILIO_…: {error}"))?,
    ))
}

/// The settings of all features.
pub fn settings(config: &Config) -> Settings {
    Settings::default()
        .with(accounts::Settings {
            password_cost: RECOMMENDED_COST,
        })
        .with(chat::Settings {
            new_account_for: config.new_account_for,
        })
        .with(shelters::Settings {
            country: config.sms_countries.first().copied(),
        })
        .with(sms::Settings {
            countries: config.sms_countries.clone(),
        })
}

fn online_geocoder(config: &Config) -> anyhow::Result<Option<Arc<dyn OnlineGeocoder>>> {
    let Some(NominatimConfig { url, contact }) = &config.nominatim else {
        return Ok(None);
    };
    let settings = NominatimSettings {
        url: url.parse().context("SWEETIE_NOMINATIM_URL: not an address")?,
        contact: contact.clone(),
        timeout: Duration::from_secs(5),
    };
    let nominatim = Nominatim::new(settings);
    let nominatim = nominatim.map_err(|error| anyhow::anyhow!("SWEETIE_NOMINATIM_…: {error}"))?;
    Ok(Some(Arc::new(nominatim)))
}

/// What says roughly where networks are.
pub fn network_places(config: &Config) -> anyhow::Result<NetworkPlaces> {
    let Some(file) = &config.network_places else {
        return Ok(NetworkPlaces::default());
    };
    let read = NetworkPlaces::read(file);
    read.with_context(|| format!("SWEETIE_NETWORK_PLACES: {} is no file of places", file.display()))
}
