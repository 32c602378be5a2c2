//! What somebody says of an animal.

use async_graphql::{ID, InputObject, MaybeUndefined};
use entity::vocabulary as stored;

use super::filter::LocationInput;
use crate::{
    domain::pets::{self, BreedWords, Change, Details},
    graphql::{
        error::{input_id, input_ids},
        idempotency::idempotency_key,
        scalars::DateTime,
        vocabulary::{AgeGroup, Altered, CoatLength, CoatPattern, Color, PetKind, PetSize, Sex, Species},
    },
    kernel::{Error, FieldCode, Result},
};

/// Breed as people write it; misspellings and abbreviations are understood.
#[derive(InputObject, Clone, Debug)]
pub struct BreedInput {
    /// At most 100 characters.
    pub primary: Option<String>,
    /// The second of two breeds; at most 100 characters.
    pub secondary: Option<String>,
    /// Whether it is a mix.
    #[graphql(default = false)]
    pub mixed: bool,
}

/// A new report.
#[derive(InputObject)]
pub struct ReportPetInput {
    /// What it says of the animal.
    pub kind: PetKind,
    /// Species.
    pub species: Species,
    /// At most 60 characters.
    pub name: Option<String>,
    /// At most 5,000 characters; contact details are hidden.
    pub description: Option<String>,
    /// Breed.
    pub breed: Option<BreedInput>,
    /// Sex.
    #[graphql(default_with = "Sex::Unknown")]
    pub sex: Sex,
    /// Whether it is spayed or neutered.
    #[graphql(default_with = "Altered::Unknown")]
    pub altered: Altered,
    /// Size.
    #[graphql(default_with = "PetSize::Unknown")]
    pub size: PetSize,
    /// Age.
    #[graphql(default_with = "AgeGroup::Unknown")]
    pub age_group: AgeGroup,
    /// Length and kind of coat.
    #[graphql(default_with = "CoatLength::Unknown")]
    pub coat: CoatLength,
    /// Base colours, at most 11.
    #[graphql(default)]
    pub colors: Vec<Color>,
    /// How the colours lie.
    #[graphql(default_with = "CoatPattern::Unknown")]
    pub pattern: CoatPattern,
    /// Distinguishing marks that everybody may know, at most 500 characters.
    pub markings: Option<String>,
    /// Collar and tags, at most 200 characters.
    pub collar: Option<String>,
    /// Weight in grams, 1 to 2,000,000.
    pub weight_grams: Option<i32>,
    /// Number of 9, 10 or 15 digits in any punctuation, or `yes` or `no`. Only you and verified shelters see the number.
    #[graphql(secret)]
    pub microchip: Option<String>,
    /// Up to 3 marks of up to 200 characters that only the true owner knows; nobody else ever sees them.
    #[graphql(default, secret)]
    pub private_marks: Vec<String>,
    /// Whole US dollars, 0 to 1,000,000; others see only that there is a reward.
    pub reward: Option<i32>,
    /// When it was last seen, found or taken in: from 2000 to now.
    pub seen_at: DateTime,
    /// Where it was last seen, found or taken in.
    pub location: LocationInput,
    /// Up to 10 photos of yours for PET_PHOTO that show no other report; the first is the primary one.
    #[graphql(default)]
    pub photo_ids: Vec<ID>,
    /// Uploads of yours for PET_PHOTO whose bytes were sent; they become photos of the report, after those of photoIds
    /// and in this order, or nothing is written. Up to 10 photos in all.
    pub upload_ids: Option<Vec<ID>>,
    /// Whether every hour counts.
    #[graphql(default = false)]
    pub urgent: bool,
    /// What your shelter calls the intake, such as `stray` or `owner surrender`; at most 100 characters, only with
    /// shelterId. Animals with `stray` in it count as on stray hold.
    pub intake_type: Option<String>,
    /// In whose care; only for staff and keys of that shelter, for FOUND and SHELTERED.
    pub shelter_id: Option<ID>,
    /// Any text of up to 200 characters: the same key and input within 24 hours gives the first report again.
    pub idempotency_key: Option<String>,
}

/// Changes to a report. What is left out stays; null empties.
#[derive(InputObject)]
pub struct UpdatePetInput {
    /// Which report.
    pub id: ID,
    /// Version that the change was made from; another version is refused with CONFLICT. Any when left out.
    pub expected_version: Option<i32>,
    /// Species; cannot be emptied.
    pub species: MaybeUndefined<Species>,
    /// At most 60 characters.
    pub name: MaybeUndefined<String>,
    /// At most 5,000 characters; contact details are hidden.
    pub description: MaybeUndefined<String>,
    /// Breed, as a whole.
    pub breed: MaybeUndefined<BreedInput>,
    /// Sex; null is UNKNOWN.
    pub sex: MaybeUndefined<Sex>,
    /// Whether it is spayed or neutered; null is UNKNOWN.
    pub altered: MaybeUndefined<Altered>,
    /// Size; null is UNKNOWN.
    pub size: MaybeUndefined<PetSize>,
    /// Age; null is UNKNOWN.
    pub age_group: MaybeUndefined<AgeGroup>,
    /// Length and kind of coat; null is UNKNOWN.
    pub coat: MaybeUndefined<CoatLength>,
    /// Base colours, at most 11; null is none.
    pub colors: MaybeUndefined<Vec<Color>>,
    /// How the colours lie; null is UNKNOWN.
    pub pattern: MaybeUndefined<CoatPattern>,
    /// Distinguishing marks, at most 500 characters.
    pub markings: MaybeUndefined<String>,
    /// Collar and tags, at most 200 characters.
    pub collar: MaybeUndefined<String>,
    /// Weight in grams, 1 to 2,000,000.
    pub weight_grams: MaybeUndefined<i32>,
    /// Number of 9, 10 or 15 digits in any punctuation, or `yes` or `no`.
    #[graphql(secret)]
    pub microchip: MaybeUndefined<String>,
    /// Up to 3 marks of up to 200 characters; null is none.
    #[graphql(secret)]
    pub private_marks: MaybeUndefined<Vec<String>>,
    /// Whole US dollars, 0 to 1,000,000.
    pub reward: MaybeUndefined<i32>,
    /// What your shelter calls the intake, at most 100 characters; only for an animal in its care.
    pub intake_type: MaybeUndefined<String>,
    /// When it was last seen; cannot be emptied.
    pub seen_at: MaybeUndefined<DateTime>,
    /// Where it was last seen; cannot be emptied. Others see the point move only when it moves by more than 1 km.
    pub location: MaybeUndefined<LocationInput>,
    /// Up to 10 photos in their order, as a whole; null is none.
    pub photo_ids: MaybeUndefined<Vec<ID>>,
    /// Whether every hour counts; null is false.
    pub urgent: MaybeUndefined<bool>,
}

