//! Loaders around webhooks.

use std::{collections::HashMap, sync::Arc};

use async_graphql::dataloader::Loader;
use entity::{id::WebhookId, webhook};

use crate::{
    deps::Deps,
    domain::{staff::Actor, webhooks},
    graphql::loaders::FeatureLoader,
    kernel::{Error, Viewer},
};

/// Loads webhooks that the viewer manages.
pub struct Webhooks(Deps, Viewer);

impl FeatureLoader for Webhooks {
    fn new(deps: &Deps, viewer: &Viewer) -> Self {
        Self(deps.clone(), viewer.clone())
    }
}

impl Loader<WebhookId> for Webhooks {
    type Value = Arc<webhook::Model>;
    type Error = Error;

    async fn load(&self, ids: &[WebhookId]) -> Result<HashMap<WebhookId, Self::Value>, Error> {
        let db = self.0.db.read();
        let found = webhooks::by_ids(db, &Actor::of(db, &self.1).await?, ids).await?;
        Ok(found
            .into_iter()
            .map(|webhook| (webhook.id, Arc::new(webhook)))
            .collect())
    }
}
