//! Private data of the caller: their consents and archives.

use std::sync::Arc;

use async_graphql::{Context, Object};
use entity::member;

use super::{DataExport, consent::Consent};
use crate::{
    domain::{consents, privacy},
    graphql::{context::ContextExt, schema::ViewerPart},
    kernel::Result,
};

/// Fields of `Viewer` about consents and archives.
pub struct PrivacyViewer(Arc<member::Model>);

impl ViewerPart for PrivacyViewer {
    async fn of(_: &Context<'_>, member: &Arc<member::Model>) -> Result<Self> {
        Ok(Self(member.clone()))
    }
}

/// Fields of `Viewer` about consents and archives.
#[Object]
impl PrivacyViewer {
    /// The member's last word about each purpose that they have said something about.
    async fn consents(&self, ctx: &Context<'_>) -> async_graphql::Result<Vec<Consent>> {
        let found = consents::consents_of(ctx.deps()?.db.read(), self.0.id).await?;
        Ok(found.into_iter().map(Consent::from).collect())
    }

    /// Archives of the member's data, newest first, at most 20.
    async fn data_exports(&self, ctx: &Context<'_>) -> async_graphql::Result<Vec<DataExport>> {
        let exports = privacy::exports_of(ctx.deps()?.db.read(), self.0.id).await?;
        Ok(exports.into_iter().map(DataExport).collect())
    }
}
