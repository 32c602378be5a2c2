//! Which reports a question is about.

use std::collections::HashSet;

use entity::{
    ColorSet, Timestamp,
    id::{PetId, ShelterId},
    vocabulary::{AgeGroup, PetKind, PetSize, PetStatus, Sex, Species},
};

use super::{Area, Pin};
use crate::kernel::geo::Point;

/// A checked filter; all of its conditions must hold. The default lets everything pass, an empty list nothing. It is the one
/// description of what a search asks of the columns of a report: here it is asked of a report, in `sift` of the rows of
/// an atlas, in `domain/pets/search` of the tables.
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

/// What a sieve looks at in a report, wherever that is kept.
#[derive(Debug, Clone, Copy)]
pub struct Facts<'a> {
    /// The report.
    pub id: PetId,
    /// What it says of its animal.
    pub kind: PetKind,
    /// Where it stands.
    pub status: PetStatus,
    /// Kind of animal.
    pub species: Species,
    /// Size.
    pub size: PetSize,
    /// Sex.
    pub sex: Sex,
    /// Age.
    pub age_group: AgeGroup,
    /// Its base colours.
    pub colors: ColorSet,
    /// Whether it has a chip; `None` is not known.
    pub microchipped: Option<bool>,
    /// Whether it is in danger.
    pub urgent: bool,
    /// Last seen, found or taken in.
    pub seen_at: Timestamp,
    /// First and second breed, in the stored spelling.
    pub breeds: [Option<&'a str>; 2],
    /// In whose care it is.
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

impl Sieve {
    /// Whether a report passes.
    pub fn admits<'a>(&self, report: impl Into<Facts<'a>>) -> bool {
        let facts = report.into();
        // Taken apart, so that a new condition does not compile before it is asked here.
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
    let is_wanted = |breed: &str| breeds.iter().any(|wanted| wanted == breed);
    facts.breeds.into_iter().flatten().any(is_wanted)
}
