//! A database for every test, copied from a template that is migrated once per process.

use std::{
    path::{Path, PathBuf},
    sync::{LazyLock, OnceLock, mpsc},
};

use finding_sweetie::deps::{Database, DatabaseSettings};
use sea_orm::{ConnectionTrait, Database as Connector, DatabaseConnection, DbBackend, Statement};
use tokio::runtime::{Builder, Runtime};

/// The database that the suite runs on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TestDatabase {
    Sqlite,
    Postgres,
}

impl TestDatabase {
    /// Reads `SWEETIE_TEST_DATABASE`; SQLite is the default.
    pub fn chosen() -> Self {
        match variable("SWEETIE_TEST_DATABASE").as_deref() {
            None | Some("sqlite") => Self::Sqlite,
            Some("postgres") => Self::Postgres,
            Some(other) => panic!("SWEETIE_TEST_DATABASE: \"{other}\" is neither sqlite nor postgres"),
        }
    }
}

/// Reads an environment variable of the suite.
#[allow(
    clippy::disallowed_methods,
    reason = "the suite says where its services are in this way"
)]
pub fn variable(name: &str) -> Option<String> {
    std::env::var(name).ok().filter(|value| !value.is_empty())
}

/// The suite's PostgreSQL server, as the URL of any of its databases.
pub fn postgres_url() -> String {
    variable("SWEETIE_TEST_POSTGRES_URL").expect(
        "SWEETIE_TEST_POSTGRES_URL is missing: `scripts/test-services.sh up DIR` starts a PostgreSQL and prints it",
    )
}

/// A temporary folder that is removed on drop.
pub struct Scratch(PathBuf);

impl Scratch {
    /// Creates an empty folder.
    pub fn new() -> Self {
        let folder = std::env::temp_dir().join(format!("sweetie-it-{:016x}", rand::random::<u64>()));
        std::fs::create_dir_all(&folder).unwrap();
        Self(folder)
    }

    /// The path of the folder.
    pub fn path(&self) -> &Path {
        &self.0
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// A separate database for one test, deleted soon after the test.
pub struct FreshDatabase {
    /// As in `SWEETIE_DATABASE_URL`.
    pub url: String,
    /// Name of the PostgreSQL database to drop.
    postgres: Option<String>,
}

impl FreshDatabase {
    /// A migrated database without rows. A SQLite file is created in `folder`.
    pub async fn migrated(folder: &Path) -> Self {
        match TestDatabase::chosen() {
            TestDatabase::Sqlite => Self::file(folder),
            TestDatabase::Postgres => Self::create_postgres(postgres_template()).await,
        }
    }

    /// A migrated SQLite file, for tests about files.
    pub fn file(folder: &Path) -> Self {
        let file = folder.join("sweetie.db");
        std::fs::write(&file, sqlite_template()).unwrap();
        Self {
            url: sqlite_url(&file),
            postgres: None,
        }
    }

    /// A migrated database that several servers can share; `None` on SQLite, where a file has one server.
    pub async fn for_several_nodes(folder: &Path) -> Option<Self> {
        match TestDatabase::chosen() {
            TestDatabase::Sqlite => None,
            TestDatabase::Postgres => Some(Self::migrated(folder).await),
        }
    }

    /// A database without tables.
    pub async fn empty(folder: &Path) -> Self {
        match TestDatabase::chosen() {
            TestDatabase::Sqlite => Self {
                url: sqlite_url(&folder.join("sweetie.db")),
                postgres: None,
            },
            TestDatabase::Postgres => Self::create_postgres("").await,
        }
    }

    async fn create_postgres(template: &str) -> Self {
        let name = format!("sweetie_it_{:016x}", rand::random::<u64>());
        let server = postgres_server().await;
        server
            .execute_unprepared(&format!("CREATE DATABASE {name} {template}"))
            .await
            .unwrap();
        server.close().await.unwrap();
        Self {
            url: postgres_url_of(&name),
            postgres: Some(name),
        }
    }
}

impl Drop for FreshDatabase {
    fn drop(&mut self) {
        if let Some(name) = self.postgres.take() {
            let _ = DROPPED.send(name);
        }
    }
}

/// Names of PostgreSQL databases that are no longer needed. A thread drops them one by one, because PostgreSQL waits
/// for their connections to close. Any that are left at the end disappear with the temporary server.
static DROPPED: LazyLock<mpsc::Sender<String>> = LazyLock::new(|| {
    let (dropped, names) = mpsc::channel::<String>();
    let drop_all = async move {
        let server = postgres_server().await;
        for name in names {
            let statement = format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)");
            // This must not hide the failure of a test for another reason.
            if let Err(error) = server.execute_unprepared(&statement).await {
                eprintln!("{name} could not be dropped: {error}");
            }
        }
    };
    std::thread::spawn(move || runtime().block_on(drop_all));
    dropped
});

/// Runs a future on a separate thread and runtime: for state shared between tests, and for `Drop`, which cannot await.
pub fn apart<T: Send + 'static>(work: impl Future<Output = T> + Send + 'static) -> T {
    std::thread::spawn(move || runtime().block_on(work))
        .join()
        .expect("the work beside the test failed")
}

