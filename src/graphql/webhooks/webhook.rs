//! Webhooks of a shelter.

use std::sync::Arc;

use async_graphql::{Context, ID, Object};
use entity::{
    id::{ShelterId, WebhookId},
    webhook,
};

use super::{WebhookDelivery, Webhooks};
use crate::{
    count,
    domain::webhooks,
    graphql::{
        connection::{Connection, connection},
        context::ContextExt,
        node::visible,
        scalars::{DateTime, URL},
        shelters::Shelter,
        vocabulary::{WebhookDeliveryState, WebhookEvent},
    },
    kernel::{Error, Result, page::Page},
};

/// An address of a shelter's own system that is told what happens. The shelter's ADMINs, its keys with `webhooks:manage` and
/// admins see it; its secret was shown once.
pub struct Webhook(pub Arc<webhook::Model>);

impl Webhook {
    /// The webhook with that global id, for `node`.
    pub async fn find(ctx: &Context<'_>, id: &str) -> Result<Option<Self>> {
        let Ok(id) = id.parse::<WebhookId>() else {
            return Ok(None);
        };
        let deps = ctx.deps()?;
        let actor = &ctx.loaders()?.actor(deps).await?;
        Ok(visible(webhooks::find(deps.db.read(), actor, id).await)?.map(Self::from))
    }

    /// The webhook that a row refers to, for those who manage it.
    pub async fn of_row(ctx: &Context<'_>, id: WebhookId) -> Result<Self> {
        let found = ctx.loaders()?.get::<Webhooks>().load_one(id).await?;
        let found = found.ok_or_else(|| Error::broken("a row refers to a webhook that is not there"))?;
        Ok(Self(found))
    }

    /// The webhooks of a shelter; `None` for those who do not manage them.
    pub async fn of_shelter(ctx: &Context<'_>, shelter: ShelterId) -> Result<Option<Vec<Self>>> {
        let deps = ctx.deps()?;
        let actor = &ctx.loaders()?.actor(deps).await?;
        let webhooks = webhooks::webhooks_of(deps.db.read(), actor, shelter).await?;
        Ok(webhooks.map(|webhooks| webhooks.into_iter().map(Self::from).collect()))
    }
}

impl From<webhook::Model> for Webhook {
    fn from(webhook: webhook::Model) -> Self {
        Self(Arc::new(webhook))
    }
}

/// An address of a shelter's own system that is told what happens. The shelter's ADMINs, its keys with `webhooks:manage` and
/// admins see it; its secret was shown once.
#[Object]
impl Webhook {
    /// Opaque id.
    pub async fn id(&self) -> ID {
        self.0.id.to_string().into()
    }

    /// Whose events are sent.
    async fn shelter(&self, ctx: &Context<'_>) -> async_graphql::Result<Shelter> {
        Ok(Shelter::of_row(ctx, self.0.shelter_id).await?)
    }

    /// Where they are sent, at most 2,048 characters.
    async fn url(&self) -> URL {
        URL(self.0.url.clone())
    }

    /// What it is told of.
    async fn events(&self) -> async_graphql::Result<Vec<WebhookEvent>> {
        Ok(webhooks::events_of(&self.0)?.into_iter().map(Into::into).collect())
    }

    /// Whether anything is sent.
    async fn enabled(&self) -> bool {
        self.0.disabled_at.is_none()
    }

    /// Since when nothing is sent; null while it is on.
    async fn disabled_at(&self) -> Option<DateTime> {
        self.0.disabled_at.map(DateTime::from)
    }

    /// Why nothing is sent, as a sentence for people; null while it is on.
    async fn disabled_reason(&self) -> Option<&str> {
        self.0.disabled_reason.as_deref()
    }

    /// Since when every try has failed; null after a success. After three days it is turned off.
    async fn failing_since(&self) -> Option<DateTime> {
        self.0.failing_since.map(DateTime::from)
    }

    /// When its system last took a delivery; null if it never did.
    async fn last_success_at(&self) -> Option<DateTime> {
        self.0.last_success_at.map(DateTime::from)
    }

    /// Until when deliveries are signed with the secret before the last rotation too; null if it was never rotated.
    async fn rotation_ends_at(&self) -> Option<DateTime> {
        self.0.former_until.map(DateTime::from)
    }

    /// When it was made.
    async fn created_at(&self) -> DateTime {
        self.0.created_at.into()
    }

    /// What was delivered to it or is to be, newest first, of the last 30 days.
    #[allow(clippy::too_many_arguments, reason = "the arguments of a connection")]
    async fn deliveries(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Only those in this state.")] state: Option<WebhookDeliveryState>,
        #[graphql(desc = "How many from the beginning, 0 to 100.")] first: Option<i32>,
        #[graphql(desc = "Only what comes after this cursor.")] after: Option<String>,
        #[graphql(desc = "How many from the end, 0 to 100.")] last: Option<i32>,
        #[graphql(desc = "Only what comes before this cursor.")] before: Option<String>,
    ) -> async_graphql::Result<Connection<WebhookDelivery>> {
        let page = Page::new(first, after, last, before)?;
        let (deps, id, state) = (ctx.deps()?, self.0.id, state.map(Into::into));
        let slice = webhooks::deliveries_of(deps.db.read(), id, state, &page).await?;
        Ok(connection(
            slice.map(WebhookDelivery),
            count!(deps; webhooks::count_deliveries(deps.db.read(), id, state)),
        ))
    }
}
