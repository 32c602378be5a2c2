//! The survey of a file before its rows are applied: counts them and decides which of them take effect.

use std::{io::Read, num::NonZeroU32};

use entity::Timestamp;
use sha2::{Digest, Sha256};

use super::{ending::Failure, reading::MOST_ROWS};
use crate::domain::{custody, pets};
use import_reader::{Calendar, Gist, ImportReader, Keeping, Mapping, zone::Zone};

/// Eight-byte digest of a shelter's own id; the chance of a collision in a file is one in a thousand million.
type IdDigest = u64;

/// Result of the survey.
pub(super) struct Plan {
    /// How to read the file's dates.
    pub(super) calendar: Calendar,
    /// The system that wrote the file.
    pub(super) format: &'static str,
    /// The system that gave the animals their ids; empty if it is not known.
    pub(super) source: &'static str,
    /// Titles of the columns that are not read.
    pub(super) ignored_columns: Vec<String>,
    /// Number of data rows.
    pub(super) total: u32,
    /// Whether any row could not be read, so that its animal is unknown.
    pub(super) has_bad_rows: bool,
    /// Numbers of the rows that are superseded by another row about the same stay, sorted.
    superseded: Box<[u32]>,
    /// Numbers of the rows about stays before the last one that the file tells of, sorted.
    past: Box<[u32]>,
    /// Digests of all animals in the file, sorted.
    animals: Box<[IdDigest]>,
}

impl Plan {
    /// Whether another row of the same file is newer for the same stay.
    pub(super) fn is_superseded(&self, row: u32) -> bool {
        self.superseded.binary_search(&row).is_ok()
    }

    /// Whether another row of the same file is about a later stay of the same animal.
    pub(super) fn is_past(&self, row: u32) -> bool {
        self.past.binary_search(&row).is_ok()
    }

    /// Whether the file lists that animal.
    pub(super) fn names(&self, external_id: &str) -> bool {
        self.animals.binary_search(&digest(external_id)).is_ok()
    }

    /// Whether the file lists no animals at all.
    pub(super) fn is_empty(&self) -> bool {
        self.animals.is_empty()
    }
}

/// The data kept for a row, in the order in which the rows of one animal are ranked.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct RowPrecedence {
    animal: IdDigest,
    /// A stay ranks above a service for an owner's animal.
    is_stay: bool,
    /// The intake or, in a file of outcomes, the outcome.
    moment: Timestamp,
    /// Seconds since 1970: half the size of a full timestamp.
    event_at: Option<NonZeroU32>,
    /// On the day of its outcome, an animal has left.
    has_left: bool,
    number: u32,
}

impl RowPrecedence {
    fn of(row: &Gist, number: u32) -> Self {
        let seconds = row.event_at.and_then(|at| u32::try_from(at.0 / 1000).ok());
        Self {
            animal: digest(&row.external_id),
            is_stay: row.keeping == Keeping::Shelter,
            moment: row.moment,
            event_at: seconds.and_then(NonZeroU32::new),
            has_left: !pets::is_live(row.status),
            number,
        }
    }

    /// Whether another row, which is ranked next, is about the same stay.
    fn is_superseded_by(&self, next: &Self, zone: Zone) -> bool {
        let is_same = custody::is_same_intake(self.moment, next.moment, zone);
        self.animal == next.animal && (is_same || self.is_stay != next.is_stay)
    }
}

/// Reads a whole file to rank its rows. Of several rows about one stay of an animal, the one with the latest event counts;
/// among equal ones, the last. Only the latest stay is the present one; services for an owner's animal do not count beside
/// a stay of it.
pub(super) fn survey<R: Read>(file: R, calendar: Calendar, mapping: &Mapping, zone: Zone) -> Result<Plan, Failure> {
    let mut reader = ImportReader::open_mapped(file, calendar.clone(), mapping)?;
    let (format, ignored_columns) = (reader.format(), reader.ignored_columns());
    let mut rows: Vec<RowPrecedence> = Vec::new();
    let (mut total, mut has_bad_rows) = (0, false);
    for (number, gist) in reader.gists() {
        total = number;
        if MOST_ROWS < total {
            return Err(Failure::TooManyRows);
        }
        match gist {
            Some(row) => rows.push(RowPrecedence::of(&row, number)),
            None => has_bad_rows = true,
        }
    }
    reader.finish()?;
    // Sorting makes the rows of one animal adjacent, in the order of their stays.
    rows.sort_unstable();
    let (mut superseded, mut counting): (Vec<u32>, Vec<RowPrecedence>) = (Vec::new(), Vec::new());
    let mut rows = rows.into_iter().peekable();
    while let Some(row) = rows.next() {
        match rows.peek() {
            Some(next) if row.is_superseded_by(next, zone) => superseded.push(row.number),
            _ => counting.push(row),
        }
    }
    let followed = counting.iter().zip(counting.iter().skip(1));
    let past = followed.filter(|(row, next)| row.animal == next.animal);
    let mut past: Vec<u32> = past.map(|(row, _)| row.number).collect();
    superseded.sort_unstable();
    past.sort_unstable();
    counting.dedup_by_key(|row| row.animal);
    Ok(Plan {
        calendar,
        format,
        source: source_of(format),
        ignored_columns,
        total,
        has_bad_rows,
        superseded: superseded.into(),
        past: past.into(),
        animals: counting.iter().map(|row| row.animal).collect(),
    })
}

