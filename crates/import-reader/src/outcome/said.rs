//! The words of a row that say what happened to its animal, and what they mean.

use pet_vocabulary::fold;

use super::words;
use crate::{
    columns::Header,
    dates::text::is_blank,
    formats::{Column, Meaning},
    memo::Memo,
};

/// Columns whose words say what happened to an animal.
const WORDY: [Column; 10] = [
    Column::Outcome,
    Column::Movement,
    Column::Status,
    Column::Kennel,
    Column::RecordType,
    Column::Custody,
    Column::OutcomeSubtype,
    Column::Condition,
    Column::IntakeType,
    Column::IntakeSubtype,
];

/// A word of a row.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Said<'a> {
    pub(super) column: Column,
    pub(super) word: &'a str,
    /// `None` if it is not understood.
    pub(super) meaning: Option<Meaning>,
}

/// What words mean, remembered, since they recur.
pub(crate) type Meanings = Memo<Column, Option<Meaning>>;

/// The words of a row, in the order of the columns: what the vendor means by them, or else what everybody does.
pub(crate) fn words_of<'a>(header: &'a Header, cells: &'a [String], known: &Meanings) -> Vec<Said<'a>> {
    let mut words = Vec::new();
    for column in WORDY {
        for word in header.values(column, cells).filter(|word| !is_blank(word)) {
            let meaning = known.recall(column, word, || {
                let word = fold(word);
                let own = header.format.meaning(column, &word);
                own.or_else(|| words::meaning(column, &word))
            });
            words.push(Said { column, word, meaning });
        }
    }
    words
}
