//! Who may see which parts of a report, and what they may do with it. Pure functions of the viewer and the row.

use entity::{
    id::ShelterId,
    pet,
    vocabulary::{PetVisibility, Role},
};
use sea_orm::{ColumnTrait, Condition};

use crate::{
    domain::staff::{Actor, shelters_of},
    kernel::{Scope, Viewer},
};

/// The reports that the viewer may know of: all that are visible to everybody, plus the hidden ones that they reported
/// themselves or that belong to a shelter whose staff or API key they are. Moderators and the server itself see all.
/// For everybody else a hidden report does not exist. The first condition is written as "not hidden", because nearly
/// all reports are visible and an index of those would be a detour.
pub fn seen_by(viewer: &Viewer) -> Condition {
    if viewer.is_at_least(Role::Moderator) {
        return Condition::all();
    }
    let mut seen = Condition::any().add(pet::COLUMN.visibility.ne(PetVisibility::Hidden));
    match viewer {
        Viewer::Member { id, .. } => {
            seen = seen
                .add(pet::COLUMN.reporter_id.eq(*id))
                .add(pet::Column::ShelterId.in_subquery(shelters_of(*id)));
        }
        Viewer::Key { shelter_id, .. } if works_with_animals(viewer, *shelter_id) => {
            seen = seen.add(pet::COLUMN.shelter_id.eq(*shelter_id));
        }
        Viewer::Key { .. } | Viewer::Visitor | Viewer::System => {}
    }
    seen
}

/// Whether everybody may know of the report.
pub fn is_seen_by_all(pet: &pet::Model) -> bool {
    pet.visibility == PetVisibility::Visible
}

/// Whether the viewer may know of hidden animals of that shelter; the same rule as in [`seen_by`].
pub fn sees_hidden_in(actor: &Actor, shelter: ShelterId) -> bool {
    actor.viewer.is_at_least(Role::Moderator)
        || actor.staff_role(shelter).is_some()
        || works_with_animals(&actor.viewer, shelter)
}

/// Whether the viewer is an API key for the animals of that shelter.
fn works_with_animals(viewer: &Viewer, shelter: ShelterId) -> bool {
    [Scope::PetsRead, Scope::PetsWrite]
        .into_iter()
        .any(|scope| viewer.is_key_for(shelter, scope))
}

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

/// Whether the viewer may see the microchip number: the reporter, the staff of a verified shelter, and ADMIN, STAFF and
/// keys with `pets:read` of its shelter.
pub fn may_see_microchip(actor: &Actor, pet: &pet::Model) -> bool {
    may_see_private_marks(actor, pet) || actor.viewer == Viewer::System || actor.is_verified_staff()
}

/// Whether the viewer may see the marks that prove ownership: the reporter, and ADMIN, STAFF and keys with `pets:read` of
/// its shelter, which judges the claims to it.
pub fn may_see_private_marks(actor: &Actor, pet: &pet::Model) -> bool {
    is_reporter(actor, pet)
        || pet
            .shelter_id
            .is_some_and(|shelter| actor.takes_care_of_animals(shelter))
}

/// Whether the viewer is the member who made the report.
pub fn is_reporter(actor: &Actor, pet: &pet::Model) -> bool {
    is_reported_by(&actor.viewer, pet)
}

/// The same, for callers that know only the viewer.
pub fn is_reported_by(viewer: &Viewer, pet: &pet::Model) -> bool {
    pet.reporter_id.is_some() && pet.reporter_id == viewer.member()
}
