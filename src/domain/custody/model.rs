//! The life of a stay.

use std::time::Duration;

use chrono::NaiveTime;
use entity::{
    Timestamp,
    id::{ImportId, ShelterAnimalId, ShelterId, StayId},
    stay,
    vocabulary::{IntakeKind, PetStatus, StayOutcome, StayStage},
};
use import_reader::zone::Zone;

/// An intake, as a person or a file tells it.
#[derive(Debug, Clone, PartialEq)]
pub struct Intake {
    /// When the animal was taken in.
    pub at: Timestamp,
    /// The time by which the shelter's files know it; `None` if no file told.
    pub listed_at: Option<Timestamp>,
    /// Why.
    pub kind: IntakeKind,
    /// The shelter's own word for that.
    pub word: Option<String>,
    /// What is done with the animal first.
    pub stage: StayStage,
    /// Where it is kept.
    pub kennel: Option<String>,
    /// The import that told.
    pub import_id: Option<ImportId>,
}

/// A stay that begins with that intake and publishes nothing yet.
pub fn begun(
    id: StayId,
    (animal_id, shelter_id): (ShelterAnimalId, ShelterId),
    intake: Intake,
    now: Timestamp,
) -> stay::Model {
    stay::Model {
        id,
        animal_id,
        shelter_id,
        intake_at: intake.at,
        listed_intake_at: intake.listed_at,
        intake_kind: intake.kind,
        intake_type: intake.word,
        stage: intake.stage,
        kennel: intake.kennel,
        outcome: None,
        outcome_at: None,
        pet_id: None,
        import_id: intake.import_id,
        identified_at: None,
        owner_notified_at: None,
        notice_at: None,
        notice_method: None,
        hold_until: None,
        hold_open_ended: false,
        hold_rule: None,
        hold_trace: None,
        hold_owner_only_until: None,
        hold_rescue_at: None,
        hold_extended_until: None,
        hold_extension_reason: None,
        hold_released_at: None,
        hold_release_reason: None,
        created_at: now,
        updated_at: now,
        version: 0,
    }
}

/// Whether a stay has ended.
pub fn is_over(stay: &stay::Model) -> bool {
    stay.outcome.is_some()
}

/// The status of the report of a stay with that outcome. How an animal died is nobody else's business.
pub fn status_after(outcome: StayOutcome) -> PetStatus {
    match outcome {
        StayOutcome::Adopted => PetStatus::Adopted,
        StayOutcome::ReturnedToOwner => PetStatus::Reunited,
        StayOutcome::Transferred => PetStatus::Transferred,
        StayOutcome::Released
        | StayOutcome::LostInCare
        | StayOutcome::Died
        | StayOutcome::Euthanized
        | StayOutcome::OwnerIntendedEuthanasia
        | StayOutcome::Other
        | StayOutcome::Unknown
        | StayOutcome::Undone => PetStatus::Closed,
    }
}

/// The outcome of a stay whose report was closed like this; `None` for a report that is still open.
pub(super) fn outcome_after(status: PetStatus) -> Option<StayOutcome> {
    match status {
        PetStatus::Open | PetStatus::Matched => None,
        PetStatus::Reunited => Some(StayOutcome::ReturnedToOwner),
        PetStatus::Adopted => Some(StayOutcome::Adopted),
        PetStatus::Transferred => Some(StayOutcome::Transferred),
        PetStatus::Closed | PetStatus::Expired => Some(StayOutcome::Unknown),
    }
}

/// The kind of intake that a shelter's word means, as far as it is plain.
pub(super) fn kind_of_word(word: Option<&str>) -> IntakeKind {
    word.map_or(IntakeKind::Unknown, import_reader::intake_kind)
}

/// Whether two times are the same for a file, which tells no fractions of a second.
pub(super) fn is_same_second(one: Timestamp, other: Timestamp) -> bool {
    one.0.div_euclid(1000) == other.0.div_euclid(1000)
}

/// Whether two files mean the same intake: at the same time, or on the same day if one of them tells only the day.
pub fn is_same_intake(one: Timestamp, other: Timestamp, zone: Zone) -> bool {
    const DAY: Duration = Duration::from_secs(24 * 60 * 60);
    if is_same_second(one, other) {
        return true;
    }
    if DAY <= one.max(other).since(one.min(other)) {
        return false;
    }
    let [one, other] = [one, other].map(|at| zone.clock(at.to_utc()));
    one.date() == other.date() && (one.time() == NaiveTime::MIN || other.time() == NaiveTime::MIN)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_intake_of_which_only_the_day_is_told_is_that_of_any_hour_of_it() {
        let zone = Zone::named("America/Chicago").unwrap();
        // 2026-11-02, midnight and a quarter past four in the afternoon in Texas.
        let (day, hour) = (Timestamp(1_793_599_200_000), Timestamp(1_793_657_700_000));
        assert!(is_same_intake(day, hour, zone) && is_same_intake(hour, day, zone));
        assert!(is_same_intake(hour, hour, zone) && is_same_intake(hour, Timestamp(hour.0 + 999), zone));
        assert!(!is_same_intake(hour, Timestamp(hour.0 + 60_000), zone));
        assert!(!is_same_intake(day, Timestamp(day.0 + 24 * 60 * 60 * 1000), zone));
    }

    #[test]
    fn a_report_and_its_stay_end_alike() {
        for status in [
            PetStatus::Adopted,
            PetStatus::Reunited,
            PetStatus::Transferred,
            PetStatus::Closed,
        ] {
            assert_eq!(outcome_after(status).map(status_after), Some(status));
        }
        assert_eq!(outcome_after(PetStatus::Matched), None);
    }
}
