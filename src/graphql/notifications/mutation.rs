//! Reading notifications.

use async_graphql::{Context, InputObject, Object, SimpleObject};

use crate::{
    domain::notifications,
    graphql::{
        context::ContextExt,
        error::{UserError, settle},
    },
};

/// Up to where the member has read.
#[derive(InputObject)]
pub struct MarkNotificationsReadInput {
    /// Number of the last notification that was read; everything up to it counts as read.
    up_to: i32,
}

/// Answer of markNotificationsRead.
#[derive(SimpleObject)]
pub struct MarkNotificationsReadPayload {
    /// How many are still unread; null when something is to be corrected.
    unread_notification_count: Option<i32>,
    /// What to correct; empty when it is done.
    user_errors: Vec<UserError>,
}

/// Mutations of notifications.
#[derive(Default)]
pub struct NotificationMutation;

#[Object]
impl NotificationMutation {
    /// Marks the caller's notifications up to a number as read.
    async fn mark_notifications_read(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Up to where.")] input: MarkNotificationsReadInput,
    ) -> async_graphql::Result<MarkNotificationsReadPayload> {
        let done = notifications::mark_notifications_read(ctx.deps()?, ctx.viewer()?, input.up_to).await;
        let (unread, user_errors) = settle(done)?;
        let unread_notification_count = unread.map(|unread| i32::try_from(unread).unwrap_or(i32::MAX));
        Ok(MarkNotificationsReadPayload {
            unread_notification_count,
            user_errors,
        })
    }
}
