//! What everybody may know of an animal: the part of a report from which public exports are made.

use entity::{
    ColorSet, Timestamp,
    id::PetId,
    pet,
    vocabulary::{AgeGroup, Altered, PetKind, PetSize, PetStatus, PetVisibility, Sex, Species},
};

/// Public values of one report. It has no field for a chip, a true place, a private mark or a person, so no export that
/// takes it can give one away.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PublicAnimal<'a> {
    /// The report.
    pub id: PetId,
    /// Whether the animal is lost, found, seen or in a shelter's care.
    pub kind: PetKind,
    /// Species.
    pub species: Species,
    /// Name; `None` if unknown.
    pub name: Option<&'a str>,
    /// First breed; `None` if unknown.
    pub breed_primary: Option<&'a str>,
    /// Second breed; `None` unless there are two.
    pub breed_secondary: Option<&'a str>,
    /// Whether it is a mix.
    pub breed_mixed: bool,
    /// Sex.
    pub sex: Sex,
    /// Whether it is spayed or neutered.
    pub altered: Altered,
    /// Size.
    pub size: PetSize,
    /// Age.
    pub age_group: AgeGroup,
    /// Base colours.
    pub colors: ColorSet,
    /// Public text, plain, with line breaks.
    pub description: Option<&'a str>,
    /// When it was last seen, found or taken in.
    pub seen_at: Timestamp,
    /// Town and region of the masked point.
    pub place_label: &'a str,
    /// Postal code of the masked point.
    pub postal_code: Option<&'a str>,
    /// When the report last changed.
    pub updated_at: Timestamp,
}

impl<'a> PublicAnimal<'a> {
    /// The public part of a report; `None` unless the report is open and everybody may see it.
    pub fn of(pet: &'a pet::Model) -> Option<Self> {
        let open = matches!(pet.status, PetStatus::Open | PetStatus::Matched);
        let shown = open && pet.visibility == PetVisibility::Visible;
        shown.then(|| Self {
            id: pet.id,
            kind: pet.kind,
            species: pet.species,
            name: pet.name.as_deref(),
            breed_primary: pet.breed_primary.as_deref(),
            breed_secondary: pet.breed_secondary.as_deref(),
            breed_mixed: pet.breed_mixed,
            sex: pet.sex,
            altered: pet.altered,
            size: pet.size,
            age_group: pet.age_group,
            colors: pet.colors,
            description: pet.description.as_deref(),
            seen_at: pet.seen_at,
            place_label: &pet.place_label,
            postal_code: pet.postal_code.as_deref(),
            updated_at: pet.updated_at,
        })
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use entity::vocabulary::{CoatLength, CoatPattern, Color, PlacePrecision};
    use uuid::Uuid;

    use super::*;

    /// A report with something in every field; all secrets contain `SECRET`, and secret numbers 77.
    pub(crate) fn report() -> pet::Model {
        let secret = |what: &str| Some(format!("SECRET {what}"));
        pet::Model {
            id: PetId(Uuid::from_u128(7)),
            kind: PetKind::Sheltered,
            status: PetStatus::Open,
            urgent: false,
            species: Species::Dog,
            name: Some("Sweetie".to_owned()),
            description: Some("Shy.\nLikes cheese, \"a lot\"".to_owned()),
            breed_primary: Some("Beagle".to_owned()),
            breed_secondary: Some("Pug".to_owned()),
            breed_mixed: true,
            breed_raw: None,
            sex: Sex::Female,
            altered: Altered::Yes,
            size: PetSize::ExtraLarge,
            age_group: AgeGroup::Young,
            birth_date: None,
            ages_at: None,
            coat: CoatLength::Short,
            colors: [Color::Black, Color::White].into_iter().collect(),
            color_raw: None,
            pattern: CoatPattern::Bicolor,
            markings: None,
            collar: None,
            weight_grams: Some(9000),
            microchipped: Some(true),
            microchip: secret("chip"),
            second_microchip: secret("second chip"),
            microchip_raw: secret("raw chip"),
            private_marks: "[\"SECRET mark\"]".to_owned(),
            reward: Some(77),
            seen_at: Timestamp(1_793_657_700_123),
            precision: PlacePrecision::Point,
            latitude: Some(30.777),
            longitude: Some(-97.777),
            public_latitude: Some(30.2),
            public_longitude: Some(-97.7),
            public_x: None,
            public_y: None,
            public_z: None,
            map_x: None,
            map_y: None,
            anchor_latitude: Some(30.777),
            anchor_longitude: Some(-97.777),
            past_anchors: secret("anchors"),
            place_label: "Austin, TX".to_owned(),
            city: Some("Austin".to_owned()),
            region: Some("TX".to_owned()),
            postal_code: Some("78701".to_owned()),
            country: Some("US".to_owned()),
            address: secret("address"),
            reporter_id: None,
            shelter_id: None,
            animal_id: None,
            former_pet_id: None,
            search_text: String::new(),
            visibility: PetVisibility::Visible,
            reported_at: Timestamp(1_793_657_700_123),
            updated_at: Timestamp(1_793_667_700_999),
            closed_at: None,
            version: 1,
        }
    }

    #[test]
    fn reports_that_are_hidden_or_over_have_no_public_part() {
        let open = report();
        assert!(PublicAnimal::of(&open).is_some());
        for over in [
            PetStatus::Reunited,
            PetStatus::Adopted,
            PetStatus::Closed,
            PetStatus::Expired,
        ] {
            let pet = pet::Model {
                status: over,
                ..report()
            };
            assert_eq!(PublicAnimal::of(&pet), None);
        }
        let hidden = pet::Model {
            visibility: PetVisibility::Hidden,
            ..report()
        };
        assert_eq!(PublicAnimal::of(&hidden), None);
    }
}
