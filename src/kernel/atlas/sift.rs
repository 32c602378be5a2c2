//! Filters compiled for the rows of the index, and scans with them.

use std::{collections::HashSet, ops::ControlFlow};

use entity::id::PetId;

use super::{
    Atlas, Glimpse, Sieve,
    area::Shape,
    ground::Zone,
    marks::{Marks, Wanted},
    rows::{Card, NOWHERE, Rows, Spot},
    words::Word,
};

/// A filter with its values converted to the form of the rows.
pub struct Sifter {
    wanted: Wanted,
    seen: (i64, i64),
    breeds: Option<Vec<Word>>,
    shelter: Option<u32>,
    shape: Option<Shape>,
    /// Slots of the only reports that can pass.
    among: Option<Vec<u32>>,
    /// No condition other than `wanted` matters.
    only_marks: bool,
}

impl Sifter {
    /// Compiles a filter. `None` if it accepts every report in these rows, for example because it lists both states
    /// that the index holds.
    pub fn of(sieve: &Sieve, rows: &Rows) -> Option<Self> {
        let (wanted, only_marks) = (Wanted::of(sieve), asks_for_marks_only(sieve));
        if only_marks && wanted.admits_all(rows.present) {
            return None;
        }
        let words = |breeds: &Vec<String>| breeds.iter().filter_map(|breed| rows.words.find(breed)).collect();
        let slots = |among: &HashSet<PetId>| among.iter().filter_map(|id| rows.slot_of(*id)).collect();
        let oldest = sieve.seen_from.map_or(i64::MIN, |from| from.0);
        let newest = sieve.seen_to.map_or(i64::MAX, |to| to.0);
        Some(Self {
            only_marks,
            wanted,
            seen: (oldest, newest),
            breeds: sieve.breeds.as_ref().map(words),
            // A shelter without reports has no number here; no report has this one.
            shelter: sieve.shelter_id.map(|id| rows.shelters.find(id).unwrap_or(u32::MAX)),
            shape: sieve.area.as_ref().map(Shape::of),
            among: sieve.among.as_ref().map(slots),
        })
    }

    /// The attribute mask, if the filter has no other conditions.
    pub fn marks_only(&self) -> Option<Wanted> {
        self.only_marks.then_some(self.wanted)
    }

    /// The zone that contains everything that passes, if the filter has an area.
    pub fn zone(&self) -> Option<&Zone> {
        self.shape.as_ref().map(Shape::zone)
    }

    /// Whether the report in a slot passes. The slot must be in use and, if the filter lists reports, belong to one of
    /// them.
    pub fn admits(&self, rows: &Rows, slot: u32) -> bool {
        self.admits_spot(rows.spots.at(slot), rows, slot)
    }

    #[inline(always)]
    fn admits_spot(&self, spot: &Spot, rows: &Rows, slot: u32) -> bool {
        self.wanted.admits(spot.marks) && (self.only_marks || self.admits_card(rows.cards.at(slot)))
    }

    fn admits_card(&self, card: &Card) -> bool {
        let has_breed =
            |breeds: &Vec<Word>| breeds.contains(&card.breed_primary) || breeds.contains(&card.breed_secondary);
        (self.seen.0 <= card.seen_at && card.seen_at <= self.seen.1)
            && self.shelter.is_none_or(|shelter| card.shelter == shelter)
            && self.breeds.as_ref().is_none_or(has_breed)
            && self
                .shape
                .as_ref()
                .is_none_or(|shape| card.point().is_some_and(|point| shape.contains(point)))
    }
}

/// Whether all conditions are on enumerated attributes.
fn asks_for_marks_only(sieve: &Sieve) -> bool {
    let is_any_time = sieve.seen_from.is_none() && sieve.seen_to.is_none();
    let is_anybody = sieve.breeds.is_none() && sieve.shelter_id.is_none() && sieve.among.is_none();
    is_any_time && is_anybody && sieve.area.is_none()
}

impl Atlas {
    /// Number of reports that pass.
    pub fn count(&self, sieve: &Sieve) -> usize {
        let Some(sifter) = Sifter::of(sieve, &self.rows) else {
            return self.len();
        };
        let mut count = 0;
        let _ = self.sift(Some(&sifter), None, |_, _| {
            count += 1;
            ControlFlow::<()>::Continue(())
        });
        count
    }

    /// Calls `visit` for every report that passes, in no particular order.
    pub fn each(&self, sieve: &Sieve, mut visit: impl FnMut(Glimpse<'_>)) {
        let sifter = Sifter::of(sieve, &self.rows);
        let _ = self.sift(sifter.as_ref(), None, |slot, _| {
            visit(Glimpse::of(&self.rows, slot));
            ControlFlow::<()>::Continue(())
        });
    }

    /// Calls `take` with the slot and row of every report that passes, in no particular order, until it breaks off.
    /// With a zone, only reports inside it are considered.
    pub(super) fn sift<B>(
        &self,
        sifter: Option<&Sifter>,
        zone: Option<&Zone>,
        take: impl FnMut(u32, &Spot) -> ControlFlow<B>,
    ) -> ControlFlow<B> {
        let rows = &self.rows;
        let passes = |slot: u32, spot: &Spot| {
            sifter.is_none_or(|sifter| sifter.admits_spot(spot, rows, slot))
                && zone.is_none_or(|zone| spot.top() != NOWHERE && zone.holds(spot.at))
        };
        if let Some(among) = sifter.and_then(|sifter| sifter.among.as_ref()) {
            let slots = among.iter().map(|slot| (*slot, rows.spots.at(*slot)));
            return offer(slots, passes, take);
        }
        match self.narrowest(zone, sifter.and_then(Sifter::zone)) {
            Some(narrowest) => self.offer_sheet(narrowest, passes, take),
            None => {
                let taken = (0..)
                    .zip(rows.spots.rows())
                    .filter(|(_, spot)| spot.marks != Marks::BLANK);
                offer(taken, passes, take)
            }
        }
    }

    fn offer_sheet<B>(
        &self,
        zone: &Zone,
        passes: impl Fn(u32, &Spot) -> bool,
        mut take: impl FnMut(u32, &Spot) -> ControlFlow<B>,
    ) -> ControlFlow<B> {
        self.sheets.all().visit(zone, |entry| {
            let spot = self.rows.spots.at(entry.slot());
            if passes(entry.slot(), spot) {
                take(entry.slot(), spot)
            } else {
                ControlFlow::Continue(())
            }
        })
    }

    /// The zone with fewer reports; `None` if scanning all rows in order is faster than using the quadtree.
    fn narrowest<'z>(&self, one: Option<&'z Zone>, other: Option<&'z Zone>) -> Option<&'z Zone> {
        let sheet = self.sheets.all();
        let weighed = [one, other].into_iter().flatten().map(|zone| (sheet.about(zone), zone));
        let (least, zone) = weighed.min_by_key(|(count, _)| *count)?;
        (least <= self.rows.spots.len() / 3).then_some(zone)
    }
}

fn offer<'a, B>(
    slots: impl Iterator<Item = (u32, &'a Spot)>,
    passes: impl Fn(u32, &Spot) -> bool,
    mut take: impl FnMut(u32, &Spot) -> ControlFlow<B>,
) -> ControlFlow<B> {
    for (slot, spot) in slots {
        if passes(slot, spot) {
            take(slot, spot)?;
        }
    }
    ControlFlow::Continue(())
}
