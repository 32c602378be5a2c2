//! What the import knows of one animal after reading its row.

use entity::{
    ColorSet, Timestamp,
    vocabulary::{AgeGroup, Altered, CoatLength, CoatPattern, PetKind, PetSize, PetStatus, Sex, Species},
};
use serde::Serialize;
use sha2::{Digest, Sha256};

use super::Aspect;
use crate::domain::vocabulary::NormalisedBreed;

/// Whose an animal of a file is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub enum Keeping {
    /// In the shelter's care, or reported to it.
    Shelter,
    /// Somebody's that came for a service, which says nothing of other stays of the same animal.
    Visit,
    /// Somebody's, and not to be shown.
    Private,
}

/// One animal of a file, in the words of the tables.
///
/// One animal may come in several times: the event is (`external_id`, `seen_at`), and the latest counts.
/// It is written out only to compute the fingerprint; it holds the secret microchip number and must not be shown.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ImportedAnimal {
    /// The shelter's own id, at most 100 letters.
    pub external_id: String,
    /// Sheltered, unless the file says that the report is of a lost or found animal.
    pub kind: PetKind,
    /// Open while in care; dead animals are closed.
    pub status: PetStatus,
    /// When it left, if the file says so; never before `seen_at`.
    pub left_at: Option<Timestamp>,
    /// The latest of its outcome, death, movement and return, whether it left or not. Not in the fingerprint: it only tells
    /// which of several rows is the latest.
    #[serde(skip)]
    pub event_at: Option<Timestamp>,
    /// Whose it is.
    pub keeping: Keeping,
    /// Without decoration and placeholders.
    pub name: Option<String>,
    /// Species.
    pub species: Species,
    /// As the file says it.
    pub species_raw: String,
    /// What the breed columns say.
    pub breed: NormalisedBreed,
    /// As the file says it, both breeds joined by " / ".
    pub breed_raw: Option<String>,
    /// Sex.
    pub sex: Sex,
    /// Spayed or neutered.
    pub altered: Altered,
    /// Size.
    pub size: PetSize,
    /// Age in words when it came in; the day of birth counts where it is known.
    pub age_group: AgeGroup,
    /// Day of birth.
    pub birth_date: Option<Timestamp>,
    /// Coat.
    pub coat: CoatLength,
    /// Base colours.
    pub colors: ColorSet,
    /// As the file says it, all colours joined by " / ".
    pub color_raw: Option<String>,
    /// Pattern.
    pub pattern: CoatPattern,
    /// Washed-out shades.
    pub dilute: bool,
    /// Marks and collar.
    pub markings: Option<String>,
    /// Weight in grams.
    pub weight_grams: Option<i32>,
    /// Whether it has a chip; none is not known.
    pub microchipped: Option<bool>,
    /// The numbers of the cell, normalised, at most two; secrets.
    pub microchips: Vec<String>,
    /// As the file says it; a secret.
    pub microchip_raw: Option<String>,
    /// Public text without markup, contact details and addresses.
    pub description: Option<String>,
    /// Marks and description before anything was taken out of them, if something was; a secret.
    pub original_text: Option<String>,
    /// When it came in, was found or was lost. When the file has no such column, the day of the import.
    pub seen_at: Timestamp,
    /// Whether the file tells `seen_at`.
    pub dated: bool,
    /// The shelter's own word.
    pub intake_type: Option<String>,
    /// Where it was found, in words.
    pub found_place: Option<String>,
    /// Latitude and longitude in degrees.
    pub point: Option<(f64, f64)>,
    /// Postal code of the place.
    pub postal_code: Option<String>,
    /// Whole web addresses, in order, without repetition.
    pub photo_urls: Vec<String>,
    /// Of which aspects the record says nothing: what is known of them stays.
    pub silent: Vec<Aspect>,
    /// Equal for rows that say the same; does not depend on when the file is read.
    #[serde(skip)]
    pub fingerprint: i64,
}

impl ImportedAnimal {
    /// Whether the record says something of that aspect.
    pub fn tells(&self, aspect: Aspect) -> bool {
        !self.silent.contains(&aspect)
    }

    /// The same animal with its fingerprint: the first eight bytes of SHA-256 over everything else.
    pub(super) fn sealed(mut self) -> Self {
        let seen_at = self.seen_at;
        if !self.dated {
            self.seen_at = Timestamp(0);
        }
        // Nothing in here can fail to be written as JSON: all keys are text, and points are finite.
        let bytes = serde_json::to_vec(&self).unwrap_or_default();
        let digest = Sha256::digest(bytes);
        self.fingerprint = digest
            .iter()
            .take(8)
            .fold(0, |hash: i64, byte| (hash << 8) | i64::from(*byte));
        self.seen_at = seen_at;
        self
    }
}
