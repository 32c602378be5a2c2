//! Notifies members that somebody has started a conversation with them.

use entity::{
    id::{ConversationId, JobId},
    vocabulary::Lane,
};
use serde::{Deserialize, Serialize};

use crate::{
    deps::Deps,
    domain::notifications,
    events::{ChatEvent, Event},
    kernel::{Outcome, Result},
    work::job::Job,
};

/// Notify members that somebody has started a conversation with them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TellConversation {
    /// The conversation.
    pub conversation_id: ConversationId,
}

impl Job for TellConversation {
    const NAME: &'static str = "tell_conversation";

    fn called_for_by(event: &Event) -> Option<Self> {
        match event {
            Event::Chat(
                ChatEvent::ConversationStarted { conversation_id, .. }
                | ChatEvent::ParticipantsAdded { conversation_id, .. },
            ) => Some(Self {
                conversation_id: *conversation_id,
            }),
            _ => None,
        }
    }

    fn lane(&self) -> Lane {
        Lane::Interactive
    }

    async fn perform(self, deps: &Deps, _id: JobId) -> Result<Outcome> {
        notifications::tell_conversation(deps, self.conversation_id).await
    }
}
