//! Access rules for matches.

use entity::{pet, vocabulary::Role};

use crate::domain::staff::Standing;

/// Whether one of the two reports is the viewer's own, or belongs to a shelter whose internal data the viewer may see.
pub fn may_see(standing: &Standing, sides: &[pet::Model]) -> bool {
    standing.viewer.is_at_least(Role::Moderator)
        || sides
            .iter()
            .any(|pet| is_own(standing, pet) || is_inside(standing, pet))
}

/// Whether the viewer may decide for one of the two reports.
pub fn may_decide(standing: &Standing, sides: &[pet::Model]) -> bool {
    sides.iter().any(|pet| speaks_for(standing, pet))
}

/// Whether the viewer reported the pet, or works with the animals of its shelter.
pub fn speaks_for(standing: &Standing, pet: &pet::Model) -> bool {
    is_own(standing, pet)
        || pet
            .shelter_id
            .is_some_and(|shelter| standing.may_write_animals(shelter))
}

fn is_own(standing: &Standing, pet: &pet::Model) -> bool {
    pet.reporter_id.is_some() && pet.reporter_id == standing.viewer.member()
}

fn is_inside(standing: &Standing, pet: &pet::Model) -> bool {
    pet.shelter_id.is_some_and(|shelter| standing.may_see_inside(shelter))
}
