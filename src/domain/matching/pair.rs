//! A lost report and a possible counterpart with their present score.

use entity::{id::PetId, pet_match, vocabulary::PetKind};
use geometry::distance_meters;
use match_score::{Factor, PhotoEvidence, SURROUNDINGS_METERS, Scored, competes, score_with};

use super::subject::ReadSubject;
use crate::kernel::Result;

/// A pair with its present score.
pub struct Pair {
    /// The lost report.
    pub lost_id: PetId,
    /// The report of an animal that was found, seen or taken in.
    pub other_id: PetId,
    /// `None` if the two cannot be one animal.
    pub scored: Option<Scored>,
    /// Whether both show the same picture.
    pub same_picture: bool,
    /// Whether the surroundings of either report are about those of the other.
    pub is_near: bool,
    /// Number of counterparts around the lost report; 0 until it is counted.
    pub surroundings: u32,
    /// The versions of both reports that were compared, the lost one first; `None` if one of them is gone.
    pub versions: Option<[i32; 2]>,
}

impl Pair {
    /// The pair of two reports, in either order, with what is known of their photos.
    pub fn of(one: &ReadSubject, two: &ReadSubject, photo: Option<PhotoEvidence>) -> Self {
        let (lost, other) = match one.kind {
            PetKind::Lost => (one, two),
            _ => (two, one),
        };
        Self {
            lost_id: PetId(lost.id),
            other_id: PetId(other.id),
            scored: score_with(lost, other, photo),
            same_picture: photo.is_some_and(|photo| photo.is_copy),
            is_near: one
                .point
                .zip(two.point)
                .is_some_and(|(here, there)| distance_meters(here, there) <= SURROUNDINGS_METERS),
            surroundings: 0,
            versions: Some([lost.version, other.version]),
        }
    }

    /// The pair of a stored match that is none any more, as these versions of its reports say.
    pub fn nothing(before: &pet_match::Model, versions: Option<[i32; 2]>) -> Self {
        Self {
            lost_id: before.lost_id,
            other_id: before.other_id,
            scored: None,
            same_picture: false,
            is_near: false,
            surroundings: 0,
            versions,
        }
    }

    /// The two reports, the lost one first.
    pub fn sides(&self) -> (PetId, PetId) {
        (self.lost_id, self.other_id)
    }

    /// The score; lowest of all if the two cannot be one animal.
    pub fn score(&self) -> f64 {
        self.scored.as_ref().map_or(f64::NEG_INFINITY, |scored| scored.score)
    }

    /// Whether the pair is kept whatever its score.
    pub fn is_sure(&self) -> bool {
        self.same_picture || self.scored.as_ref().is_some_and(|scored| scored.same_chip)
    }

    /// Number of counterparts around the lost report, given the stored match of the pair: it hardly falls.
    pub fn surroundings(&self, before: Option<&pet_match::Model>) -> u32 {
        before.map_or(self.surroundings, |before| {
            before.surroundings.unsigned_abs().max(self.surroundings)
        })
    }

    /// Whether the pair has a chance, or takes one from others, given the stored match of the pair.
    pub fn competes(&self, before: Option<&pet_match::Model>) -> bool {
        let surroundings = self.surroundings(before);
        let competes = |scored: &Scored| competes(scored.score, surroundings);
        self.is_sure() || self.scored.as_ref().is_some_and(competes)
    }

    /// Whether the stored row says something else.
    pub fn differs_from(&self, before: &pet_match::Model) -> bool {
        let Some(scored) = &self.scored else {
            return before.ended_at.is_none();
        };
        let factors = serde_json::to_string(&scored.factors);
        before.ended_at.is_some() || factors.ok().as_deref() != Some(&before.factors)
    }
}

/// Two weights that differ by less are the same to a reader.
const NOTICEABLE: f64 = 0.05;

/// What a new score changes, in a sentence; `None` if nothing that a reader would notice.
pub fn change(before: &pet_match::Model, now: &[Factor]) -> Result<Option<String>> {
    let then: Vec<Factor> = serde_json::from_str(&before.factors)?;
    let weight = |factors: &[Factor], name: &str| {
        let factor = factors.iter().find(|factor| factor.name == name);
        factor.map_or(0.0, |factor| factor.weight)
    };
    let moved = |direction: f64| {
        let names = match_score::FACTOR_NAMES
            .into_iter()
            .filter(|name| NOTICEABLE < (weight(now, name) - weight(&then, name)) * direction);
        names.collect::<Vec<_>>().join(", ")
    };
    let (better, worse) = (moved(1.0), moved(-1.0));
    Ok(match (better.is_empty(), worse.is_empty()) {
        (true, true) => None,
        (false, true) => Some(format!("A report was changed: now fits better in {better}.")),
        (true, false) => Some(format!("A report was changed: now fits worse in {worse}.")),
        (false, false) => Some(format!(
            "A report was changed: now fits better in {better}, worse in {worse}."
        )),
    })
}
