//! Who uses a socket, once that is known.

use axum::http::HeaderMap;
use chrono::{DateTime, Utc};
use tokio::{
    sync::watch,
    time::{Instant, sleep_until},
};

use super::{
    super::{Admitted, Gate, SocketGuard},
    close::End,
};
use crate::http::connection::{AddressConnectionPermit, ConnectionPermit};

/// A permit among the sockets of an account or, for visitors, of an address.
pub(super) enum Place {
    Account { _permit: ConnectionPermit },
    Visitor { _permit: AddressConnectionPermit },
}

/// Somebody admitted, with a permit.
pub(super) struct Member {
    pub admitted: Admitted,
    /// The end of the token on the runtime's clock.
    until: Option<Instant>,
    _place: Place,
    _guard: Option<SocketGuard>,
}

impl Member {
    /// Somebody whom the gate has just admitted.
    pub(super) fn new(mut admitted: Admitted, place: Place, gate: &dyn Gate) -> Self {
        // They were for an answer over HTTP, and every operation would keep a copy.
        admitted.headers = HeaderMap::new();
        Self {
            _guard: gate.enter(&admitted),
            until: until(admitted.expires_at, gate.now()),
            admitted,
            _place: place,
        }
    }

    /// The same with a new token. What runs already goes on as it was admitted; the end of the new token counts for it too.
    pub(super) fn renew(&mut self, renewed: Admitted, gate: &dyn Gate) -> Result<(), End> {
        if renewed.account != self.admitted.account {
            return Err(End::ANOTHER_ACCOUNT);
        }
        (self.admitted.expires_at, self.admitted.revoked) = (renewed.expires_at, renewed.revoked);
        self.until = until(self.admitted.expires_at, gate.now());
        Ok(())
    }

    /// Waits until the token ends or is revoked, for ever if it does neither.
    pub(super) async fn leave(&mut self) -> End {
        tokio::select! {
            () = reached(self.until) => End::EXPIRED,
            () = turned_true(self.admitted.revoked.as_mut()) => End::REVOKED,
        }
    }

    /// Whether the token has ended by the gate's clock, which may be ahead of the runtime's.
    pub(super) fn has_ended(&self, now: DateTime<Utc>) -> bool {
        self.admitted.expires_at.is_some_and(|at| at <= now)
    }
}

/// The end of a token on the runtime's clock; one too far for it is none.
fn until(expires_at: Option<DateTime<Utc>>, now: DateTime<Utc>) -> Option<Instant> {
    let left = |at: DateTime<Utc>| (at - now).to_std().unwrap_or_default();
    expires_at.and_then(|at| Instant::now().checked_add(left(at)))
}

async fn reached(until: Option<Instant>) {
    match until {
        Some(until) => sleep_until(until).await,
        None => std::future::pending().await,
    }
}

/// Waits until the value is true; for ever if nobody can set it any more.
async fn turned_true(revoked: Option<&mut watch::Receiver<bool>>) {
    if let Some(revoked) = revoked
        && revoked.wait_for(|revoked| *revoked).await.is_ok()
    {
        return;
    }
    std::future::pending().await
}
