//! Keyset pagination of lists.

use crate::PinRef;

/// The requested rows of an ordered list. A key is the value that the list is ordered by, plus the report's id; the
/// report that it came from may be gone.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Window<K> {
    /// Only rows after this key.
    pub after: Option<K>,
    /// Only rows before this key.
    pub before: Option<K>,
    /// Maximum number of rows. With 0 the answer is empty, and `more` is false.
    pub limit: usize,
    /// The last of the matching rows instead of the first.
    pub backward: bool,
}

/// A page of an ordered list.
#[derive(Debug, Clone)]
pub struct Run<'a> {
    /// The rows in list order, even if paged backward.
    pub items: Vec<PinRef<'a>>,
    /// Whether the window holds more rows: after the last one, or, when paging backward, before the first one.
    pub more: bool,
}

impl Run<'_> {
    pub(crate) const EMPTY: Self = Self {
        items: Vec::new(),
        more: false,
    };
}
