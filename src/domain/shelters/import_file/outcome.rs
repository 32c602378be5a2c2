//! Whether a row is a lost, found or sheltered animal, and whether it is still there.

use entity::vocabulary::{PetKind, PetStatus};

use crate::domain::vocabulary::fold;

use super::header::{Column, Header};

/// Parts of words that tell a death; checked before everything else, so that a dead animal is never shown as waiting.
const DEATH: [&str; 14] = [
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
    "dispo req",
];

/// What the record type, the outcome and the place in the shelter say of the kind of report.
pub(super) fn kind(header: &Header, cells: &[String]) -> PetKind {
    let record_type = header.values(Column::RecordType, cells);
    let status = header.values(Column::Status, cells);
    let kennel = header.values(Column::Kennel, cells);
    let outcome = header.values(Column::Outcome, cells);
    let words = record_type.chain(status).chain(kennel).chain(outcome).map(fold);
    for word in words {
        match word.as_str() {
            "lost" | "lost exp" => return PetKind::Lost,
            "found" | "found exp" | "found anim" => return PetKind::Found,
            "adoptable" | "stray" => return PetKind::Sheltered,
            _ => {}
        }
    }
    PetKind::Sheltered
}

/// Where the animal is now. `dead` is what the species column says.
pub(super) fn status(header: &Header, cells: &[String], dead: bool) -> PetStatus {
    let columns = [Column::Outcome, Column::Status, Column::Condition, Column::IntakeType];
    let mut words = columns
        .iter()
        .flat_map(|column| header.values(*column, cells))
        .map(fold);
    let deceased = header
        .value(Column::DeceasedDate, cells)
        .is_some_and(|date| !is_blank(date));
    if dead || deceased || words.any(|word| tells_death(&word)) {
        return PetStatus::Closed;
    }
    let outcome = header.value(Column::Outcome, cells).filter(|word| !is_blank(word));
    if let Some(outcome) = outcome {
        return status_word(&fold(outcome)).unwrap_or(PetStatus::Closed);
    }
    if header
        .value(Column::OutcomeDate, cells)
        .is_some_and(|date| !is_blank(date))
    {
        return PetStatus::Closed;
    }
    let status = header.value(Column::Status, cells).map(fold);
    status.and_then(|word| status_word(&word)).unwrap_or(PetStatus::Open)
}

/// A euthanasia that an owner asks for at intake is no death yet, "disposal requested" is.
fn tells_death(word: &str) -> bool {
    let asked = word.contains("request") || word.ends_with(" req") || word.contains("intended");
    let disposal = word.starts_with("dispo");
    (disposal || !asked) && DEATH.iter().any(|part| word.contains(part)) && word != "eu risk"
}

fn is_blank(word: &str) -> bool {
    matches!(
        word.to_ascii_lowercase().as_str(),
        "" | "n/a" | "na" | "null" | "none" | "-" | "1/1/1900"
    )
}

fn status_word(word: &str) -> Option<PetStatus> {
    let holds = |parts: &[&str]| parts.iter().any(|part| word.contains(part));
    match word {
        "a" | "h" | "p" | "f" | "lost" | "found" | "stray" | "adoptable" => return Some(PetStatus::Open),
        "x" => return Some(PetStatus::Adopted),
        "rto" => return Some(PetStatus::Reunited),
        _ => {}
    }
    if word.starts_with("unavailable")
        || holds(&[
            "available",
            "pending",
            "hold",
            "foster",
            "trial",
            "reserv",
            "ready",
            "on shelter",
            "in shelter",
        ])
        || holds(&["in custody", "in care", "impounded", "unresolved", "cancelled"])
    {
        Some(PetStatus::Open)
    } else if word.starts_with("return") && word.contains("owner")
        || holds(&["reclaim", "redeem", "redempt", "reunited", "released to owner", "rto "])
    {
        Some(PetStatus::Reunited)
    } else if holds(&["adopted", "adoption", "rehomed"]) {
        Some(PetStatus::Adopted)
    } else if holds(&["transfer", "rescue", "relocat", "mutlaid", "mutual aid"]) {
        Some(PetStatus::Transferred)
    } else if holds(&["deleted", "closed", "escaped", "stolen", "released", "missing"]) || word.ends_with(" exp") {
        Some(PetStatus::Closed)
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(titles: &str, line: &str) -> (PetKind, PetStatus) {
        let cells = |text: &str| text.split(',').map(str::to_owned).collect::<Vec<_>>();
        let header = Header::read(&cells(titles)).expect("the header is complete");
        (kind(&header, &cells(line)), status(&header, &cells(line), false))
    }

    #[test]
    fn outcomes_close_a_report() {
        let outcome = |word: &str| read("id,type,outcome type", &format!("1,dog,{word}")).1;
        for (word, status) in [
            ("", PetStatus::Open),
            ("N/A", PetStatus::Open),
            ("FOSTER", PetStatus::Open),
            ("Adoption", PetStatus::Adopted),
            ("Adopted Offsite(Altered)", PetStatus::Adopted),
            ("RETURN TO OWNER", PetStatus::Reunited),
            ("RTO", PetStatus::Reunited),
            ("Euthanasia - RTO", PetStatus::Closed),
            ("DOA - Released to Owner", PetStatus::Closed),
            ("Transfer Out", PetStatus::Transferred),
            ("Return to Habitat", PetStatus::Closed),
            ("LOST EXP", PetStatus::Closed),
            ("something new", PetStatus::Closed),
        ] {
            assert_eq!(outcome(word), status, "{word}");
        }
    }

    #[test]
    fn a_status_column_keeps_a_report_open_unless_it_says_otherwise() {
        let status = |word: &str| read("id,type,status", &format!("1,dog,{word}")).1;
        assert_eq!(status("Available for adoption"), PetStatus::Open);
        assert_eq!(status("X"), PetStatus::Adopted);
        assert_eq!(status("Deceased"), PetStatus::Closed);
        assert_eq!(status("whatever"), PetStatus::Open);
    }

    #[test]
    fn record_types_tell_lost_from_found() {
        let kind = |word: &str| read("id,type,record type", &format!("1,dog,{word}")).0;
        assert_eq!(kind("LOST"), PetKind::Lost);
        assert_eq!(kind("Found"), PetKind::Found);
        assert_eq!(kind("ADOPTABLE"), PetKind::Sheltered);
        assert_eq!(kind(""), PetKind::Sheltered);
    }

    #[test]
    fn a_wish_for_euthanasia_is_no_death() {
        let titles = "id,type,intake type";
        assert_eq!(read(titles, "1,dog,Euthanasia Request").1, PetStatus::Open);
        assert_eq!(read(titles, "1,dog,DISPO REQ").1, PetStatus::Closed);
    }
}
