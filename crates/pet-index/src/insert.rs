//! Adds and removes single reports; `change` works out the effect on clusters.

use entity::id::PetId;

use super::{
    PetIndex, Pin,
    clusters::{change::Shift, quadtree::Entry, tallies::Tally},
    reports::rows::{ColdRow, HotRow, NOBODY, NOWHERE},
};

impl PetIndex {
    /// Adds a report, or replaces the one with the same id, and returns the previous one. A new report is dropped if
    /// the index already holds 2^27.
    pub fn put(&mut self, pin: &Pin) -> Option<Pin> {
        let (hot_row, cold_row) = self.rows.packed(pin);
        let Some(slot) = self.rows.slot_of(pin.id) else {
            self.insert(hot_row, cold_row);
            return None;
        };
        let before = self.rows.pin(slot);
        let stands = *self.rows.hot_rows.at(slot);
        let stays = before.point.is_some() == pin.point.is_some() && stands.at == hot_row.at;
        if stays && before.reported_at == pin.reported_at {
            self.rewrite(slot, hot_row, cold_row);
        } else {
            self.remove_at(slot);
            self.insert(hot_row, cold_row);
        }
        Some(before)
    }

    /// Removes a report and returns it.
    pub fn remove(&mut self, id: PetId) -> Option<Pin> {
        let slot = self.rows.slot_of(id)?;
        let before = self.rows.pin(slot);
        self.remove_at(slot);
        Some(before)
    }

    fn insert(&mut self, hot_row: HotRow, cold_row: ColdRow) {
        let Some(slot) = self.rows.insert(hot_row, cold_row) else {
            return;
        };
        self.timeline.insert(slot, &self.rows.cold_rows);
        if cold_row.point().is_some() {
            Shift::of(self).arrive(Entry::new(hot_row.at, slot, NOWHERE));
        }
        self.changes += 1;
    }

    fn remove_at(&mut self, slot: u32) {
        let hot_row = *self.rows.hot_rows.at(slot);
        self.timeline.remove(slot, &self.rows.cold_rows);
        if hot_row.top() != NOWHERE {
            Shift::of(self).leave(Entry::new(hot_row.at, slot, hot_row.top()));
        }
        self.rows.vacate(slot);
        self.changes += 1;
        self.leftovers += 1;
    }

    /// Updates a report whose position is unchanged. Only the counts by kind can change in its clusters.
    fn rewrite(&mut self, slot: u32, hot_row: HotRow, cold_row: ColdRow) {
        let before = *self.rows.hot_rows.at(slot);
        let change = Tally::of(&hot_row).plus(&Tally::of(&before).negated());
        if change != Tally::NOTHING && before.top() != NOWHERE {
            self.tallies.change_all(&before, &change);
            self.carry(slot, &change);
        }
        if let Some(row) = self.rows.hot_rows.at_mut(slot) {
            row.attributes = hot_row.attributes;
        }
        self.rows.cold_rows.set(slot, cold_row);
        self.changes += 1;
        self.leftovers += 1;
    }

    /// Adds a tally to all clusters that the report belongs to without being their seed.
    pub(super) fn carry(&mut self, slot: u32, more: &Tally) {
        let (mut joins, mut more) = (*self.rows.hot_rows.at(slot), *more);
        while joins.parent != NOBODY {
            let parent = joins.parent;
            let Some(seed) = self.rows.hot_rows.at_mut(parent) else {
                return;
            };
            more = more.seen_from(&joins, seed);
            self.tallies.add(seed, joins.top().saturating_sub(1), &more);
            joins = *seed;
        }
    }

    /// Subtracts a tally from all clusters that the report belongs to without being their seed.
    pub(super) fn uncarry(&mut self, slot: u32, less: &Tally) {
        let (mut joins, mut less) = (*self.rows.hot_rows.at(slot), *less);
        while joins.parent != NOBODY {
            let parent = joins.parent;
            let Some(seed) = self.rows.hot_rows.at_mut(parent) else {
                return;
            };
            less = less.seen_from(&joins, seed);
            self.tallies.take(seed, joins.top().saturating_sub(1), &less);
            joins = *seed;
        }
    }
}
