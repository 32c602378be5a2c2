//! Work that a new model of pictures calls for.

use super::{job::Job, queue};
use crate::{deps::Deps, kernel::Result};

/// Lets a model that was configured anew look at the photos that are there; nothing to do for one that has.
pub async fn learn_with_the_model(deps: &Deps) -> Result<()> {
    let Some(model) = &deps.vision.embedding else {
        return Ok(());
    };
    let key = format!("learn_all_photos:{}", model.fingerprint());
    deps.write(async |tx| queue::enqueue(deps, tx, &Job::LearnAllPhotos, &key).await)
        .await
}
