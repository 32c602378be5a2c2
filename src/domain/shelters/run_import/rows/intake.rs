//! What a row says of an intake.

use std::time::Duration;

use entity::{
    Timestamp,
    id::StayId,
    shelter_animal,
    vocabulary::{StayOutcome, StayStage},
};
use import_reader::{Aspect, ImportedAnimal};

use super::{animal::cut, batch::Told, occasion::Occasion, step::adds_word};
use crate::{
    deps::Deps,
    domain::custody::{self, Change, Intake},
    kernel::Result,
};

/// Maximum length of a shelter's own word in characters.
const LONGEST_WORD: usize = 100;

/// No rule keeps an animal for as long as this after its intake: a hold of 365 business days, the longest, ends before. Most
/// rows of a city's archive are older.
const OVER_SINCE: Duration = Duration::from_secs(3 * 365 * 24 * 60 * 60);

/// A stay as a row tells it, ended if it is said to be, or if it must be, and not after the next one began.
pub(super) fn begun(
    deps: &Deps,
    on: &Occasion,
    animal: &shelter_animal::Model,
    told: Told<'_>,
    (is_over, next): (bool, Option<Timestamp>),
) -> Change {
    let row = told.animal;
    let at = match (row.dated, row.left_at) {
        (false, Some(left)) => left.min(row.seen_at),
        _ => row.seen_at,
    };
    let intake = Intake {
        at,
        listed_at: row.dated.then_some(row.seen_at),
        kind: row.intake_kind,
        word: word(&row.intake_type),
        stage: row.stage.unwrap_or(StayStage::Intake),
        kennel: word(&row.kennel),
        import_id: Some(on.import_id),
    };
    let id = StayId(deps.ids.uuid(on.now));
    let stay = custody::begun(id, (animal.id, on.shelter_id), intake, on.now);
    let mut change = Change::begin(stay, on.now, &on.import_id.to_string());
    if let Some(outcome) = row.outcome.or(is_over.then_some(StayOutcome::Unknown)) {
        // If the file does not say when an animal left, it counts as gone since its intake.
        change.end(outcome, not_into(next, row.left_at.unwrap_or(at)));
    }
    change
}

/// An outcome at that time, or when the animal was taken in again: stays do not overlap.
pub(super) fn not_into(next: Option<Timestamp>, at: Timestamp) -> Timestamp {
    next.map_or(at, |next| at.min(next))
}

/// Corrects an intake as a row tells it.
pub(super) fn tell(change: &mut Change, row: &ImportedAnimal) {
    if row.tells(Aspect::IntakeType) {
        let said = word(&row.intake_type).filter(|word| adds_word(change.stay(), row, word));
        change.correct_intake(row.intake_kind, said);
    }
    if row.dated {
        if change.stay().listed_intake_at == Some(change.stay().intake_at) {
            change.date_intake(row.seen_at);
        }
        change.stay_mut().listed_intake_at = Some(row.seen_at);
    }
}

/// Computes the hold of a stay that a row has begun.
pub(super) fn begin_hold(
    change: &mut Change,
    on: &Occasion,
    animal: &shelter_animal::Model,
    row: &ImportedAnimal,
) -> Result<()> {
    tell_hold(change, row);
    let intake_at = change.stay().intake_at;
    if row.hold_until.is_none() && intake_at < on.now.minus(OVER_SINCE) {
        return Ok(());
    }
    custody::begin_hold(change, animal, &on.holds)
}

/// Computes the hold of a stay anew that a row has told of.
pub(super) fn set_hold(
    change: &mut Change,
    on: &Occasion,
    animal: &shelter_animal::Model,
    row: &ImportedAnimal,
) -> Result<()> {
    tell_hold(change, row);
    custody::set_hold(change, animal, &on.holds)
}

/// The date until which the shelter's own system keeps the animal counts where it is later than what is known.
fn tell_hold(change: &mut Change, row: &ImportedAnimal) {
    let stay = change.stay_mut();
    if let Some(until) = row.hold_until.filter(|until| stay.hold_extended_until < Some(*until)) {
        stay.hold_extended_until = Some(until);
        stay.hold_extension_reason = Some("so says the shelter's file".to_owned());
    }
}

/// A word of the shelter as it is stored.
pub(super) fn word(word: &Option<String>) -> Option<String> {
    word.as_deref().map(|word| cut(word, LONGEST_WORD))
}
