//! Mutations of messages that were sent.

use async_graphql::{Context, ID, InputObject, Object, SimpleObject};

use super::Message;
use crate::{
    domain::chat,
    graphql::{
        context::ContextExt,
        error::{UserError, input_id, settle},
    },
};

/// Another text for a message.
#[derive(InputObject)]
pub struct EditMessageInput {
    /// A message of your own, sent less than 24 hours ago.
    id: ID,
    /// What it says from now on, 1 to 1,000 characters; may be empty when it has images.
    text: String,
    /// As in sendMessage.
    #[graphql(default_with = "Some(Vec::new())")]
    acknowledge: Option<Vec<String>>,
}

/// Answer of editMessage.
#[derive(SimpleObject)]
pub struct EditMessagePayload {
    /// The message as it is now.
    message: Option<Message>,
    /// What to correct; empty when it is done.
    user_errors: Vec<UserError>,
}

/// Which message to take back.
#[derive(InputObject)]
pub struct DeleteMessageInput {
    /// A message of your own.
    id: ID,
}

/// Answer of deleteMessage.
#[derive(SimpleObject)]
pub struct DeleteMessagePayload {
    /// What is left of the message.
    message: Option<Message>,
    /// What to correct; empty when it is done.
    user_errors: Vec<UserError>,
}

/// An emoji for a message.
#[derive(InputObject)]
pub struct ReactToMessageInput {
    /// A message that you see.
    id: ID,
    /// Exactly one emoji; a message has at most 20 different ones.
    emoji: String,
    /// Whether to put it there; false takes your own one back.
    #[graphql(default_with = "Some(true)")]
    react: Option<bool>,
}

/// Answer of reactToMessage.
#[derive(SimpleObject)]
pub struct ReactToMessagePayload {
    /// The message with its reactions.
    message: Option<Message>,
    /// What to correct; empty when it is done.
    user_errors: Vec<UserError>,
}

/// Mutations of messages that were sent.
#[derive(Default)]
pub struct ChangeMutation;

#[Object]
impl ChangeMutation {
    /// Changes the text of the caller's own message within 24 hours. The others see that it was edited; what it said
    /// before is kept for moderators. The same text again changes nothing.
    async fn edit_message(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which message, and what it says.")] input: EditMessageInput,
    ) -> async_graphql::Result<EditMessagePayload> {
        let done = async {
            let id = input_id("id", &input.id)?;
            let message = chat::EditMessage {
                id,
                text: input.text,
                acknowledged: input.acknowledge.unwrap_or_default(),
            };
            chat::edit_message(ctx.deps()?, ctx.viewer()?, message).await
        };
        let (message, user_errors) = settle(done.await)?;
        Ok(EditMessagePayload {
            message: message.map(Message::from),
            user_errors,
        })
    }

    /// Takes the caller's own message back: its text, images and reactions are gone for everybody, its place stays. What
    /// it said is kept for moderators. Again changes nothing.
    async fn delete_message(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which message.")] input: DeleteMessageInput,
    ) -> async_graphql::Result<DeleteMessagePayload> {
        let done = async {
            let id = input_id("id", &input.id)?;
            chat::delete_message(ctx.deps()?, ctx.viewer()?, id).await
        };
        let (message, user_errors) = settle(done.await)?;
        Ok(DeleteMessagePayload {
            message: message.map(Message::from),
            user_errors,
        })
    }

    /// Puts an emoji of the caller to a message, or takes it back. What is so already changes nothing.
    async fn react_to_message(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which message, and which emoji.")] input: ReactToMessageInput,
    ) -> async_graphql::Result<ReactToMessagePayload> {
        let ReactToMessageInput { id, emoji, react } = input;
        let done = async {
            let id = input_id("id", &id)?;
            let react = react.unwrap_or(true);
            chat::react_to_message(ctx.deps()?, ctx.viewer()?, chat::ReactToMessage { id, emoji, react }).await
        };
        let (message, user_errors) = settle(done.await)?;
        Ok(ReactToMessagePayload {
            message: message.map(Message::from),
            user_errors,
        })
    }
}
