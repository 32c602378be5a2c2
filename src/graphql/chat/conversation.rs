//! Conversations and who takes part in them.

use std::sync::Arc;

use async_graphql::{Context, ID, Object};
use entity::{conversation, participant};

use super::{
    Message,
    loaders::{LastMessages, OwnParticipants, Participants, Silenced},
};
use crate::{
    count,
    domain::{chat, staff},
    graphql::{
        accounts::Member,
        connection::{Connection, connection},
        context::ContextExt,
        error::nullable,
        node::visible,
        pets::{Pet, Pets},
        scalars::DateTime,
        shelters::{Shelter, Shelters},
        vocabulary::ConversationKind,
    },
    kernel::{Error, Result, page::Page},
};

/// A conversation. Those who take part see it: two members, the members of a group, or a member and whoever works for
/// the shelter now.
pub struct Conversation(pub Arc<conversation::Model>);

impl From<conversation::Model> for Conversation {
    fn from(row: conversation::Model) -> Self {
        Self(Arc::new(row))
    }
}

impl Conversation {
    /// The conversation with that global id, for `node`.
    pub async fn find(ctx: &Context<'_>, id: &str) -> Result<Option<Self>> {
        let Ok(id) = id.parse() else { return Ok(None) };
        let found = chat::find(ctx.deps()?.db.read(), ctx.viewer()?, id).await;
        Ok(visible(found)?.map(Self::from))
    }

    /// The caller's own row; none for staff of a shelter in the moment after they joined.
    async fn participant(&self, ctx: &Context<'_>) -> Result<Option<participant::Model>> {
        ctx.loaders()?.get::<OwnParticipants>().load_one(self.0.id).await
    }
}

/// A conversation. Those who take part see it: two members, the members of a group, or a member and whoever works for
/// the shelter now.
#[Object]
impl Conversation {
    /// Opaque id.
    pub async fn id(&self) -> ID {
        self.0.id.to_string().into()
    }

    /// What kind of conversation it is.
    async fn kind(&self) -> ConversationKind {
        self.0.kind.into()
    }

    /// Title of a group, at most 80 characters; null for other conversations.
    async fn title(&self) -> Option<&str> {
        self.0.title.as_deref()
    }

    /// The pet that it is about, as far as the caller may see it.
    async fn pet(&self, ctx: &Context<'_>) -> Option<async_graphql::Result<Pet>> {
        nullable(async {
            match self.0.pet_id {
                Some(id) => Ok(ctx.loaders()?.get::<Pets>().load_one(id).await?.map(Pet)),
                None => Ok(None),
            }
        })
        .await
    }

    /// The shelter whose inbox it is in; null for other conversations.
    async fn shelter(&self, ctx: &Context<'_>) -> Option<async_graphql::Result<Shelter>> {
        nullable(async {
            match self.0.shelter_id {
                Some(id) => Ok(ctx.loaders()?.get::<Shelters>().load_one(id).await?.map(Shelter)),
                None => Ok(None),
            }
        })
        .await
    }

    /// Which of the shelter's staff answers; null when nobody in particular does, and for anyone who is not on the
    /// staff.
    async fn assigned_to(&self, ctx: &Context<'_>) -> Option<async_graphql::Result<Member>> {
        nullable(async {
            let (Some(shelter), Some(assignee)) = (self.0.shelter_id, self.0.assigned_to) else {
                return Ok(None);
            };
            let deps = ctx.deps()?;
            if ctx.loaders()?.actor(deps).await?.staff_role(shelter).is_none() {
                return Ok(None);
            }
            let works_there = staff::staff_role(deps.db.read(), shelter, assignee).await?.is_some();
            Ok(if works_there {
                Member::load(ctx, assignee).await?
            } else {
                None
            })
        })
        .await
    }

    /// Who takes part, those who joined first first: at most 50 in a group. In a shelter's inbox, the member who wrote
    /// and the staff.
    async fn participants(&self, ctx: &Context<'_>) -> async_graphql::Result<Vec<Participant>> {
        let rows = ctx.loaders()?.get::<Participants>().load_one(self.0.id).await?;
        let is_group = self.0.kind == entity::vocabulary::ConversationKind::Group;
        let participant = |participant| Participant { participant, is_group };
        Ok(rows.unwrap_or_default().into_iter().map(participant).collect())
    }

