//! The file that Pet FBI takes from shelters: its columns in its order, from public values only.
//!
//! Header, terms and order are those that ASM3 sends (`publishers/petfbi.py`). Texts are in one line, because the other
//! side reads lines. What differs from ASM3: nothing is guessed, so what is unknown is empty where ASM3 says Medium or
//! Adult; `Photo` is the address of a picture and not the name of an uploaded one; `PickupAddress` is the town unless the
//! caller has an address that is public; `MedicalConditions` is always empty, as no public value says any.

use entity::{
    Timestamp,
    vocabulary::{IntakeKind, PetKind, PetSize},
};

use crate::{public_animal::PublicAnimal, words};

/// Titles of the columns.
pub const HEADER: [&str; 19] = [
    "OrgID",
    "PetID",
    "Status",
    "Name",
    "Species",
    "Sex",
    "PrimaryBreed",
    "SecondaryBreed",
    "Age",
    "Altered",
    "Size",
    "ZipPostal",
    "Description",
    "Photo",
    "Colour",
    "MedicalConditions",
    "IntakeDate",
    "PickupAddress",
    "LastUpdated",
];

/// One animal for the list.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Listing<'a> {
    /// What everybody may know.
    pub animal: PublicAnimal<'a>,
    /// Why the shelter took it in; `None` for animals that are in nobody's care.
    pub intake: Option<IntakeKind>,
    /// Where it was picked up, only if that may be public; `None` for the town of the report.
    pub public_address: Option<&'a str>,
    /// Public address of its first picture.
    pub photo_url: Option<&'a str>,
}

/// The row of an animal, for an organisation with that id at Pet FBI.
///
/// `None` for what the list has no status for: animals that were only seen, and animals in care that are no strays. An
/// animal in care whose kind of intake nobody told is listed as a stray: its owner may be looking for it.
pub fn row(organisation: &str, listing: &Listing<'_>) -> Option<[String; 19]> {
    let Listing {
        animal,
        intake,
        public_address,
        photo_url,
    } = listing;
    let status = status(animal.kind, *intake)?;
    let colors: Vec<&str> = animal.colors.colors().into_iter().map(words::color).collect();
    Some([
        organisation.to_owned(),
        animal.id.to_string(),
        status.to_owned(),
        in_one_line(animal.name),
        words::species(animal.species).to_owned(),
        words::sex(animal.sex).to_owned(),
        in_one_line(animal.breed_primary),
        in_one_line(animal.breed_secondary),
        words::age(animal.age_group).to_owned(),
        words::altered(animal.altered).to_owned(),
        size(animal.size).to_owned(),
        in_one_line(animal.postal_code),
        in_one_line(animal.description),
        in_one_line(*photo_url),
        colors.join(" / "),
        String::new(),
        unix_seconds(animal.seen_at),
        in_one_line(public_address.or(Some(animal.place_label))),
        unix_seconds(animal.updated_at),
    ])
}

fn status(kind: PetKind, intake: Option<IntakeKind>) -> Option<&'static str> {
    match (kind, intake) {
        (PetKind::Lost, _) => Some("Lost"),
        (PetKind::Found, _) => Some("Found"),
        (PetKind::Sheltered, None | Some(IntakeKind::Stray | IntakeKind::Unknown)) => Some("Stray"),
        (PetKind::Sheltered | PetKind::Sighted, _) => None,
    }
}

/// The four sizes of the list: it has none for the smallest.
fn size(size: PetSize) -> &'static str {
    match size {
        PetSize::ExtraSmall | PetSize::Small => "Small",
        PetSize::Medium => "Medium",
        PetSize::Large => "Large",
        PetSize::ExtraLarge => "X-Large",
        PetSize::Unknown => "",
    }
}

fn in_one_line(text: Option<&str>) -> String {
    let words = text.unwrap_or_default().split_whitespace();
    words.collect::<Vec<_>>().join(" ")
}

/// Whole seconds since 1970, rounded down.
fn unix_seconds(at: Timestamp) -> String {
    at.0.div_euclid(1000).to_string()
}

#[cfg(test)]
mod tests {
    use entity::pet;

    use super::*;
    use crate::{csv, public_animal::tests::report};

    fn listing(pet: &pet::Model) -> Listing<'_> {
        Listing {
            animal: PublicAnimal::of(pet).expect("the report is public"),
            intake: Some(IntakeKind::Stray),
            public_address: None,
            photo_url: Some("https://example.org/7.jpg"),
        }
    }

    #[test]
    fn a_stray_is_listed_with_public_values_only() {
        let pet = report();

        let row = row("TX12", &listing(&pet)).expect("strays are listed");

        assert_eq!(
            csv::line(&row),
            format!(
                "TX12,{},Stray,Sweetie,Dog,Female,Beagle,Pug,Young,Yes,X-Large,78701,\
                 \"Shy. Likes cheese, \"\"a lot\"\"\",https://example.org/7.jpg,Black / White,,1793657700,\
                 \"Austin, TX\",1793667700\r\n",
                pet.id
            )
        );
        assert!(row.iter().all(|cell| !cell.contains("SECRET")));
        assert_eq!(row.len(), HEADER.len());
    }

    #[test]
    fn an_address_is_told_only_if_it_is_public() {
        let pet = report();
        let listing = Listing {
            public_address: Some("Zilker Park"),
            ..listing(&pet)
        };
        let row = row("TX12", &listing).expect("strays are listed");
        assert_eq!(row.get(17).map(String::as_str), Some("Zilker Park"));
    }

    #[test]
    fn only_lost_found_and_stray_animals_have_a_status() {
        let sheltered = |intake| status(PetKind::Sheltered, Some(intake));
        assert_eq!(status(PetKind::Lost, None), Some("Lost"));
        assert_eq!(status(PetKind::Found, None), Some("Found"));
        assert_eq!(status(PetKind::Sighted, None), None);
        assert_eq!(sheltered(IntakeKind::Stray), Some("Stray"));
        assert_eq!(sheltered(IntakeKind::Unknown), Some("Stray"));
        assert_eq!(sheltered(IntakeKind::OwnerSurrender), None);
    }
}
