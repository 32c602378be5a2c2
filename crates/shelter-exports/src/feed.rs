//! The list of a shelter's animals for its own web site, as JSON.
//!
//! ```json
//! {
//!   "version": 1,
//!   "animals": [
//!     {
//!       "id": "pet_01h455vb4pex5vsknk084sn02q",
//!       "name": "Sweetie",
//!       "species": "dog",
//!       "breed": "Beagle / Pug mix",
//!       "sex": "female",
//!       "age": "young",
//!       "size": "medium",
//!       "description": "Shy.\nLikes cheese.",
//!       "photos": ["https://example.org/photos/1.jpg"],
//!       "page": "https://example.org/p/1",
//!       "intakeDate": "2026-11-02",
//!       "adoptable": true
//!     }
//!   ]
//! }
//! ```
//!
//! All keys are always there. `name`, `breed` and `description` are null if nothing is known; `species`, `sex`, `age` and
//! `size` are the terms of the tables, `unknown` among them. `photos` is empty without pictures, and the first one is the
//! cover. `intakeDate` is a day in the shelter's time zone. `adoptable` is true only for animals that wait for a new home,
//! so not for those in a hold, in treatment, or in a foster home. Keys may be added within a version; none is removed.
//!
//! The same animals give the same bytes, whatever the order in which they are given, and nothing in the list says when it
//! was made: a hash of it can be its ETag. Texts are plain: a page has to insert them as text, never as HTML. `<` is
//! written as an escape, so that the list can stand in a script element.

use chrono::NaiveDate;
use chrono_tz::Tz;
use entity::{
    Timestamp,
    vocabulary::{AgeGroup, PetSize, Sex, Species, StayStage},
};
use serde::Serialize;

use crate::{public_animal::PublicAnimal, words};

/// Version of the format, the value of `version`.
pub const VERSION: u32 = 1;

/// An animal in the shelter's care.
#[derive(Debug, Clone, Copy)]
pub struct InCare<'a> {
    /// What everybody may know.
    pub animal: PublicAnimal<'a>,
    /// When it was taken in; only the day is told.
    pub intake_at: Timestamp,
    /// What is done with it; only whether it waits for a home is told.
    pub stage: StayStage,
    /// Public addresses of its pictures, the cover first. Those that are no web addresses are left out.
    pub photo_urls: &'a [String],
    /// Public address of its page.
    pub page_url: &'a str,
}

/// The list as JSON text, for the animals of one shelter in its time zone. Fails only if text cannot be written, which
/// serde_json rules out for these types.
pub fn feed<'a>(zone: Tz, animals: impl IntoIterator<Item = InCare<'a>>) -> serde_json::Result<String> {
    let mut animals: Vec<Entry<'a>> = animals.into_iter().map(|animal| Entry::new(zone, animal)).collect();
    animals.sort_by(|one, other| one.id.cmp(&other.id));
    let text = serde_json::to_string(&Feed {
        version: VERSION,
        animals,
    })?;
    // Outside of strings JSON has no such sign.
    Ok(text.replace('<', "\\u003c"))
}

#[derive(Serialize)]
struct Feed<'a> {
    version: u32,
    animals: Vec<Entry<'a>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Entry<'a> {
    id: String,
    name: Option<&'a str>,
    species: Species,
    breed: Option<String>,
    sex: Sex,
    age: AgeGroup,
    size: PetSize,
    description: Option<&'a str>,
    photos: Vec<&'a str>,
    page: &'a str,
    intake_date: NaiveDate,
    adoptable: bool,
}

impl<'a> Entry<'a> {
    fn new(zone: Tz, given: InCare<'a>) -> Self {
        let animal = given.animal;
        let photos = given.photo_urls.iter().map(String::as_str);
        Self {
            id: animal.id.to_string(),
            name: animal.name,
            species: animal.species,
            breed: words::breed_label(animal.breed_primary, animal.breed_secondary, animal.breed_mixed),
            sex: animal.sex,
            age: animal.age_group,
            size: animal.size,
            description: animal.description,
            photos: photos.filter(|url| is_web_address(url)).collect(),
            page: given.page_url,
            intake_date: given.intake_at.to_utc().with_timezone(&zone).date_naive(),
            adoptable: given.stage == StayStage::Adoptable,
        }
    }
}

fn is_web_address(url: &str) -> bool {
    url.starts_with("https://") || url.starts_with("http://")
}

#[cfg(test)]
mod tests {
    use entity::{id::PetId, pet};
    use serde_json::{Value, json};
    use uuid::Uuid;

    use super::*;
    use crate::public_animal::tests::report;

    fn in_care<'a>(pet: &'a pet::Model, stage: StayStage, photo_urls: &'a [String]) -> InCare<'a> {
        InCare {
            animal: PublicAnimal::of(pet).expect("the report is public"),
            // 2026-11-02 03:30 UTC: still the first of November in Texas.
            intake_at: Timestamp(1_793_590_200_000),
            stage,
            photo_urls,
            page_url: "https://example.org/p/7",
        }
    }

    #[test]
    fn an_animal_is_told_with_its_public_values() -> serde_json::Result<()> {
        let pet = report();
        let photos = ["https://example.org/7.jpg", "javascript:alert(1)"].map(String::from);

        let text = feed(Tz::America__Chicago, [in_care(&pet, StayStage::Adoptable, &photos)])?;

        let expected = json!({ "version": 1, "animals": [{
            "id": pet.id.to_string(),
            "name": "Sweetie",
            "species": "dog",
            "breed": "Beagle / Pug mix",
            "sex": "female",
            "age": "young",
            "size": "extra_large",
            "description": "Shy.\nLikes cheese, \"a lot\"",
            "photos": ["https://example.org/7.jpg"],
            "page": "https://example.org/p/7",
            "intakeDate": "2026-11-01",
            "adoptable": true,
        }]});
        assert_eq!(serde_json::from_str::<Value>(&text)?, expected);
        assert!(!text.contains("SECRET") && !text.contains("77"), "{text}");
        Ok(())
    }

    #[test]
    fn the_order_in_which_animals_are_given_does_not_matter() -> serde_json::Result<()> {
        let pets: Vec<pet::Model> = [3, 1, 2]
            .map(|id| pet::Model {
                id: PetId(Uuid::from_u128(id)),
                ..report()
            })
            .into();
        let list = |pets: &mut dyn Iterator<Item = &pet::Model>| {
            feed(
                Tz::UTC,
                pets.map(|pet| in_care(pet, StayStage::Foster, &[])).collect::<Vec<_>>(),
            )
        };

        let (there, back) = (list(&mut pets.iter())?, list(&mut pets.iter().rev())?);

        assert_eq!(there, back);
        assert!(there.contains("\"adoptable\":false"));
        Ok(())
    }

    #[test]
    fn no_text_ends_a_script() -> serde_json::Result<()> {
        let pet = pet::Model {
            description: Some("</script><b>".to_owned()),
            ..report()
        };
        let text = feed(Tz::UTC, [in_care(&pet, StayStage::Hold, &[])])?;
        assert!(!text.contains('<'));
        let read: Value = serde_json::from_str(&text)?;
        assert_eq!(read["animals"][0]["description"], "</script><b>");
        Ok(())
    }
}
