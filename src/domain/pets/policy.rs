//! Who may do what with a report, and see what of it. Pure functions of the viewer's standing and the row.

use entity::pet;

use crate::{
    domain::staff::Actor,
    kernel::{Scope, Viewer},
};

/// Whether the viewer may change or close the report: its reporter, the staff of its shelter, a key of its shelter with
/// `pets:write`, and the server itself.
pub fn may_edit(actor: &Actor, pet: &pet::Model) -> bool {
    is_reporter(actor, pet)
        || actor.viewer == Viewer::System
        || pet.shelter_id.is_some_and(|shelter| actor.may_write_animals(shelter))
}

/// Whether the viewer may see the true point and the address: the reporter, the staff of its shelter, the staff of any
/// verified shelter, a key of its shelter with `pets:read`, and the server itself.
pub fn may_see_exact(actor: &Actor, pet: &pet::Model) -> bool {
    is_reporter(actor, pet)
        || actor.viewer == Viewer::System
        || actor.is_verified_staff()
        || pet.shelter_id.is_some_and(|shelter| {
            actor.staff_role(shelter).is_some() || actor.viewer.is_key_for(shelter, Scope::PetsRead)
        })
}

/// Whether the viewer may see the microchip number: the reporter and the staff of a verified shelter.
pub fn may_see_microchip(actor: &Actor, pet: &pet::Model) -> bool {
    is_reporter(actor, pet) || actor.viewer == Viewer::System || actor.is_verified_staff()
}

/// Whether the viewer is the member who made the report.
pub fn is_reporter(actor: &Actor, pet: &pet::Model) -> bool {
    is_reported_by(&actor.viewer, pet)
}

/// The same, whatever the viewer is to shelters.
pub fn is_reported_by(viewer: &Viewer, pet: &pet::Model) -> bool {
    pet.reporter_id.is_some() && pet.reporter_id == viewer.member()
}
