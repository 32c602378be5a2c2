//! Skeleton.

use crate::{deps::Deps, kernel::Result};
use entity::id::*;

pub async fn alert_match(_deps: &Deps, _id: MatchId) -> Result<()> {
    Ok(())
}
pub async fn tell_sighting(_deps: &Deps, _id: SightingId) -> Result<()> {
    Ok(())
}
pub async fn tell_conversation(_deps: &Deps, _id: ConversationId) -> Result<()> {
    Ok(())
}
pub async fn tell_shelter_verified(_deps: &Deps, _id: ShelterId) -> Result<()> {
    Ok(())
}
pub async fn tell_import(_deps: &Deps, _id: ImportId) -> Result<()> {
    Ok(())
}
