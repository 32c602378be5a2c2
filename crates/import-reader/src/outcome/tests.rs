use super::*;
use crate::{Circumstances, dates::Evidence, zone::Zone};

/// 2026-11-28T12:00:00Z.
const TODAY: Timestamp = Timestamp(1_795_867_200_000);

/// 2026-11-02T16:19:00Z.
const CAME_AT: Option<Timestamp> = Some(Timestamp(1_793_636_340_000));

fn read(titles: &str, line: &str) -> (PetKind, Outcome, usize) {
    let cells = |text: &str| text.split(',').map(str::to_owned).collect::<Vec<_>>();
    let (header, cells) = (
        Header::read(&cells(titles)).expect("the header is complete"),
        cells(line),
    );
    let circumstances = Circumstances {
        today: TODAY,
        zone: Zone::UTC,
        country: Some("US".to_owned()),
        order: None,
    };
    let calendar = &Evidence::new(&circumstances)
        .settle(&header, &circumstances)
        .expect("the country tells the order");
    let (header, cells) = (&header, cells.as_slice());
    let row = Cells {
        header,
        cells,
        said: &words_of(header, cells, &Meanings::new()),
        calendar,
    };
    let mut warnings = Vec::new();
    let outcome = row.outcome(false, CAME_AT, &mut warnings);
    (row.kind(), outcome, warnings.len())
}

fn status(titles: &str, line: &str) -> (PetStatus, usize) {
    let (_, outcome, warnings) = read(titles, line);
    (outcome.status, warnings)
}

#[test]
fn outcomes_close_a_report() {
    let outcome = |word: &str| status("id,type,outcome type", &format!("1,dog,{word}"));
    for (word, status) in [
        ("", PetStatus::Open),
        ("N/A", PetStatus::Open),
        ("FOSTER", PetStatus::Open),
        ("Adoption", PetStatus::Adopted),
        ("Adopted Offsite(Altered)", PetStatus::Adopted),
        ("RETURN TO OWNER", PetStatus::Reunited),
        ("RTO", PetStatus::Reunited),
        ("Euthanasia - RTO", PetStatus::Closed),
        ("Owner Requested Euthanasia", PetStatus::Closed),
        ("REQ EUTH", PetStatus::Closed),
        ("Passed Away", PetStatus::Closed),
        ("DOA - Released to Owner", PetStatus::Closed),
        ("Transfer Out", PetStatus::Transferred),
        ("Return to Habitat", PetStatus::Closed),
        ("Lost in Care", PetStatus::Closed),
        ("Service Out", PetStatus::Closed),
        ("Clinic Out", PetStatus::Closed),
        ("Bite Quarantine (Home)", PetStatus::Closed),
        ("Bite Quarantine", PetStatus::Open),
    ] {
        assert_eq!(outcome(word), (status, 0), "{word}");
    }
}

#[test]
fn codes_mean_something_only_where_their_vendor_uses_them() {
    let chameleon = |word: &str| status("animalid,animaltype,intype,indate,outtype", &format!("1,dog,,,{word}"));
    let petfinder = |word: &str| {
        status(
            "id,internal,type,animalname,primarybreed,status",
            &format!("1,,dog,,,{word}"),
        )
    };
    for word in ["SCRP", "LOST EXP", "NEUTER"] {
        assert_eq!(chameleon(word), (PetStatus::Closed, 0), "{word}");
        assert_eq!(
            status("id,type,outcome type", &format!("1,dog,{word}")),
            (PetStatus::Open, 1),
            "{word}"
        );
    }
    assert_eq!(petfinder("X"), (PetStatus::Adopted, 0));
    assert_eq!(petfinder("H"), (PetStatus::Open, 0));
    assert_eq!(status("id,type,status", "1,dog,X"), (PetStatus::Open, 1));
    assert_eq!(status("id,type,movementtype", "1,dog,1"), (PetStatus::Open, 1));
}

#[test]
fn an_animal_that_left_left_in_one_way() {
    let outcome = |titles: &str, line: &str| read(titles, line).1.outcome;
    let by_word = |word: &str| outcome("id,type,outcome type", &format!("1,dog,{word}"));
    for (word, expected) in [
        ("Euthanasia", StayOutcome::Euthanized),
        ("Owner Requested Euthanasia", StayOutcome::OwnerIntendedEuthanasia),
        ("Died", StayOutcome::Died),
        ("DOA", StayOutcome::Died),
        ("Unassisted Death - In Foster", StayOutcome::Died),
        ("Return to Field", StayOutcome::Released),
        ("Escaped", StayOutcome::LostInCare),
        ("Lost", StayOutcome::LostInCare),
        ("Service Out", StayOutcome::Other),
        ("Adopted Offsite", StayOutcome::Adopted),
        ("Transferred Out -- Pending Acceptance", StayOutcome::Transferred),
    ] {
        assert_eq!(by_word(word), Some(expected), "{word}");
    }
    assert_eq!(by_word(""), None);
    assert_eq!(
        outcome("id,type,outcome date", "1,dog,2026-11-03"),
        Some(StayOutcome::Unknown)
    );
    let asked = outcome(
        "id,type,intake type,outcome type",
        "1,dog,Euthanasia Request,Euthanasia",
    );
    assert_eq!(asked, Some(StayOutcome::OwnerIntendedEuthanasia));
    assert_eq!(
        outcome("id,type,euthanized", "1,dog,Yes"),
        Some(StayOutcome::Euthanized)
    );
    assert_eq!(outcome("id,type,isdoa", "1,dog,1"), Some(StayOutcome::Died));
}

