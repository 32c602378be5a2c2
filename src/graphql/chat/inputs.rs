//! Inputs and payloads of chat.

use async_graphql::{ID, InputObject, SimpleObject};

use super::{Conversation, Message};
use crate::{
    domain::chat::{Marker, Recipient, SendMessage, StartConversation, Words},
    graphql::error::{UserError, input_id, input_ids},
    kernel::Result,
};

/// Whom to write to, and what. Give memberId, petId or shelterId; petId together with one of the others says what the
/// conversation is about.
#[derive(InputObject)]
pub struct StartConversationInput {
    /// Another member.
    member_id: Option<ID>,
    /// A pet; alone it stands for its reporter, or for the shelter in whose care it is.
    pet_id: Option<ID>,
    /// A shelter; whoever works there may answer.
    shelter_id: Option<ID>,
    /// A match, alone: the people of the report that the caller does not speak for.
    match_id: Option<ID>,
    /// The first words, 1 to 1,000 characters. If there is a conversation already, they go into it.
    text: String,
    /// Makes the send happen once: the same key and text gets the first message again, another text CONFLICT. At most
    /// 200 characters; counts for this conversation.
    client_key: Option<String>,
    /// As in sendMessage.
    #[graphql(default_with = "Some(Vec::new())")]
    acknowledge: Option<Vec<String>>,
}

impl StartConversationInput {
    pub(super) fn checked(self) -> Result<StartConversation> {
        let member = self.member_id.as_ref().map(|id| input_id("memberId", id));
        let pet = self.pet_id.as_ref().map(|id| input_id("petId", id));
        let shelter = self.shelter_id.as_ref().map(|id| input_id("shelterId", id));
        let match_id = self.match_id.as_ref().map(|id| input_id("matchId", id));
        Ok(StartConversation {
            recipient: Recipient {
                member: member.transpose()?,
                pet: pet.transpose()?,
                match_id: match_id.transpose()?,
                shelter: shelter.transpose()?,
            },
            words: Words {
                text: Some(self.text),
                client_key: self.client_key,
                acknowledged: self.acknowledge.unwrap_or_default(),
                ..Words::default()
            },
        })
    }
}

/// Answer of startConversation.
#[derive(SimpleObject)]
pub struct StartConversationPayload {
    /// The conversation, new or not.
    pub conversation: Option<Conversation>,
    /// The message that was sent.
    pub message: Option<Message>,
    /// What to correct; empty when it is done.
    pub user_errors: Vec<UserError>,
}

/// A message and where it goes.
#[derive(InputObject)]
pub struct SendMessageInput {
    /// A conversation in which you take part.
    conversation_id: ID,
    /// 1 to 1,000 characters; may be missing when there are images.
    text: Option<String>,
    /// Your own photos that were uploaded with the purpose CHAT_IMAGE, at most 6, in order; each can be used in one
    /// message.
    #[graphql(default)]
    image_ids: Vec<ID>,
    /// The message of the same conversation that it answers.
    reply_to_id: Option<ID>,
    /// Makes the send happen once: the same key and content gets the first message again, other content CONFLICT. At
    /// most 200 characters; counts for this conversation.
    client_key: Option<String>,
    /// What you confirm: a text that looks like a code of one of your accounts is refused with CONFLICT at this field,
    /// and the message names the id of the rule that goes in here.
    #[graphql(default_with = "Some(Vec::new())")]
    acknowledge: Option<Vec<String>>,
}

impl SendMessageInput {
    pub(super) fn checked(self) -> Result<SendMessage> {
        let reply_to = self.reply_to_id.as_ref().map(|id| input_id("replyToId", id));
        Ok(SendMessage {
            conversation_id: input_id("conversationId", &self.conversation_id)?,
            words: Words {
                text: self.text,
                image_ids: input_ids("imageIds", &self.image_ids)?,
                reply_to: reply_to.transpose()?,
                client_key: self.client_key,
                acknowledged: self.acknowledge.unwrap_or_default(),
            },
        })
    }
}

/// Answer of sendMessage.
#[derive(SimpleObject)]
pub struct SendMessagePayload {
    /// The message that was sent, or the first one of its clientKey.
    pub message: Option<Message>,
    /// What to correct; empty when it is done.
    pub user_errors: Vec<UserError>,
}

/// How far you have read.
#[derive(InputObject)]
pub struct MarkReadInput {
    /// A conversation in which you take part.
    conversation_id: ID,
    /// Sequence of the last message that you have read. The marker only moves forward; a number beyond the last message
    /// is refused.
    up_to: i32,
}

impl MarkReadInput {
    pub(super) fn checked(self) -> Result<Marker> {
        Ok(Marker {
            conversation_id: input_id("conversationId", &self.conversation_id)?,
            up_to: self.up_to.into(),
        })
    }
}

/// Answer of markRead.
#[derive(SimpleObject)]
pub struct MarkReadPayload {
    /// The conversation with its new unread count.
    pub conversation: Option<Conversation>,
    /// What to correct; empty when it is done.
    pub user_errors: Vec<UserError>,
}

/// Whether you are typing.
#[derive(InputObject)]
pub struct SetTypingInput {
    /// A conversation in which you take part.
    pub(super) conversation_id: ID,
    /// Send true again every 3 to 5 seconds while the member types; without it the others see it end after 7 seconds.
    #[graphql(default_with = "Some(true)")]
    pub(super) typing: Option<bool>,
}

/// Answer of setTyping.
#[derive(SimpleObject)]
pub struct SetTypingPayload {
    /// What to correct; empty when it is done.
    pub user_errors: Vec<UserError>,
}
