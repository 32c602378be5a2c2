//! Rows of the tables, with nothing in them that a test does not set.

use entity::{
    ColorSet, Timestamp,
    id::{ShelterAnimalId, ShelterId, StayId},
    shelter_animal, stay,
    vocabulary::{AgeGroup, Altered, CoatLength, CoatPattern, IntakeKind, PetSize, Sex, Species, StayStage},
};
use shelter_exports::inventory::{FoundAt, Listed, ListedStay};
use uuid::Uuid;

/// 2026-11-30T12:00:00Z.
pub(crate) const TODAY: Timestamp = Timestamp(1_796_040_000_000);
pub(crate) const SECOND: i64 = 1000;
pub(crate) const DAY: i64 = 24 * 60 * 60 * SECOND;

pub(crate) fn animal(external_id: &str) -> shelter_animal::Model {
    shelter_animal::Model {
        id: ShelterAnimalId(Uuid::from_u128(1)),
        shelter_id: ShelterId(Uuid::from_u128(2)),
        source: "Shelterluv".to_owned(),
        external_id: Some(external_id.to_owned()),
        species: Species::Dog,
        name: Some("Sweetie".to_owned()),
        description: None,
        breed_primary: None,
        breed_secondary: None,
        breed_mixed: false,
        breed_raw: None,
        sex: Sex::Unknown,
        altered: Altered::Unknown,
        size: PetSize::Unknown,
        age_group: AgeGroup::Unknown,
        birth_date: None,
        coat: CoatLength::Unknown,
        colors: ColorSet::default(),
        color_raw: None,
        pattern: CoatPattern::Unknown,
        markings: None,
        collar: None,
        weight_grams: None,
        microchipped: None,
        microchip: None,
        second_microchip: None,
        microchip_raw: None,
        original_text: None,
        import_hash: None,
        import_id: None,
        created_at: TODAY,
        updated_at: TODAY,
        version: 1,
    }
}

pub(crate) fn stay(days_ago: i64) -> stay::Model {
    stay::Model {
        id: StayId(Uuid::from_u128(3)),
        animal_id: ShelterAnimalId(Uuid::from_u128(1)),
        shelter_id: ShelterId(Uuid::from_u128(2)),
        intake_at: Timestamp(TODAY.0 - days_ago * DAY),
        listed_intake_at: None,
        intake_kind: IntakeKind::Stray,
        intake_type: None,
        stage: StayStage::Intake,
        kennel: Some("Treatment 4".to_owned()),
        outcome: None,
        outcome_at: None,
        pet_id: None,
        import_id: None,
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
        created_at: TODAY,
        updated_at: TODAY,
        version: 1,
    }
}

pub(crate) fn listed<'a>(animal: &'a shelter_animal::Model, stays: &'a [ListedStay<'a>]) -> Listed<'a> {
    Listed {
        animal,
        stays,
        report: None,
        photo_urls: &[],
    }
}

pub(crate) fn listed_stay(stay: &stay::Model) -> ListedStay<'_> {
    ListedStay {
        stay,
        found_at: FoundAt::default(),
    }
}
