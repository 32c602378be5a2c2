//! Shelters' words for the kind of intake, folded.

use entity::vocabulary::IntakeKind;
use pet_vocabulary::fold;

/// The kind of intake that a shelter's word means, as people write it; [`IntakeKind::Other`] if it is not understood.
pub fn intake_kind(word: &str) -> IntakeKind {
    intake_word(&fold(word)).unwrap_or(IntakeKind::Other)
}

/// The kind of intake that is read from a file with that word and no other; [`IntakeKind::Unknown`] if it is not understood.
pub fn listed_intake_kind(word: &str) -> IntakeKind {
    intake_word(&fold(word)).unwrap_or(IntakeKind::Unknown)
}

/// The kind of intake that a word means; `None` if it is not understood.
pub(super) fn intake_word(word: &str) -> Option<IntakeKind> {
    let holds = |parts: &[&str]| parts.iter().any(|part| word.contains(part));
    if word == "unknown" {
        Some(IntakeKind::Unknown)
    } else if holds(&["euth"]) {
        Some(IntakeKind::OwnerIntendedEuthanasia)
    } else if holds(&["return"]) {
        Some(IntakeKind::Return)
    } else if holds(&["stray", "at large", "abandon", "found"]) {
        Some(IntakeKind::Stray)
    } else if holds(&["surrender", "owner sur", "relinquish", "given up", "owner turn"]) || is_from_owner(word) {
        Some(IntakeKind::OwnerSurrender)
    } else if holds(&["transfer", "rescue", "mutual aid"]) {
        Some(IntakeKind::TransferIn)
    } else if holds(&[
        "confiscat",
        "seized",
        "seizure",
        "impound",
        "police",
        "cruelty",
        "quarantine",
        "public assist",
    ]) {
        Some(IntakeKind::Seized)
    } else if holds(&["born"]) {
        Some(IntakeKind::BornInCare)
    } else if word == "other" || holds(&["wildlife", "evacuee", "disaster", "welfare", "foster"]) {
        Some(IntakeKind::Other)
    } else {
        None
    }
}

/// Whether the word names the one who had the animal, or says that they died.
fn is_from_owner(word: &str) -> bool {
    let people = ["owner", "master", "guardian"];
    let dies = ["deceased", "died", "dead", "death of"]
        .iter()
        .any(|part| word.contains(part));
    people.contains(&word) || dies && people.iter().any(|person| word.split(' ').any(|part| part == *person))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_for_the_kind_of_intake_are_understood() {
        for (word, kind) in [
            ("stray", Some(IntakeKind::Stray)),
            ("owner surrender", Some(IntakeKind::OwnerSurrender)),
            ("owner guardian surrender", Some(IntakeKind::OwnerSurrender)),
            ("relinquish", Some(IntakeKind::OwnerSurrender)),
            ("owner", Some(IntakeKind::OwnerSurrender)),
            ("deceased master", Some(IntakeKind::OwnerSurrender)),
            ("confiscate", Some(IntakeKind::Seized)),
            ("transfer in", Some(IntakeKind::TransferIn)),
            ("adoption return", Some(IntakeKind::Return)),
            ("euthanasia request", Some(IntakeKind::OwnerIntendedEuthanasia)),
            ("other", Some(IntakeKind::Other)),
            ("unknown", Some(IntakeKind::Unknown)),
            ("moonwalk", None),
        ] {
            assert_eq!(intake_word(word), kind, "{word}");
        }
    }
}