/// The system that gave the ids in a file. A table of nobody's does not tell, and the ids in our own inventory are those that
/// the shelter's animals already have.
fn source_of(format: &'static str) -> &'static str {
    let is_nobodys = format.starts_with("Generic") || format == import_reader::OWN_FORMAT;
    if is_nobodys { "" } else { format }
}

fn digest(external_id: &str) -> IdDigest {
    let digest = Sha256::digest(external_id.as_bytes());
    digest
        .iter()
        .take(8)
        .fold(0, |number, byte| (number << 8) | u64::from(*byte))
}

#[cfg(test)]
mod tests {
    use super::*;
    use import_reader::Circumstances;

    const TODAY: Timestamp = Timestamp(1_795_000_000_000);

    fn survey_of(rows: &str) -> Plan {
        survey_file(&format!("Animal ID,Species,Intake Date\n{rows}"))
    }

    /// The rows of one animal that count, in any order.
    fn counting(titles: &str, rows: &[&str]) -> Vec<String> {
        let mut counting = Vec::new();
        for rows in [rows.to_vec(), rows.iter().rev().copied().collect()] {
            let plan = survey_file(&format!(
                "Animal ID,Species,Intake Date,{titles}\n{}\n",
                rows.join("\n")
            ));
            let left = (1..)
                .zip(rows)
                .filter(|(number, _)| !plan.is_superseded(*number) && !plan.is_past(*number));
            counting.extend(left.map(|(_, row)| row.to_owned()));
        }
        counting.dedup();
        counting
    }

    fn survey_file(file: &str) -> Plan {
        let circumstances = Circumstances {
            today: TODAY,
            zone: Zone::UTC,
            country: None,
            order: None,
        };
        survey(
            file.as_bytes(),
            Calendar::of(file.as_bytes(), &circumstances).unwrap(),
            &Mapping::default(),
            Zone::UTC,
        )
        .unwrap()
    }

    #[test]
    fn of_several_stays_of_one_animal_the_latest_is_the_present_one() {
        let plan = survey_of("A1,Dog,2024-05-01\nA1,Dog,2024-07-01\nA2,Cat,2024-01-01\nA1,Dog,2024-06-01\n");
        let rows = |is: &dyn Fn(u32) -> bool| (1..=4).filter(|row| is(*row)).collect::<Vec<_>>();
        assert_eq!((plan.total, rows(&|row| plan.is_superseded(row))), (4, vec![]));
        assert_eq!(rows(&|row| plan.is_past(row)), [1, 4]);
    }

    #[test]
    fn of_equal_intakes_the_last_row_counts() {
        let plan = survey_of("A1,Dog,2024-05-01\nA1,Cat,2024-05-01\n");
        assert!(plan.is_superseded(1) && !plan.is_superseded(2));
    }

    #[test]
    fn of_one_intake_the_latest_event_counts_wherever_its_row_stands() {
        let outcomes = "Outcome Type,Outcome Date";
        let adopted = "A1,Dog,2026-10-01,Adoption,2026-10-20";
        assert_eq!(
            counting(outcomes, &[adopted, "A1,Dog,2026-10-01,Foster,2026-10-10"]),
            [adopted]
        );
        assert_eq!(counting(outcomes, &[adopted, "A1,Dog,2026-10-01,,"]), [adopted]);
        assert_eq!(
            counting(outcomes, &[adopted, "A1,Dog,2026-10-01,Foster,2026-10-20"]),
            [adopted]
        );
        let dead = "A1,Dog,2026-10-01,EUTH,2026-10-20";
        assert_eq!(counting(outcomes, &["A1,Dog,2026-10-01,RTO,2026-10-09", dead]), [dead]);
        let undated = "A1,Dog,2026-10-01,Adoption,";
        assert_eq!(counting(outcomes, &[undated, "A1,Dog,2026-10-01,,"]), [undated]);

        let movements = "MOVEMENTTYPE,MOVEMENTDATE,RETURNDATE";
        let returned = "A1,Dog,2026-10-01,Adoption,2026-10-05,2026-10-19";
        assert_eq!(
            counting(movements, &[returned, "A1,Dog,2026-10-01,Foster,2026-10-10,"]),
            [returned]
        );
    }

    #[test]
    fn a_service_does_not_outweigh_a_stay() {
        let stay = "A1,Dog,2026-07-08,TRANSFER,RESCUE,2026-09-22";
        let (earlier, spayed) = ("A1,Dog,2026-07-08,STRAY,RESCUE,2026-07-08", "A1,Dog,2026-09-29,SPAY,,");
        let titles = "Intake Type,Outcome Type,Outcome Date";
        assert_eq!(counting(titles, &[earlier, stay, spayed]), [stay]);
        assert_eq!(counting(titles, &[spayed]), [spayed]);
    }

    #[test]
    fn bad_rows_are_counted_and_noticed() {
        let plan = survey_of("A1,Dog,2024-05-01\n,Dog,2024-05-01\n");
        assert_eq!(
            (plan.total, plan.has_bad_rows, plan.names("A1"), plan.names("A2")),
            (2, true, true, false)
        );
    }
}
