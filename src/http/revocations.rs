//! Tells open sockets that their log-in has ended.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
};

use entity::id::SessionId;
use tokio::sync::watch;
use tokio_util::sync::CancellationToken;

use crate::{deps::Deps, domain::accounts, events::Topic};

/// The log-ins that somebody on this node depends on right now; cheap to clone.
#[derive(Clone, Default)]
pub struct Revocations(Arc<Mutex<HashMap<SessionId, watch::Sender<bool>>>>);

impl Revocations {
    /// Turns true when the log-in ends.
    pub fn watch(&self, id: SessionId) -> watch::Receiver<bool> {
        let mut watched = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        watched
            .entry(id)
            .or_insert_with(|| watch::Sender::new(false))
            .subscribe()
    }

    /// The log-ins that are watched by somebody; forgets the others.
    fn watched(&self) -> Vec<SessionId> {
        let mut watched = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        watched.retain(|_, sender| 0 < sender.receiver_count());
        watched.keys().copied().collect()
    }

    fn end(&self, id: SessionId) {
        if let Some(sender) = self.0.lock().unwrap_or_else(PoisonError::into_inner).remove(&id) {
            sender.send_replace(true);
        }
    }
}

/// Looks, whenever some log-in was ended anywhere, and every minute, which of the watched ones it was.
pub async fn watch(deps: Deps, revocations: Revocations, shutdown: CancellationToken) {
    let mut listener = deps.bells.listen(&[Topic::Revocations]);
    loop {
        listener.mark_heard();
        for ids in revocations.watched().chunks(500) {
            match accounts::ended_sessions(deps.db.read(), ids, deps.clock.now()).await {
                Ok(ended) => ended.into_iter().for_each(|id| revocations.end(id)),
                Err(error) => tracing::warn!(error = ?error, "revoked log-ins could not be read; trying again"),
            }
        }
        tokio::select! {
            () = shutdown.cancelled() => return,
            () = listener.wait() => {}
            () = tokio::time::sleep(std::time::Duration::from_secs(60)) => {}
        }
    }
}
