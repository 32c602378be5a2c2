//! Private data of the caller: their notifications.

use std::sync::Arc;

use async_graphql::{Context, Object};
use entity::{id::MemberId, member};

use super::{
    Notification,
    object::{notifications_of_viewer, unread_notification_count},
};
use crate::{
    graphql::{connection::Connection, schema::ViewerPart},
    kernel::{Result, page::Page},
};

/// Fields of `Viewer` about notifications.
pub struct NotificationViewer(MemberId);

impl ViewerPart for NotificationViewer {
    async fn of(_: &Context<'_>, member: &Arc<member::Model>) -> Result<Self> {
        Ok(Self(member.id))
    }
}

/// Fields of `Viewer` about notifications.
#[Object]
impl NotificationViewer {
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
        Ok(notifications_of_viewer(ctx, self.0, unread_only, page).await?)
    }

    /// How many notifications are unread.
    async fn unread_notification_count(&self, ctx: &Context<'_>) -> async_graphql::Result<i32> {
        Ok(unread_notification_count(ctx, self.0).await?)
    }
}