#[test]
fn an_animal_in_care_has_a_stage() {
    let stage = |titles: &str, line: &str| read(titles, line).1.stage;
    for (word, expected) in [
        ("Available for adoption", Some(StayStage::Adoptable)),
        ("Unavailable", None),
        ("Stray Hold", Some(StayStage::Hold)),
        ("In Foster", Some(StayStage::Foster)),
        ("Medical Hold", Some(StayStage::Hold)),
        ("Under treatment", Some(StayStage::Treatment)),
        ("Awaiting evaluation", Some(StayStage::Intake)),
        ("Adopted", None),
    ] {
        assert_eq!(stage("id,type,status", &format!("1,dog,{word}")), expected, "{word}");
    }
    assert_eq!(stage("id,type,due out", "1,dog,2026-12-02"), Some(StayStage::Hold));
    assert_eq!(stage("id,type,due out", "1,dog,2026-11-02"), None);
    assert_eq!(stage("id,type,status", "1,dog,found"), None);
    assert_eq!(status("id,type,due out", "1,dog,soon"), (PetStatus::Open, 1));
}

#[test]
fn what_is_not_understood_changes_nothing_and_is_told() {
    assert_eq!(status("id,type,outcome type", "1,dog,Moonwalk"), (PetStatus::Open, 1));
    assert_eq!(status("id,type,outcome type", "1,dog,7"), (PetStatus::Open, 1));
    assert_eq!(
        status("animalcode,animalspecies,movementtype", "1,dog,77"),
        (PetStatus::Open, 1)
    );
    assert_eq!(status("id,type,status", "1,dog,whatever"), (PetStatus::Open, 1));
    assert_eq!(
        status("id,type,outcome type,outcome date", "1,dog,Moonwalk,2026-11-03"),
        (PetStatus::Closed, 1)
    );
}

#[test]
fn movements_of_asm3_are_numbers_or_words() {
    for (word, expected) in [
        ("0", PetStatus::Open),
        ("1", PetStatus::Adopted),
        ("2", PetStatus::Open),
        ("3", PetStatus::Transferred),
        ("5", PetStatus::Reunited),
        ("7", PetStatus::Closed),
        ("Reclaimed", PetStatus::Reunited),
        ("Retailer", PetStatus::Open),
    ] {
        assert_eq!(
            status("animalcode,animalspecies,movementtype", &format!("1,dog,{word}")),
            (expected, 0),
            "{word}"
        );
    }
    let titles = "id,type,movementtype,movementdate,returndate";
    assert_eq!(
        status(titles, "1,dog,Adoption,2026-10-01,2026-10-09").0,
        PetStatus::Open
    );
}

#[test]
fn a_status_column_keeps_a_report_open_unless_it_says_otherwise() {
    let status = |word: &str| status("id,type,status", &format!("1,dog,{word}")).0;
    assert_eq!(status("Available for adoption"), PetStatus::Open);
    assert_eq!(status("Deceased"), PetStatus::Closed);
    assert_eq!(status("Passed Away"), PetStatus::Closed);
}

#[test]
fn the_dead_and_the_departed_are_closed_in_whatever_column_it_stands() {
    for (title, cell) in [
        ("intake condition", "DEAD"),
        ("deceaseddate", "2026-11-03"),
        ("isdoa", "1"),
        ("animaleuthanized", "Yes"),
        ("intake type", "Dead on arrival"),
        ("intake subtype", "DIED"),
        ("outcome subtype", "DOA"),
        ("in custody", "No"),
        ("outcome date", "2026-11-03"),
    ] {
        let (_, outcome, _) = read(&format!("id,type,{title}"), &format!("1,dog,{cell}"));
        assert_eq!(
            (outcome.status, outcome.keeping),
            (PetStatus::Closed, Keeping::Shelter),
            "{title}"
        );
    }
    assert_eq!(status("id,type,deceaseddate", "1,dog,N/A").0, PetStatus::Open);
    assert_eq!(status("id,type,isdoa,in custody", "1,dog,0,Yes").0, PetStatus::Open);
}

