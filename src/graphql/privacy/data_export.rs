//! An archive of a member's data.

use async_graphql::{Context, ID, Object};
use entity::{data_export, id::DataExportId};

use crate::{
    domain::privacy,
    graphql::{
        context::ContextExt,
        error::nullable,
        node::visible,
        scalars::{DateTime, URL},
        vocabulary::DataExportState,
    },
    kernel::Result,
};

/// An archive of what is kept of a member, as JSON; only its member sees it.
pub struct DataExport(pub data_export::Model);

impl DataExport {
    /// The viewer's archive with that global id, for `node`.
    pub async fn find(ctx: &Context<'_>, id: &str) -> Result<Option<Self>> {
        let (Ok(id), Some(owner)) = (id.parse::<DataExportId>(), ctx.viewer()?.member()) else {
            return Ok(None);
        };
        let found = privacy::export_of(ctx.deps()?.db.read(), owner, id).await;
        Ok(visible(found)?.map(Self))
    }
}

/// An archive of what is kept of a member, as JSON; only its member sees it.
#[Object]
impl DataExport {
    /// Opaque id.
    pub async fn id(&self) -> ID {
        self.0.id.to_string().into()
    }

    /// How far it is.
    async fn state(&self) -> DataExportState {
        self.0.state.into()
    }

    /// Where to download it, without other credentials; null until it is ready, and after it has expired.
    async fn url(&self, ctx: &Context<'_>) -> Option<async_graphql::Result<URL>> {
        nullable(async { Ok(privacy::download_url(ctx.deps()?, &self.0).map(URL)) }).await
    }

    /// When it was asked for.
    async fn created_at(&self) -> DateTime {
        self.0.created_at.into()
    }

    /// When it is removed: seven days after it was ready; null until then.
    async fn expires_at(&self) -> Option<DateTime> {
        self.0.expires_at.map(DateTime::from)
    }
}
