//! Texts about a pet for people who do not know it; pure, and made from public data.

use entity::{
    pet,
    vocabulary::{PetKind, PetStatus, Species},
};

use crate::domain::pets;

/// Maximum length of the summary, in characters: with link and hashtags it fits into the 280 characters of X.
const MAX_SUMMARY: usize = 190;

/// Whether the pet is back with its owner.
pub fn is_home(pet: &pet::Model) -> bool {
    pet.status == PetStatus::Reunited
}

/// Whether the report has ended, in whatever way.
fn is_over(pet: &pet::Model) -> bool {
    !pets::is_live(pet.status)
}

/// The species as one lower-case word.
pub fn species_word(species: Species) -> &'static str {
    match species {
        Species::Dog => "dog",
        Species::Cat => "cat",
        Species::Rabbit => "rabbit",
        Species::Bird => "bird",
        Species::SmallMammal => "small pet",
        Species::Reptile => "reptile",
        Species::Equine => "horse",
        Species::Farm => "farm animal",
        Species::Other => "pet",
    }
}

fn label(pet: &pet::Model) -> &'static str {
    match pet.kind {
        _ if is_home(pet) => "REUNITED",
        _ if is_over(pet) => "CLOSED",
        PetKind::Lost => "LOST",
        PetKind::Found => "FOUND",
        PetKind::Sighted => "SEEN",
        PetKind::Sheltered => "IN A SHELTER",
    }
}

/// Such as `LOST: Sweetie` or `FOUND: dog`.
pub fn headline(pet: &pet::Model) -> String {
    let who = pet.name.as_deref().unwrap_or(species_word(pet.species));
    format!("{}: {who}", label(pet))
}

/// The breed for display, if known.
pub fn breed_label(pet: &pet::Model) -> Option<String> {
    let is_known = pet.breed_primary.is_some() || pet.breed_mixed;
    is_known.then(|| pets::breed_label(pet))
}

/// Such as `LOST: Sweetie, dog, Beagle mix, Austin, TX, 20 Nov 2026. Have you seen Sweetie?`, at most 190 characters.
pub fn summary(pet: &pet::Model) -> String {
    let mut facts = vec![headline(pet)];
    if pet.name.is_some() {
        facts.push(species_word(pet.species).to_owned());
    }
    facts.extend(breed_label(pet));
    if !pet.place_label.is_empty() {
        facts.push(pet.place_label.clone());
    }
    facts.push(pet.seen_at.to_utc().format("%-d %b %Y").to_string());
    let facts = cut(&facts.join(", "), MAX_SUMMARY - 60);
    format!("{facts}. {}", cut(&question(pet), 58))
}

fn question(pet: &pet::Model) -> String {
    match pet.kind {
        _ if is_home(pet) => "Home again. Thank you, everybody!".to_owned(),
        _ if is_over(pet) => "This report is closed.".to_owned(),
        PetKind::Lost => format!("Have you seen {}?", pet.name.as_deref().unwrap_or("this pet")),
        PetKind::Found | PetKind::Sighted | PetKind::Sheltered => "Do you know whose pet this is?".to_owned(),
    }
}

/// Hashtags without the `#`, the most specific first.
pub(super) fn hashtags(pet: &pet::Model) -> Vec<String> {
    let animal = match pet.species {
        Species::Dog => "Dog",
        Species::Cat => "Cat",
        Species::Rabbit => "Rabbit",
        Species::Bird => "Bird",
        Species::Equine => "Horse",
        Species::SmallMammal | Species::Reptile | Species::Farm | Species::Other => "Pet",
    };
    let kind = match pet.kind {
        _ if is_home(pet) => "Reunited",
        PetKind::Lost => "Lost",
        PetKind::Found | PetKind::Sighted => "Found",
        PetKind::Sheltered => "Shelter",
    };
    let town: String = pet
        .city
        .iter()
        .flat_map(|city| city.chars())
        .filter(|c| c.is_alphanumeric())
        .collect();
    let mut tags = vec![format!("{kind}{animal}")];
    if (1..=30).contains(&town.chars().count()) && !town.chars().all(|c| c.is_ascii_digit()) {
        tags.push(town);
    }
    tags.push("FindingSweetie".to_owned());
    tags
}

