//! Shelters' words for outcomes, folded.

use entity::vocabulary::{PetStatus, StayOutcome, StayStage};

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

/// Whether a word means death.
pub(super) fn tells_death(word: &str) -> bool {
    DEATH.iter().any(|part| word.contains(part)) || word == "pts"
}

/// Euthanasia requested by an owner at intake is no death yet, whereas "disposal requested" is; and the death of an
/// owner is not the animal's.
pub(super) fn is_wish(word: &str) -> bool {
    let asked = word.contains("request") || word.ends_with(" req") || word.contains("intended");
    let owner =
        (word.starts_with("own") || word.ends_with("of owner") || word == "deceased owner") && !word.contains("euth");
    asked && !word.starts_with("dispo") || owner || word == "eu risk"
}

/// Whether an intake type is a service for an owner's animal.
pub(super) fn is_service(word: &str) -> bool {
    matches!(word, "service" | "treatment") || SERVICES.iter().any(|part| word.contains(part))
}

/// ASM3's movement numbers.
pub(super) fn movement_number(word: &str) -> Option<PetStatus> {
    Some(match word.parse().ok()? {
        // None, foster, retailer, reservation and its cancellation, trial adoption, permanent foster.
        0 | 2 | 8..=12 => PetStatus::Open,
        1 => PetStatus::Adopted,
        3 => PetStatus::Transferred,
        5 => PetStatus::Reunited,
        // Escaped, stolen, released to the wild, returned after neutering.
        4 | 6 | 7 | 13 => PetStatus::Closed,
        _ => return None,
    })
}

/// Whether an outcome is known to be temporary.
pub(super) fn is_for_a_while(word: &str) -> bool {
    word == "f" || word.contains("foster") || word.contains("trial")
}

/// The status that a word for an outcome or status means; `None` if it is unknown.
pub(super) fn status_word(word: &str) -> Option<PetStatus> {
    let holds = |parts: &[&str]| parts.iter().any(|part| word.contains(part));
    match word {
        "a" | "h" | "p" | "f" | "lost" | "found" | "found anim" | "stray" | "adoptable" => {
            return Some(PetStatus::Open);
        }
        "x" => return Some(PetStatus::Adopted),
        "rto" => return Some(PetStatus::Reunited),
        "rtf" | "tnr" | "snr" | "scrp" | "gone" => return Some(PetStatus::Closed),
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
        || holds(&["reclaim", "redeem", "redempt", "reunited", "released to owner", "rto "])
    {
        Some(PetStatus::Reunited)
    } else if holds(&["adopted", "adoption", "rehomed"]) {
        Some(PetStatus::Adopted)
    } else if holds(&["transfer", "rescue", "relocat", "mutlaid", "mutual aid"]) {
        Some(PetStatus::Transferred)
    } else if holds(&GONE) || word.ends_with(" exp") || tells_death(word) {
        Some(PetStatus::Closed)
    } else {
        None
    }
}

/// How an animal left, for outcomes other than a home, its owner or another shelter; `None` if the word does not say.
pub(super) fn outcome_word(word: &str) -> Option<StayOutcome> {
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
    } else if holds(&["field", "habitat", "wild", "released"]) || matches!(word, "rtf" | "tnr" | "snr" | "scrp") {
        Some(StayOutcome::Released)
    } else if matches!(status_word(word), Some(PetStatus::Closed)) {
        Some(StayOutcome::Other)
    } else {
        None
    }
}

/// What is done with an animal in care; `None` if the word does not say.
pub(super) fn stage_word(word: &str) -> Option<StayStage> {
    let holds = |parts: &[&str]| parts.iter().any(|part| word.contains(part));
    if holds(&["foster"]) {
        Some(StayStage::Foster)
    } else if holds(&["hold", "quarantine", "impounded"]) || word == "h" {
        Some(StayStage::Hold)
    } else if holds(&["treatment", "medical"]) {
        Some(StayStage::Treatment)
    } else if !holds(&["unavailable", "not available"]) && holds(&["available", "adoptable", "ready"]) || word == "a" {
        Some(StayStage::Adoptable)
    } else {
        None
    }
}
