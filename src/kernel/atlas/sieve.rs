//! Which reports a question is about.

use std::collections::HashSet;

use entity::{
    ColorSet, Timestamp,
    id::{PetId, ShelterId},
    vocabulary::{AgeGroup, PetKind, PetSize, PetStatus, Sex, Species},
};

use super::{Area, Pin};

/// A checked filter; all of its conditions must hold. The default lets everything pass, an empty list nothing.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Sieve {
    /// One of these kinds.
    pub kinds: Option<Vec<PetKind>>,
    /// One of these states.
    pub statuses: Option<Vec<PetStatus>>,
    /// One of these species.
    pub species: Option<Vec<Species>>,
    /// One of these sizes.
    pub sizes: Option<Vec<PetSize>>,
    /// One of these sexes.
    pub sexes: Option<Vec<Sex>>,
    /// One of these ages.
    pub age_groups: Option<Vec<AgeGroup>>,
    /// At least one of these colours; an empty set lets nothing pass.
    pub colors: Option<ColorSet>,
    /// Known to have a chip, or known to have none.
    pub microchipped: Option<bool>,
    /// Urgent, or not.
    pub urgent: Option<bool>,
    /// Seen then or later.
    pub seen_from: Option<Timestamp>,
    /// Seen then or earlier.
    pub seen_to: Option<Timestamp>,
    /// The first or second breed is one of these, in the stored spelling.
    pub breeds: Option<Vec<String>>,
    /// In the care of this shelter.
    pub shelter_id: Option<ShelterId>,
    /// With a masked point in this part of the map.
    pub area: Option<Area>,
    /// One of these reports.
    pub among: Option<HashSet<PetId>>,
}

impl Sieve {
    /// Whether a report passes.
    pub fn admits(&self, pin: &Pin) -> bool {
        self.admits_marks(pin)
            && self.seen_from.is_none_or(|from| from <= pin.seen_at)
            && self.seen_to.is_none_or(|to| pin.seen_at <= to)
            && self.breeds.as_ref().is_none_or(|breeds| has_breed(pin, breeds))
            && self.shelter_id.is_none_or(|id| pin.shelter_id == Some(id))
            && self
                .area
                .as_ref()
                .is_none_or(|area| pin.point.is_some_and(|point| area.contains(point)))
            && self.among.as_ref().is_none_or(|among| among.contains(&pin.id))
    }

    /// The conditions on closed sets of values.
    fn admits_marks(&self, pin: &Pin) -> bool {
        is_one_of(pin.kind, self.kinds.as_deref())
            && is_one_of(pin.status, self.statuses.as_deref())
            && is_one_of(pin.species, self.species.as_deref())
            && is_one_of(pin.size, self.sizes.as_deref())
            && is_one_of(pin.sex, self.sexes.as_deref())
            && is_one_of(pin.age_group, self.age_groups.as_deref())
            && self
                .colors
                .is_none_or(|colors| !pin.colors.intersection(colors).is_empty())
            && self
                .microchipped
                .is_none_or(|chipped| pin.microchipped == Some(chipped))
            && self.urgent.is_none_or(|urgent| pin.urgent == urgent)
    }
}

fn is_one_of<V: Copy + PartialEq>(value: V, list: Option<&[V]>) -> bool {
    list.is_none_or(|list| list.contains(&value))
}

fn has_breed(pin: &Pin, breeds: &[String]) -> bool {
    [&pin.breed_primary, &pin.breed_secondary]
        .into_iter()
        .flatten()
        .any(|breed| breeds.contains(breed))
}
