//! Rows addressed by slot number.

/// Rows by slot. A slot without a row reads as the blank row and ignores writes, so nothing here can panic.
#[derive(Debug, Clone)]
pub struct Column<T> {
    rows: Vec<T>,
    blank: T,
}

impl<T: Copy> Column<T> {
    /// A column without rows.
    pub fn new(blank: T) -> Self {
        Self::of(Vec::new(), blank)
    }

    /// A column with these rows.
    pub fn of(rows: Vec<T>, blank: T) -> Self {
        Self { rows, blank }
    }

    /// A column with these rows and about 6 % spare capacity.
    pub fn roomy(rows: impl ExactSizeIterator<Item = T>, blank: T) -> Self {
        let mut all = Vec::with_capacity(rows.len() + rows.len() / 16);
        all.extend(rows);
        Self { rows: all, blank }
    }

    /// Replaces all rows and keeps the allocation.
    pub fn refill(&mut self, rows: impl Iterator<Item = T>) {
        self.rows.clear();
        self.rows.extend(rows);
    }

    /// The row of a slot, or the blank row.
    #[inline]
    pub fn at(&self, slot: u32) -> &T {
        self.rows.get(slot as usize).unwrap_or(&self.blank)
    }

    /// The row of a slot, mutable.
    #[inline]
    pub fn at_mut(&mut self, slot: u32) -> Option<&mut T> {
        self.rows.get_mut(slot as usize)
    }

    /// Overwrites the row of a slot, if it exists.
    #[inline]
    pub fn set(&mut self, slot: u32, row: T) {
        if let Some(place) = self.rows.get_mut(slot as usize) {
            *place = row;
        }
    }

    /// Appends a row and returns its slot.
    pub fn push(&mut self, row: T) -> u32 {
        make_room(&mut self.rows, 1);
        self.rows.push(row);
        (self.rows.len() - 1) as u32
    }

    /// Appends rows and returns the slot of the first.
    pub fn extend(&mut self, rows: impl ExactSizeIterator<Item = T>) -> u32 {
        make_room(&mut self.rows, rows.len());
        let first = self.rows.len() as u32;
        self.rows.extend(rows);
        first
    }

    /// Up to `count` rows from slot `first`, as far as they exist.
    #[inline]
    pub fn run(&self, first: u32, count: u32) -> &[T] {
        let first = first as usize;
        self.rows.get(first..first + count as usize).unwrap_or_default()
    }

    /// Up to `count` rows from slot `first`, mutable.
    #[inline]
    pub fn run_mut(&mut self, first: u32, count: u32) -> &mut [T] {
        let first = first as usize;
        self.rows.get_mut(first..first + count as usize).unwrap_or_default()
    }

    /// All rows.
    pub fn rows(&self) -> &[T] {
        &self.rows
    }

    /// Number of rows.
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Allocated memory in bytes.
    pub fn bytes(&self) -> usize {
        self.rows.capacity() * size_of::<T>()
    }
}

/// Grows by a quarter. Doubling could cost up to twice the memory; smaller steps would leave more holes behind, each too
/// small for the next.
fn make_room<T>(rows: &mut Vec<T>, more: usize) {
    if rows.capacity() < rows.len() + more {
        rows.reserve_exact(more.max(16) + rows.len() / 4);
    }
}
