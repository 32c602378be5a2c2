//! Parts of statements that several features write.

use std::{iter::from_fn, mem};

use sea_orm::sea_query::LikeExpr;

/// Maximum number of rows per INSERT. Every statement has a power of two of them, so there are only seven different ones,
/// and the database prepares each once.
const INSERTED_AT_ONCE: usize = 64;

/// The rows in their order, as many at a time as one INSERT takes.
pub fn inserts_of<T>(mut rows: Vec<T>) -> impl Iterator<Item = Vec<T>> {
    from_fn(move || {
        let largest_power = rows.len().checked_ilog2()?;
        let rest = rows.split_off(INSERTED_AT_ONCE.min(1 << largest_power));
        Some(mem::replace(&mut rows, rest))
    })
}

/// The pattern of texts in lower case that have this word anywhere in them, whatever signs it has.
pub fn containing(word: &str) -> LikeExpr {
    let mut pattern = String::from("%");
    for letter in word.to_lowercase().chars() {
        if matches!(letter, '%' | '_' | '\\') {
            pattern.push('\\');
        }
        pattern.push(letter);
    }
    pattern.push('%');
    LikeExpr::new(pattern).escape('\\')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_is_in_one_insert_and_each_has_a_power_of_two_of_them() {
        let inserts: Vec<Vec<usize>> = inserts_of((0..135).collect()).collect();

        let sizes: Vec<usize> = inserts.iter().map(Vec::len).collect();
        assert_eq!(sizes, [64, 64, 4, 2, 1]);
        assert_eq!(inserts.concat(), (0..135).collect::<Vec<usize>>());
        assert_eq!(inserts_of(Vec::<usize>::new()).count(), 0);
    }
}
