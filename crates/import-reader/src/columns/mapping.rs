//! What a shelter says of the columns of its files, which counts more than what their titles are known to mean.

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::{
    aliases::aliases,
    private::is_private,
    title::{key, keys},
};
use crate::formats::{self, Column};

/// A column of a file, and what it is to be taken for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MappedColumn {
    /// Its title; compared without case and punctuation.
    pub title: String,
    /// What it means; `None` if it is not to be read.
    pub meaning: Option<Column>,
}

/// The columns about which a shelter says something. Of two with one title, the first counts.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Mapping(Vec<MappedColumn>);

/// Why something cannot be said of a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MappingFault {
    /// The file has no such title.
    UnknownTitle,
    /// Another entry has the same title.
    SaidTwice,
    /// The column is private in the system that writes it, and what it was to be taken for is shown to everybody.
    Private,
}

impl Mapping {
    /// A mapping of these columns.
    pub fn new(columns: Vec<MappedColumn>) -> Self {
        Self(columns)
    }

    /// The columns.
    pub fn columns(&self) -> &[MappedColumn] {
        &self.0
    }

    /// Whether it says nothing.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The same, and what another mapping says of further columns.
    #[must_use]
    pub fn or(mut self, other: Self) -> Self {
        let further: Vec<MappedColumn> = other
            .0
            .into_iter()
            .filter(|column| self.of(&key(&column.title)).is_none())
            .collect();
        self.0.extend(further);
        self
    }

    /// What is wrong with it for a file with those titles: places of entries, and their faults.
    pub fn faults(&self, titles: &[String]) -> Vec<(usize, MappingFault)> {
        let known = keys(titles);
        let format = formats::recognise(&known);
        // A column that is read anyway for what is public is none of the private ones, whatever words its title has.
        let is_open = |title: &str| aliases(format).any(|(column, alias)| alias == title && column.is_public());
        let mut seen: Vec<String> = Vec::new();
        let mut faults = Vec::new();
        for (place, column) in self.0.iter().enumerate() {
            let title = key(&column.title);
            if title.is_empty() || !known.contains(&title) {
                faults.push((place, MappingFault::UnknownTitle));
            } else if seen.contains(&title) {
                faults.push((place, MappingFault::SaidTwice));
            } else if column.meaning.is_some_and(Column::is_public) && is_private(&title) && !is_open(&title) {
                faults.push((place, MappingFault::Private));
            }
            seen.push(title);
        }
        faults
    }

    /// Whether it says something of the title with that key.
    pub(crate) fn says_of(&self, key: &str) -> bool {
        self.of(key).is_some()
    }

    /// What it says of the title with that key.
    pub(super) fn of(&self, wanted: &str) -> Option<&MappedColumn> {
        self.0.iter().find(|column| key(&column.title) == wanted)
    }

    /// Whether it says something, and all its titles are among these keys.
    pub(super) fn fits(&self, keys: &[String]) -> bool {
        !self.is_empty() && self.0.iter().all(|column| keys.contains(&key(&column.title)))
    }
}

/// The same for all headers with the same titles, in whatever order: 32 hexadecimal digits.
pub fn header_fingerprint(titles: &[String]) -> String {
    let mut keys = keys(titles);
    keys.retain(|key| !key.is_empty());
    keys.sort_unstable();
    let digest = Sha256::digest(keys.join("\n").as_bytes());
    let number = digest
        .iter()
        .take(16)
        .fold(0_u128, |number, byte| (number << 8) | u128::from(*byte));
    format!("{number:032x}")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn titles(line: &str) -> Vec<String> {
        line.split(',').map(str::to_owned).collect()
    }

    fn said(title: &str, meaning: Option<Column>) -> MappedColumn {
        let title = title.to_owned();
        MappedColumn { title, meaning }
    }

    #[test]
    fn headers_are_the_same_whatever_the_order_and_case_of_their_titles() {
        let print = |line: &str| header_fingerprint(&titles(line));
        assert_eq!(print("Tier,Rasse,Name"), print("name,TIER, Rasse "));
        assert_ne!(print("Tier,Rasse,Name"), print("Tier,Rasse"));
        assert_eq!(print("Tier").len(), 32);
    }

    #[test]
    fn a_title_that_is_not_there_or_said_twice_is_a_fault() {
        let mapping = Mapping::new(vec![
            said("Tier", Some(Column::Species)),
            said("tier", Some(Column::Breed)),
            said("Farbe", Some(Column::Color)),
            said(" ", None),
        ]);
        assert_eq!(
            mapping.faults(&titles("Tier,Rasse")),
            [
                (1, MappingFault::SaidTwice),
                (2, MappingFault::UnknownTitle),
                (3, MappingFault::UnknownTitle)
            ]
        );
    }

    #[test]
    fn a_private_column_is_not_read_for_what_everybody_sees() {
        let header = titles("id,species,Hidden Comments,Owner Phone,Found Address");
        let faults = |title: &str, meaning| Mapping::new(vec![said(title, meaning)]).faults(&header);
        let private = [(0, MappingFault::Private)];
        assert_eq!(faults("Hidden Comments", Some(Column::Description)), private);
        assert_eq!(faults("Owner Phone", Some(Column::Name)), private);
        assert!(faults("Hidden Comments", Some(Column::Kennel)).is_empty());
        assert!(faults("Hidden Comments", None).is_empty());
    }

    #[test]
    fn a_title_that_is_read_anyway_for_what_is_public_may_be_another_public_thing() {
        let header = titles("id,species,Pickup Address");
        let mapping = Mapping::new(vec![said("Pickup Address", Some(Column::City))]);
        assert!(mapping.faults(&header).is_empty());
    }

    #[test]
    fn what_is_said_now_counts_more_than_what_was_said_before() {
        let before = Mapping::new(vec![
            said("Tier", Some(Column::Name)),
            said("Farbe", Some(Column::Color)),
        ]);
        let now = Mapping::new(vec![said("TIER", Some(Column::Species))]);
        assert_eq!(
            now.or(before).columns(),
            [said("TIER", Some(Column::Species)), said("Farbe", Some(Column::Color))]
        );
    }
}