    /// Messages, oldest first; `last: 20` is the newest page.
    async fn messages(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many from the beginning, 0 to 100; 20 when neither first nor last is given.")]
        first: Option<i32>,
        #[graphql(desc = "Only what comes after this cursor.")] after: Option<String>,
        #[graphql(desc = "How many from the end, 0 to 100.")] last: Option<i32>,
        #[graphql(desc = "Only what comes before this cursor.")] before: Option<String>,
    ) -> async_graphql::Result<Connection<Message>> {
        let (deps, id) = (ctx.deps()?, self.0.id);
        let page = Page::new(first, after, last, before)?;
        let slice = chat::messages(deps.db.read(), id, &page).await?;
        let count = count!(deps; chat::count_messages(deps.db.read(), id));
        Ok(connection(slice.map(Message::from), count))
    }

    /// The newest message.
    async fn last_message(&self, ctx: &Context<'_>) -> Option<async_graphql::Result<Message>> {
        nullable(async {
            let last = ctx.loaders()?.get::<LastMessages>().load_one(self.0.id).await?;
            Ok(last.map(Message))
        })
        .await
    }

    /// Messages of others that the caller has not read, without deleted ones and those of the system; always exact.
    async fn unread_count(&self, ctx: &Context<'_>) -> async_graphql::Result<i32> {
        Ok(self
            .participant(ctx)
            .await?
            .map_or(0, |participant| participant.unread_count))
    }

    /// Whether the caller has archived it; the next message brings it back.
    async fn archived(&self, ctx: &Context<'_>) -> async_graphql::Result<bool> {
        Ok(self
            .participant(ctx)
            .await?
            .is_some_and(|participant| participant.archived))
    }

    /// Whether the caller wants no notifications about it.
    async fn muted(&self, ctx: &Context<'_>) -> async_graphql::Result<bool> {
        Ok(self
            .participant(ctx)
            .await?
            .is_some_and(|participant| participant.muted))
    }

    /// Number of the last change in it. After a page of `messages` of the same request, `messages(after:)` resumes
    /// here: what changes meanwhile comes again.
    async fn revision(&self) -> i32 {
        number(self.0.last_revision)
    }

    /// Whether the caller may write in it: false between two members of whom one has blocked the other, and to a member who
    /// has deleted their account.
    async fn viewer_can_send(&self, ctx: &Context<'_>) -> async_graphql::Result<bool> {
        if self.0.kind == entity::vocabulary::ConversationKind::Group {
            return Ok(true);
        }
        Ok(ctx.loaders()?.get::<Silenced>().load_one(self.0.id).await?.is_none())
    }

    /// When it was opened.
    async fn created_at(&self) -> DateTime {
        self.0.created_at.into()
    }
}

/// Someone who takes part in a conversation.
pub struct Participant {
    participant: participant::Model,
    is_group: bool,
}

/// Someone who takes part in a conversation.
#[Object]
impl Participant {
    /// Who.
    async fn member(&self, ctx: &Context<'_>) -> async_graphql::Result<Member> {
        let member = Member::load(ctx, self.participant.member_id).await?;
        Ok(member.ok_or(Error::NotFound("member"))?)
    }

    /// Number of the last message that they have read; only grows. It stands still for the others while the member
    /// reads privately, and between two of whom one has blocked the other.
    async fn read_up_to(&self, ctx: &Context<'_>) -> async_graphql::Result<i32> {
        let is_own = ctx.viewer()?.member() == Some(self.participant.member_id);
        Ok(number(if is_own {
            self.participant.read_up_to
        } else {
            self.participant.shown_up_to
        }))
    }

    /// Number of the last message that reached one of their devices; only grows. It stands still between two of whom
    /// one has blocked the other. Outside of groups, those who have not written yet show the others no more than what
    /// they have read.
    async fn delivered_up_to(&self, ctx: &Context<'_>) -> async_graphql::Result<i32> {
        let is_own = ctx.viewer()?.member() == Some(self.participant.member_id);
        let is_shown = is_own || self.is_group || self.participant.has_written;
        let participant = &self.participant;
        Ok(number(if is_shown {
            participant.delivered_up_to
        } else {
            participant.shown_up_to
        }))
    }

    /// Whether they run the group: name it, add and remove members. False in other conversations.
    async fn admin(&self) -> bool {
        self.participant.is_admin
    }

    /// Since when they take part.
    async fn joined_at(&self) -> DateTime {
        self.participant.joined_at.into()
    }
}

/// A number of a conversation's streams as the schema shows it; two thousand million changes are out of reach.
pub(super) fn number(value: i64) -> i32 {
    i32::try_from(value).unwrap_or(i32::MAX)
}
