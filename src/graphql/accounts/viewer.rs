//! What is private to the caller.

use std::sync::Arc;

use async_graphql::{Context, ID, Object};
use entity::{id::encode, member};
use tokio::sync::OnceCell;

use super::{Member, Session};
use crate::{
    domain::accounts,
    graphql::{
        chat::{self, Conversation, Message, Privacy},
        connection::Connection,
        context::ContextExt,
        matching::{Match, latest_alert_number, matches_of_viewer},
        notifications::{Notification, notifications_of_viewer, unread_notification_count},
        pets::{Pet, favorites_of_viewer, pets_of_viewer},
        safety::{blocked_connection, hidden_from_connection, presence_visibility_of, profanity_filter_of},
        scalars::EmailAddress,
        searches::{
            RecommendedPet, SavedSearch, SearchHistoryEntry, history_is_kept, history_of_viewer, recommended_pets,
            saved_searches_of_viewer,
        },
        shelters::{ShelterStaff, staff_of_viewer},
        sms::SmsAccount,
        vocabulary::{MatchBand, MatchState, PresenceVisibility, ProfanityFilter, Role},
    },
    kernel::{Result, page::Page},
};

/// Everything that is private to the logged-in member.
pub struct Viewer {
    member: Arc<member::Model>,
    latest_alert: OnceCell<i32>,
}

impl Viewer {
    /// What is private to that member.
    pub fn new(member: Arc<member::Model>) -> Self {
        Self {
            member,
            latest_alert: OnceCell::new(),
        }
    }

    /// Reads the number of the latest alert before anything else is read, so that the matches of the same answer are at
    /// least as new.
    pub async fn read_latest_alert(&self, ctx: &Context<'_>) -> Result<i32> {
        let read = || latest_alert_number(ctx, self.member.id);
        self.latest_alert.get_or_try_init(read).await.copied()
    }
}

/// Everything that is private to the logged-in member.
#[Object]
impl Viewer {
    /// Opaque id for the caches of clients; another one than the member's, and none for `node`.
    async fn id(&self) -> ID {
        format!("viewer_{}", encode(self.member.id.0)).into()
    }

    /// The member as others see them.
    async fn member(&self) -> Member {
        Member(self.member.clone())
    }

    /// Address of the account.
    async fn email(&self) -> EmailAddress {
        EmailAddress(self.member.email.clone())
    }

    /// Whether the address was verified.
    async fn email_verified(&self) -> bool {
        self.member.email_verified
    }

    /// What the member may do beyond their own.
    async fn role(&self) -> Role {
        self.member.role.into()
    }

    /// Valid log-ins, last used first, at most 100.
    async fn sessions(&self, ctx: &Context<'_>) -> async_graphql::Result<Vec<Session>> {
        let deps = ctx.deps()?;
        let sessions = accounts::sessions_of(deps.db.read(), self.member.id, deps.clock.now()).await?;
        Ok(sessions.into_iter().map(Session).collect())
    }

    /// Conversations in which the viewer takes part, those with the newest message first; those with the shelters that
    /// the viewer works for too.
    async fn conversations(
        &self,
        ctx: &Context<'_>,
        #[graphql(default = false, desc = "Archived ones instead of the others.")] archived: bool,
        #[graphql(desc = "How many from the beginning, 0 to 100; 20 when neither first nor last is given.")]
        first: Option<i32>,
        #[graphql(desc = "Only what comes after this cursor.")] after: Option<String>,
        #[graphql(desc = "How many from the end, 0 to 100.")] last: Option<i32>,
        #[graphql(desc = "Only what comes before this cursor.")] before: Option<String>,
    ) -> async_graphql::Result<Connection<Conversation>> {
        let page = Page::new(first, after, last, before)?;
        Ok(chat::conversation_connection(ctx, archived, page).await?)
    }

