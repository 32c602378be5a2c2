//! Finds reports of one shelter for the same animal under two ids, for example after the shelter changed its software.

use std::time::Duration;

use entity::{Timestamp, id::ShelterId, pet, vocabulary::Sex};
use sea_orm::{ColumnTrait, Condition, ConnectionTrait, QueryFilter};

use super::chips::{chips_of, with_any_chip};
use crate::{
    domain::pets::{live::is_live, store::visible_to},
    kernel::{Result, Viewer},
};

/// Some systems give the hour of an intake and others only the day, each in its own time zone.
const SAME_DAY: Duration = Duration::from_secs(24 * 60 * 60);
/// Animals per query; each is a separate condition.
const CHUNK: usize = 50;

/// The attributes by which an animal is recognized under a different id.
#[derive(Debug, Clone, PartialEq)]
pub struct Traits {
    /// Chip numbers; secret.
    pub chips: Vec<String>,
    /// Name.
    pub name: Option<String>,
    /// Breed.
    pub breed: Option<String>,
    /// Sex.
    pub sex: Sex,
    /// When it was taken in.
    pub seen_at: Timestamp,
}

impl Traits {
    /// The attributes of a report.
    pub fn of(pet: &pet::Model) -> Self {
        Self {
            chips: chips_of(pet),
            name: pet.name.clone(),
            breed: pet.breed_primary.clone(),
            sex: pet.sex,
            seen_at: pet.seen_at,
        }
    }

    /// Whether both are probably the same animal, judging by the chips or else by name, breed, sex and day of intake.
    pub fn fit(&self, other: &Self) -> bool {
        if !self.chips.is_empty() && !other.chips.is_empty() {
            return self.chips.iter().any(|chip| other.chips.contains(chip));
        }
        self.name.is_some()
            && self.name.as_deref().map(str::to_lowercase) == other.name.as_deref().map(str::to_lowercase)
            && self.breed == other.breed
            && self.sex == other.sex
            && self.is_of_the_day_of(other)
    }

    fn is_of_the_day_of(&self, other: &Self) -> bool {
        self.seen_at.minus(SAME_DAY) < other.seen_at && other.seen_at < self.seen_at.plus(SAME_DAY)
    }

    /// A condition that every copy in that shelter meets and few other reports do. The shelter is tested only
    /// together with the name: if it applied to the whole condition, SQLite would read all reports of the shelter.
    fn condition(&self, shelter: ShelterId) -> Condition {
        let chips = (!self.chips.is_empty()).then(|| with_any_chip(&self.chips));
        let look = self.name.as_deref().map(|name| {
            let day = (self.seen_at.minus(SAME_DAY), self.seen_at.plus(SAME_DAY));
            Condition::all()
                .add(pet::COLUMN.shelter_id.eq(shelter))
                .add(pet::COLUMN.name.is_in(spellings(name)))
                .add(pet::COLUMN.seen_at.between(day.0, day.1))
        });
        Condition::any().add_option(chips).add_option(look)
    }
}

/// The spellings of a name that software uses: as it is, in capitals, and with initial capitals.
fn spellings(name: &str) -> [String; 3] {
    let mut is_first = true;
    let titled = name.chars().flat_map(|letter| {
        let was_first = std::mem::replace(&mut is_first, !letter.is_alphanumeric());
        let cased: Vec<char> = if was_first {
            letter.to_uppercase().collect()
        } else {
            letter.to_lowercase().collect()
        };
        cased
    });
    [titled.collect(), name.to_uppercase(), name.to_owned()]
}

/// The shelter's reports that are probably about one of these animals: open ones, and closed ones from the same day.
pub async fn copies_among(
    db: &impl ConnectionTrait,
    shelter: ShelterId,
    animals: &[Traits],
) -> Result<Vec<pet::Model>> {
    let mut found: Vec<pet::Model> = Vec::new();
    let told: Vec<&Traits> = animals
        .iter()
        .filter(|one| !one.chips.is_empty() || one.name.is_some())
        .collect();
    for chunk in told.chunks(CHUNK) {
        let any = chunk
            .iter()
            .fold(Condition::any(), |any, one| any.add(one.condition(shelter)));
        found.extend(visible_to(&Viewer::System).filter(any).all(db).await?);
    }
    found.retain(|pet| {
        let traits = Traits::of(pet);
        let is_copy = |one: &Traits| one.fit(&traits) && (is_live(pet.status) || one.is_of_the_day_of(&traits));
        pet.shelter_id == Some(shelter) && animals.iter().any(is_copy)
    });
    Ok(found)
}
