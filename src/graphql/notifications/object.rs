//! A notification.

use async_graphql::{Context, ID, Object};
use entity::{
    id::{MemberId, NotificationId},
    notification,
};

use crate::{
    count,
    domain::notifications,
    graphql::{
        connection::{Connection, connection},
        context::ContextExt,
        error::nullable,
        node::{self, Node, visible},
        scalars::DateTime,
        vocabulary::NotificationKind,
    },
    kernel::{Result, page::Page},
};

/// A message to its member. Nobody else sees it.
pub struct Notification(pub notification::Model);

impl Notification {
    /// The viewer's notification with that global id, for `node`.
    pub async fn find(ctx: &Context<'_>, id: &str) -> Result<Option<Self>> {
        let (Ok(id), Some(member)) = (id.parse::<NotificationId>(), ctx.viewer()?.member()) else {
            return Ok(None);
        };
        Ok(visible(notifications::find(ctx.deps()?.db.read(), member, id).await)?.map(Self))
    }
}

/// A message to its member. Nobody else sees it.
#[Object]
impl Notification {
    /// Opaque id.
    pub async fn id(&self) -> ID {
        self.0.id.to_string().into()
    }

    /// Place in the member's stream of notifications, from 1, without gaps; resume after it.
    async fn number(&self) -> async_graphql::Result<i32> {
        Ok(crate::graphql::matching::number(self.0.number)?)
    }

    /// What it is about.
    async fn kind(&self) -> NotificationKind {
        self.0.kind.into()
    }

    /// One line.
    async fn title(&self) -> &str {
        &self.0.title
    }

    /// A sentence or two.
    async fn body(&self) -> &str {
        &self.0.body
    }

    /// The thing that it is about; null when it is gone or not visible any more.
    async fn subject(&self, ctx: &Context<'_>) -> Option<async_graphql::Result<Node>> {
        nullable(async {
            match &self.0.subject {
                Some(id) => Ok(Box::pin(node::find(ctx, id)).await?),
                None => Ok(None),
            }
        })
        .await
    }

    /// When the member read it.
    async fn read_at(&self) -> Option<DateTime> {
        self.0.read_at.map(DateTime)
    }

    /// When it came.
    async fn created_at(&self) -> DateTime {
        self.0.created_at.into()
    }
}

/// The viewer's notifications.
pub async fn notifications_of_viewer(
    ctx: &Context<'_>,
    member: MemberId,
    unread_only: bool,
    page: Page,
) -> Result<Connection<Notification>> {
    let deps = ctx.deps()?;
    let slice = notifications::page(deps.db.read(), member, unread_only, &page).await?;
    Ok(connection(
        slice.map(Notification),
        count!(deps; notifications::count(deps.db.read(), member, unread_only)),
    ))
}

/// How many of them are unread.
pub async fn unread_notification_count(ctx: &Context<'_>, member: MemberId) -> Result<i32> {
    let count = notifications::unread_count(ctx.deps()?.db.read(), member).await?;
    Ok(i32::try_from(count).unwrap_or(i32::MAX))
}
