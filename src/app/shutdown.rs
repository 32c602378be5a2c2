//! Serves, and shuts down in order.

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
    kernel::shutdown::Shutdown,
};

/// Maximum time for handing back unfinished work.
const HAND_BACK: Duration = Duration::from_secs(3);
/// Maximum time for closing the database connections.
const CLOSE: Duration = Duration::from_secs(3);

/// Time limits for an orderly shutdown.
#[derive(Debug, Clone, Copy)]
pub struct ShutdownPeriods {
    /// Time between "not ready" and refusing new work, so that load balancers notice.
    pub notice: Duration,
    /// Time that work in progress then has to finish.
    pub grace: Duration,
}

/// The addresses where the server is reached.
pub struct Doors {
    /// For everybody.
    pub public: TcpListener,
    /// Limits the number of connections.
    pub room: Room,
    /// For metrics collectors.
    pub metrics: Option<TcpListener>,
}

/// Maximum number of connections from metrics collectors.
const COLLECTORS: usize = 64;

/// Everything that runs, and the signal to stop it.
pub struct Running {
    /// Includes the database, which is closed last.
    pub deps: Deps,
    /// Epoch of the database's history at the start.
    pub epoch: String,
    /// All background tasks; requests are not among them.
    pub tasks: TaskTracker,
    /// Tells all of them to stop.
    pub shutdown: Shutdown,
}

impl Running {
    /// Serves until the process is asked to end, then shuts down in order. Fails if it is asked a second time
    /// meanwhile. Also shuts down if the database was restored from a backup, because this node's state no longer fits
    /// it.
    pub async fn serve(self, doors: Doors, server: Server, periods: ShutdownPeriods) -> anyhow::Result<()> {
        let mut requests = Requests::listen().context("signals of the system")?;
        let stop = &self.shutdown.drain;
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
            self.announce(periods.notice).await;
            let drained = async {
                let _ = tokio::join!(serving, server.endpoint.shutdown());
            };
            self.drain(drained, periods.grace).await;
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

    /// Not ready from now on; after the notice, no new work is begun.
    async fn announce(&self, notice: Duration) {
        self.shutdown.not_ready.cancel();
        sleep(notice).await;
        self.shutdown.drain.cancel();
    }

    /// Waits for work in progress, up to the given time; the rest is abandoned.
    async fn drain(&self, requests: impl Future<Output = ()>, grace: Duration) {
        self.tasks.close();
        let all = async { tokio::join!(requests, self.tasks.wait()) };
        if timeout(grace, all).await.is_ok() {
            return;
        }
        tracing::warn!("not everything was done within {grace:?}; what is left is given up or handed back");
        self.shutdown.abort.cancel();
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

/// Signals from the system to end the process: SIGTERM and Ctrl-C.
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
