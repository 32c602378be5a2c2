//! Private data of the caller: their archives.

use std::sync::Arc;

use async_graphql::{Context, Object};
use entity::member;

use super::DataExport;
use crate::{
    domain::privacy,
    graphql::{context::ContextExt, schema::ViewerPart},
    kernel::Result,
};

/// Fields of `Viewer` about archives.
pub struct PrivacyViewer(Arc<member::Model>);

impl ViewerPart for PrivacyViewer {
    async fn of(_: &Context<'_>, member: &Arc<member::Model>) -> Result<Self> {
        Ok(Self(member.clone()))
    }
}

/// Fields of `Viewer` about archives.
#[Object]
impl PrivacyViewer {
    /// Archives of the member's data, newest first, at most 20.
    async fn data_exports(&self, ctx: &Context<'_>) -> async_graphql::Result<Vec<DataExport>> {
        let exports = privacy::exports_of(ctx.deps()?.db.read(), self.0.id).await?;
        Ok(exports.into_iter().map(DataExport).collect())
    }
}
