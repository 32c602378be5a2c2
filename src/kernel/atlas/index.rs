//! The index itself and what keeps it.

use entity::id::PetId;

use super::{Builder, Pin, draw::Kept, rows::Rows, sheets::Sheets, tallies::Tallies, timeline::Timeline};

/// Fewer changes than this never wear an atlas out.
const FEW_CHANGES: usize = 4_096;

/// Every open report; see the module.
#[derive(Debug, Clone, Default)]
pub struct Atlas {
    pub(super) rows: Rows,
    pub(super) sheets: Sheets,
    pub(super) tallies: Tallies,
    pub(super) timeline: Timeline,
    /// Reports that were put in or taken out since everything was laid out.
    pub(super) changes: usize,
    pub(super) kept: Kept,
}

impl Atlas {
    /// Begins an atlas that is built at once, which is many times faster than putting the reports in one by one.
    pub fn builder() -> Builder {
        Builder::default()
    }

    pub(super) fn of(rows: Rows, sheets: Sheets, tallies: Tallies, timeline: Timeline) -> Self {
        Self {
            rows,
            sheets,
            tallies,
            timeline,
            changes: 0,
            kept: Kept::default(),
        }
    }

    /// One report.
    pub fn get(&self, id: PetId) -> Option<Pin> {
        self.rows.slot_of(id).map(|slot| self.rows.pin(slot))
    }

    /// How many reports there are.
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Everything that is allocated, in bytes, within a few per cent.
    pub fn memory_bytes(&self) -> usize {
        self.rows.bytes() + self.sheets.bytes() + self.tallies.bytes() + self.timeline.bytes() + self.kept.bytes()
    }

    /// Whether so much was changed since it was built that [`Atlas::rebuilt`] pays: a quarter of it. Until then places
    /// that fell free and texts that nobody uses any more cost some memory, and scans some speed.
    pub fn is_worn(&self) -> bool {
        self.len() / 4 + FEW_CHANGES < self.changes
    }

    /// The same content, laid out anew.
    pub fn rebuilt(&self) -> Self {
        let mut builder = Self::builder();
        let taken = (0..self.rows.spots.len() as u32).filter(|slot| self.rows.is_taken(*slot));
        taken.for_each(|slot| builder.add(self.rows.pin(slot)));
        builder.finish()
    }
}
