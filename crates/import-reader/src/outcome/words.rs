//! Plain English for outcomes and stages, folded. Codes and numbers of single vendors are in `formats`.

use entity::vocabulary::{PetKind, PetStatus, StayOutcome, StayStage};

use crate::{
    formats::{Column, Meaning},
    intake::intake_word,
};

/// Parts of words for death; checked before everything else, so that a dead animal is never shown as waiting.
const DEATH: [&str; 20] = [
    "euth",
    "died",
    "dead",
    "deceas",
    "dispos",
    "doa",
    "death",
    "cremat",
    "interred",
    "destroyed",
    "stillborn",
    "fatal",
    "put to sleep",
    "put down",
    "dispo req",
    "passed away",
    "rainbow bridge",
    "expired in care",
    "carcass",
    "necropsy",
];

/// Parts of intake types for services, for which people bring their own animals and take them home again.
const SERVICES: [&str; 6] = ["service in", "clinic", "spay", "neuter", "boarding", "wellness"];

/// Words for animals that are still in the shelter.
const THERE: [&str; 16] = [
    "available",
    "pending",
    "hold",
    "foster",
    "trial",
    "reserv",
    "ready",
    "on shelter",
    "in shelter",
    "in custody",
    "in care",
    "impounded",
    "unresolved",
    "cancelled",
    "quarantine",
    "retailer",
];

/// Words for animals that left neither for a home nor for another shelter.
const GONE: [&str; 10] = [
    "deleted",
    "closed",
    "escaped",
    "stolen",
    "released",
    "missing",
    "habitat",
    "return to field",
    "returned to field",
    "not in custody",
];

/// What everybody means by a word in that column; `None` if it says nothing there or is not known.
pub(super) fn meaning(column: Column, word: &str) -> Option<Meaning> {
    let dies = || tells_death(word) && !is_wish(word);
    match column {
        Column::Outcome | Column::Movement if word == "lost" => Some(Meaning::Left(StayOutcome::LostInCare)),
        Column::Outcome | Column::Movement => outcome(word),
        Column::Status if is_wish(word) => Some(Meaning::Stays(None)),
        Column::Status => report(word).or_else(|| outcome(word)).or_else(|| care(word)),
        Column::RecordType => report(word).or_else(|| outcome(word)),
        Column::OutcomeSubtype if word == "potential adopter" => Some(Meaning::Left(StayOutcome::Adopted)),
        Column::OutcomeSubtype => outcome_word(word)
            .filter(|outcome| may_refine(*outcome))
            .map(Meaning::Left),
        Column::Condition => dies().then_some(Meaning::Left(StayOutcome::Died)),
        Column::IntakeType if is_service(word) => Some(Meaning::Visits),
        Column::IntakeType | Column::IntakeSubtype if dies() => Some(Meaning::Left(StayOutcome::Died)),
        Column::IntakeType | Column::IntakeSubtype => intake_word(word).map(Meaning::Came),
        Column::Kennel => kennel_stage(word).map(|stage| Meaning::Stays(Some(stage))),
        _ => None,
    }
}

/// Subtypes such as "field" or "released" say where or by whom, and not how an animal left.
fn may_refine(outcome: StayOutcome) -> bool {
    !matches!(outcome, StayOutcome::Released | StayOutcome::Other)
}

fn report(word: &str) -> Option<Meaning> {
    Some(match word {
        "lost" => Meaning::Reported(PetKind::Lost, PetStatus::Open),
        "found" => Meaning::Reported(PetKind::Found, PetStatus::Open),
        "stray" => Meaning::Stays(None),
        _ => return None,
    })
}

/// What is done with an animal that is there, in words that as an outcome would mean something else.
fn care(word: &str) -> Option<Meaning> {
    let holds = |parts: &[&str]| parts.iter().any(|part| word.contains(part));
    if holds(&[
        "treatment",
        "medical",
        "surgery",
        "vet care",
        "isolation",
        "rehab",
        "training",
    ]) {
        Some(Meaning::Stays(Some(StayStage::Treatment)))
    } else if holds(&["intake", "evaluat", "triage", "assess"]) {
        Some(Meaning::Stays(Some(StayStage::Intake)))
    } else if holds(&["sanctuary", "resident", "permanent"]) {
        Some(Meaning::Stays(None))
    } else {
        None
    }
}

fn outcome(word: &str) -> Option<Meaning> {
    if tells_death(word) {
        return outcome_word(word).map(Meaning::Left);
    }
    Some(match status_word(word)? {
        PetStatus::Open | PetStatus::Matched => Meaning::Stays(stage_word(word)),
        PetStatus::Adopted => Meaning::Left(StayOutcome::Adopted),
        PetStatus::Reunited => Meaning::Left(StayOutcome::ReturnedToOwner),
        PetStatus::Transferred => Meaning::Left(StayOutcome::Transferred),
        PetStatus::Closed | PetStatus::Expired => Meaning::Left(outcome_word(word).unwrap_or(StayOutcome::Other)),
    })
}

/// Whether a word means death.
fn tells_death(word: &str) -> bool {
    DEATH.iter().any(|part| word.contains(part)) || word == "pts"
}

