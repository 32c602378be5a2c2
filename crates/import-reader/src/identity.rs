//! Identifies the animal of a record, by the shelter's id or by content.

use std::{
    collections::HashSet,
    hash::{DefaultHasher, Hash, Hasher},
};

use sha2::{Digest, Sha256};

use super::{aspects::says_nothing, columns::Header, formats::Column, records::Record};

/// Digests of the animals seen so far, eight bytes each.
#[derive(Default)]
pub(super) struct Seen(HashSet<u64>);

impl Seen {
    /// Whether a record adds to an animal introduced by an earlier one, such as another vaccination: it has that
    /// animal's id and lacks what every animal needs. Also true if no column that is read has a value.
    pub(super) fn is_further_row(&mut self, header: &Header, cells: &[String]) -> bool {
        let is_silent = cells
            .iter()
            .enumerate()
            .all(|(index, cell)| cell.trim().is_empty() || !header.reads(index));
        if is_silent {
            return true;
        }
        let Some(id) = header.value(Column::ExternalId, cells) else {
            return false;
        };
        let lacks = |column| header.has(column) && header.value(column, cells).is_none();
        let mut hasher = DefaultHasher::new();
        id.hash(&mut hasher);
        let is_known = !self.0.insert(hasher.finish());
        is_known && (lacks(Column::Species) || lacks(Column::IntakeDate))
    }
}

/// An id for an animal without one in the file: computed from its chips, or else from all columns that are read.
/// Independent of the order of the columns.
pub(super) fn id_of_content(header: &Header, cells: &[String], chips: &[String]) -> String {
    let mut content: Vec<String> = match chips {
        [] => (0..header.width())
            .filter(|index| header.reads(*index))
            .filter_map(|index| {
                Some(format!(
                    "{}\0{}",
                    header.title(index)?.to_lowercase(),
                    cells.get(index)?.trim()
                ))
            })
            .filter(|cell| !cell.ends_with('\0'))
            .collect(),
        chips => chips.to_vec(),
    };
    content.sort_unstable();
    let digest = Sha256::digest(content.join("\0"));
    let hex: String = digest.iter().take(16).map(|byte| format!("{byte:02x}")).collect();
    format!("content-{hex}")
}

/// Whether an object tells no more than the ids and status of an animal, as Shelterluv does for those of other people:
/// it has no key for the species, and no value for anything else.
pub(super) fn withholds(header: &Header, record: &Record) -> bool {
    let named = [Column::ExternalId, Column::AlternativeId, Column::Status];
    let tells_more = || {
        let cells = record
            .cells
            .iter()
            .enumerate()
            .filter(|(_, cell)| !cell.trim().is_empty());
        let mut read = cells.filter(|(index, _)| header.reads(*index));
        read.any(|(index, _)| !named.iter().any(|column| header.is_of(*column, index)))
    };
    !record.absent.is_empty() && !header.tells(Column::Species, record) && !tells_more()
}

/// Maximum number of further ids that are kept.
const MOST_IDS: usize = 5;

/// Further ids of the animal, such as the number of its impound, each once and cut to 100 characters.
pub(super) fn alternative_ids(header: &Header, cells: &[String], external_id: &str) -> Vec<String> {
    let mut ids: Vec<String> = Vec::new();
    let all = header
        .values(Column::AlternativeId, cells)
        .flat_map(|cell| cell.split(", "));
    for id in all.map(str::trim).filter(|id| !says_nothing(id) && *id != external_id) {
        if ids.len() < MOST_IDS && !ids.iter().any(|known| known == id) {
            ids.push(id.chars().take(100).collect());
        }
    }
    ids
}
