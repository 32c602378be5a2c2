//! Work that no fact calls for, but the start of a server.

use super::{
    jobs::{learn_all_photos::LearnAllPhotos, look_up_places::LookUpPlaces},
    queue,
};
use crate::{deps::Deps, domain::places, kernel::Result};

/// Lets a model that was configured anew look at the photos that are there; nothing to do for one that has.
pub async fn learn_with_the_model(deps: &Deps) -> Result<()> {
    let Some(model) = &deps.vision.embedding else {
        return Ok(());
    };
    let key = format!("learn_all_photos:{}", model.fingerprint());
    deps.write(async |tx| queue::enqueue(deps, tx, &LearnAllPhotos {}, &key).await)
        .await
}

/// Goes on with the agenda of places, onto which an earlier version may have put some, or this one while no service was
/// configured.
pub async fn look_up_places(deps: &Deps) -> Result<()> {
    if !places::is_online(deps) {
        return Ok(());
    }
    deps.write(async |tx| queue::enqueue(deps, tx, &LookUpPlaces {}, "look_up_places").await)
        .await
}
