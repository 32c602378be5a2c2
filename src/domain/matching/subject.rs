//! Reads the parts of a report that are scored.

use std::ops::Deref;

use entity::{
    id::{PetId, ShelterId},
    pet,
};
use sea_orm::{DbErr, FromQueryResult, QueryResult};

use geometry::Point;
use match_score::{MarksSignature, Sketch, Subject};
use pet_index::PinRef;

/// The columns that are read, in the order of [`SubjectRow`].
pub const COLUMNS: [pet::Column; 27] = [
    pet::Column::Id,
    pet::Column::Kind,
    pet::Column::Species,
    pet::Column::Name,
    pet::Column::BreedPrimary,
    pet::Column::BreedSecondary,
    pet::Column::BreedMixed,
    pet::Column::Sex,
    pet::Column::Altered,
    pet::Column::Size,
    pet::Column::AgeGroup,
    pet::Column::Coat,
    pet::Column::Colors,
    pet::Column::Pattern,
    pet::Column::Markings,
    pet::Column::Collar,
    pet::Column::WeightGrams,
    pet::Column::Microchip,
    pet::Column::PublicLatitude,
    pet::Column::PublicLongitude,
    pet::Column::Precision,
    pet::Column::SeenAt,
    pet::Column::SecondMicrochip,
    pet::Column::Description,
    pet::Column::Address,
    pet::Column::ShelterId,
    pet::Column::Version,
];

/// The scored parts of a report as it was read.
#[derive(Debug, Clone)]
pub struct ReadSubject {
    /// The report.
    pub subject: Subject,
    /// The version of the report, which rises with every change.
    pub version: i32,
}

impl Deref for ReadSubject {
    type Target = Subject;

    fn deref(&self) -> &Subject {
        &self.subject
    }
}

/// The scored parts of a report, with its public point, never the true one. Of its address nothing but the names of
/// streets is compared, and only with a shelter's.
pub fn subject(pet: &pet::Model) -> Subject {
    let point = pet.public_latitude.zip(pet.public_longitude);
    Subject {
        id: pet.id.0,
        kind: pet.kind,
        species: pet.species,
        name: pet.name.clone(),
        breed_primary: pet.breed_primary.clone(),
        breed_secondary: pet.breed_secondary.clone(),
        mixed: pet.breed_mixed,
        sex: pet.sex,
        altered: pet.altered,
        size: pet.size,
        age_group: pet.age_group,
        coat: pet.coat,
        colors: pet.colors,
        pattern: pet.pattern,
        markings: pet.markings.clone(),
        collar: pet.collar.clone(),
        description: pet.description.clone(),
        weight_grams: pet.weight_grams,
        microchip: pet.microchip.clone(),
        second_microchip: pet.second_microchip.clone(),
        point: point.and_then(|(latitude, longitude)| Point::new(latitude, longitude).ok()),
        precision: pet.precision,
        address: pet.address.clone(),
        seen_at: pet.seen_at,
    }
}

/// The scored parts of a report as far as they are in memory.
pub fn sketch(pin_ref: &PinRef<'_>) -> Sketch {
    let text = |text: Option<&str>| text.map(str::to_owned);
    let subject = Subject {
        id: pin_ref.id().0,
        kind: pin_ref.kind(),
        species: pin_ref.species(),
        name: text(pin_ref.name()),
        breed_primary: text(pin_ref.breed_primary()),
        breed_secondary: text(pin_ref.breed_secondary()),
        mixed: pin_ref.breed_mixed(),
        sex: pin_ref.sex(),
        altered: pin_ref.altered(),
        size: pin_ref.size(),
        age_group: pin_ref.age_group(),
        coat: pin_ref.coat(),
        colors: pin_ref.colors(),
        pattern: pin_ref.pattern(),
        markings: None,
        collar: None,
        description: None,
        weight_grams: None,
        microchip: None,
        second_microchip: None,
        point: pin_ref.point(),
        precision: pin_ref.precision(),
        address: None,
        seen_at: pin_ref.seen_at(),
    };
    Sketch {
        subject,
        marks: MarksSignature(pin_ref.marks_signature()),
    }
}

/// A subject read by column position in [`COLUMNS`], which is several times faster than by name.
pub struct SubjectRow {
    /// The report.
    pub read: ReadSubject,
    /// The shelter that it belongs to.
    pub shelter_id: Option<ShelterId>,
}

impl FromQueryResult for SubjectRow {
    fn from_query_result(row: &QueryResult, _prefix: &str) -> Result<Self, DbErr> {
        let (latitude, longitude): (Option<f64>, Option<f64>) = (row.try_get_by_index(18)?, row.try_get_by_index(19)?);
        let PetId(id) = row.try_get_by_index(0)?;
        let subject = Subject {
            id,
            kind: row.try_get_by_index(1)?,
            species: row.try_get_by_index(2)?,
            name: row.try_get_by_index(3)?,
            breed_primary: row.try_get_by_index(4)?,
            breed_secondary: row.try_get_by_index(5)?,
            mixed: row.try_get_by_index(6)?,
            sex: row.try_get_by_index(7)?,
            altered: row.try_get_by_index(8)?,
            size: row.try_get_by_index(9)?,
            age_group: row.try_get_by_index(10)?,
            coat: row.try_get_by_index(11)?,
            colors: row.try_get_by_index(12)?,
            pattern: row.try_get_by_index(13)?,
            markings: row.try_get_by_index(14)?,
            collar: row.try_get_by_index(15)?,
            weight_grams: row.try_get_by_index(16)?,
            microchip: row.try_get_by_index(17)?,
            point: latitude
                .zip(longitude)
                .and_then(|(latitude, longitude)| Point::new(latitude, longitude).ok()),
            precision: row.try_get_by_index(20)?,
            seen_at: row.try_get_by_index(21)?,
            second_microchip: row.try_get_by_index(22)?,
            description: row.try_get_by_index(23)?,
            address: row.try_get_by_index(24)?,
        };
        Ok(Self {
            read: ReadSubject {
                subject,
                version: row.try_get_by_index(26)?,
            },
            shelter_id: row.try_get_by_index(25)?,
        })
    }
}
