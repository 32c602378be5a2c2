//! Adds and removes single reports; `change` works out the effect on clusters.

use entity::id::PetId;

use super::{
    Atlas, Pin,
    change::Shift,
    rows::{Card, NOBODY, NOWHERE, Spot},
    sheet::Entry,
    tallies::Tally,
};

impl Atlas {
    /// Adds a report, or replaces the one with the same id, and returns the previous one. A new report is dropped if
    /// the index already holds 2^27.
    pub fn put(&mut self, pin: Pin) -> Option<Pin> {
        let (spot, card) = self.rows.packed(&pin);
        let Some(slot) = self.rows.slot_of(pin.id) else {
            self.seat(spot, card);
            return None;
        };
        let before = self.rows.pin(slot);
        let stands = *self.rows.spots.at(slot);
        let stays = before.point.is_some() == pin.point.is_some() && stands.at == spot.at;
        if stays && before.reported_at == pin.reported_at {
            self.rewrite(slot, spot, card);
        } else {
            self.unseat(slot);
            self.seat(spot, card);
        }
        Some(before)
    }

    /// Removes a report and returns it.
    pub fn remove(&mut self, id: PetId) -> Option<Pin> {
        let slot = self.rows.slot_of(id)?;
        let before = self.rows.pin(slot);
        self.unseat(slot);
        Some(before)
    }

    fn seat(&mut self, spot: Spot, card: Card) {
        let Some(slot) = self.rows.insert(spot, card) else {
            return;
        };
        self.timeline.insert(slot, &self.rows.cards);
        if card.point().is_some() {
            Shift::of(self).arrive(Entry::new(spot.at, slot, NOWHERE));
        }
        self.changes += 1;
    }

    fn unseat(&mut self, slot: u32) {
        let spot = *self.rows.spots.at(slot);
        self.timeline.remove(slot, &self.rows.cards);
        if spot.top() != NOWHERE {
            Shift::of(self).leave(Entry::new(spot.at, slot, spot.top()));
        }
        self.rows.vacate(slot);
        self.changes += 1;
    }

    /// Updates a report whose position is unchanged. Only the counts by kind can change in its clusters.
    fn rewrite(&mut self, slot: u32, spot: Spot, card: Card) {
        let before = *self.rows.spots.at(slot);
        let change = Tally::of(&spot).plus(&Tally::of(&before).negated());
        if change != Tally::NOTHING && before.top() != NOWHERE {
            self.tallies.change_all(&before, &change);
            self.carry(slot, &change);
        }
        if let Some(row) = self.rows.spots.at_mut(slot) {
            row.marks = spot.marks;
        }
        self.rows.cards.set(slot, card);
        self.changes += 1;
    }

    /// Adds a tally to all clusters that the report belongs to without being their seed.
    pub(super) fn carry(&mut self, slot: u32, more: &Tally) {
        let (mut joins, mut more) = (*self.rows.spots.at(slot), *more);
        while joins.parent != NOBODY {
            let parent = joins.parent;
            let Some(seed) = self.rows.spots.at_mut(parent) else {
                return;
            };
            more = more.seen_from(&joins, seed);
            self.tallies.add(seed, joins.top().saturating_sub(1), &more);
            joins = *seed;
        }
    }

    /// Subtracts a tally from all clusters that the report belongs to without being their seed.
    pub(super) fn uncarry(&mut self, slot: u32, less: &Tally) {
        let (mut joins, mut less) = (*self.rows.spots.at(slot), *less);
        while joins.parent != NOBODY {
            let parent = joins.parent;
            let Some(seed) = self.rows.spots.at_mut(parent) else {
                return;
            };
            less = less.seen_from(&joins, seed);
            self.tallies.take(seed, joins.top().saturating_sub(1), &less);
            joins = *seed;
        }
    }
}
