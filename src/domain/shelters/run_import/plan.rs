//! The first reading of a file: how many rows, and which of them count.

use std::{
    collections::{HashMap, HashSet, hash_map::Entry},
    io::Read,
};

use entity::Timestamp;
use sha2::{Digest, Sha256};

use super::ending::Failure;
use crate::domain::shelters::import_file::{Calendar, ImportReader, ImportedAnimal};

/// Most rows of one file: keeps what is remembered of a file in the first reading under 20 MB.
pub(super) const MOST_ROWS: u32 = 200_000;

/// Stands for a shelter's own id in sixteen bytes; the chance that two of a file are alike is nil.
pub(super) type IdDigest = u128;

/// What the first reading found out.
pub(super) struct Plan {
    /// How its dates are read.
    pub(super) calendar: Calendar,
    /// Which system wrote the file.
    pub(super) format: &'static str,
    /// Titles of the columns that are not read.
    pub(super) ignored_columns: Vec<String>,
    /// Rows of data.
    pub(super) total: u32,
    /// Whether any row could not be read, so that it is not known which animal it names.
    pub(super) has_bad_rows: bool,
    /// Numbers of the rows whose animal has a later row.
    superseded: HashSet<u32>,
    /// Every animal of the file.
    animals: HashSet<IdDigest>,
}

impl Plan {
    /// Whether another row of the same file says something newer of the same animal.
    pub(super) fn is_superseded(&self, row: u32) -> bool {
        self.superseded.contains(&row)
    }

    /// Whether the file names that animal.
    pub(super) fn names(&self, external_id: &str) -> bool {
        self.animals.contains(&digest(external_id))
    }

    /// Whether the file names no animal at all.
    pub(super) fn is_empty(&self) -> bool {
        self.animals.is_empty()
    }
}

/// Reads a whole file once more for its rows. Of several rows of one animal the one with the latest intake counts, and of equal ones the last.
pub(super) fn survey<R: Read>(file: R, calendar: Calendar) -> Result<Plan, Failure> {
    let mut reader = ImportReader::open(file, calendar.clone())?;
    let (format, ignored_columns) = (reader.format(), reader.ignored_columns());
    let mut latest: HashMap<IdDigest, (Timestamp, u32)> = HashMap::new();
    let mut superseded = HashSet::new();
    let (mut total, mut has_bad_rows) = (0, false);
    for row in reader.by_ref() {
        total = row.number;
        if MOST_ROWS < total {
            return Err(Failure::TooManyRows);
        }
        match row.result {
            Ok(animal) => superseded.extend(outdated(&mut latest, &animal, row.number)),
            Err(_) => has_bad_rows = true,
        }
    }
    reader.finish()?;
    Ok(Plan {
        calendar,
        format,
        ignored_columns,
        total,
        has_bad_rows,
        superseded,
        animals: latest.into_keys().collect(),
    })
}

/// Remembers a row; returns the row that does not count because of it, which may be this one.
fn outdated(latest: &mut HashMap<IdDigest, (Timestamp, u32)>, animal: &ImportedAnimal, number: u32) -> Option<u32> {
    match latest.entry(digest(&animal.external_id)) {
        Entry::Vacant(first) => {
            first.insert((animal.seen_at, number));
            None
        }
        Entry::Occupied(known) if animal.seen_at < known.get().0 => Some(number),
        Entry::Occupied(mut known) => Some(known.insert((animal.seen_at, number)).1),
    }
}

fn digest(external_id: &str) -> IdDigest {
    let digest = Sha256::digest(external_id.as_bytes());
    digest
        .iter()
        .take(16)
        .fold(0, |number, byte| (number << 8) | u128::from(*byte))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{domain::shelters::import_file::Circumstances, kernel::zone::Zone};

    const TODAY: Timestamp = Timestamp(1_795_000_000_000);

    fn survey_of(rows: &str) -> Plan {
        let file = format!("Animal ID,Species,Intake Date\n{rows}");
        let circumstances = Circumstances {
            today: TODAY,
            zone: Zone::UTC,
            country: None,
            order: None,
        };
        survey(file.as_bytes(), Calendar::of(file.as_bytes(), &circumstances).unwrap()).unwrap()
    }

    #[test]
    fn of_several_rows_of_one_animal_the_latest_intake_counts() {
        let plan = survey_of("A1,Dog,2024-05-01\nA1,Dog,2024-07-01\nA2,Cat,2024-01-01\nA1,Dog,2024-06-01\n");
        let outdated: Vec<u32> = (1..=4).filter(|row| plan.is_superseded(*row)).collect();
        assert_eq!((plan.total, outdated), (4, vec![1, 4]));
    }

    #[test]
    fn of_equal_intakes_the_last_row_counts() {
        let plan = survey_of("A1,Dog,2024-05-01\nA1,Cat,2024-05-01\n");
        assert!(plan.is_superseded(1) && !plan.is_superseded(2));
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
