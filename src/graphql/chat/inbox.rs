//! The inbox of a shelter.

use async_graphql::{Context, Enum, ID, InputObject, Object, SimpleObject};
use entity::id::ShelterId;

use super::Conversation;
use crate::{
    count,
    domain::chat::{self, Assigned},
    graphql::{
        connection::{Connection, connection},
        context::ContextExt,
        error::{UserError, input_id, settle},
    },
    kernel::{Result, page::Page},
};

/// Which conversations of an inbox.
#[derive(Enum, Copy, Clone, Debug, PartialEq, Eq)]
#[graphql(remote = "Assigned")]
pub enum InboxAssigned {
    /// All of them.
    All,
    /// Those that the caller answers.
    Mine,
    /// Those that nobody in particular answers.
    Unassigned,
}

/// A page of a shelter's inbox; none for who does not work there.
pub async fn inbox_connection(
    ctx: &Context<'_>,
    shelter: ShelterId,
    assigned: InboxAssigned,
    page: Page,
) -> Result<Option<Connection<Conversation>>> {
    let (deps, viewer) = (ctx.deps()?, ctx.viewer()?);
    if ctx.loaders()?.actor(deps).await?.staff_role(shelter).is_none() {
        return Ok(None);
    }
    let assigned = Assigned::from(assigned);
    let slice = chat::inbox(deps.db.read(), viewer, shelter, assigned, &page).await?;
    let count = count!(deps, viewer; chat::count_inbox(deps.db.read(), &viewer, shelter, assigned));
    Ok(Some(connection(slice.map(Conversation::from), count)))
}

/// How many conversations of a shelter nobody in particular answers; none for who does not work there.
pub async fn unassigned_count(ctx: &Context<'_>, shelter: ShelterId) -> Result<Option<i32>> {
    let deps = ctx.deps()?;
    if ctx.loaders()?.actor(deps).await?.staff_role(shelter).is_none() {
        return Ok(None);
    }
    let count = chat::count_inbox(deps.db.read(), ctx.viewer()?, shelter, Assigned::Unassigned).await?;
    Ok(Some(i32::try_from(count).unwrap_or(i32::MAX)))
}

/// Who should answer.
#[derive(InputObject)]
pub struct AssignConversationInput {
    /// A conversation in the inbox of a shelter that you work for.
    conversation_id: ID,
    /// Someone who works there; null for nobody in particular.
    member_id: Option<ID>,
}

/// Answer of assignConversation.
#[derive(SimpleObject)]
pub struct AssignConversationPayload {
    /// The conversation.
    conversation: Option<Conversation>,
    /// What to correct; empty when it is done.
    user_errors: Vec<UserError>,
}

/// Mutations of the inbox of a shelter.
#[derive(Default)]
pub struct InboxMutation;

#[Object]
impl InboxMutation {
    /// Says which of a shelter's staff answers a conversation. Any of the staff may; the member who wrote to the
    /// shelter does not see it.
    async fn assign_conversation(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which conversation, and who answers.")] input: AssignConversationInput,
    ) -> async_graphql::Result<AssignConversationPayload> {
        let done = async {
            let assignee = input.member_id.as_ref().map(|id| input_id("memberId", id));
            let assigned = chat::AssignConversation {
                conversation_id: input_id("conversationId", &input.conversation_id)?,
                member_id: assignee.transpose()?,
            };
            chat::assign_conversation(ctx.deps()?, ctx.viewer()?, assigned).await
        };
        let (conversation, user_errors) = settle(done.await)?;
        Ok(AssignConversationPayload {
            conversation: conversation.map(Conversation::from),
            user_errors,
        })
    }
}
