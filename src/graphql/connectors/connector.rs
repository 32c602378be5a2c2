//! Connectors of a shelter.

use async_graphql::{Context, ID, Object};
use entity::{
    connector,
    id::{ConnectorId, ShelterId},
};

use super::{loaders::import_of, run::ConnectorRun};
use crate::{
    count,
    domain::connectors,
    graphql::{
        connection::{Connection, connection},
        context::ContextExt,
        error::nullable,
        node::visible,
        scalars::DateTime,
        shelters::{Import, Shelter},
        vocabulary::{ConnectorKind, ConnectorState},
    },
    kernel::{Result, page::Page},
};

/// A shelter's own software, from which its animals are fetched and imported on a schedule. The shelter's ADMINs, its keys
/// with `connectors:manage` and admins see it; its secret is shown to nobody.
pub struct Connector(pub connector::Model);

impl Connector {
    /// The connector with that global id, for `node`.
    pub async fn find(ctx: &Context<'_>, id: &str) -> Result<Option<Self>> {
        let Ok(id) = id.parse::<ConnectorId>() else {
            return Ok(None);
        };
        let deps = ctx.deps()?;
        let actor = &ctx.loaders()?.actor(deps).await?;
        Ok(visible(connectors::find(deps.db.read(), actor, id).await)?.map(Self))
    }

    /// The connectors of a shelter; `None` for those who do not manage them.
    pub async fn of_shelter(ctx: &Context<'_>, shelter: ShelterId) -> Result<Option<Vec<Self>>> {
        let deps = ctx.deps()?;
        let actor = &ctx.loaders()?.actor(deps).await?;
        let found = connectors::connectors_of(deps.db.read(), actor, shelter).await?;
        Ok(found.map(|found| found.into_iter().map(Self).collect()))
    }

    /// The same for a dashboard: those whose last run failed come first, and there are none for those who do not manage
    /// them.
    pub async fn on_dashboard(ctx: &Context<'_>, shelter: ShelterId) -> Result<Vec<Self>> {
        let mut found = Self::of_shelter(ctx, shelter).await?.unwrap_or_default();
        found.sort_by_key(|connector| connector.0.last_error.is_none());
        Ok(found)
    }
}

/// A shelter's own software, from which its animals are fetched and imported on a schedule. The shelter's ADMINs, its keys
/// with `connectors:manage` and admins see it; its secret is shown to nobody.
#[Object]
impl Connector {
    /// Opaque id.
    pub async fn id(&self) -> ID {
        self.0.id.to_string().into()
    }

    /// Whose animals are fetched.
    async fn shelter(&self, ctx: &Context<'_>) -> async_graphql::Result<Shelter> {
        Ok(Shelter::of_row(ctx, self.0.shelter_id).await?)
    }

    /// Which software it is.
    async fn kind(&self) -> ConnectorKind {
        self.0.kind.into()
    }

    /// What the staff calls it, 1 to 80 characters.
    async fn name(&self) -> &str {
        &self.0.name
    }

    /// Where the software is, at most 2,048 characters; null for the usual address of its kind.
    async fn address(&self) -> Option<&str> {
        self.0.address.as_deref()
    }

    /// The account there, at most 300 characters; null if there is none.
    async fn account(&self) -> Option<&str> {
        self.0.account.as_deref()
    }

    /// The key by which the server there is recognized; null if none was given.
    async fn host_key(&self) -> Option<&str> {
        self.0.host_key.as_deref()
    }

    /// Hours from one run to the next, 1 to 168.
    async fn interval_hours(&self) -> i32 {
        self.0.interval_hours
    }

    /// Whether it runs by itself.
    async fn state(&self) -> ConnectorState {
        match self.0.disabled_at {
            None => ConnectorState::Active,
            Some(_) => ConnectorState::Disabled,
        }
    }

    /// Since when it is off; null while it is on.
    async fn disabled_at(&self) -> Option<DateTime> {
        self.0.disabled_at.map(DateTime::from)
    }

    /// Why it is off, as a sentence for people; null while it is on.
    async fn disabled_reason(&self) -> Option<&str> {
        self.0.disabled_reason.as_deref()
    }

    /// When it was made.
    async fn created_at(&self) -> DateTime {
        self.0.created_at.into()
    }

    /// When it runs next, or is looked at again if the last run is not over then; null while it is off.
    async fn next_run_at(&self) -> Option<DateTime> {
        let is_on = self.0.disabled_at.is_none();
        is_on.then(|| self.0.next_run_at.into())
    }

    /// When its last run began; null before the first.
    async fn last_run_at(&self) -> Option<DateTime> {
        self.0.last_run_at.map(DateTime::from)
    }

    /// When a run last ended well: with an import that is done, or with nothing new; null if none has.
    async fn last_success_at(&self) -> Option<DateTime> {
        self.0.last_success_at.map(DateTime::from)
    }

    /// What was wrong with the last run that ended well or badly, as a sentence for people; null if nothing was.
    async fn last_error(&self) -> Option<&str> {
        self.0.last_error.as_deref()
    }

    /// The last import that it made; null if there is none, and for those who may not see imports.
    async fn last_import(&self, ctx: &Context<'_>) -> Option<async_graphql::Result<Import>> {
        nullable(import_of(ctx, self.0.last_import_id)).await
    }

    /// How many runs have failed, one after the other, since the last success.
    async fn consecutive_failures(&self) -> i32 {
        self.0.failures
    }

    /// Since when every run has failed; null after a success. After three days it is turned off.
    async fn failing_since(&self) -> Option<DateTime> {
        self.0.failing_since.map(DateTime::from)
    }

    /// What it did in the last 30 days, newest first.
    #[allow(clippy::too_many_arguments, reason = "the arguments of a connection")]
    async fn runs(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many from the beginning, 0 to 100.")] first: Option<i32>,
        #[graphql(desc = "Only what comes after this cursor.")] after: Option<String>,
        #[graphql(desc = "How many from the end, 0 to 100.")] last: Option<i32>,
        #[graphql(desc = "Only what comes before this cursor.")] before: Option<String>,
    ) -> async_graphql::Result<Connection<ConnectorRun>> {
        let page = Page::new(first, after, last, before)?;
        let (deps, id) = (ctx.deps()?, self.0.id);
        let slice = connectors::runs_of(deps.db.read(), id, &page).await?;
        Ok(connection(
            slice.map(ConnectorRun),
            count!(deps; connectors::count_runs(deps.db.read(), id)),
        ))
    }
}
