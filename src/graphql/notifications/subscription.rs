//! Notifications as a stream.

use async_graphql::{Context, Subscription};
use futures_util::{Stream, StreamExt};

use super::Notification;
use crate::{
    deps::follow,
    domain::notifications::{self, resume_from},
    events::Topic,
    graphql::context::ContextExt,
};

/// Subscriptions of notifications.
#[derive(Default)]
pub struct NotificationSubscription;

#[Subscription]
impl NotificationSubscription {
    /// The caller's notifications as they come. With `after`, everything since that number first; without, only what
    /// is new.
    async fn notifications(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Number of the last notification that was received.")] after: Option<i32>,
    ) -> async_graphql::Result<impl Stream<Item = async_graphql::Result<Notification>> + use<>> {
        let deps = ctx.deps_of_stream()?;
        let member_id = ctx.viewer()?.require_member()?;
        let after = ctx.resuming(after)?;
        let start = match deps.hibernation().left() {
            Some(number) => number,
            None => resume_from(
                after,
                notifications::last_notification(deps.db.read(), member_id).await?,
            )?,
        };
        let own = deps.clone();
        let news = follow(&deps, &[Topic::Member(member_id)], start, move |cursor| {
            let deps = own.clone();
            async move {
                let rows = notifications::notifications_after(deps.db.read(), member_id, cursor).await?;
                Ok(rows.into_iter().map(|row| (row.number, Notification(row))).collect())
            }
        });
        Ok(news.map(|row| Ok(row?)))
    }
}
