//! The image models: those that the settings name, otherwise those that `make models` has put into the data folder.

use std::{path::Path, sync::Arc};

use anyhow::Context;

use crate::{
    config::{self, Config},
    ports::vision::{BreedModel, ImageModel, OpenModelError, Vision, open_model},
};

/// What to do about missing models, for the log.
const WAY: &str = "`make models` gets them; docs/PHOTOS.md has their licence";

/// Opens the models. One that a setting names and that cannot be used is an error; one of the data folder is left out,
/// and the log says why.
pub fn vision(config: &Config) -> anyhow::Result<Vision> {
    let kept = config.kept_models();
    let vision = Vision {
        embedding: match &config.embedding_model {
            Some(path) => Some(open_model(path).context("SWEETIE_EMBEDDING_MODEL")?),
            None => kept_model(&kept.embedding),
        },
        breeds: match &config.breed_model {
            Some(breeds) => Some(named_breeds(breeds)?),
            None => kept_breeds(&kept.breeds),
        },
    };
    let is_one_there = [&kept.embedding, &kept.breeds.model].iter().any(|path| path.exists());
    if vision.embedding.is_none() && !is_one_there {
        tracing::info!("other photos of an animal are found with image models only, and there are none: {WAY}");
    }
    Ok(vision)
}

fn named_breeds(breeds: &config::BreedModel) -> anyhow::Result<BreedModel> {
    let model = open_model(&breeds.model).context("SWEETIE_BREED_MODEL")?;
    labelled(model, &breeds.labels).context("SWEETIE_BREED_LABELS")
}

fn kept_breeds(breeds: &config::BreedModel) -> Option<BreedModel> {
    let model = kept_model(&breeds.model)?;
    labelled(model, &breeds.labels)
        .inspect_err(|error| tracing::warn!("no breeds are suggested: {error:#}; {WAY} anew"))
        .ok()
}

fn labelled(model: Arc<dyn ImageModel>, labels: &Path) -> anyhow::Result<BreedModel> {
    let path = labels.display();
    let text = std::fs::read_to_string(labels).with_context(|| format!("{path} cannot be read"))?;
    BreedModel::new(model, &text).map_err(|fault| anyhow::anyhow!("{path} {fault}"))
}

/// The model of the data folder, if it is there and can be used.
fn kept_model(path: &Path) -> Option<Arc<dyn ImageModel>> {
    if !path.exists() {
        return None;
    }
    match open_model(path) {
        Ok(model) => {
            tracing::info!(path = %path.display(), "an image model of the data folder is used");
            Some(model)
        }
        // It says itself how to get a program that can.
        Err(error @ OpenModelError::NoRuntime { .. }) => {
            tracing::warn!("{error}");
            None
        }
        Err(error) => {
            tracing::warn!("{error}; {WAY} anew");
            None
        }
    }
}
