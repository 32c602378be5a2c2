//! The data of one animal after its row has been read.

use entity::{
    ColorSet, Timestamp,
    vocabulary::{
        AgeGroup, Altered, CoatLength, CoatPattern, IntakeKind, PetKind, PetSize, PetStatus, Sex, Species, StayOutcome,
        StayStage,
    },
};
use serde::Serialize;
use sha2::{Digest, Sha256};

use super::Aspect;
use pet_vocabulary::NormalisedBreed;

/// How long an animal is as JSON, if it has no description.
const USUAL_BYTES: usize = 2048;

/// Keeper of an animal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub enum Keeping {
    /// In the shelter's care, or reported to it.
    Shelter,
    /// Kept by its owner, who brought it for a service; the row says nothing about other stays of the same animal.
    Visit,
    /// Kept by its owner, and not to be shown.
    Private,
}

/// An animal from a file, in the vocabulary of the tables.
///
/// An animal may occur several times: an event is (`external_id`, `seen_at`), and the latest counts.
/// It is serialised only to compute the fingerprint; it holds the secret microchip number and must not be shown.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ImportedAnimal {
    /// The shelter's own id, at most 100 characters.
    pub external_id: String,
    /// Further ids of the same animal, such as the number of an impound; at most five.
    pub alternative_ids: Vec<String>,
    /// Sheltered, unless the file reports a lost or found animal.
    pub kind: PetKind,
    /// Open while in care; dead animals are closed.
    pub status: PetStatus,
    /// How it left; `None` while it is in care, and for lost or found animals that are not.
    pub outcome: Option<StayOutcome>,
    /// What is done with it, if the file says so; `None` once it has left.
    pub stage: Option<StayStage>,
    /// When it left, if the file says so; never before `seen_at`.
    pub left_at: Option<Timestamp>,
    /// The latest of its outcome, death, movement and return, whether it left or not. Excluded from the fingerprint: it
    /// only determines which of several rows is the latest.
    #[serde(skip)]
    pub event_at: Option<Timestamp>,
    /// Rows about animals kept by their owners add no animal.
    pub keeping: Keeping,
    /// Without decoration and placeholders.
    pub name: Option<String>,
    /// From the species column, sometimes refined by the breed.
    pub species: Species,
    /// As written in the file.
    pub species_raw: String,
    /// Normalised from the breed columns.
    pub breed: NormalisedBreed,
    /// As written in the file, both breeds joined by " / ".
    pub breed_raw: Option<String>,
    /// `unknown` if the file does not say.
    pub sex: Sex,
    /// Whether it is spayed or neutered.
    pub altered: Altered,
    /// `unknown` if the file does not say.
    pub size: PetSize,
    /// Estimated age at intake; the day of birth takes precedence if it is known.
    pub age_group: AgeGroup,
    /// Midnight of the day of birth; `None` if it is not known.
    pub birth_date: Option<Timestamp>,
    /// `unknown` if the file does not say.
    pub coat: CoatLength,
    /// Base colours; an empty set if there are none.
    pub colors: ColorSet,
    /// As written in the file, all colours joined by " / ".
    pub color_raw: Option<String>,
    /// `unknown` if the file does not say.
    pub pattern: CoatPattern,
    /// Whether the colours are washed-out shades.
    pub dilute: bool,
    /// Markings and collar.
    pub markings: Option<String>,
    /// In grams.
    pub weight_grams: Option<i32>,
    /// Whether it has a chip; `None` if unknown.
    pub microchipped: Option<bool>,
    /// Normalised numbers from the cell, at most two; secret.
    pub microchips: Vec<String>,
    /// As written in the file; secret.
    pub microchip_raw: Option<String>,
    /// Public text without markup, contact details and addresses.
    pub description: Option<String>,
    /// Marks and description before anything was removed from them, if something was; secret.
    pub original_text: Option<String>,
    /// When it was taken in, found or lost. If the file has no such column, the day of the import.
    pub seen_at: Timestamp,
    /// Whether `seen_at` comes from the file.
    pub dated: bool,
    /// Why it was taken in; `unknown` if the file does not say.
    pub intake_kind: IntakeKind,
    /// Until when it is kept for its owner, if the file says so; may be in the future.
    pub hold_until: Option<Timestamp>,
    /// The kennel, room or place in which it is kept, in the shelter's words; `None` if the file does not say, and
    /// once it has left.
    pub kennel: Option<String>,
    /// The shelter's own word for the kind of intake.
    pub intake_type: Option<String>,
    /// Description of the place where it was found.
    pub found_place: Option<String>,
    /// Latitude and longitude in degrees.
    pub point: Option<(f64, f64)>,
    /// Postal code of the place.
    pub postal_code: Option<String>,
    /// Complete URLs, in order, without duplicates.
    pub photo_urls: Vec<String>,
    /// Aspects that the record says nothing about: their stored values stay.
    pub silent: Vec<Aspect>,
    /// Equal for rows with equal content; independent of when the file is read.
    #[serde(skip)]
    pub fingerprint: i64,
}

/// What decides which of several rows about an animal counts. Cheaper to read than the animal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Gist {
    /// The shelter's own id of the animal, at most 100 characters.
    pub external_id: String,
    /// When the stay began or, if the row only says that, ended.
    pub moment: Timestamp,
    /// The latest of the dates in the row after the intake.
    pub event_at: Option<Timestamp>,
    /// Open while in care.
    pub status: PetStatus,
    /// Who keeps it.
    pub keeping: Keeping,
}

/// When a stay began or, if its row only says that, ended.
pub(super) fn moment((seen_at, dated): (Timestamp, bool), left_at: Option<Timestamp>) -> Timestamp {
    left_at.filter(|_| !dated).unwrap_or(seen_at)
}

impl ImportedAnimal {
    /// When the stay that its row is about began or, if the file only says that, ended.
    pub fn moment(&self) -> Timestamp {
        moment((self.seen_at, self.dated), self.left_at)
    }

    /// Whether the record says anything about that aspect.
    pub fn tells(&self, aspect: Aspect) -> bool {
        !self.silent.contains(&aspect)
    }

    /// Sets the fingerprint: the first eight bytes of SHA-256 over everything else.
    pub(super) fn sealed(mut self) -> Self {
        let seen_at = self.seen_at;
        if !self.dated {
            self.seen_at = Timestamp(0);
        }
        let mut bytes = Vec::with_capacity(USUAL_BYTES);
        // Serialising to JSON cannot fail: all keys are strings, and points are finite.
        if serde_json::to_writer(&mut bytes, &self).is_err() {
            bytes.clear();
        }
        let digest = Sha256::digest(bytes);
        self.fingerprint = digest
            .iter()
            .take(8)
            .fold(0, |hash: i64, byte| (hash << 8) | i64::from(*byte));
        self.seen_at = seen_at;
        self
    }
}
