//! Which stay of its animal a row is about.

use std::time::Duration;

use entity::{stay, vocabulary::PetKind};
use import_reader::{ImportedAnimal, zone::Zone};
use sea_orm::ActiveEnum;

use crate::domain::custody;

/// A time without an hour is the beginning of its day, which may be before the intake on that day.
const DAY: Duration = Duration::from_secs(24 * 60 * 60);

/// What a row does to the stays of its animal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Step {
    /// A stay begins that publishes a report.
    Begin,
    /// It tells of an earlier stay that is not known, long over.
    Recall,
    /// It is about the stay at that place in the list.
    Tell(usize),
    /// It is about a lost or found animal, which the shelter does not have.
    Report,
    /// It says nothing that is kept.
    Nothing,
}

/// Which stay a row is about; `is_past` if another row of the file is about a later one, `was_missing` if a snapshot did not
/// list the animal any more. The stays are those of the animal, the earliest first.
pub(super) fn step(
    stays: &[stay::Model],
    row: &ImportedAnimal,
    (is_past, was_missing): (bool, bool),
    zone: Zone,
) -> Step {
    let present = stays.iter().position(|stay| !custody::is_over(stay));
    if row.kind != PetKind::Sheltered {
        return match present {
            // What it said when the animal came is not taken back by what is said of those that nobody has.
            Some(place) if !is_past => Step::Tell(place),
            None if !is_past => Step::Report,
            _ => Step::Nothing,
        };
    }
    let begins = if is_past { Step::Recall } else { Step::Begin };
    let known = match (row.dated, row.left_at) {
        (true, _) => stays.iter().rposition(|stay| {
            let listed = stay.listed_intake_at.unwrap_or(stay.intake_at);
            custody::is_same_intake(listed, row.seen_at, zone)
        }),
        (false, Some(left)) => stays.iter().rposition(|stay| stay.intake_at <= left.plus(DAY)),
        (false, None) => stays.len().checked_sub(1),
    };
    let Some(place) = known else {
        let is_early = stays.last().is_some_and(|last| row.seen_at < last.intake_at);
        return if row.dated && is_early { Step::Recall } else { begins };
    };
    let is_last = place + 1 == stays.len();
    let is_over = stays.get(place).is_some_and(custody::is_over);
    if is_last && is_over && row.outcome.is_none() && was_missing && !is_past {
        return Step::Begin;
    }
    Step::Tell(place)
}

/// Whether the word of a row for the intake is kept: not if the stay has none and this one says no more than the kind, as that of
/// a stay which a person began does when our own inventory brings it back.
pub(super) fn adds_word(stay: &stay::Model, row: &ImportedAnimal, word: &str) -> bool {
    let kind_alone = row.intake_kind.to_value().replace('_', " ");
    stay.intake_type.is_some() || !word.eq_ignore_ascii_case(&kind_alone)
}

/// Whether a row about that stay, which is over for the file or for the shelter, adds anything to it.
pub(super) fn adds(stay: &stay::Model, row: &ImportedAnimal) -> bool {
    use entity::vocabulary::StayOutcome::Unknown;
    let told = row.outcome.filter(|outcome| *outcome != Unknown);
    told.is_some() && stay.outcome.is_none_or(|outcome| outcome == Unknown)
}