/// The text shortened to at most `max` characters; a cut is marked.
pub(super) fn cut(text: &str, max: usize) -> String {
    if text.chars().count() <= max {
        return text.to_owned();
    }
    let kept: String = text.chars().take(max.saturating_sub(3)).collect();
    format!("{}...", kept.trim_end_matches([' ', ',']))
}

#[cfg(test)]
pub(super) mod tests {
    use entity::{
        ColorSet, Timestamp,
        id::PetId,
        vocabulary::{AgeGroup, Altered, CoatLength, CoatPattern, PetSize, PetVisibility, PlacePrecision, Sex},
    };

    use super::*;

    pub fn sweetie() -> pet::Model {
        pet::Model {
            id: PetId(uuid::Uuid::nil()),
            kind: PetKind::Lost,
            status: PetStatus::Open,
            urgent: false,
            species: Species::Dog,
            name: Some("Sweetie".into()),
            description: None,
            breed_primary: Some("Beagle".into()),
            breed_secondary: None,
            breed_mixed: true,
            breed_raw: None,
            sex: Sex::Female,
            altered: Altered::Unknown,
            size: PetSize::Unknown,
            age_group: AgeGroup::Unknown,
            coat: CoatLength::Unknown,
            colors: ColorSet::default(),
            color_raw: None,
            pattern: CoatPattern::Unknown,
            markings: None,
            collar: None,
            weight_grams: None,
            microchipped: None,
            microchip: Some("985112345678903".into()),
            microchip_raw: None,
            second_microchip: None,
            birth_date: None,
            ages_at: None,
            private_marks: "[\"a scar below the left ear\"]".into(),
            reward: Some(500),
            seen_at: Timestamp(1_795_168_800_000),
            precision: PlacePrecision::Point,
            latitude: Some(30.267_153),
            longitude: Some(-97.743_057),
            public_latitude: Some(30.26),
            public_longitude: Some(-97.74),
            public_x: None,
            public_y: None,
            public_z: None,
            map_x: None,
            map_y: None,
            anchor_latitude: None,
            anchor_longitude: None,
            past_anchors: None,
            place_label: "Austin, TX".into(),
            city: Some("Austin".into()),
            region: Some("TX".into()),
            postal_code: Some("78701".into()),
            country: Some("US".into()),
            address: Some("1 Secret Street".into()),
            reporter_id: None,
            shelter_id: None,
            animal_id: None,
            former_pet_id: None,
            search_text: String::new(),
            visibility: PetVisibility::Visible,
            reported_at: Timestamp(0),
            updated_at: Timestamp(0),
            closed_at: None,
            version: 1,
        }
    }

    #[test]
    fn a_summary_says_what_is_public_and_nothing_else() {
        let text = summary(&sweetie());
        assert_eq!(
            text,
            "LOST: Sweetie, dog, Beagle mix, Austin, TX, 20 Nov 2026. Have you seen Sweetie?"
        );
        assert_eq!(hashtags(&sweetie()), ["LostDog", "Austin", "FindingSweetie"]);
    }

    #[test]
    fn a_pet_without_a_name_is_called_by_its_kind() {
        let found = pet::Model {
            kind: PetKind::Found,
            name: None,
            species: Species::Cat,
            breed_primary: None,
            breed_mixed: false,
            ..sweetie()
        };
        assert_eq!(
            summary(&found),
            "FOUND: cat, Austin, TX, 20 Nov 2026. Do you know whose pet this is?"
        );
        assert_eq!(hashtags(&found)[0], "FoundCat");
    }

    #[test]
    fn a_pet_that_is_home_is_not_called_lost() {
        let home = pet::Model {
            status: PetStatus::Reunited,
            ..sweetie()
        };
        assert!(is_home(&home) && summary(&home).starts_with("REUNITED: Sweetie"));
        assert_eq!(hashtags(&home)[0], "ReunitedDog");
        let closed = pet::Model {
            status: PetStatus::Closed,
            ..sweetie()
        };
        assert!(!is_home(&closed) && summary(&closed).starts_with("CLOSED: Sweetie"));
    }

    #[test]
    fn a_summary_never_outgrows_its_limit() {
        let long = pet::Model {
            name: Some("é".repeat(100)),
            breed_primary: Some("Б".repeat(200)),
            place_label: "x".repeat(300),
            ..sweetie()
        };
        assert!(summary(&long).chars().count() <= MAX_SUMMARY, "{}", summary(&long));
    }
}
