//! Skeleton.

use crate::{deps::Deps, kernel::Result};
use entity::id::*;

pub mod score;
pub async fn find_matches(_deps: &Deps, _pet_ids: &[PetId]) -> Result<()> {
    Ok(())
}
