//! The life of a report.

use entity::vocabulary::{PetKind, PetStatus};

use super::live::is_live;
use crate::kernel::{Error, FieldCode, Result};

/// Every status, in the order of a report's life.
const STATUSES: [PetStatus; 7] = [
    PetStatus::Open,
    PetStatus::Matched,
    PetStatus::Reunited,
    PetStatus::Adopted,
    PetStatus::Transferred,
    PetStatus::Closed,
    PetStatus::Expired,
];

/// Whether a report of that kind may go from one status to another. What is over stays over; only animals in a
/// shelter's care are adopted or transferred; a found one that its finder brings to a shelter is closed by that transfer.
pub fn can_become(kind: PetKind, from: PetStatus, to: PetStatus) -> bool {
    if !is_live(from) {
        return false;
    }
    match to {
        PetStatus::Open => from == PetStatus::Matched,
        PetStatus::Matched => from == PetStatus::Open,
        PetStatus::Reunited | PetStatus::Closed | PetStatus::Expired => true,
        PetStatus::Adopted | PetStatus::Transferred => kind == PetKind::Sheltered,
    }
}

/// The statuses that a report may take next, in the order of a report's life.
pub fn next_statuses(kind: PetKind, from: PetStatus) -> Vec<PetStatus> {
    STATUSES.into_iter().filter(|to| can_become(kind, from, *to)).collect()
}

/// Refuses an illegal step at that field, with the list of legal ones.
pub fn check_step(field: &'static str, kind: PetKind, from: PetStatus, to: PetStatus) -> Result<()> {
    if can_become(kind, from, to) {
        return Ok(());
    }
    let legal = next_statuses(kind, from);
    let message = if legal.is_empty() {
        format!("the report is closed ({}): make a new report of the animal", word(from))
    } else {
        let legal: Vec<_> = legal.into_iter().map(word).collect();
        format!(
            "a report that is {} cannot become {}; it can become: {}",
            word(from),
            word(to),
            legal.join(", ")
        )
    };
    Err(Error::field(field, FieldCode::NotAllowed, message))
}

/// The status as clients write it.
fn word(status: PetStatus) -> &'static str {
    match status {
        PetStatus::Open => "OPEN",
        PetStatus::Matched => "MATCHED",
        PetStatus::Reunited => "REUNITED",
        PetStatus::Adopted => "ADOPTED",
        PetStatus::Transferred => "TRANSFERRED",
        PetStatus::Closed => "CLOSED",
        PetStatus::Expired => "EXPIRED",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_open_report_of_a_shelter_may_take_every_other_status() {
        let next = next_statuses(PetKind::Sheltered, PetStatus::Open);

        assert_eq!(next, STATUSES.into_iter().skip(1).collect::<Vec<_>>());
    }

    #[test]
    fn a_lost_pet_is_neither_adopted_nor_transferred() {
        let next = next_statuses(PetKind::Lost, PetStatus::Matched);

        assert_eq!(
            next,
            [
                PetStatus::Open,
                PetStatus::Reunited,
                PetStatus::Closed,
                PetStatus::Expired
            ]
        );
    }

    #[test]
    fn what_is_over_stays_over() {
        let over = STATUSES.into_iter().filter(|status| !is_live(*status));

        for status in over {
            assert_eq!(next_statuses(PetKind::Sheltered, status), [], "{status:?}");
        }
    }

    #[test]
    fn a_refusal_lists_the_legal_steps() {
        let refused = check_step("outcome", PetKind::Found, PetStatus::Open, PetStatus::Adopted);

        let Err(Error::Invalid(faults)) = refused else {
            panic!("not refused: {refused:?}")
        };
        assert_eq!(
            faults[0].message,
            "a report that is OPEN cannot become ADOPTED; it can become: MATCHED, REUNITED, CLOSED, EXPIRED"
        );
    }
}
