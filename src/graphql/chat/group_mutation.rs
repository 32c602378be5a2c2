//! Mutations of groups.

use async_graphql::{Context, ID, InputObject, Object, SimpleObject};

use super::{Conversation, Message};
use crate::{
    domain::chat,
    graphql::{
        context::ContextExt,
        error::{UserError, input_id, input_ids, settle},
    },
};

/// A group to be.
#[derive(InputObject)]
pub struct StartGroupInput {
    /// What it is called, 1 to 80 characters.
    title: String,
    /// Who is in it besides you, 1 to 49 members.
    member_ids: Vec<ID>,
    /// The first words, at most 1,000 characters.
    text: Option<String>,
    /// Makes the start happen once: the same key and content gets the first group again, other content CONFLICT. At
    /// most 100 characters.
    client_key: Option<String>,
    /// As in sendMessage.
    #[graphql(default_with = "Some(Vec::new())")]
    acknowledge: Option<Vec<String>>,
}

/// Answer of startGroup.
#[derive(SimpleObject)]
pub struct StartGroupPayload {
    /// The group; the caller runs it.
    conversation: Option<Conversation>,
    /// The message with the first words; null when there were none.
    message: Option<Message>,
    /// What to correct; empty when it is done.
    user_errors: Vec<UserError>,
}

/// Who to add to a group.
#[derive(InputObject)]
pub struct AddParticipantsInput {
    /// A group that you run.
    conversation_id: ID,
    /// Members; those who are already in it stay as they are. A group has at most 50.
    member_ids: Vec<ID>,
}

/// Answer of addParticipants.
#[derive(SimpleObject)]
pub struct AddParticipantsPayload {
    /// The group.
    conversation: Option<Conversation>,
    /// What to correct; empty when it is done.
    user_errors: Vec<UserError>,
}

/// Who to remove from a group.
#[derive(InputObject)]
pub struct RemoveParticipantInput {
    /// A group that you run.
    conversation_id: ID,
    /// Someone else who takes part in it.
    member_id: ID,
}

/// Answer of removeParticipant.
#[derive(SimpleObject)]
pub struct RemoveParticipantPayload {
    /// The group.
    conversation: Option<Conversation>,
    /// What to correct; empty when it is done.
    user_errors: Vec<UserError>,
}

/// Which group to leave.
#[derive(InputObject)]
pub struct LeaveConversationInput {
    /// A group in which you take part.
    conversation_id: ID,
}

/// Answer of leaveConversation.
#[derive(SimpleObject)]
pub struct LeaveConversationPayload {
    /// What to correct; empty when it is done.
    user_errors: Vec<UserError>,
}

/// Another title for a group.
#[derive(InputObject)]
pub struct RenameConversationInput {
    /// A group that you run.
    conversation_id: ID,
    /// 1 to 80 characters.
    title: String,
}

/// Answer of renameConversation.
#[derive(SimpleObject)]
pub struct RenameConversationPayload {
    /// The group.
    conversation: Option<Conversation>,
    /// What to correct; empty when it is done.
    user_errors: Vec<UserError>,
}

/// Mutations of groups.
#[derive(Default)]
pub struct GroupMutation;

#[Object]
impl GroupMutation {
    /// Brings 2 to 50 members together under a title. Its starter runs it: names it, adds and removes members; when
    /// they leave, the one who has been there longest does. At most 20 new conversations an hour.
    async fn start_group(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What it is called, and who is in it.")] input: StartGroupInput,
    ) -> async_graphql::Result<StartGroupPayload> {
        let StartGroupInput {
            title,
            member_ids,
            text,
            client_key,
            acknowledge,
        } = input;
        let done = async {
            let member_ids = input_ids("memberIds", &member_ids)?;
            let group = chat::StartGroup {
                title,
                member_ids,
                text,
                client_key,
                acknowledged: acknowledge.unwrap_or_default(),
            };
            chat::start_group(ctx.deps()?, ctx.viewer()?, group).await
        };
        let (started, user_errors) = settle(done.await)?;
        let (conversation, message) = started.map(|done| (done.conversation, done.message)).unzip();
        Ok(StartGroupPayload {
            conversation: conversation.map(Conversation::from),
            message: message.flatten().map(Message::from),
            user_errors,
        })
    }

    /// Adds members to a group that the caller runs. They see all that was said there; it counts as read. At most 60
    /// additions an hour.
    async fn add_participants(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which group, and who.")] input: AddParticipantsInput,
    ) -> async_graphql::Result<AddParticipantsPayload> {
        let done = async {
            let added = chat::AddParticipants {
                conversation_id: input_id("conversationId", &input.conversation_id)?,
                member_ids: input_ids("memberIds", &input.member_ids)?,
            };
            chat::add_participants(ctx.deps()?, ctx.viewer()?, added).await
        };
        let (conversation, user_errors) = settle(done.await)?;
        Ok(AddParticipantsPayload {
            conversation: conversation.map(Conversation::from),
            user_errors,
        })
    }

    /// Removes a member from a group that the caller runs. At once they see nothing of it any more, neither what was
    /// said before nor what comes, and their open subscriptions to it end with NOT_FOUND.
    async fn remove_participant(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which group, and who.")] input: RemoveParticipantInput,
    ) -> async_graphql::Result<RemoveParticipantPayload> {
        let done = async {
            let removed = chat::RemoveParticipant {
                conversation_id: input_id("conversationId", &input.conversation_id)?,
                member_id: input_id("memberId", &input.member_id)?,
            };
            chat::remove_participant(ctx.deps()?, ctx.viewer()?, removed).await
        };
        let (conversation, user_errors) = settle(done.await)?;
        Ok(RemoveParticipantPayload {
            conversation: conversation.map(Conversation::from),
            user_errors,
        })
    }

    /// Lets the caller leave a group. At once they see nothing of it any more, and their open subscriptions to it end
    /// with NOT_FOUND. Other conversations cannot be left: archive or mute them.
    async fn leave_conversation(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which group.")] input: LeaveConversationInput,
    ) -> async_graphql::Result<LeaveConversationPayload> {
        let done = async {
            let id = input_id("conversationId", &input.conversation_id)?;
            chat::leave_conversation(ctx.deps()?, ctx.viewer()?, id).await
        };
        let (_, user_errors) = settle(done.await)?;
        Ok(LeaveConversationPayload { user_errors })
    }

    /// Gives a group that the caller runs another title. It counts as a message.
    async fn rename_conversation(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which group, and its title.")] input: RenameConversationInput,
    ) -> async_graphql::Result<RenameConversationPayload> {
        let done = async {
            let renamed = chat::RenameConversation {
                conversation_id: input_id("conversationId", &input.conversation_id)?,
                title: input.title,
            };
            chat::rename_conversation(ctx.deps()?, ctx.viewer()?, renamed).await
        };
        let (conversation, user_errors) = settle(done.await)?;
        Ok(RenameConversationPayload {
            conversation: conversation.map(Conversation::from),
            user_errors,
        })
    }
}
