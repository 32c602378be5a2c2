//! Where each report is stored: behind its seed, so that the members of a cluster follow each other at every zoom.

use hashbrown::HashTable;

use super::{
    super::{
        column::Column,
        rows::{Card, NOBODY, Spot},
    },
    Forest,
};

/// The slot of each report.
pub struct Layout {
    /// By the number under which it was taken in; [`NOBODY`] where another with its id came later.
    slots: Column<u32>,
    count: usize,
}

impl Layout {
    /// Lays out the placed reports, whose numbers `order` tells by priority, and the others behind them.
    pub fn of(forest: &Forest, order: &[u32], numbers: &HashTable<u32>, taken_in: usize) -> Self {
        let mut slots = Column::blank(taken_in, NOBODY);
        for (number, slot) in order.iter().zip(slots_by_priority(forest).rows()) {
            slots.set(*number, *slot);
        }
        let mut unplaced: Vec<u32> = numbers
            .iter()
            .copied()
            .filter(|number| *slots.at(*number) == NOBODY)
            .collect();
        unplaced.sort_unstable();
        for (number, slot) in unplaced.into_iter().zip(order.len() as u32..) {
            slots.set(number, slot);
        }
        let count = numbers.len();
        Self { slots, count }
    }

    /// Where the report of a number is stored.
    pub fn slot_of(&self, number: u32) -> u32 {
        *self.slots.at(number)
    }

    /// All slots in the order in which the reports were taken in.
    pub fn slots(&self) -> impl Iterator<Item = u32> {
        self.slots.rows().iter().copied().filter(|slot| *slot != NOBODY)
    }

    /// The first rows of the reports by slot, each with its seed.
    pub fn spots(&self, forest: &Forest, order: &[u32], taken_in: &Column<Spot>) -> Column<Spot> {
        let mut spots = self.moved(taken_in, Spot::BLANK);
        let seeds = order.iter().zip(&forest.tops).zip(&forest.parents);
        for ((number, top), parent) in seeds {
            let parent = order
                .get(*parent as usize)
                .map_or(NOBODY, |parent| self.slot_of(*parent));
            if let Some(spot) = spots.at_mut(self.slot_of(*number)) {
                spot.set_top(*top);
                spot.parent = parent;
            }
        }
        spots
    }

    /// The second rows of the reports by slot.
    pub fn cards(&self, taken_in: &Column<Card>) -> Column<Card> {
        self.moved(taken_in, Card::BLANK)
    }

    fn moved<T: Copy>(&self, taken_in: &Column<T>, blank: T) -> Column<T> {
        let mut rows = Column::blank(self.count, blank);
        for (row, slot) in taken_in.rows().iter().zip(self.slots.rows()) {
            rows.set(*slot, *row);
        }
        rows
    }
}

/// Slots by priority. Those who join a seed lie behind it, the ones that join it at the finest zoom first, each with
/// its own behind it.
fn slots_by_priority(forest: &Forest) -> Column<u32> {
    let mut sizes = Column::of(vec![1_u32; forest.tops.len()], 0);
    let parent_of = |report: u32| forest.parents.get(report as usize).copied().unwrap_or(NOBODY);
    for report in forest.joining.iter().rev().flatten() {
        let size = *sizes.at(*report);
        if let Some(all) = sizes.at_mut(parent_of(*report)) {
            *all += size;
        }
    }

    let mut slots = Column::blank(forest.tops.len(), NOBODY);
    let mut ends = Column::blank(forest.tops.len(), 0);
    let mut next = 0;
    for root in &forest.roots {
        slots.set(*root, next);
        next += sizes.at(*root);
        ends.set(*root, next);
    }
    for report in forest.joining.iter().flatten() {
        let (parent, size) = (parent_of(*report), *sizes.at(*report));
        let slot = ends.at(parent).saturating_sub(size);
        ends.set(parent, slot);
        slots.set(*report, slot);
        ends.set(*report, slot + size);
    }
    slots
}
