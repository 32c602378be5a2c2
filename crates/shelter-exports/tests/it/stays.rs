//! Stays, reports and places.

use entity::{
    Timestamp, shelter_animal, stay,
    vocabulary::{IntakeKind, PetKind, PetStatus, StayOutcome, StayStage},
};
use import_reader::Aspect;
use shelter_exports::inventory::{FoundAt, Listed, ListedReport, ListedStay, Places};

use crate::{
    reading::{assert_same, assert_same_stay, file, file_without_chips, read, read_one, rows},
    rows::{DAY, TODAY, animal, listed, listed_stay, stay},
};

const OUTCOMES: [StayOutcome; 10] = [
    StayOutcome::Adopted,
    StayOutcome::ReturnedToOwner,
    StayOutcome::Transferred,
    StayOutcome::Released,
    StayOutcome::LostInCare,
    StayOutcome::Died,
    StayOutcome::Euthanized,
    StayOutcome::OwnerIntendedEuthanasia,
    StayOutcome::Other,
    StayOutcome::Unknown,
];
const INTAKES: [IntakeKind; 9] = [
    IntakeKind::Stray,
    IntakeKind::OwnerSurrender,
    IntakeKind::OwnerIntendedEuthanasia,
    IntakeKind::TransferIn,
    IntakeKind::Seized,
    IntakeKind::Return,
    IntakeKind::BornInCare,
    IntakeKind::Other,
    IntakeKind::Unknown,
];
const STAGES: [StayStage; 5] = [
    StayStage::Intake,
    StayStage::Hold,
    StayStage::Treatment,
    StayStage::Foster,
    StayStage::Adoptable,
];

#[test]
fn every_intake_outcome_and_stage_comes_back() {
    for intake in INTAKES {
        for outcome in OUTCOMES.map(Some).into_iter().chain([None]) {
            for stage in STAGES {
                let stay = stay::Model {
                    intake_kind: intake,
                    stage,
                    outcome,
                    outcome_at: outcome.map(|_| Timestamp(TODAY.0 - 2 * DAY + 999)),
                    ..stay(9)
                };
                let animal = animal("A1");
                assert_same_stay(&read_one(&animal, &stay), &stay);
            }
        }
    }
}

#[test]
fn every_stay_of_an_animal_has_a_row() {
    let first = stay::Model {
        outcome: Some(StayOutcome::Adopted),
        outcome_at: Some(Timestamp(TODAY.0 - 60 * DAY)),
        ..stay(70)
    };
    let second = stay::Model {
        intake_kind: IntakeKind::Return,
        ..stay(5)
    };
    let animal = animal("007");

    let read = read(&[listed(&animal, &[listed_stay(&first), listed_stay(&second)])]);

    assert_eq!(read.len(), 2);
    for (read, stay) in read.iter().zip([&first, &second]) {
        assert_same(read, &animal);
        assert_same_stay(read, stay);
    }
}

#[test]
fn the_hour_that_occurs_twice_keeps_its_times() {
    // 2026-11-01, a quarter past one in Texas, before and after the clocks went back.
    let times = [1_793_513_700_000, 1_793_517_300_000].map(Timestamp);
    for at in times {
        let stay = stay::Model {
            intake_at: at,
            ..stay(0)
        };
        assert_eq!(read_one(&animal("A1"), &stay).seen_at, at);
    }
}

#[test]
fn the_word_of_the_shelter_is_kept_if_it_means_what_is_stored() {
    for (word, kind, kept) in [
        ("Owner/Guardian Surrender", IntakeKind::OwnerSurrender, true),
        ("Moonwalk", IntakeKind::Unknown, true),
        ("Moonwalk", IntakeKind::Stray, false),
        ("Moonwalk", IntakeKind::Other, false),
        ("Wildlife", IntakeKind::Other, true),
        ("Confiscate", IntakeKind::Stray, false),
    ] {
        let stay = stay::Model {
            intake_kind: kind,
            intake_type: Some(word.to_owned()),
            ..stay(9)
        };
        let read = read_one(&animal("A1"), &stay);
        assert_eq!(read.intake_kind, kind, "{word}");
        assert_eq!(read.intake_type.as_deref() == Some(word), kept, "{word}");
    }
}

#[test]
fn animals_that_the_shelter_does_not_have_are_reports() {
    let animal = animal("A1");
    for kind in [PetKind::Lost, PetKind::Found] {
        let report = ListedReport {
            kind,
            seen_at: Timestamp(TODAY.0 - DAY),
            found_at: FoundAt::default(),
        };
        let reported = Listed {
            report: Some(report),
            ..listed(&animal, &[])
        };
        let read = read(&[reported]).remove(0);
        assert_eq!((read.kind, read.seen_at), (kind, report.seen_at));
        assert_eq!((read.status, read.outcome), (PetStatus::Open, None));
    }
}

#[test]
fn an_animal_without_any_date_is_refused_by_the_reader() {
    let animal = animal("A1");
    let rows = rows(&file(Places::Omitted, &[listed(&animal, &[])]));
    let errors = rows.iter().filter_map(|row| row.result.as_ref().err()).flatten();
    let titles: Vec<Option<&str>> = errors.map(|error| error.column.as_deref()).collect();
    assert_eq!(titles, [Some("Intake Date")]);
}

#[test]
fn chips_are_told_only_if_the_reader_may_see_them() {
    let animal = shelter_animal::Model {
        microchipped: Some(true),
        microchip: Some("985112003456789".to_owned()),
        ..animal("A1")
    };
    let stay = stay(9);

    let file = file_without_chips(&[listed(&animal, &[listed_stay(&stay)])]);

    let content = String::from_utf8(file.clone()).expect("the file is UTF-8");
    assert!(!content.contains("985") && !content.contains("Microchip"));
    let read = rows(&file).remove(0).result.expect("the row is right");
    assert!(read.silent.contains(&Aspect::Microchip));
}

#[test]
fn places_are_told_only_if_the_reader_may_see_them() {
    let (animal, stay) = (animal("A1"), stay(9));
    let found_at = FoundAt {
        address: Some("Barton Springs, Austin"),
        postal_code: Some("78704"),
        point: Some((30.264_012_345_678_9, -97.771_012_345_678_9)),
    };
    let stays = [ListedStay { stay: &stay, found_at }];

    let shown = rows(&file(Places::Told, &[listed(&animal, &stays)])).remove(0);
    let left = file(Places::Omitted, &[listed(&animal, &stays)]);

    let shown = shown.result.expect("the row is right");
    assert_eq!(shown.found_place.as_deref(), found_at.address);
    assert_eq!(shown.postal_code.as_deref(), found_at.postal_code);
    assert_eq!(shown.point, found_at.point);
    let content = String::from_utf8(left.clone()).expect("the file is UTF-8");
    assert!(!content.contains("97.77") && !content.contains("Barton") && !content.contains("78704"));
    let left = rows(&left).remove(0).result.expect("the row is right");
    assert!(left.silent.contains(&Aspect::Place));
}
