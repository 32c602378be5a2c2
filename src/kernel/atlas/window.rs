//! Pages of a list, by key.

use super::Glimpse;

/// Which rows of an ordered list are asked for. A key is the value that the list is ordered by with the report's id;
/// the report that it came from need not be there any more.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Window<K> {
    /// Only what comes after this place of the list.
    pub after: Option<K>,
    /// Only what comes before this place of the list.
    pub before: Option<K>,
    /// The most rows; 0 answers nothing and says nothing of more.
    pub limit: usize,
    /// The last of the rows that qualify instead of the first.
    pub backward: bool,
}

/// A part of an ordered list.
#[derive(Debug, Clone)]
pub struct Run<'a> {
    /// The rows in the order of the list, also when it was walked backward.
    pub items: Vec<Glimpse<'a>>,
    /// Whether the window holds more rows: after the last one, or, backward, before the first one.
    pub more: bool,
}

impl Run<'_> {
    pub(super) const EMPTY: Self = Self {
        items: Vec::new(),
        more: false,
    };
}
