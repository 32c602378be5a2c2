//! Jobs that are queued when a server starts, not by events.

use super::{
    jobs::{learn_all_photos::LearnAllPhotos, look_up_places::LookUpPlaces},
    queue,
};
use crate::{deps::Deps, domain::places, kernel::Result};

/// Queues a job that runs a newly configured model on the existing photos. Does nothing if that job was queued before.
pub async fn learn_with_the_model(deps: &Deps) -> Result<()> {
    let Some(model) = &deps.vision.embedding else {
        return Ok(());
    };
    let key = format!("learn_all_photos:{}", model.fingerprint());
    deps.write(async |tx| queue::enqueue(deps, tx, &LearnAllPhotos {}, &key).await)
        .await
}

/// Continues with the agenda of places. An earlier version may have added places to it, or this one while no service
/// was configured.
pub async fn look_up_places(deps: &Deps) -> Result<()> {
    if !places::is_online(deps) {
        return Ok(());
    }
    deps.write(async |tx| queue::enqueue(deps, tx, &LookUpPlaces {}, "look_up_places").await)
        .await
}
