//! A sieve made ready for the rows of an atlas, and what passes it.

use std::{collections::HashSet, ops::ControlFlow};

use entity::id::PetId;

use super::{
    Atlas, Glimpse, Sieve,
    area::Shape,
    ground::Zone,
    marks::Wanted,
    rows::{Card, NOWHERE, Rows},
    words::Word,
};

/// A sieve with its values as the rows hold them.
pub struct Sifter<'a> {
    wanted: Wanted,
    seen: (i64, i64),
    breeds: Option<Vec<Word>>,
    shelter: Option<u32>,
    shape: Option<Shape<'a>>,
    among: Option<&'a HashSet<PetId>>,
}

impl<'a> Sifter<'a> {
    /// Makes a sieve ready; nothing where it lets everything pass.
    pub fn of(sieve: &'a Sieve, rows: &Rows) -> Option<Self> {
        if *sieve == Sieve::default() {
            return None;
        }
        let words = |breeds: &Vec<String>| breeds.iter().filter_map(|breed| rows.words.find(breed)).collect();
        let oldest = sieve.seen_from.map_or(i64::MIN, |from| from.0);
        let newest = sieve.seen_to.map_or(i64::MAX, |to| to.0);
        Some(Self {
            wanted: Wanted::of(sieve),
            seen: (oldest, newest),
            breeds: sieve.breeds.as_ref().map(words),
            // A shelter that no report names has no number; none has this one.
            shelter: sieve.shelter_id.map(|id| rows.shelters.find(id).unwrap_or(u32::MAX)),
            shape: sieve.area.as_ref().map(Shape::of),
            among: sieve.among.as_ref(),
        })
    }

    /// Where everything that passes lies, if the sieve has an area.
    pub fn zone(&self) -> Option<&Zone> {
        self.shape.as_ref().map(Shape::zone)
    }

    /// The only reports that can pass, if the sieve names them.
    pub fn among(&self) -> Option<&'a HashSet<PetId>> {
        self.among
    }

    /// Whether the report of a taken slot passes.
    #[inline]
    pub fn admits(&self, rows: &Rows, slot: u32) -> bool {
        self.wanted.admits(rows.spots.at(slot).marks) && self.admits_card(rows.cards.at(slot))
    }

    #[inline]
    fn admits_card(&self, card: &Card) -> bool {
        let has_breed =
            |breeds: &Vec<Word>| breeds.contains(&card.breed_primary) || breeds.contains(&card.breed_secondary);
        (self.seen == (i64::MIN, i64::MAX) || (self.seen.0 <= card.seen_at && card.seen_at <= self.seen.1))
            && self.shelter.is_none_or(|shelter| card.shelter == shelter)
            && self.breeds.as_ref().is_none_or(has_breed)
            && self.among.is_none_or(|among| among.contains(&card.id))
            && self
                .shape
                .as_ref()
                .is_none_or(|shape| card.point().is_some_and(|point| shape.contains(point)))
    }
}

impl Atlas {
    /// How many reports pass.
    pub fn count(&self, sieve: &Sieve) -> usize {
        let Some(sifter) = Sifter::of(sieve, &self.rows) else {
            return self.len();
        };
        let mut count = 0;
        let _ = self.sift(Some(&sifter), None, |_| {
            count += 1;
            ControlFlow::<()>::Continue(())
        });
        count
    }

    /// Shows every report that passes, in no order.
    pub fn each(&self, sieve: &Sieve, mut visit: impl FnMut(Glimpse<'_>)) {
        let sifter = Sifter::of(sieve, &self.rows);
        let _ = self.sift(sifter.as_ref(), None, |slot| {
            visit(Glimpse::of(&self.rows, slot));
            ControlFlow::<()>::Continue(())
        });
    }

    /// Shows the slots of what passes, in no order, until `take` breaks off; with a zone only what lies in it.
    pub(super) fn sift<B>(
        &self,
        sifter: Option<&Sifter<'_>>,
        zone: Option<&Zone>,
        mut take: impl FnMut(u32) -> ControlFlow<B>,
    ) -> ControlFlow<B> {
        let passes = |slot: u32| sifter.is_none_or(|sifter| sifter.admits(&self.rows, slot));
        let lies_in = |slot: u32| {
            let spot = self.rows.spots.at(slot);
            zone.is_none_or(|zone| spot.top() != NOWHERE && zone.holds(spot.at))
        };
        if let Some(among) = sifter.and_then(Sifter::among) {
            let slots = among.iter().filter_map(|id| self.rows.slot_of(*id));
            return slots.filter(|slot| lies_in(*slot) && passes(*slot)).try_for_each(take);
        }
        let narrowest = self.narrowest(zone, sifter.and_then(Sifter::zone));
        match narrowest {
            Some(narrowest) => self.sheets.all().visit(narrowest, |entry| {
                let slot = entry.slot();
                if lies_in(slot) && passes(slot) {
                    take(slot)
                } else {
                    ControlFlow::Continue(())
                }
            }),
            None => {
                let slots = 0..self.rows.spots.len() as u32;
                let mut taken = slots.filter(|slot| self.rows.is_taken(*slot) && lies_in(*slot) && passes(*slot));
                taken.try_for_each(take)
            }
        }
    }

    /// The zone that holds fewer reports; none where going through all rows in their order is faster than through the
    /// sheet.
    fn narrowest<'z>(&self, one: Option<&'z Zone>, other: Option<&'z Zone>) -> Option<&'z Zone> {
        let sheet = self.sheets.all();
        let weighed = [one, other].into_iter().flatten().map(|zone| (sheet.about(zone), zone));
        let (least, zone) = weighed.min_by_key(|(count, _)| *count)?;
        (least <= self.rows.spots.len() / 3).then_some(zone)
    }
}