    /// Messages in the viewer's present conversations that hold every word, newest first. Case and accents make no
    /// difference, and the last word may be the beginning of one. Deleted messages and system messages are not found.
    #[allow(clippy::too_many_arguments)]
    async fn search_messages(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Words, at most 200 characters; punctuation is ignored.")] query: String,
        #[graphql(desc = "Only in this conversation; in one that you may not see there is nothing.")]
        conversation_id: Option<ID>,
        #[graphql(desc = "How many from the beginning, 0 to 100; 20 when neither first nor last is given.")]
        first: Option<i32>,
        #[graphql(desc = "Only what comes after this cursor.")] after: Option<String>,
        #[graphql(desc = "How many from the end, 0 to 100.")] last: Option<i32>,
        #[graphql(desc = "Only what comes before this cursor.")] before: Option<String>,
    ) -> async_graphql::Result<Connection<Message>> {
        let page = Page::new(first, after, last, before)?;
        Ok(chat::found_messages(ctx, &query, conversation_id, page).await?)
    }

    /// What others see of the viewer.
    async fn privacy(&self, ctx: &Context<'_>) -> async_graphql::Result<Privacy> {
        Ok(Privacy::of(ctx, self.member.id).await?)
    }

    /// Messages that the viewer has not read, over all conversations, muted and archived ones too.
    async fn unread_message_count(&self, ctx: &Context<'_>) -> async_graphql::Result<i32> {
        Ok(chat::unread_message_count(ctx).await?)
    }

    /// The shelters that the member works for, longest first.
    async fn staff_of(&self, ctx: &Context<'_>) -> async_graphql::Result<Vec<ShelterStaff>> {
        Ok(staff_of_viewer(ctx, self.member.id).await?)
    }

    /// Matches of the member's own reports, best first.
    #[allow(clippy::too_many_arguments, reason = "the arguments of a connection")]
    async fn matches(
        &self,
        ctx: &Context<'_>,
        #[graphql(default_with = "MatchBand::Possible", desc = "The lowest band.")] minimum_band: MatchBand,
        #[graphql(desc = "Only in that state.")] state: Option<MatchState>,
        #[graphql(desc = "How many from the beginning, 0 to 100.")] first: Option<i32>,
        #[graphql(desc = "Only what comes after this cursor.")] after: Option<String>,
        #[graphql(desc = "How many from the end, 0 to 100.")] last: Option<i32>,
        #[graphql(desc = "Only what comes before this cursor.")] before: Option<String>,
    ) -> async_graphql::Result<Connection<Match>> {
        let page = Page::new(first, after, last, before)?;
        Ok(matches_of_viewer(ctx, self.member.id, minimum_band, state, page).await?)
    }

    /// Number of the latest match alert; 0 when there was none yet. After `matches` of the same request,
    /// `matchAlerts(after:)` resumes here: what comes meanwhile is missed by neither.
    async fn latest_alert_number(&self, ctx: &Context<'_>) -> async_graphql::Result<i32> {
        Ok(self.read_latest_alert(ctx).await?)
    }

    /// The member's notifications, newest first.
    #[allow(clippy::too_many_arguments, reason = "the arguments of a connection")]
    async fn notifications(
        &self,
        ctx: &Context<'_>,
        #[graphql(default = false, desc = "Only what is unread.")] unread_only: bool,
        #[graphql(desc = "How many from the beginning, 0 to 100.")] first: Option<i32>,
        #[graphql(desc = "Only what comes after this cursor.")] after: Option<String>,
        #[graphql(desc = "How many from the end, 0 to 100.")] last: Option<i32>,
        #[graphql(desc = "Only what comes before this cursor.")] before: Option<String>,
    ) -> async_graphql::Result<Connection<Notification>> {
        let page = Page::new(first, after, last, before)?;
        Ok(notifications_of_viewer(ctx, self.member.id, unread_only, page).await?)
    }

    /// How many notifications are unread.
    async fn unread_notification_count(&self, ctx: &Context<'_>) -> async_graphql::Result<i32> {
        Ok(unread_notification_count(ctx, self.member.id).await?)
    }

    /// Phone, consent and credits for text messages.
    async fn sms(&self, ctx: &Context<'_>) -> async_graphql::Result<SmsAccount> {
        Ok(SmsAccount::of(ctx, self.member.id).await?)
    }

    /// Members whom the viewer has blocked, last blocked first.
    async fn blocked_members(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many from the beginning, 0 to 100; 20 when neither first nor last is given.")]
        first: Option<i32>,
        #[graphql(desc = "Only what comes after this cursor.")] after: Option<String>,
        #[graphql(desc = "How many from the end, 0 to 100.")] last: Option<i32>,
        #[graphql(desc = "Only what comes before this cursor.")] before: Option<String>,
    ) -> async_graphql::Result<Connection<Member>> {
        let page = Page::new(first, after, last, before)?;
        Ok(blocked_connection(ctx, self.member.id, page).await?)
    }

