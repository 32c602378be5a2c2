//! Rows addressed by slot number, in pages that never move.

/// Number of rows in a page; a power of two.
const PAGE: usize = 512;

/// Like a [`Column`](super::column::Column) without runs of rows. It grows by a page instead of moving, so that a large
/// one is never in memory twice, nor leaves holes that nothing else fits.
#[derive(Debug, Clone)]
pub struct Pages<T> {
    /// All are full but the last.
    pages: Vec<Vec<T>>,
    blank: T,
}

impl<T: Copy> Pages<T> {
    /// Pages without rows.
    pub fn new(blank: T) -> Self {
        Self {
            pages: Vec::new(),
            blank,
        }
    }

    /// Pages with these rows.
    pub fn of(rows: impl Iterator<Item = T>, blank: T) -> Self {
        let mut pages = Self::new(blank);
        for row in rows {
            pages.push(row);
        }
        pages
    }

    /// The row of a slot, or the blank row.
    #[inline]
    pub fn at(&self, slot: u32) -> &T {
        let page = self.pages.get(slot as usize / PAGE);
        page.and_then(|page| page.get(slot as usize % PAGE))
            .unwrap_or(&self.blank)
    }

    /// Overwrites the row of a slot, if it exists.
    pub fn set(&mut self, slot: u32, row: T) {
        let page = self.pages.get_mut(slot as usize / PAGE);
        if let Some(place) = page.and_then(|page| page.get_mut(slot as usize % PAGE)) {
            *place = row;
        }
    }

    /// Appends a row and returns its slot.
    pub fn push(&mut self, row: T) -> u32 {
        let slot = self.len() as u32;
        match self.pages.last_mut().filter(|page| page.len() < PAGE) {
            Some(page) => page.push(row),
            None => {
                let mut page = Vec::with_capacity(PAGE);
                page.push(row);
                self.pages.push(page);
            }
        }
        slot
    }

    /// All rows.
    pub fn rows(&self) -> impl Iterator<Item = &T> {
        self.pages.iter().flatten()
    }

    /// Number of rows.
    pub fn len(&self) -> usize {
        let last = self.pages.last().map_or(PAGE, Vec::len);
        self.pages.len() * PAGE + last - PAGE
    }

    /// Allocated memory in bytes.
    pub fn bytes(&self) -> usize {
        self.pages.len() * PAGE * size_of::<T>() + self.pages.capacity() * size_of::<Vec<T>>()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_found_on_every_page() {
        let rows = 0..3 * PAGE + 7;
        let mut pages = Pages::of(rows.clone(), usize::MAX);
        assert_eq!(pages.len(), rows.len());
        assert!(pages.rows().copied().eq(rows.clone()));
        assert!((0..).zip(rows.clone()).all(|(slot, row)| *pages.at(slot) == row));
        assert_eq!(*pages.at(rows.len() as u32), usize::MAX);

        pages.set(PAGE as u32, 5);
        pages.set(rows.len() as u32, 5);
        assert_eq!((*pages.at(PAGE as u32), pages.len()), (5, rows.len()));
        assert_eq!(pages.push(9), rows.len() as u32);
        assert_eq!(Pages::new(0).len(), 0);
    }
}
