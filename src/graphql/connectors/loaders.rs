//! Loaders around connectors.

use std::collections::HashMap;

use async_graphql::{Context, dataloader::Loader};
use entity::{id::ImportId, import};

use crate::{
    deps::Deps,
    domain::{shelters, staff::Actor},
    graphql::{context::ContextExt, loaders::FeatureLoader, shelters::Import},
    kernel::{Error, Result, Viewer},
};

/// Loads imports that the viewer may see.
pub struct PulledImports(Deps, Viewer);

impl FeatureLoader for PulledImports {
    fn new(deps: &Deps, viewer: &Viewer) -> Self {
        Self(deps.clone(), viewer.clone())
    }
}

impl Loader<ImportId> for PulledImports {
    type Value = import::Model;
    type Error = Error;

    async fn load(&self, ids: &[ImportId]) -> Result<HashMap<ImportId, Self::Value>, Error> {
        let db = self.0.db.read();
        let found = shelters::imports_by_ids(db, &Actor::of(db, &self.1).await?, ids).await?;
        Ok(found.into_iter().map(|import| (import.id, import)).collect())
    }
}

/// The import that a row refers to; `None` if there is none, or if the viewer may not see it.
pub(super) async fn import_of(ctx: &Context<'_>, id: Option<ImportId>) -> Result<Option<Import>> {
    let Some(id) = id else { return Ok(None) };
    let found = ctx.loaders()?.get::<PulledImports>().load_one(id).await?;
    Ok(found.map(Import))
}
