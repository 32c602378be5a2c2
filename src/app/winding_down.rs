//! Serving, and the orderly end of it.

use std::time::Duration;

use anyhow::Context;
use tokio::{
    net::TcpListener,
    signal::unix::{Signal, SignalKind, signal},
    time::{sleep, timeout},
};
use tokio_util::task::TaskTracker;

use crate::{
    deps::Deps,
    http::{Room, SILENCE, Server, listen},
    kernel::ending::Ending,
};

/// How long handing back what was not done in time may take.
const HAND_BACK: Duration = Duration::from_secs(3);
/// How long connections to the database may take to close.
const CLOSE: Duration = Duration::from_secs(3);

/// How much time an orderly end takes.
#[derive(Debug, Clone, Copy)]
pub struct Patience {
    /// From "not ready" to "nothing new", for load balancers to notice.
    pub notice: Duration,
    /// From then on for what is under way.
    pub grace: Duration,
}

/// Where the server is reached.
pub struct Doors {
    /// By everybody.
    pub public: TcpListener,
    /// How many of them fit in.
    pub room: Room,
    /// By who collects metrics.
    pub metrics: Option<TcpListener>,
}

/// Connections of those who collect metrics.
const COLLECTORS: usize = 64;

/// What runs, and how it is told to end.
pub struct Running {
    /// With the database, which is closed last.
    pub deps: Deps,
    /// Of the history that it began with.
    pub epoch: String,
    /// Everything beside the requests.
    pub tasks: TaskTracker,
    /// Tells all of them.
    pub ending: Ending,
}

impl Running {
    /// Serves until the process is asked to end, and then ends it in order. An error if it is asked a second time meanwhile.
    /// A database that was restored from a backup is another one than this node knows: it ends as well, to be started anew.
    pub async fn serve(self, doors: Doors, server: Server, patience: Patience) -> anyhow::Result<()> {
        let mut requests = Requests::listen().context("signals of the system")?;
        let stop = &self.ending.stop;
        let serving = tokio::spawn(listen(doors.public, server.router, doors.room, SILENCE, stop.clone()));
        if let Some(metrics) = doors.metrics {
            let room = Room::new(COLLECTORS, None);
            self.tasks
                .spawn(listen(metrics, server.metrics, room, SILENCE, stop.clone()));
        }
        let is_asked = tokio::select! {
            () = requests.next() => true,
            () = self.deps.another_history(&self.epoch) => false,
        };
        tracing::info!(is_asked, "shutting down");
        let end = async {
            self.announce(patience.notice).await;
            let drained = async {
                let _ = tokio::join!(serving, server.endpoint.shutdown());
            };
            self.drain(drained, patience.grace).await;
            self.close().await?;
            anyhow::ensure!(
                is_asked,
                "the database was restored from a backup: start this node again"
            );
            Ok(())
        };
        tokio::select! {
            done = end => done,
            () = requests.next() => anyhow::bail!("ended at once, as asked a second time"),
        }
    }

    /// Not ready from now on; after the notice nothing new is begun.
    async fn announce(&self, notice: Duration) {
        self.ending.near.cancel();
        sleep(notice).await;
        self.ending.stop.cancel();
    }

    /// Waits for what is under way, for so long at most; the rest is given up.
    async fn drain(&self, requests: impl Future<Output = ()>, grace: Duration) {
        self.tasks.close();
        let all = async { tokio::join!(requests, self.tasks.wait()) };
        if timeout(grace, all).await.is_ok() {
            return;
        }
        tracing::warn!("not everything was done within {grace:?}; what is left is given up or handed back");
        self.ending.over.cancel();
        if timeout(HAND_BACK, self.tasks.wait()).await.is_err() {
            tracing::warn!("some work could not be handed back; its leases end by themselves");
        }
    }

    async fn close(&self) -> anyhow::Result<()> {
        match timeout(CLOSE, self.deps.db.clone().close()).await {
            Ok(closed) => closed.context("the database"),
            Err(_) => {
                tracing::warn!("the database was still in use and is left to close itself");
                Ok(())
            }
        }
    }
}

/// Requests of the system that the process may end: SIGTERM and Ctrl-C.
struct Requests {
    terminate: Signal,
    interrupt: Signal,
}

impl Requests {
    fn listen() -> std::io::Result<Self> {
        Ok(Self {
            terminate: signal(SignalKind::terminate())?,
            interrupt: signal(SignalKind::interrupt())?,
        })
    }

    async fn next(&mut self) {
        tokio::select! {
            _ = self.terminate.recv() => {}
            _ = self.interrupt.recv() => {}
        }
    }
}
