//! A Redis server for a single test, which may freeze and stop it.

use std::{
    io::{Read, Write},
    net::{TcpListener, TcpStream},
    process::{Child, Command, Stdio},
    time::Duration,
};

use super::until;

/// Time for Redis to start on a busy machine.
const START: Duration = Duration::from_secs(30);
/// Another program can take a free port before Redis does.
const ATTEMPTS: usize = 5;

/// A separate process, killed on drop even if frozen. It stores nothing on disk.
pub struct OwnRedis {
    child: Child,
    port: u16,
    options: Vec<String>,
}

impl OwnRedis {
    /// Starts a server and waits until it responds.
    pub async fn start() -> Self {
        Self::start_with(Vec::new()).await
    }

    /// Starts a server with additional command-line options.
    pub async fn start_with(options: Vec<String>) -> Self {
        for _ in 0..ATTEMPTS {
            let port = free_port();
            let mut own = Self {
                child: spawn(port, &options),
                port,
                options: options.clone(),
            };
            if own.answers().await {
                return own;
            }
        }
        panic!("no Redis could be started: is redis-server installed?");
    }

    /// The server's URL, which stays the same when it is started again.
    pub fn url(&self) -> String {
        format!("redis://127.0.0.1:{}", self.port)
    }

    /// Freezes the server: it keeps its connections and accepts new ones, but does not respond.
    pub fn freeze(&self) {
        self.signal("-STOP");
    }

    /// Continues after `freeze`.
    pub fn thaw(&self) {
        self.signal("-CONT");
    }

    /// Stops the server, which breaks its connections.
    pub fn stop(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }

    /// Starts a new, empty process at the same address, after `stop`.
    pub async fn start_again(&mut self) {
        self.child = spawn(self.port, &self.options);
        assert!(self.answers().await, "port {} was taken meanwhile", self.port);
    }

    /// Runs a command and returns the response.
    pub fn command(&self, arguments: &[&str]) -> String {
        let port = self.port.to_string();
        let output = Command::new("redis-cli").args(["-p", &port]).args(arguments).output();
        let output = output.expect("redis-cli is installed: `scripts/test-services.sh ensure`");
        String::from_utf8(output.stdout).unwrap().trim().to_owned()
    }

    fn signal(&self, signal: &str) {
        let id = self.child.id().to_string();
        let sent = Command::new("/bin/kill").args([signal, &id]).status().unwrap();
        assert!(sent.success());
    }

    /// Waits for the first response; false if the process exits instead.
    async fn answers(&mut self) -> bool {
        let mut has_ended = false;
        until(START, "Redis answers", async || {
            has_ended = self.child.try_wait().unwrap().is_some();
            has_ended || is_answered(self.port).is_ok_and(|answered| answered)
        })
        .await;
        !has_ended
    }
}

impl Drop for OwnRedis {
    fn drop(&mut self) {
        // The process may have exited already. The signal also kills a frozen process.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// A port that is currently unused.
pub fn free_port() -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    listener.local_addr().unwrap().port()
}

fn spawn(port: u16, options: &[String]) -> Child {
    let port = port.to_string();
    Command::new("redis-server")
        .args([
            "--bind",
            "127.0.0.1",
            "--port",
            &port,
            "--save",
            "",
            "--appendonly",
            "no",
        ])
        .args(options)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("redis-server is installed: `scripts/test-services.sh ensure`")
}

fn is_answered(port: u16) -> std::io::Result<bool> {
    let mut connection = TcpStream::connect(("127.0.0.1", port))?;
    connection.set_read_timeout(Some(Duration::from_secs(1)))?;
    connection.write_all(b"PING\r\n")?;
    let mut answer = [0; 5];
    connection.read_exact(&mut answer)?;
    Ok(&answer == b"+PONG")
}
