//! A Redis of one test's own, which it may stop and freeze.

use std::{
    net::TcpListener,
    process::{Child, Command, Stdio},
    time::Duration,
};

use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};

use super::{Scratch, until};

/// How long a Redis may take to start on a busy machine.
const START: Duration = Duration::from_secs(20);

/// A running `redis-server` that keeps nothing on disk; killed when it is dropped.
pub struct OwnRedis {
    port: u16,
    child: Option<Child>,
    folder: Scratch,
}

impl OwnRedis {
    /// Starts one on a free port and waits until it answers.
    pub async fn start() -> Self {
        let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let mut redis = Self {
            port,
            child: None,
            folder: Scratch::new(),
        };
        redis.start_again().await;
        redis
    }

    /// As in `SWEETIE_REDIS_URL`.
    pub fn url(&self) -> String {
        format!("redis://127.0.0.1:{}", self.port)
    }

    /// Starts it at the same address as before, empty, and waits until it answers.
    pub async fn start_again(&mut self) {
        self.stop();
        let port = self.port.to_string();
        let child = Command::new("redis-server")
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
            .arg("--dir")
            .arg(self.folder.path())
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn();
        self.child = Some(child.expect("redis-server: `scripts/test-services.sh ensure` installs it"));
        until(START, "Redis answers", async || answers(self.port).await.is_ok()).await;
    }

    /// Ends it at once; connections to it break.
    pub fn stop(&mut self) {
        if let Some(mut child) = self.child.take() {
            child.kill().unwrap();
            child.wait().unwrap();
        }
    }

    /// It stays connected and answers nobody.
    pub fn freeze(&self) {
        self.signal("-STOP");
    }

    /// It goes on where it was frozen.
    pub fn thaw(&self) {
        self.signal("-CONT");
    }

    fn signal(&self, signal: &str) {
        let id = self.child.as_ref().expect("Redis runs").id().to_string();
        let sent = Command::new("/bin/kill").args([signal, &id]).status().unwrap();
        assert!(sent.success(), "kill {signal}");
    }
}

impl Drop for OwnRedis {
    fn drop(&mut self) {
        self.stop();
    }
}

async fn answers(port: u16) -> std::io::Result<()> {
    let mut stream = TcpStream::connect(("127.0.0.1", port)).await?;
    stream.write_all(b"PING\r\n").await?;
    let mut answer = [0; 7];
    stream.read_exact(&mut answer).await?;
    if &answer == b"+PONG\r\n" {
        Ok(())
    } else {
        Err(std::io::ErrorKind::InvalidData.into())
    }
}