impl ReportPetInput {
    /// The input in the words of the domain.
    pub fn report(self) -> Result<pets::ReportPet> {
        let idempotency_key = idempotency_key(self.idempotency_key.as_deref(), &self);
        let details = Details {
            name: given(self.name),
            description: given(self.description),
            breed: given(self.breed.map(BreedWords::from)),
            sex: Some(self.sex.into()),
            altered: Some(self.altered.into()),
            size: Some(self.size.into()),
            age_group: Some(self.age_group.into()),
            coat: Some(self.coat.into()),
            colors: Some(self.colors.into_iter().map(stored::Color::from).collect()),
            pattern: Some(self.pattern.into()),
            markings: given(self.markings),
            collar: given(self.collar),
            weight_grams: given(self.weight_grams),
            microchip: given(self.microchip),
            private_marks: Some(self.private_marks),
            reward: given(self.reward),
            intake_type: given(self.intake_type),
            photo_ids: Some(input_ids("photoIds", &self.photo_ids)?),
            urgent: Some(self.urgent),
            ..Details::default()
        };
        let shelter_id = self.shelter_id.map(|id| input_id("shelterId", &id)).transpose()?;
        let upload_ids = input_ids("uploadIds", &self.upload_ids.unwrap_or_default())?;
        Ok(pets::ReportPet {
            kind: self.kind.into(),
            species: self.species.into(),
            seen_at: self.seen_at.0,
            location: self.location.into(),
            shelter_id,
            upload_ids,
            idempotency_key,
            details,
        })
    }
}

impl UpdatePetInput {
    /// The input in the words of the domain.
    pub fn update(self) -> Result<pets::UpdatePet> {
        let photo_ids = or_else(self.photo_ids, Vec::new).map(|ids| input_ids("photoIds", &ids));
        let colors = or_else(self.colors, Vec::new);
        let details = Details {
            species: required("species", self.species)?.map(Species::into),
            name: change(self.name),
            description: change(self.description),
            breed: change(self.breed.map_value(BreedWords::from)),
            sex: or_else(self.sex, || Sex::Unknown).map(Sex::into),
            altered: or_else(self.altered, || Altered::Unknown).map(Altered::into),
            size: or_else(self.size, || PetSize::Unknown).map(PetSize::into),
            age_group: or_else(self.age_group, || AgeGroup::Unknown).map(AgeGroup::into),
            coat: or_else(self.coat, || CoatLength::Unknown).map(CoatLength::into),
            colors: colors.map(|colors| colors.into_iter().map(stored::Color::from).collect()),
            pattern: or_else(self.pattern, || CoatPattern::Unknown).map(CoatPattern::into),
            markings: change(self.markings),
            collar: change(self.collar),
            weight_grams: change(self.weight_grams),
            microchip: change(self.microchip),
            private_marks: or_else(self.private_marks, Vec::new),
            reward: change(self.reward),
            intake_type: change(self.intake_type),
            seen_at: required("seenAt", self.seen_at)?.map(|time| time.0),
            location: required("location", self.location)?.map(pets::LocationInput::from),
            photo_ids: photo_ids.transpose()?,
            urgent: or_else(self.urgent, || false),
        };
        Ok(pets::UpdatePet {
            id: input_id("id", &self.id)?,
            expected_version: self.expected_version,
            details,
        })
    }
}

impl From<BreedInput> for BreedWords {
    fn from(breed: BreedInput) -> Self {
        Self {
            primary: breed.primary,
            secondary: breed.secondary,
            mixed: breed.mixed,
        }
    }
}

fn given<T>(value: Option<T>) -> Change<T> {
    value.map_or(Change::Keep, Change::To)
}

fn change<T>(value: MaybeUndefined<T>) -> Change<T> {
    match value {
        MaybeUndefined::Undefined => Change::Keep,
        MaybeUndefined::Null => Change::Clear,
        MaybeUndefined::Value(value) => Change::To(value),
    }
}

/// Null stands for what `empty` gives.
fn or_else<T>(value: MaybeUndefined<T>, empty: impl FnOnce() -> T) -> Option<T> {
    match value {
        MaybeUndefined::Undefined => None,
        MaybeUndefined::Null => Some(empty()),
        MaybeUndefined::Value(value) => Some(value),
    }
}

/// Null is refused.
fn required<T>(field: &'static str, value: MaybeUndefined<T>) -> Result<Option<T>> {
    match value {
        MaybeUndefined::Undefined => Ok(None),
        MaybeUndefined::Null => {
            let message = format!("{field} cannot be emptied: leave it out to keep it");
            Err(Error::field(field, FieldCode::Required, message))
        }
        MaybeUndefined::Value(value) => Ok(Some(value)),
    }
}
