//! What the figures take for each stay.

use entity::{
    Timestamp, shelter_animal, stay, stay_event,
    vocabulary::{AgeGroup, IntakeKind, Species, StayEventKind, StayOutcome, StayStage},
};
use serde::{Deserialize, de::IntoDeserializer, de::value::Error};

/// A stay with what the figures tell of its animal.
#[derive(Debug, Clone, PartialEq)]
pub struct CountedStay {
    /// Species.
    pub species: Species,
    /// First instant of the day of birth by the shelter's clocks; `None` if it is not known.
    pub birth: Option<Timestamp>,
    /// Age group; looked at only without a day of birth.
    pub age_group: AgeGroup,
    /// When the animal was taken in.
    pub intake_at: Timestamp,
    /// Why.
    pub intake: IntakeKind,
    /// How and when it left; `None` while it is there.
    pub ending: Option<Ending>,
    /// The present stage, or the last one.
    pub stage: StayStage,
    /// Changes of the stage in the order in which they happened; empty if there are none, or if nobody knows them.
    pub changes: Vec<StageChange>,
}

/// The end of a stay.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ending {
    /// When the animal left. A time before the intake counts as that of the intake.
    pub at: Timestamp,
    /// How.
    pub outcome: StayOutcome,
}

/// A change of the stage.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StageChange {
    /// When it happened.
    pub at: Timestamp,
    /// The stage before.
    pub from: StayStage,
    /// The stage since.
    pub to: StayStage,
}

impl CountedStay {
    /// A stay of an animal from its rows. The events are those of the stay in the order of their numbers; others than
    /// changes of stage are passed over, as are those whose values are no stages. Without any, the present stage counts as
    /// that of the whole stay.
    pub fn of(animal: &shelter_animal::Model, stay: &stay::Model, events: &[stay_event::Model]) -> Self {
        let mut changes: Vec<StageChange> = events.iter().filter_map(StageChange::of).collect();
        changes.sort_by_key(|change| change.at);
        let ending = |outcome| Ending {
            at: stay.outcome_at.unwrap_or(stay.intake_at),
            outcome,
        };
        Self {
            species: animal.species,
            birth: animal.birth_date,
            age_group: animal.age_group,
            intake_at: stay.intake_at,
            intake: stay.intake_kind,
            ending: stay.outcome.map(ending),
            stage: stay.stage,
            changes,
        }
    }

    /// When the animal left; never before it came.
    pub(super) fn left_at(&self) -> Option<Timestamp> {
        self.ending.map(|ending| ending.at.max(self.intake_at))
    }

    /// Whether the animal was in care at an instant: taken in before, and not gone before.
    pub(super) fn is_in_care_at(&self, instant: Timestamp) -> bool {
        self.intake_at < instant && self.left_at().is_none_or(|left_at| instant <= left_at)
    }

    /// The stage right before an instant.
    pub(super) fn stage_at(&self, instant: Timestamp) -> StayStage {
        let before = self.changes.iter().rev().find(|change| change.at < instant);
        let after = || self.changes.first().map(|change| change.from);
        before.map(|change| change.to).or_else(after).unwrap_or(self.stage)
    }
}

impl StageChange {
    fn of(event: &stay_event::Model) -> Option<Self> {
        // The tables have the same words as everything else that is serialized.
        let read = |value: &str| StayStage::deserialize(IntoDeserializer::<Error>::into_deserializer(value)).ok();
        let stage = |value: &Option<String>| read(value.as_deref()?);
        let changed = event.kind == StayEventKind::StageChanged;
        let (from, to) = stage(&event.from_value)
            .zip(stage(&event.to_value))
            .filter(|_| changed)?;
        Some(Self {
            at: event.happened_at,
            from,
            to,
        })
    }
}

#[cfg(test)]
mod tests {
    use entity::id::StayId;
    use uuid::Uuid;

    use super::*;

    fn event(number: i32, kind: StayEventKind, values: (&str, &str)) -> stay_event::Model {
        stay_event::Model {
            stay_id: StayId(Uuid::nil()),
            number,
            kind,
            from_value: Some(values.0.to_owned()),
            to_value: Some(values.1.to_owned()),
            happened_at: Timestamp(i64::from(number) * 100),
            recorded_at: Timestamp(0),
            recorded_by: "server".to_owned(),
        }
    }

    #[test]
    fn the_stage_at_an_instant_follows_from_the_events() {
        let events = [
            event(1, StayEventKind::Moved, ("foster", "intake")),
            event(2, StayEventKind::StageChanged, ("hold", "foster")),
            event(3, StayEventKind::StageChanged, ("foster", "adoptable")),
        ];
        let stay = CountedStay {
            species: Species::Dog,
            birth: None,
            age_group: AgeGroup::Adult,
            intake_at: Timestamp(50),
            intake: IntakeKind::Stray,
            ending: None,
            stage: StayStage::Adoptable,
            changes: events.iter().filter_map(StageChange::of).collect(),
        };
        for (at, stage) in [
            (60, StayStage::Hold),
            (200, StayStage::Hold),
            (201, StayStage::Foster),
            (301, StayStage::Adoptable),
        ] {
            assert_eq!(stay.stage_at(Timestamp(at)), stage, "{at}");
        }
        let silent = CountedStay {
            changes: Vec::new(),
            ..stay
        };
        assert_eq!(silent.stage_at(Timestamp(60)), StayStage::Adoptable);
    }
}
