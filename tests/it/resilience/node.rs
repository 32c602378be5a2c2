//! The real binary as a process of its own.

use std::{
    collections::BTreeMap,
    fs::File,
    net::{SocketAddr, TcpListener},
    path::{Path, PathBuf},
    process::{Child, Command, ExitStatus, Stdio},
    sync::atomic::{AtomicU16, Ordering},
    time::Duration,
};

use reqwest::Client;
use serde_json::{Value, json};

use crate::support::{Bearer, plain_client, until};

/// How long a process may take to start on a busy machine.
const START: Duration = Duration::from_secs(60);

/// How a process is started, time and again.
pub struct Installation {
    settings: BTreeMap<&'static str, String>,
    log: PathBuf,
}

/// A process; killed when it is dropped.
pub struct Node {
    child: Child,
    pub url: String,
    /// Where its metrics are.
    pub metrics: String,
    pub client: Client,
    log: PathBuf,
}

impl Installation {
    /// With its data in that folder.
    pub fn new(data: &Path, database_url: &str) -> Self {
        let settings = [
            ("SWEETIE_DATA_DIR", data.join("data").display().to_string()),
            ("SWEETIE_DATABASE_URL", database_url.to_owned()),
            ("SWEETIE_SECRET", "the secret of all nodes of this test".to_owned()),
            // Of all nodes, wherever each listens.
            ("SWEETIE_PUBLIC_URL", "https://sweetie.example.org".to_owned()),
            ("SWEETIE_RATE_LIMIT", "1000000".to_owned()),
            ("SWEETIE_LOG", "warn".to_owned()),
        ];
        Self {
            settings: settings.into(),
            log: data.join(format!("log-{:08x}", rand::random::<u32>())),
        }
    }

    /// The same with one more setting, or another one.
    pub fn with(mut self, name: &'static str, value: impl ToString) -> Self {
        self.settings.insert(name, value.to_string());
        self
    }

    /// What the processes of this installation wrote to their log.
    pub fn log(&self) -> String {
        std::fs::read_to_string(&self.log).unwrap()
    }

    /// Runs a command of the program: whether it succeeded, and what it said.
    pub fn run(&self, arguments: &[&str]) -> (bool, String) {
        let output = sweetie().args(arguments).envs(&self.settings).output().unwrap();
        let said = [output.stdout, output.stderr].concat();
        (output.status.success(), String::from_utf8(said).unwrap())
    }

    /// Runs another command of the program on the same data, and gives what it prints.
    pub fn command(&self, arguments: &[&str]) -> String {
        let (succeeded, said) = self.run(arguments);
        assert!(succeeded, "{said}");
        said
    }

    /// Starts a process and does not wait for anything.
    pub fn spawn(&self) -> Node {
        self.spawn_at(free_address())
    }

    fn spawn_at(&self, listen: SocketAddr) -> Node {
        finding_sweetie::app::install_tls();
        let metrics = free_address();
        let log = File::options().create(true).append(true).open(&self.log).unwrap();
        // As somebody starts it who gives no thought to the modes of files; one that may not grow is an error, no signal.
        let mut command = Command::new("/bin/sh");
        command
            .args([
                "-c",
                "umask 000; trap '' XFSZ; exec \"$0\" serve",
                env!("CARGO_BIN_EXE_sweetie"),
            ])
            .env_clear()
            .env("PATH", "/usr/bin:/bin")
            .envs(&self.settings)
            .env("SWEETIE_LISTEN", listen.to_string())
            .env("SWEETIE_METRICS_LISTEN", metrics.to_string());
        let child = command
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(log)
            .spawn()
            .unwrap();
        let client = plain_client().timeout(Duration::from_secs(20)).build().unwrap();
        Node {
            child,
            url: format!("http://{listen}"),
            metrics: format!("http://{metrics}/metrics"),
            client,
            log: self.log.clone(),
        }
    }

    /// Starts a process and waits until it works.
    pub async fn start(&self) -> Node {
        let mut node = self.spawn();
        node.ready().await;
        node
    }

    /// Starts a process again at the address of one that has ended, and waits until it works.
    pub async fn start_at(&self, url: &str) -> Node {
        let mut node = self.spawn_at(url.trim_start_matches("http://").parse().unwrap());
        node.ready().await;
        node
    }
}