fn runtime() -> Runtime {
    Builder::new_current_thread().enable_all().build().unwrap()
}

/// The contents of a migrated SQLite file without rows.
fn sqlite_template() -> &'static [u8] {
    static TEMPLATE: OnceLock<Vec<u8>> = OnceLock::new();
    TEMPLATE.get_or_init(|| {
        apart(async {
            let folder = Scratch::new();
            let file = folder.path().join("template.db");
            migrate(&sqlite_url(&file)).await;
            assert!(
                !file.with_extension("db-wal").exists(),
                "the template is not whole without its log"
            );
            std::fs::read(file).unwrap()
        })
    })
}

/// The part of `CREATE DATABASE` that copies a migrated database without rows. That database exists as long as the
/// temporary server.
fn postgres_template() -> &'static str {
    static TEMPLATE: OnceLock<String> = OnceLock::new();
    TEMPLATE.get_or_init(|| {
        apart(async {
            let name = format!("sweetie_it_template_{:016x}", rand::random::<u64>());
            let server = postgres_server().await;
            server
                .execute_unprepared(&format!("CREATE DATABASE {name}"))
                .await
                .unwrap();
            migrate(&postgres_url_of(&name)).await;
            let version = Statement::from_string(DbBackend::Postgres, "SHOW server_version_num");
            let version = server.query_one_raw(version).await.unwrap().unwrap();
            let version: String = version.try_get_by_index(0).unwrap();
            // Copied as files: the default since version 15, copying through the log, takes ten times as long.
            let strategy = if version.parse::<u32>().unwrap() < 150_000 {
                ""
            } else {
                "STRATEGY FILE_COPY"
            };
            format!("TEMPLATE {name} {strategy}")
        })
    })
}

async fn migrate(url: &str) {
    let db = connect(url).await;
    db.migrate().await.unwrap();
    db.close().await.unwrap();
}

/// Connects like the server does, with few connections.
pub async fn connect(url: &str) -> Database {
    let settings = DatabaseSettings {
        url: url.to_owned(),
        sqlite_sync_full: false,
        connections: 5,
    };
    Database::connect(&settings).await.unwrap()
}

async fn postgres_server() -> DatabaseConnection {
    Connector::connect(postgres_url())
        .await
        .expect("SWEETIE_TEST_POSTGRES_URL: cannot connect")
}

fn postgres_url_of(name: &str) -> String {
    let mut url = url::Url::parse(&postgres_url()).unwrap();
    url.set_path(name);
    url.to_string()
}

fn sqlite_url(file: &Path) -> String {
    format!("sqlite://{}", file.display())
}
