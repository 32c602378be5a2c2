//! Filters for reports.

use std::collections::HashSet;

use entity::{
    ColorSet, Timestamp,
    id::{PetId, ShelterId},
    vocabulary::{AgeGroup, PetKind, PetSize, PetStatus, Sex, Species},
};

use super::{Area, Pin};

/// A checked filter; all conditions must hold. The default accepts every report, an empty list none.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct IndexFilter {
    /// Accepts these kinds.
    pub kinds: Option<Vec<PetKind>>,
    /// Accepts these states.
    pub statuses: Option<Vec<PetStatus>>,
    /// Accepts these species.
    pub species: Option<Vec<Species>>,
    /// Accepts these sizes.
    pub sizes: Option<Vec<PetSize>>,
    /// Accepts these sexes.
    pub sexes: Option<Vec<Sex>>,
    /// Accepts these age groups.
    pub age_groups: Option<Vec<AgeGroup>>,
    /// Requires at least one of these colours; an empty set accepts nothing.
    pub colors: Option<ColorSet>,
    /// Requires a known microchip, or that it is known that there is none.
    pub microchipped: Option<bool>,
    /// Requires urgent or non-urgent reports.
    pub urgent: Option<bool>,
    /// Last seen at or after this time.
    pub seen_from: Option<Timestamp>,
    /// Last seen at or before this time.
    pub seen_to: Option<Timestamp>,
    /// The primary or second breed is one of these, in its stored spelling.
    pub breeds: Option<Vec<String>>,
    /// The animal is in the care of this shelter.
    pub shelter_id: Option<ShelterId>,
    /// The masked point is inside this area.
    pub area: Option<Area>,
    /// Only these reports.
    pub among: Option<HashSet<PetId>>,
}

impl IndexFilter {
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

    /// The conditions on enumerated attributes.
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
