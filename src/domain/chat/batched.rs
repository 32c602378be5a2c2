//! Queries that many members make at the same moment, batched into one.

use std::collections::{HashMap, HashSet};

use entity::{
    id::{ConversationId, MemberId},
    message,
};

use super::store;
use crate::{
    deps::{BatchedQuery, Deps},
    kernel::{Error, Result},
};

/// Refuses if the member does not currently take part in the conversation.
pub(super) async fn require_part(deps: &Deps, id: ConversationId, me: MemberId) -> Result<()> {
    let part = deps.ask(Part { id, me }).await?;
    part.ok_or(Error::NotFound("conversation"))
}

/// The message that a member sent to a conversation with a client key.
pub(super) async fn sent_under(
    deps: &Deps,
    id: ConversationId,
    sender: MemberId,
    key: &str,
) -> Result<Option<message::Model>> {
    let key = key.to_owned();
    deps.ask(Sent { id, sender, key }).await
}

/// The pairs of conversation and member in which the member currently takes part.
pub(super) async fn taking_part(
    deps: &Deps,
    pairs: &[(ConversationId, MemberId)],
) -> Result<HashSet<(ConversationId, MemberId)>> {
    let db = deps.db.read();
    let mut taking_part = store::seats_among(db, &padded(pairs)).await?;
    for (id, me) in pairs {
        // Somebody who has just joined a shelter's staff has no participant row yet.
        if !taking_part.contains(&(*id, *me)) && store::takes_part(db, *id, *me).await? {
            taking_part.insert((*id, *me));
        }
    }
    Ok(taking_part)
}

/// The values, with repeats up to the next power of two, so that the database has few different statements to prepare.
pub(super) fn padded<T: Clone>(values: &[T]) -> Vec<T> {
    let missing = values.len().next_power_of_two() - values.len();
    let repeats = values.last().into_iter().cycle().take(missing);
    values.iter().chain(repeats).cloned().collect()
}

#[derive(Debug, Clone, PartialEq, Eq, Hash)]
struct Part {
    id: ConversationId,
    me: MemberId,
}

impl BatchedQuery for Part {
    type Answer = ();

    async fn look(deps: &Deps, asked: &[Self]) -> Result<HashMap<Self, ()>> {
        let pairs: Vec<(ConversationId, MemberId)> = asked.iter().map(|part| (part.id, part.me)).collect();
        let found = taking_part(deps, &pairs).await?;
        Ok(found.into_iter().map(|(id, me)| (Self { id, me }, ())).collect())
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Hash)]
struct Sent {
    id: ConversationId,
    sender: MemberId,
    key: String,
}

impl BatchedQuery for Sent {
    type Answer = message::Model;

    async fn look(deps: &Deps, asked: &[Self]) -> Result<HashMap<Self, message::Model>> {
        let keys: Vec<(ConversationId, MemberId, String)> = asked
            .iter()
            .map(|sent| (sent.id, sent.sender, sent.key.clone()))
            .collect();
        let mut answers = HashMap::new();
        for message in store::by_client_keys(deps.db.read(), &padded(&keys)).await? {
            if let (Some(sender), Some(key)) = (message.sender_id, message.client_key.clone()) {
                let id = message.conversation_id;
                answers.insert(Self { id, sender, key }, message);
            }
        }
        Ok(answers)
    }
}
