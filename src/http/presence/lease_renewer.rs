//! Renews the presence leases of members with open sockets here.

use std::time::Duration;

use entity::id::MemberId;
use tokio::time::{Instant, sleep_until};

use super::{OpenSockets, moment};
use crate::{
    deps::{Deps, ring_presence},
    domain::presence,
    kernel::{Result, shutdown::Shutdown},
};

/// Renewals during one lease, so that a single failed renewal goes unnoticed.
pub(super) const RENEWALS: u32 = 3;
/// How often the last-seen time of connected members is updated.
const NOTE: Duration = Duration::from_secs(60);

/// Runs until told to stop, then releases all members at once, so that they can reconnect on another node. If there is
/// no time even for that, their leases expire.
pub async fn keep(deps: Deps, open_sockets: OpenSockets, lease: Duration, shutdown: Shutdown) {
    let renewer = LeaseRenewer {
        deps,
        open_sockets,
        lease,
    };
    let (mut renew_at, mut note_at) = (Instant::now() + lease / RENEWALS, Instant::now() + NOTE);
    let mut leave_at = None;
    loop {
        let wake_at = leave_at.map_or(renew_at, |leave_at| renew_at.min(leave_at));
        tokio::select! {
            () = shutdown.drain.cancelled() => break,
            () = renewer.open_sockets.news() => {}
            () = sleep_until(wake_at) => {}
        }
        leave_at = renewer.come_and_go().await;
        let now = Instant::now();
        if renew_at <= now {
            renew_at = now + lease / RENEWALS;
            renewer
                .deps
                .presence
                .renew(&renewer.open_sockets.present(), lease)
                .await;
        }
        if note_at <= now {
            note_at = now + NOTE;
            renewer.note(&renewer.open_sockets.present()).await;
        }
    }
    if !shutdown.abort.is_cancelled() {
        renewer.leave().await;
    }
}

struct LeaseRenewer {
    deps: Deps,
    open_sockets: OpenSockets,
    lease: Duration,
}

impl LeaseRenewer {
    /// Announces arrivals and departures; returns when the next departure is due.
    async fn come_and_go(&self) -> Option<Instant> {
        let arrived = self.open_sockets.take_arrived();
        if !arrived.is_empty() {
            self.deps.presence.renew(&arrived, self.lease).await;
            self.tell(&arrived);
        }
        // Somebody who reconnects within a moment was never away.
        let (gone, next) = self.open_sockets.take_gone(moment(self.lease), Instant::now());
        if !gone.is_empty() {
            self.deps.presence.leave(&gone).await;
            self.note(&gone).await;
            self.tell(&gone);
        }
        next
    }

    /// Releases every lease.
    async fn leave(&self) {
        let present = self.open_sockets.present();
        self.deps.presence.leave(&present).await;
        self.tell(&present);
        self.note(&present).await;
    }

    fn tell(&self, members: &[MemberId]) {
        complain(
            ring_presence(&self.deps, members),
            "who has come or gone could not be told",
        );
    }

    async fn note(&self, members: &[MemberId]) {
        complain(
            presence::note_seen(&self.deps, members).await,
            "who was seen could not be written down",
        );
    }
}

/// Presence is best effort, so nothing waits for it or retries it.
fn complain(done: Result<()>, what: &str) {
    if let Err(error) = done {
        tracing::warn!(error = ?error, "{what}");
    }
}
