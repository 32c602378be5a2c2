//! Finds the pictures that a shelter's system shows where there is no photo: their addresses may say nothing of it.

use entity::id::{PetId, ShelterId};

use super::{attach::take_off, store};
use crate::{deps::Deps, kernel::Result};

/// Most reports of a shelter that show the same bytes: a litter is photographed together.
const MOST_ALIKE: i64 = 5;

/// Takes off the pictures of these reports that more than five reports of the shelter show, from all of those. Done after
/// each run, so that one that was cut off here is made up for by the next.
pub(super) async fn take_off_placeholders(deps: &Deps, shelter: ShelterId, pets: &[PetId]) -> Result<()> {
    for digest in store::shared(deps.db.read(), shelter, pets, MOST_ALIKE).await? {
        for pet in store::showing(deps.db.read(), shelter, &digest).await? {
            deps.write(async |tx| take_off(tx, pet, &digest).await).await?;
        }
    }
    Ok(())
}
