//! Quadtrees of the seeds of some zooms.
//!
//! One tree of all reports would do for every zoom, but at a coarse one the few seeds lie far apart in it. A tree of the
//! seeds alone is small enough to stay in the processor's cache. Zooms without a tree of their own use that of the
//! next finer zoom and leave out what is no seed any more; together the trees hold about twice as many entries as
//! there are reports.

use super::{
    rows::NOWHERE,
    sheet::{Entry, Sheet},
};

/// The finest zooms of the trees; the first holds all placed reports.
const FINEST: [u8; 11] = [17, 14, 12, 10, 9, 8, 7, 6, 5, 4, 3];

/// The trees, that of all placed reports first.
#[derive(Debug, Clone, Default)]
pub struct Sheets {
    sheets: [Sheet; FINEST.len()],
}

impl Sheets {
    /// Lays all placed reports out at once.
    pub fn of(entries: Vec<Entry>) -> Self {
        let mut sheets = FINEST.map(|finest| {
            if finest == 17 {
                return Sheet::default();
            }
            Sheet::of(entries.iter().copied().filter(|entry| entry.top() <= finest).collect())
        });
        if let Some(all) = sheets.first_mut() {
            *all = Sheet::of(entries);
        }
        Self { sheets }
    }

    /// All placed reports.
    pub fn all(&self) -> &Sheet {
        let [all, ..] = &self.sheets;
        all
    }

    /// The smallest tree that holds all seeds of a zoom; others are in it too.
    pub fn of_zoom(&self, zoom: u8) -> &Sheet {
        let fine_enough = FINEST
            .iter()
            .zip(&self.sheets)
            .take_while(|(finest, _)| zoom <= **finest);
        fine_enough.last().map_or(self.all(), |(_, sheet)| sheet)
    }

    /// Changes the coarsest zoom at which a report is a seed; [`NOWHERE`] before is a new one, after it is taken out.
    pub fn change(&mut self, entry: Entry, top: u8) {
        let (before, after) = (entry.top(), Entry::new(entry.at, entry.slot(), top));
        for (finest, sheet) in FINEST.into_iter().zip(&mut self.sheets) {
            match (before <= finest, top <= finest) {
                (false, true) => sheet.insert(after),
                (true, false) => sheet.remove(entry),
                (true, true) => sheet.retag(entry, top),
                (false, false) => break,
            }
        }
        debug_assert!(before != NOWHERE || top != NOWHERE);
    }

    /// What is allocated.
    pub fn bytes(&self) -> usize {
        self.sheets.iter().map(Sheet::bytes).sum()
    }
}
