//! Access rules for matches.

use entity::{pet, vocabulary::Role};

use crate::domain::staff::Actor;

/// Whether one of the two reports is the viewer's own, or belongs to a shelter whose matches the viewer may see.
pub fn may_see(actor: &Actor, sides: &[pet::Model]) -> bool {
    sides.iter().any(|pet| may_see_matches(actor, pet))
}

/// Whether the viewer may see the matches of this report.
pub fn may_see_matches(actor: &Actor, pet: &pet::Model) -> bool {
    actor.viewer.is_at_least(Role::Moderator) || is_own(actor, pet) || is_inside(actor, pet)
}

/// Whether the viewer may decide about matches of this report: its reporter, and whoever may edit its shelter's animals.
pub fn speaks_for(actor: &Actor, pet: &pet::Model) -> bool {
    is_own(actor, pet) || pet.shelter_id.is_some_and(|shelter| actor.may_write_animals(shelter))
}

fn is_own(actor: &Actor, pet: &pet::Model) -> bool {
    pet.reporter_id.is_some() && pet.reporter_id == actor.viewer.member()
}

fn is_inside(actor: &Actor, pet: &pet::Model) -> bool {
    pet.shelter_id.is_some_and(|shelter| actor.may_see_matches(shelter))
}
