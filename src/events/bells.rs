//! Bells of this node: one task waits for news on a topic, and another announces it. A bell carries no data and may
//! ring for nothing; whoever hears it reads the tables.

use std::{
    collections::{HashMap, HashSet},
    sync::{Arc, Mutex, PoisonError},
};

use entity::id::{ConversationId, ImportId, MemberId, ShelterId};
use futures_util::{FutureExt, future::select_all};
use tokio::sync::watch;

/// A topic to wait for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Topic {
    /// Any change in a conversation.
    Conversation(ConversationId),
    /// Anything that concerns a member: alerts, notifications, conversations, sessions.
    Member(MemberId),
    /// A member has joined or left a place where others remain: a group or a shelter's staff. Rings seldom; used by
    /// streams that end when the right to them does.
    Rights(MemberId),
    /// A session or key has ended, or a role has changed.
    Revocations,
    /// Whether a member is online, or who may see it.
    Presence(MemberId),
    /// Open reports anywhere, as shown on maps and in lists.
    Map,
    /// Open reports in one cell of the map (`geometry::cells`).
    MapCell(i64),
    /// Progress of an import.
    Import(ImportId),
    /// What a shelter's dashboard counts: its animals and their holds, their matches, its capacity.
    Shelter(ShelterId),
}

impl Topic {
    pub(super) fn of_members(ids: &[MemberId]) -> Vec<Self> {
        ids.iter().copied().map(Self::Member).collect()
    }
}

/// The bells of one node; cheap to clone.
#[derive(Clone, Default)]
pub struct Bells(Arc<Mutex<HashMap<Topic, watch::Sender<()>>>>);

impl Bells {
    /// Wakes everybody who is waiting for that topic.
    pub fn ring(&self, topic: Topic) {
        let mut bells = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(bell) = bells.get(&topic)
            && bell.send(()).is_err()
        {
            bells.remove(&topic);
        }
    }

    /// Wakes everybody who is waiting for any topic; used when it is unknown what was missed.
    pub fn ring_all(&self) {
        self.0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .retain(|_, bell| bell.send(()).is_ok());
    }

    /// Starts listening for any of the topics.
    pub fn listen(&self, topics: &[Topic]) -> Listener {
        let mut bells = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        Listener {
            receivers: topics
                .iter()
                .map(|topic| {
                    bells
                        .entry(*topic)
                        .or_insert_with(|| watch::Sender::new(()))
                        .subscribe()
                })
                .collect(),
        }
    }

    /// Members whose presence somebody is waiting for.
    pub fn followed_members(&self) -> HashSet<MemberId> {
        let bells = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let followed = bells.iter().filter_map(|(topic, bell)| match topic {
            Topic::Presence(member) if 0 < bell.receiver_count() => Some(*member),
            _ => None,
        });
        followed.collect()
    }

    /// Removes bells that nobody listens to any more.
    pub fn tidy(&self) {
        self.0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .retain(|_, bell| 0 < bell.receiver_count());
    }
}

/// A listener for one or more topics.
pub struct Listener {
    receivers: Vec<watch::Receiver<()>>,
}

impl Listener {
    /// Ignores all rings up to now, because the caller is about to read the tables anyway.
    pub fn mark_heard(&mut self) {
        self.receivers.iter_mut().for_each(|receiver| receiver.mark_unchanged());
    }

    /// Waits for a ring that has not been marked as heard.
    pub async fn wait(&mut self) {
        if self.receivers.is_empty() {
            std::future::pending::<()>().await;
        }
        let rings = self.receivers.iter_mut().map(|receiver| receiver.changed().boxed());
        // The sender may have been tidied away between two rings of nobody; then there is nothing more to hear, and the
        // pause keeps a reader from spinning.
        if select_all(rings).await.0.is_err() {
            tokio::time::sleep(std::time::Duration::from_secs(1)).await;
        }
    }
}
