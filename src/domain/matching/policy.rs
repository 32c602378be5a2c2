//! Access rules for matches.

use entity::{pet, vocabulary::Role};

use crate::domain::staff::Actor;

/// Whether one of the two reports is the viewer's own, or belongs to a shelter whose internal data the viewer may see.
pub fn may_see(actor: &Actor, sides: &[pet::Model]) -> bool {
    actor.viewer.is_at_least(Role::Moderator) || sides.iter().any(|pet| is_own(actor, pet) || is_inside(actor, pet))
}

/// Whether the viewer may decide for one of the two reports.
pub fn may_decide(actor: &Actor, sides: &[pet::Model]) -> bool {
    sides.iter().any(|pet| speaks_for(actor, pet))
}

/// Whether the viewer reported the pet, or works with the animals of its shelter.
pub fn speaks_for(actor: &Actor, pet: &pet::Model) -> bool {
    is_own(actor, pet) || pet.shelter_id.is_some_and(|shelter| actor.may_write_animals(shelter))
}

fn is_own(actor: &Actor, pet: &pet::Model) -> bool {
    pet.reporter_id.is_some() && pet.reporter_id == actor.viewer.member()
}

fn is_inside(actor: &Actor, pet: &pet::Model) -> bool {
    pet.shelter_id.is_some_and(|shelter| actor.may_see_inside(shelter))
}