#[test]
fn animals_of_others_are_private() {
    for (titles, cells, keeping) in [
        ("animalnonshelter", "Yes", Keeping::Private),
        ("animalnonshelter", "No", Keeping::Shelter),
        ("intake type", "Service In", Keeping::Visit),
        ("intake type", "S/N CLINIC", Keeping::Visit),
        ("intake type,outcome type", "TREATMENT,TREATMENT", Keeping::Visit),
        ("intake type,outcome type", "SPAY,DIED", Keeping::Private),
        ("intake type", "Stray", Keeping::Shelter),
    ] {
        let (_, outcome, warnings) = read(&format!("id,type,{titles}"), &format!("1,dog,{cells}"));
        assert_eq!(outcome.keeping, keeping, "{titles} {cells}");
        assert_eq!(warnings, usize::from(keeping != Keeping::Shelter), "{titles} {cells}");
    }
}

#[test]
fn an_outcome_with_a_date_that_leaves_the_animal_open_is_told() {
    for (word, expected) in [
        ("Unresolved File", (PetStatus::Open, 1)),
        ("Foster", (PetStatus::Open, 0)),
        ("Trial Adoption", (PetStatus::Open, 0)),
        ("Bite Quarantine (Home)", (PetStatus::Closed, 0)),
    ] {
        let row = format!("1,dog,{word},2026-11-03");
        assert_eq!(status("id,type,outcome type,outcome date", &row), expected, "{word}");
    }
}

#[test]
fn the_report_of_a_found_animal_is_understood() {
    let (kind, outcome, warnings) = read("id,type,status", "1,dog,FOUND");
    assert_eq!((kind, outcome.status, warnings), (PetKind::Found, PetStatus::Open, 0));
}

#[test]
fn a_transfer_to_an_adopter_is_an_adoption() {
    let titles = "id,type,outcome type,outcome subtype";
    assert_eq!(
        status(titles, "1,dog,Transfer Out,Potential Adopter").0,
        PetStatus::Adopted
    );
    assert_eq!(status(titles, "1,dog,Transfer Out,Rescue").0, PetStatus::Transferred);
}

#[test]
fn the_day_of_the_outcome_is_read() {
    let left_at = |date: &str| {
        let (_, outcome, warnings) = read("id,type,outcome type,outcome date", &format!("1,dog,Adoption,{date}"));
        (outcome.left_at.map(|left_at| left_at.to_string()), warnings)
    };
    assert_eq!(left_at("11/03/2026"), (Some("2026-11-03T00:00:00.000Z".to_owned()), 0));
    assert_eq!(left_at("2027-01-01"), (None, 1));
    // The day of the intake, and the day before.
    let intake = Some("2026-11-02T16:19:00.000Z".to_owned());
    assert_eq!(left_at("2026-11-02"), (intake.clone(), 0));
    assert_eq!(left_at("2026-11-01"), (intake, 1));
}

#[test]
fn the_latest_day_of_a_row_is_read_though_the_animal_is_still_there() {
    let titles = "id,type,outcome type,outcome date,movementdate,returndate,deceaseddate";
    let event_at = |line: &str| read(titles, line).1.event_at.map(|at| at.to_string());
    let third = Some("2026-11-03T00:00:00.000Z".to_owned());
    assert_eq!(event_at("1,dog,Foster,2026-11-03,,,"), third);
    assert_eq!(event_at("1,dog,,,2026-10-01,2026-11-03,"), third);
    assert_eq!(event_at("1,dog,Adoption,2026-10-01,,,2026-11-03"), third);
    // A future date is a mistake or a plan.
    assert_eq!(event_at("1,dog,,,2026-11-03,2026-12-24,"), third);
    assert_eq!(event_at("1,dog,Adoption,,,,"), None);
}

#[test]
fn record_types_tell_lost_from_found() {
    let kind = |word: &str| read("id,type,record type", &format!("1,dog,{word}")).0;
    assert_eq!(kind("LOST"), PetKind::Lost);
    assert_eq!(kind("Found"), PetKind::Found);
    assert_eq!(kind("ADOPTABLE"), PetKind::Sheltered);
    assert_eq!(kind(""), PetKind::Sheltered);
    let kind = |line: &str| {
        read(
            "animalid,animaltype,primarybreed,intakereason,crossing,intaketype,intakesubtype,outcometype",
            &format!("1,dog,,,,{line}"),
        )
        .0
    };
    assert_eq!(kind("STRAY,FOUND,"), PetKind::Found);
    assert_eq!(kind("STRAY,FIELD,"), PetKind::Sheltered);
}

#[test]
fn a_wish_for_euthanasia_is_no_death_and_neither_is_that_of_the_owner() {
    let titles = "id,type,intake type";
    assert_eq!(status(titles, "1,dog,Euthanasia Request").0, PetStatus::Open);
    assert_eq!(status(titles, "1,dog,Owner Deceased").0, PetStatus::Open);
    assert_eq!(status(titles, "1,dog,DISPO REQ").0, PetStatus::Closed);
    assert_eq!(
        status("id,type,intake subtype", "1,dog,Deceased Owner").0,
        PetStatus::Open
    );
}
