//! Tells open sockets that their credentials are no longer valid.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use entity::{
    id::{ApiKeyId, SessionId},
    vocabulary::Role,
};
use tokio::sync::watch;
use tokio_util::sync::CancellationToken;

use crate::{
    deps::Deps,
    domain::{accounts, shelters},
    events::Topic,
    kernel::{Result, Viewer},
};

/// How long a change may go unnoticed if its bell was lost.
const POLL: Duration = Duration::from_secs(2);
/// Maximum number of credentials in one query.
const AT_ONCE: usize = 500;

/// The credentials that somebody connected with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Credential {
    /// A member's session, with their role at that time.
    LogIn(SessionId, Role),
    /// A shelter's key.
    Key(ApiKeyId),
}

impl Credential {
    /// The credential of a viewer, if they have one.
    pub fn of(viewer: &Viewer) -> Option<Self> {
        match viewer {
            Viewer::Member { role, session_id, .. } => Some(Self::LogIn(*session_id, *role)),
            Viewer::Key { id, .. } => Some(Self::Key(*id)),
            Viewer::Visitor | Viewer::System => None,
        }
    }
}

/// Credentials in use on this node; cheap to clone.
#[derive(Clone, Default)]
pub struct Revocations(Arc<Mutex<HashMap<Credential, watch::Sender<bool>>>>);

impl Revocations {
    /// Becomes true when the session or the key ends or expires, or when the member's role changes.
    pub fn watch(&self, credential: Credential) -> watch::Receiver<bool> {
        let mut watched = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        watched
            .entry(credential)
            .or_insert_with(|| watch::Sender::new(false))
            .subscribe()
    }

    /// Credentials that are still being watched; forgets the others.
    fn watched(&self) -> Vec<Credential> {
        let mut watched = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        watched.retain(|_, sender| 0 < sender.receiver_count());
        watched.keys().copied().collect()
    }

    fn end(&self, credential: Credential) {
        let sender = self
            .0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .remove(&credential);
        if let Some(sender) = sender {
            sender.send_replace(true);
        }
    }
}

/// Checks which of the watched credentials were revoked, whenever anything is revoked anywhere, and every two seconds
/// in case a bell was lost.
pub async fn watch(deps: Deps, revocations: Revocations, shutdown: CancellationToken) {
    let mut listener = deps.bells.listen(&[Topic::Revocations]);
    loop {
        listener.mark_heard();
        for credentials in revocations.watched().chunks(AT_ONCE) {
            match ended(&deps, credentials).await {
                Ok(ended) => ended.into_iter().for_each(|credential| revocations.end(credential)),
                Err(error) => tracing::warn!(error = ?error, "what was revoked could not be read; trying again"),
            }
        }
        tokio::select! {
            () = shutdown.cancelled() => return,
            () = listener.wait() => {}
            () = tokio::time::sleep(POLL) => {}
        }
    }
}

async fn ended(deps: &Deps, credentials: &[Credential]) -> Result<Vec<Credential>> {
    let (mut log_ins, mut keys) = (Vec::new(), Vec::new());
    for credential in credentials {
        match credential {
            Credential::LogIn(session, role) => log_ins.push((*session, *role)),
            Credential::Key(key) => keys.push(*key),
        }
    }
    let db = deps.db.read();
    let now = deps.clock.now();
    let log_ins = accounts::ended_log_ins(db, &log_ins, now).await?;
    let keys = shelters::ended_keys(db, &keys, now).await?;
    let log_ins = log_ins
        .into_iter()
        .map(|(session, role)| Credential::LogIn(session, role));
    Ok(log_ins.chain(keys.into_iter().map(Credential::Key)).collect())
}
