//! Assigns slots to reports. Each report is stored after its seed, so that at every zoom the members of a cluster are
//! contiguous.

use super::Forest;
use crate::reports::{
    column::Column,
    rows::{HotRow, NOBODY},
};

/// The slot assigned to each report.
pub struct Layout {
    /// Slots by index in the list of placed reports.
    slots: Column<u32>,
    /// The reports by slot, as numbers in the order in which they were added. Reports without a point come last.
    numbers: Vec<u32>,
}

impl Layout {
    /// Lays out the placed reports, given as a list of their numbers, followed by those without a point.
    pub fn of(forest: &Forest, placed: &[u32], unplaced: Vec<u32>) -> Self {
        let slots = slots_by_place(forest);
        let mut numbers = Column::of(vec![NOBODY; placed.len()], NOBODY);
        for (number, slot) in placed.iter().zip(slots.rows()) {
            numbers.set(*slot, *number);
        }
        let numbers = numbers.rows().iter().copied().chain(unplaced).collect();
        Self { slots, numbers }
    }

    /// The slot of the report at an index of the placed list.
    pub fn slot_of(&self, place: u32) -> u32 {
        *self.slots.at(place)
    }

    /// The number of each report, by slot.
    pub fn numbers(&self) -> &[u32] {
        &self.numbers
    }

    /// Reorders rows from numbers to slots.
    pub fn moved<T: Copy>(&self, taken_in: &Column<T>, blank: T) -> Column<T> {
        Column::roomy(self.numbers.iter().map(|number| *taken_in.at(*number)), blank)
    }

    /// Writes its seed into the row of every placed report.
    pub fn plant(&self, forest: &Forest, hot_rows: &mut Column<HotRow>) {
        let seeds = forest.tops.rows().iter().zip(forest.parents.rows());
        for ((top, parent), slot) in seeds.zip(self.slots.rows()) {
            if let Some(hot_row) = hot_rows.at_mut(*slot) {
                hot_row.set_top(*top);
                hot_row.parent = self.slot_of(*parent);
            }
        }
    }
}

/// Slots by index in the placed list. Reports that join a seed are stored after it: those that join at the finest zoom
/// first, each followed by its own members.
fn slots_by_place(forest: &Forest) -> Column<u32> {
    let count = forest.tops.len();
    let mut sizes = Column::of(vec![1_u32; count], 0);
    for report in forest.joining.iter().rev().flatten() {
        let size = *sizes.at(*report);
        if let Some(all) = sizes.at_mut(*forest.parents.at(*report)) {
            *all += size;
        }
    }

    let mut slots = Column::of(vec![NOBODY; count], NOBODY);
    let mut ends = Column::of(vec![0; count], 0);
    let mut next = 0;
    for root in &forest.roots {
        slots.set(*root, next);
        next += sizes.at(*root);
        ends.set(*root, next);
    }
    for report in forest.joining.iter().flatten() {
        let (parent, size) = (*forest.parents.at(*report), *sizes.at(*report));
        let slot = ends.at(parent).saturating_sub(size);
        ends.set(parent, slot);
        slots.set(*report, slot);
        ends.set(*report, slot + size);
    }
    slots
}
