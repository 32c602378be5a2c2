//! Names a report in a sentence addressed to its reporter.

use entity::{pet, vocabulary::PetKind};

use crate::domain::searches::singular;

/// `Sweetie` or, for a report without a name, `the dog you lost near Austin, TX`, because a member may have several
/// reports.
pub(super) fn called(own: &pet::Model) -> String {
    if let Some(name) = &own.name {
        return name.clone();
    }
    let animal = singular(own.species);
    let report = match own.kind {
        PetKind::Lost => format!("the {animal} you lost"),
        PetKind::Found => format!("the {animal} you found"),
        PetKind::Sighted => format!("the {animal} you saw"),
        PetKind::Sheltered => return format!("the {animal} in your care"),
    };
    near(&report, &own.place_label)
}

/// Adds the place, if it has a name.
pub(super) fn near(what: &str, place: &str) -> String {
    match place {
        "" => what.to_owned(),
        place => format!("{what} near {place}"),
    }
}