/// An address for a process to listen on. The system gives connections of clients ports from 32768 on, so one from there
/// could be taken before the process listens.
pub fn free_address() -> SocketAddr {
    static NEXT: AtomicU16 = AtomicU16::new(0);
    let first = std::process::id() % 10_000;
    loop {
        let number = u32::from(NEXT.fetch_add(1, Ordering::Relaxed));
        let port = u16::try_from(12_000 + (first + number) % 20_000).unwrap();
        if let Ok(listener) = TcpListener::bind(("127.0.0.1", port)) {
            return listener.local_addr().unwrap();
        }
    }
}

/// The binary without any setting of the suite's own environment.
pub fn sweetie() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_sweetie"));
    command.env_clear().env("PATH", "/usr/bin:/bin");
    command
}

impl Node {
    /// Waits until it works; fails the test with its log if it ends instead.
    pub async fn ready(&mut self) {
        let url = format!("{}/health/ready", self.url);
        until(START, "the process is ready", async || {
            if let Some(status) = self.child.try_wait().unwrap() {
                panic!(
                    "the process ended with {status}: {}",
                    std::fs::read_to_string(&self.log).unwrap()
                );
            }
            self.client
                .get(&url)
                .send()
                .await
                .is_ok_and(|response| response.status() == 200)
        })
        .await;
    }

    /// What the system lets it have: soft and hard limit of open files.
    pub fn open_files(&self) -> (String, String) {
        let limits = std::fs::read_to_string(format!("/proc/{}/limits", self.child.id())).unwrap();
        let line = limits.lines().find_map(|line| line.strip_prefix("Max open files"));
        let mut words = line.unwrap().split_whitespace().map(str::to_owned);
        (words.next().unwrap(), words.next().unwrap())
    }

    /// Of the process.
    pub fn id(&self) -> u32 {
        self.child.id()
    }

    /// Status of `/health/ready`.
    pub async fn readiness(&self) -> u16 {
        let answer = self.client.get(format!("{}/health/ready", self.url)).send().await;
        answer.unwrap().status().as_u16()
    }

    /// Bytes of memory that hold no file.
    pub fn memory(&self) -> i64 {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id())).unwrap();
        let line = status.lines().find_map(|line| line.strip_prefix("RssAnon:"));
        let kibibytes: i64 = line.unwrap().trim().trim_end_matches(" kB").parse().unwrap();
        kibibytes * 1024
    }

    /// `kill -9`.
    pub fn kill(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }

    /// Asks it to end, and waits until it has.
    pub async fn terminate(mut self) -> bool {
        self.ask_to_end();
        self.ended(START).await.success()
    }

    /// SIGTERM.
    pub fn ask_to_end(&self) {
        let id = self.child.id().to_string();
        assert!(
            Command::new("/bin/kill")
                .args(["-TERM", &id])
                .status()
                .unwrap()
                .success()
        );
    }

    /// Waits until it has ended.
    pub async fn ended(&mut self, within: Duration) -> ExitStatus {
        until(within, "the process ends", async || {
            self.child.try_wait().unwrap().is_some()
        })
        .await;
        self.child.wait().unwrap()
    }

    /// A new member with that name: token and id.
    pub async fn member(&self, name: &str) -> (Bearer, String) {
        let register = "mutation($input: RegisterInput!) { register(input: $input) {
            viewer { member { id } } tokens { accessToken } } }";
        let email = format!("{name}@example.org");
        let input = json!({ "email": email, "password": "correct horse", "displayName": name });
        let answer = self.run(None, register, json!({ "input": input })).await.unwrap();
        let registered = &answer["data"]["register"];
        let text = |value: &Value| value.as_str().unwrap_or_else(|| panic!("{answer}")).to_owned();
        let token = text(&registered["tokens"]["accessToken"]);
        (Bearer(token), text(&registered["viewer"]["member"]["id"]))
    }

    /// The body of an answer; `None` if there was none, because the process is dead.
    pub async fn run(&self, token: Option<&str>, query: &str, variables: Value) -> Option<Value> {
        let request = self.client.post(format!("{}/graphql", self.url));
        let request = match token {
            Some(token) => request.bearer_auth(token),
            None => request,
        };
        let response = request
            .json(&json!({ "query": query, "variables": variables }))
            .send()
            .await
            .ok()?;
        response.json().await.ok()
    }

    /// What the processes of this installation wrote to their log.
    pub fn log(&self) -> String {
        std::fs::read_to_string(&self.log).unwrap()
    }
}

impl Drop for Node {
    fn drop(&mut self) {
        // It may have ended already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