/// Euthanasia requested by an owner at intake is no death yet, whereas "disposal requested" is; and the death of an
/// owner is not the animal's.
fn is_wish(word: &str) -> bool {
    let asked = word.contains("request") || word.ends_with(" req") || word.contains("intended");
    let owner = (word.starts_with("own") || tells_death(word) && is_about_owner(word)) && !word.contains("euth");
    asked && !word.starts_with("dispo") || owner || word == "eu risk"
}

/// Whether it is a person who died, and not the animal.
fn is_about_owner(word: &str) -> bool {
    let people = [
        "owner",
        "owners",
        "master",
        "guardian",
        "keeper",
        "caretaker",
        "caregiver",
    ];
    let said = |part: &str| people.contains(&part);
    word.split(' ').next().is_some_and(said) || word.split(' ').next_back().is_some_and(said)
}

/// Whether an intake type is a service for an owner's animal.
fn is_service(word: &str) -> bool {
    matches!(word, "service" | "treatment") || SERVICES.iter().any(|part| word.contains(part))
}

/// The status that a word for an outcome or status means; `None` if it is unknown.
fn status_word(word: &str) -> Option<PetStatus> {
    let holds = |parts: &[&str]| parts.iter().any(|part| word.contains(part));
    match word {
        "adoptable" => return Some(PetStatus::Open),
        "rto" | "claimed" => return Some(PetStatus::Reunited),
        "adopt" => return Some(PetStatus::Adopted),
        "trans" | "xfer" => return Some(PetStatus::Transferred),
        "tnr" | "rtf" | "gone" => return Some(PetStatus::Closed),
        _ if word.starts_with("claimed by") => return Some(PetStatus::Reunited),
        _ if word.starts_with("transferred out") => return Some(PetStatus::Transferred),
        // The owners keep the animal under observation at home.
        _ if word.contains("quarantine") && word.split(' ').any(|part| part == "home") => {
            return Some(PetStatus::Closed);
        }
        _ if word.starts_with("lost in ") || word.starts_with("service out") || word.starts_with("clinic out") => {
            return Some(PetStatus::Closed);
        }
        _ => {}
    }
    if word.starts_with("unavailable") || (holds(&THERE) && !word.starts_with("not in")) {
        Some(PetStatus::Open)
    } else if word.starts_with("return") && word.contains("owner")
        || holds(&[
            "returned to owner",
            "reclaim",
            "redeem",
            "redempt",
            "reunited",
            "released to owner",
            "rto ",
        ])
    {
        Some(PetStatus::Reunited)
    } else if holds(&["adopted", "adoption", "rehomed"]) {
        Some(PetStatus::Adopted)
    } else if holds(&["transfer", "rescue", "relocat", "mutlaid", "mutual aid"]) {
        Some(PetStatus::Transferred)
    } else if holds(&GONE) {
        Some(PetStatus::Closed)
    } else {
        None
    }
}

/// How an animal left, for outcomes other than a home, its owner or another shelter; `None` if the word does not say.
fn outcome_word(word: &str) -> Option<StayOutcome> {
    let holds = |parts: &[&str]| parts.iter().any(|part| word.contains(part));
    if holds(&["euth", "put to sleep", "put down", "destroyed"]) || word == "pts" {
        let asked = holds(&["request", "intended", "owner"]) || word.starts_with("req ");
        Some(match asked {
            true => StayOutcome::OwnerIntendedEuthanasia,
            false => StayOutcome::Euthanized,
        })
    } else if tells_death(word) {
        Some(StayOutcome::Died)
    } else if holds(&["escaped", "stolen", "missing"]) || word.starts_with("lost in ") {
        Some(StayOutcome::LostInCare)
    } else if holds(&["field", "habitat", "wild", "released"]) || matches!(word, "tnr" | "rtf") {
        Some(StayOutcome::Released)
    } else if matches!(status_word(word), Some(PetStatus::Closed)) {
        Some(StayOutcome::Other)
    } else {
        None
    }
}

/// What is done with an animal in care; `None` if the word does not say.
fn stage_word(word: &str) -> Option<StayStage> {
    let holds = |parts: &[&str]| parts.iter().any(|part| word.contains(part));
    if holds(&["foster", "trial"]) {
        Some(StayStage::Foster)
    } else if holds(&["hold", "quarantine", "impounded"]) {
        Some(StayStage::Hold)
    } else if holds(&["treatment", "medical"]) {
        Some(StayStage::Treatment)
    } else if !holds(&["unavailable", "not available"]) && holds(&["available", "adoptable", "ready"]) {
        Some(StayStage::Adoptable)
    } else {
        None
    }
}

/// What the name of a room says; other words in it may be anything.
fn kennel_stage(word: &str) -> Option<StayStage> {
    word.split(' ').find_map(|part| match part {
        "foster" | "fosters" | "fostered" => Some(StayStage::Foster),
        "quarantine" => Some(StayStage::Hold),
        "medical" | "isolation" | "infirmary" => Some(StayStage::Treatment),
        _ => None,
    })
}
