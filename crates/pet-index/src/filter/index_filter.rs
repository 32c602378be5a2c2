//! Filters for reports.

use std::collections::HashSet;

use entity::{
    ColorSet, Timestamp,
    id::{PetId, ShelterId},
    vocabulary::{AgeGroup, PetKind, PetSize, PetStatus, Sex, Species},
};

use super::Area;
use crate::Pin;
use geometry::Point;

/// A checked filter; all of its conditions must hold. The default accepts every report, an empty list none. This is the
/// single definition of a search's conditions on the columns of a report. It is applied to single reports here, to the
/// rows of an index in `scan`, and to the tables in `domain/pets/search`.
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

/// The attributes of a report that a filter examines, however the report is stored.
#[derive(Debug, Clone, Copy)]
pub struct Facts<'a> {
    /// The report.
    pub id: PetId,
    /// Kind of report.
    pub kind: PetKind,
    /// Status.
    pub status: PetStatus,
    /// Species.
    pub species: Species,
    /// Size.
    pub size: PetSize,
    /// Sex.
    pub sex: Sex,
    /// Age.
    pub age_group: AgeGroup,
    /// Base colours.
    pub colors: ColorSet,
    /// Whether the animal has a microchip; `None` if unknown.
    pub microchipped: Option<bool>,
    /// Whether the animal is in danger.
    pub urgent: bool,
    /// Last seen, found or taken in.
    pub seen_at: Timestamp,
    /// First and second breed, in their stored spelling.
    pub breeds: [Option<&'a str>; 2],
    /// The shelter that cares for the animal.
    pub shelter_id: Option<ShelterId>,
    /// The masked point.
    pub point: Option<Point>,
}

impl<'a> From<&'a Pin> for Facts<'a> {
    fn from(pin: &'a Pin) -> Self {
        Self {
            id: pin.id,
            kind: pin.kind,
            status: pin.status,
            species: pin.species,
            size: pin.size,
            sex: pin.sex,
            age_group: pin.age_group,
            colors: pin.colors,
            microchipped: pin.microchipped,
            urgent: pin.urgent,
            seen_at: pin.seen_at,
            breeds: [pin.breed_primary.as_deref(), pin.breed_secondary.as_deref()],
            shelter_id: pin.shelter_id,
            point: pin.point,
        }
    }
}

impl IndexFilter {
    /// Whether a report passes.
    pub fn admits<'a>(&self, report: impl Into<Facts<'a>>) -> bool {
        let facts = report.into();
        // Destructured, so that a new field does not compile until it is handled here.
        let Self {
            kinds,
            statuses,
            species,
            sizes,
            sexes,
            age_groups,
            colors,
            microchipped,
            urgent,
            seen_from,
            seen_to,
            breeds,
            shelter_id,
            area,
            among,
        } = self;
        is_one_of(facts.kind, kinds.as_deref())
            && is_one_of(facts.status, statuses.as_deref())
            && is_one_of(facts.species, species.as_deref())
            && is_one_of(facts.size, sizes.as_deref())
            && is_one_of(facts.sex, sexes.as_deref())
            && is_one_of(facts.age_group, age_groups.as_deref())
            && colors.is_none_or(|colors| !facts.colors.intersection(colors).is_empty())
            && microchipped.is_none_or(|chipped| facts.microchipped == Some(chipped))
            && urgent.is_none_or(|urgent| facts.urgent == urgent)
            && seen_from.is_none_or(|from| from <= facts.seen_at)
            && seen_to.is_none_or(|to| facts.seen_at <= to)
            && breeds.as_ref().is_none_or(|breeds| has_breed(facts, breeds))
            && shelter_id.is_none_or(|id| facts.shelter_id == Some(id))
            && area
                .as_ref()
                .is_none_or(|area| facts.point.is_some_and(|point| area.contains(point)))
            && among.as_ref().is_none_or(|among| among.contains(&facts.id))
    }
}

fn is_one_of<V: PartialEq>(value: V, list: Option<&[V]>) -> bool {
    list.is_none_or(|list| list.contains(&value))
}

fn has_breed(facts: Facts<'_>, breeds: &[String]) -> bool {
    let is_wanted = |breed: &str| breeds.iter().any(|mask| mask == breed);
    facts.breeds.into_iter().flatten().any(is_wanted)
}
