//! A complete server for one test.

use std::{
    collections::BTreeSet,
    net::SocketAddr,
    path::Path,
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use chrono::{TimeZone, Utc};
use entity::Timestamp;
use finding_sweetie::{
    app::{identity_providers, install_tls, network_places, outbound, settings, vision},
    config::{Config, TrustedProxies},
    deps::{BatchedQueries, Deps, Foreground, LogHead, Parts, SuspendedWork, Whom},
    domain,
    events::Bells,
    http::{self, Room, SILENCE},
    kernel::{
        secret::{Secret, signing_keys::SigningKeys},
        shutdown::Shutdown,
    },
    ports::{
        blobs::FolderBlobs,
        clock::{Clock, ManualClock, SynchronizedClock},
        geocoder::{Nominatim, NominatimSettings, OfflineGeocoder, OnlineGeocoder},
        ids::RandomIds,
    },
    work,
};
use tokio::net::TcpListener;
use tokio_util::task::TaskTracker;

use super::{
    Between, FreshDatabase, LIMIT, Mailbox, Phone, Scratch, Setup,
    database::{apart, connect},
    http::plain_client,
    work::left_over,
};

/// More connections than any test opens.
const MOST_CONNECTIONS: usize = 10_000;

/// The secret of every test installation.
pub const SECRET: &[u8] = b"the secret of a test installation";

/// A real server on its own port: real router and schema, a fresh database, a stopped clock, and adapters that record
/// calls. Dropping it fails the test if there are jobs that nobody ran, or if a job was buried.
pub struct TestApp {
    /// `http://127.0.0.1:port`.
    pub url: String,
    /// The dependencies of the server's use cases.
    pub deps: Deps,
    /// Shows 2026-06-01T12:00:00Z until it is moved.
    pub clock: Arc<ManualClock>,
    /// Mails that the server has sent.
    pub mailbox: Arc<Mailbox>,
    /// Text messages that the server has sent.
    pub phone: Arc<Phone>,
    pub(super) client: reqwest::Client,
    pub(super) metrics_url: String,
    /// Members whose registration is not part of the test.
    pub(super) forgiven: Mutex<BTreeSet<String>>,
    has_workers: bool,
    may_leave_work: AtomicBool,
    shutdown: Shutdown,
    database: Arc<FreshDatabase>,
    folder: Scratch,
}

impl TestApp {
    /// A server whose jobs run only when the test says so.
    pub async fn new() -> Self {
        Self::start(Setup::default()).await
    }

    /// The same for a test that is not about the jobs it causes: they are not run, and may be left behind.
    pub async fn quiet() -> Self {
        let app = Self::new().await;
        app.leave_work();
        app
    }

    /// A server with background workers, for tests that measure or listen to live events.
    pub async fn with_workers() -> Self {
        Self::start(Setup {
            workers: true,
            ..Setup::default()
        })
        .await
    }

    /// A server with these options.
    pub async fn start(setup: Setup) -> Self {
        let folder = Scratch::new();
        let database = Arc::new(FreshDatabase::migrated(folder.path()).await);
        Self::on(setup, folder, database, noon(), Between::local()).await
    }

    /// Another node on the same database and clock. Keep the first node alive as long as this one.
    pub async fn beside(&self, setup: Setup) -> Self {
        let (setup, database) = (self.same(setup), self.database.clone());
        Self::on(setup, Scratch::new(), database, self.clock.clone(), Between::local()).await
    }

    /// Another node on the same database and clock, connected so that events on one node reach the other. Keep the
    /// first node alive as long as this one.
    pub async fn beside_in_earshot(&self, setup: Setup) -> Self {
        let between = Between {
            bus: self.deps.bus.clone(),
            limiter: self.deps.limiter.clone(),
            presence: self.deps.presence.clone(),
            persisted_documents: self.deps.persisted_documents.clone(),
        };
        Self::on(
            self.same(setup),
            Scratch::new(),
            self.database.clone(),
            self.clock.clone(),
            between,
        )
        .await
    }

    /// Another node on the same database, on a machine whose clock is ahead by `ahead`. Keep the first node alive as
    /// long as this one.
    pub async fn beside_with_clock_ahead(&self, setup: Setup, ahead: Duration) -> Self {
        let (setup, database) = (self.same(setup), self.database.clone());
        let clock = Arc::new(ManualClock::new(self.clock.now().plus(ahead)));
        Self::on(setup, Scratch::new(), database, clock, Between::local()).await
    }

    /// Two servers that share a database, a clock and a Redis. Keep the first alive as long as the second.
    pub async fn twins(adjust: fn(&mut Config)) -> (Self, Self) {
        let name = format!("{:032x}", rand::random::<u128>());
        let setup = || Setup {
            adjust,
            ..Setup::default()
        };
        let (folder, clock) = (Scratch::new(), noon());
        let database = Arc::new(FreshDatabase::migrated(folder.path()).await);
        let same = (database.clone(), clock.clone());
        let first = Self::on(setup(), folder, database, clock, Between::redis(&name)).await;
        let second = Self::on(
            first.same(setup()),
            Scratch::new(),
            same.0,
            same.1,
            Between::redis(&name),
        )
        .await;
        (first, second)
    }

    /// With the settings that all nodes share.
    fn same(&self, setup: Setup) -> Setup {
        Setup {
            public_url: Some(self.deps.public_url.clone()),
            ..setup
        }
    }

    async fn on(
        setup: Setup,
        folder: Scratch,
        database: Arc<FreshDatabase>,
        clock: Arc<ManualClock>,
        between: Between,
    ) -> Self {
        install_tls();
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let mut config = config(listener.local_addr().unwrap(), &database.url, folder.path());
        config.public_url = setup.public_url.unwrap_or_else(|| url.clone());
        config.identity_providers = setup.identity_providers;
        (setup.adjust)(&mut config);
        let (mailbox, phone) = (Arc::<Mailbox>::default(), Arc::<Phone>::default());
        let secret = setup.secret.unwrap_or_else(|| Secret::new(SECRET.to_vec()));
        let deps = Deps::new(Parts {
            db: connect(&database.url).await,
            clock: Arc::new(SynchronizedClock::new(clock.clone())),
            ids: Arc::new(RandomIds::default()),
            signing_keys: SigningKeys::new(&secret),
            secret,
            public_url: config.public_url.clone(),
            app_url: config.app_url.clone(),
            mailer: mailbox.clone(),
            sms: phone.clone(),
            blobs: Arc::new(
                FolderBlobs::open(&folder.path().join("blobs"))
                    .unwrap()
                    .keeping_free(setup.kept_free),
            ),
            bus: between.bus,
            limiter: between.limiter,
            presence: between.presence,
            persisted_documents: between.persisted_documents,
            geocoder: Arc::new(OfflineGeocoder),
            online_geocoder: setup.nominatim.map(online_geocoder),
            network_places: network_places(&config).unwrap(),
            outbound: outbound(&config),
            identity_providers: identity_providers(&config).unwrap(),
            bells: Bells::default(),
            foreground: Foreground::default(),
            log_head: LogHead::default(),
            vision: vision(&config).unwrap(),
            read_models: domain::read_models(),
            suspended_work: SuspendedWork::default(),
            settings: settings(&config).with(domain::accounts::Settings {
                password_cost: cheapest(),
            }),
            batched_queries: BatchedQueries::default(),
        });
        let metrics = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let metrics_url = format!("http://{}/metrics", metrics.local_addr().unwrap());
        let shutdown = serve(&config, &deps, (listener, metrics), setup.workers);
        Self {
            url,
            deps,
            clock,
            mailbox,
            phone,
            client: client(),
            metrics_url,
            forgiven: Mutex::default(),
            has_workers: setup.workers,
            may_leave_work: AtomicBool::new(false),
            shutdown,
            database,
            folder,
        }
    }

    /// Accepts that jobs are left when the app is dropped, because the test is not about them.
    pub fn leave_work(&self) {
        self.may_leave_work.store(true, Ordering::SeqCst);
    }

    /// Uses up a limit for somebody.
    pub async fn use_up(&self, limit: &str, whom: impl Into<Whom>) {
        let all = domain::limits();
        let limit = all.iter().find(|one| one.name == limit).expect("a limit of that name");
        let whom = whom.into();
        while self.deps.hit(limit, whom.clone()).await.is_ok() {}
    }

    /// The data directory of this server; blobs are in `blobs`.
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// As in `SWEETIE_DATABASE_URL`.
    pub(super) fn database_url(&self) -> &str {
        &self.database.url
    }

    /// Excludes the registration of this member from the test.
    pub(super) fn forgive(&self, member: &str) {
        self.forgiven.lock().unwrap().insert(member.to_owned());
    }
}

impl Drop for TestApp {
    fn drop(&mut self) {
        self.shutdown.at_once();
        if std::thread::panicking() || self.may_leave_work.load(Ordering::SeqCst) {
            return;
        }
        let (url, forgiven) = (self.database.url.clone(), self.forgiven.lock().unwrap().clone());
        let mut left = apart(async move { left_over(&url, &forgiven).await });
        // Background workers may still be busy with jobs that the test does not wait for.
        left.retain(|work| !self.has_workers || work.starts_with("buried"));
        assert!(
            left.is_empty(),
            "the test ends with work left (`app.run_work().await` does it): {left:#?}"
        );
    }
}

/// Starts the server and returns the handle that stops it.
fn serve(config: &Config, deps: &Deps, (listener, metrics): (TcpListener, TcpListener), workers: bool) -> Shutdown {
    let (shutdown, tasks) = (Shutdown::default(), TaskTracker::new());
    match workers {
        true => work::start(deps, &tasks, &shutdown),
        false => drop(tasks.spawn(work::ringer::run(deps.clone(), shutdown.drain.clone()))),
    }
    let server = http::server(config, deps, &tasks, &shutdown).unwrap();
    let listen = |listener, router| {
        http::listen(
            listener,
            router,
            Room::new(MOST_CONNECTIONS, None),
            SILENCE,
            shutdown.drain.clone(),
        )
    };
    tokio::spawn(listen(listener, server.router));
    tokio::spawn(listen(metrics, server.metrics));
    shutdown
}

fn config(listen: SocketAddr, database_url: &str, data_dir: &Path) -> Config {
    Config {
        listen,
        metrics_listen: None,
        public_url: format!("http://{listen}"),
        app_url: format!("http://{listen}"),
        database_url: database_url.to_owned(),
        sqlite_sync_full: false,
        database_connections: 5,
        redis: None,
        data_dir: data_dir.to_owned(),
        secret: None,
        old_secret: None,
        log: String::new(),
        log_json: false,
        allowed_origins: vec!["https://app.example.org".to_owned()],
        trusted_proxies: TrustedProxies::None,
        trusted_documents: None,
        network_places: None,
        outbound_networks: Vec::new(),
        only_trusted_documents: false,
        rate_limit: 1_000_000,
        sockets_per_address: 1_000,
        presence_lease: Duration::from_secs(60),
        shutdown_notice: Duration::ZERO,
        shutdown_grace: LIMIT,
        // Accounts count as old, except in tests about new ones.
        new_account_for: Duration::ZERO,
        smtp_url: None,
        mail_from: "Finding Sweetie <no-reply@localhost>".into(),
        twilio: None,
        sms_countries: ["US", "MX", "BR", "AR"].map(|code| code.parse().unwrap()).to_vec(),
        embedding_model: None,
        breed_model: None,
        nominatim: None,
        identity_providers: Vec::new(),
    }
}

/// Cost of hashing a password in tests: minimal, because hundreds of members are registered.
fn cheapest() -> argon2::Params {
    argon2::Params::new(argon2::Params::MIN_M_COST, 1, 1, None).unwrap()
}

/// The time at which every test begins.
fn noon() -> Arc<ManualClock> {
    let noon = Utc.with_ymd_and_hms(2026, 6, 1, 12, 0, 0).unwrap();
    Arc::new(ManualClock::new(Timestamp::from(noon)))
}

fn online_geocoder(url: String) -> Arc<dyn OnlineGeocoder> {
    let settings = NominatimSettings {
        url: url.parse().unwrap(),
        contact: Some("ann@example.org".to_owned()),
        timeout: LIMIT,
    };
    Arc::new(Nominatim::new(settings).unwrap())
}

fn client() -> reqwest::Client {
    plain_client()
        .user_agent("the integration suite")
        .redirect(reqwest::redirect::Policy::none())
        .timeout(Duration::from_secs(60))
        .build()
        .unwrap()
}