    /// Who sees whether the viewer is online; EVERYONE_I_CHAT_WITH until it is changed.
    async fn presence_visibility(&self, ctx: &Context<'_>) -> async_graphql::Result<PresenceVisibility> {
        Ok(presence_visibility_of(ctx, self.member.id).await?)
    }

    /// Members from whom the viewer hides whether they are online.
    async fn presence_hidden_from(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many from the beginning, 0 to 100; 20 when neither first nor last is given.")]
        first: Option<i32>,
        #[graphql(desc = "Only what comes after this cursor.")] after: Option<String>,
        #[graphql(desc = "How many from the end, 0 to 100.")] last: Option<i32>,
        #[graphql(desc = "Only what comes before this cursor.")] before: Option<String>,
    ) -> async_graphql::Result<Connection<Member>> {
        let page = Page::new(first, after, last, before)?;
        Ok(hidden_from_connection(ctx, self.member.id, page).await?)
    }

    /// How profanity in what others write to the viewer is handled; MASK until it is changed.
    async fn profanity_filter(&self, ctx: &Context<'_>) -> async_graphql::Result<ProfanityFilter> {
        Ok(profanity_filter_of(ctx, self.member.id).await?)
    }

    /// Reports that the viewer made, whatever their status, last reported first.
    async fn pets(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many from the beginning, 0 to 100; 20 when neither first nor last is given.")]
        first: Option<i32>,
        #[graphql(desc = "Only what comes after this cursor.")] after: Option<String>,
        #[graphql(desc = "How many from the end, 0 to 100.")] last: Option<i32>,
        #[graphql(desc = "Only what comes before this cursor.")] before: Option<String>,
    ) -> async_graphql::Result<Connection<Pet>> {
        let page = Page::new(first, after, last, before)?;
        Ok(pets_of_viewer(ctx, self.member.id, page).await?)
    }

    /// The viewer's favorite reports, last added first.
    async fn favorites(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many from the beginning, 0 to 100; 20 when neither first nor last is given.")]
        first: Option<i32>,
        #[graphql(desc = "Only what comes after this cursor.")] after: Option<String>,
        #[graphql(desc = "How many from the end, 0 to 100.")] last: Option<i32>,
        #[graphql(desc = "Only what comes before this cursor.")] before: Option<String>,
    ) -> async_graphql::Result<Connection<Pet>> {
        let page = Page::new(first, after, last, before)?;
        Ok(favorites_of_viewer(ctx, self.member.id, page).await?)
    }

    /// Searches that the viewer keeps, last made first, at most 50.
    async fn saved_searches(&self, ctx: &Context<'_>) -> async_graphql::Result<Vec<SavedSearch>> {
        Ok(saved_searches_of_viewer(ctx, self.member.id).await?)
    }

    /// What the viewer looked for, last first: at most 50 different searches, recorded by recordSearch.
    async fn search_history(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many from the beginning, 0 to 100; 20 when neither first nor last is given.")]
        first: Option<i32>,
        #[graphql(desc = "Only what comes after this cursor.")] after: Option<String>,
        #[graphql(desc = "How many from the end, 0 to 100.")] last: Option<i32>,
        #[graphql(desc = "Only what comes before this cursor.")] before: Option<String>,
    ) -> async_graphql::Result<Connection<SearchHistoryEntry>> {
        let page = Page::new(first, after, last, before)?;
        Ok(history_of_viewer(ctx, self.member.id, page).await?)
    }

    /// Whether recordSearch remembers anything; setSearchHistory changes it.
    async fn search_history_enabled(&self, ctx: &Context<'_>) -> async_graphql::Result<bool> {
        Ok(history_is_kept(ctx, self.member.id).await?)
    }

    /// Reports that the viewer may want to see, best first, each with its reason: counterparts near their own open
    /// reports, what their saved and last searches find, and what is like their favourites.
    async fn recommended_pets(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many, 0 to 50.", default_with = "Some(10)")] first: Option<i32>,
    ) -> async_graphql::Result<Vec<RecommendedPet>> {
        Ok(recommended_pets(ctx, first.unwrap_or(10)).await?)
    }
}
