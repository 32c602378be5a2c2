//! Filters compiled for the rows of the index, and scans with them.

use std::{collections::HashSet, ops::ControlFlow};

use entity::id::PetId;

use super::{IndexFilter, area::Shape};
use crate::{
    PetIndex, PinRef,
    projection::Zone,
    reports::{
        attributes::{AttributeMask, PackedAttributes},
        rows::{ColdRow, HotRow, NOWHERE, Rows},
        words::Word,
    },
};

/// A filter with its values converted to the form of the rows.
pub struct CompiledFilter {
    mask: AttributeMask,
    seen: (i64, i64),
    breeds: Option<Vec<Word>>,
    shelter: Option<u32>,
    shape: Option<Shape>,
    /// Slots of the only reports that can pass.
    among: Option<Vec<u32>>,
    /// No condition other than `mask` matters.
    only_attributes: bool,
}

impl CompiledFilter {
    /// Compiles a filter. `None` if it accepts every report in these rows, for example because it lists both states
    /// that the index holds.
    pub fn of(filter: &IndexFilter, rows: &Rows) -> Option<Self> {
        let (mask, only_attributes) = (AttributeMask::of(filter), asks_for_attributes_only(filter));
        if only_attributes && mask.admits_all(rows.present) {
            return None;
        }
        let words = |breeds: &Vec<String>| breeds.iter().filter_map(|breed| rows.words.find(breed)).collect();
        let slots = |among: &HashSet<PetId>| among.iter().filter_map(|id| rows.slot_of(*id)).collect();
        let oldest = filter.seen_from.map_or(i64::MIN, |from| from.0);
        let newest = filter.seen_to.map_or(i64::MAX, |to| to.0);
        Some(Self {
            only_attributes,
            mask,
            seen: (oldest, newest),
            breeds: filter.breeds.as_ref().map(words),
            // A shelter without reports has no number here; no report has this one.
            shelter: filter.shelter_id.map(|id| rows.shelters.find(id).unwrap_or(u32::MAX)),
            shape: filter.area.as_ref().map(Shape::of),
            among: filter.among.as_ref().map(slots),
        })
    }

    /// The attribute mask, if the filter has no other conditions.
    pub fn marks_only(&self) -> Option<AttributeMask> {
        self.only_attributes.then_some(self.mask)
    }

    /// The zone that contains everything that passes, if the filter has an area.
    pub fn zone(&self) -> Option<&Zone> {
        self.shape.as_ref().map(Shape::zone)
    }

    /// Whether the report in a slot passes. The slot must be in use and, if the filter lists reports, belong to one of
    /// them.
    pub fn admits(&self, rows: &Rows, slot: u32) -> bool {
        self.admits_spot(rows.hot_rows.at(slot), rows, slot)
    }

    #[inline(always)]
    fn admits_spot(&self, hot_row: &HotRow, rows: &Rows, slot: u32) -> bool {
        self.mask.admits(hot_row.attributes) && (self.only_attributes || self.admits_card(rows.cold_rows.at(slot)))
    }

    fn admits_card(&self, cold_row: &ColdRow) -> bool {
        let has_breed =
            |breeds: &Vec<Word>| breeds.contains(&cold_row.breed_primary) || breeds.contains(&cold_row.breed_secondary);
        (self.seen.0 <= cold_row.seen_at && cold_row.seen_at <= self.seen.1)
            && self.shelter.is_none_or(|shelter| cold_row.shelter == shelter)
            && self.breeds.as_ref().is_none_or(has_breed)
            && self
                .shape
                .as_ref()
                .is_none_or(|shape| cold_row.point().is_some_and(|point| shape.contains(point)))
    }
}

/// Whether all conditions are on enumerated attributes.
fn asks_for_attributes_only(filter: &IndexFilter) -> bool {
    // Destructured, so that a new field does not compile until it is handled here.
    let IndexFilter {
        kinds: _,
        statuses: _,
        species: _,
        sizes: _,
        sexes: _,
        age_groups: _,
        colors: _,
        microchipped: _,
        urgent: _,
        seen_from,
        seen_to,
        breeds,
        shelter_id,
        area,
        among,
    } = filter;
    let is_any_time = seen_from.is_none() && seen_to.is_none();
    let is_anybody = breeds.is_none() && shelter_id.is_none() && among.is_none();
    is_any_time && is_anybody && area.is_none()
}

impl PetIndex {
    /// Number of reports that pass.
    pub fn count(&self, filter: &IndexFilter) -> usize {
        let Some(compiled) = CompiledFilter::of(filter, &self.rows) else {
            return self.len();
        };
        let mut count = 0;
        let _ = self.scan(Some(&compiled), None, |_, _| {
            count += 1;
            ControlFlow::<()>::Continue(())
        });
        count
    }

    /// Calls `visit` for every report that passes, in no particular order.
    pub fn each(&self, filter: &IndexFilter, mut visit: impl FnMut(PinRef<'_>)) {
        let compiled = CompiledFilter::of(filter, &self.rows);
        let _ = self.scan(compiled.as_ref(), None, |slot, _| {
            visit(PinRef::of(&self.rows, slot));
            ControlFlow::<()>::Continue(())
        });
    }

    /// Calls `take` with the slot and row of every report that passes, in no particular order, until it breaks off.
    /// With a zone, only reports inside it are considered.
    pub(crate) fn scan<B>(
        &self,
        compiled: Option<&CompiledFilter>,
        zone: Option<&Zone>,
        take: impl FnMut(u32, &HotRow) -> ControlFlow<B>,
    ) -> ControlFlow<B> {
        let rows = &self.rows;
        let passes = |slot: u32, hot_row: &HotRow| {
            compiled.is_none_or(|compiled| compiled.admits_spot(hot_row, rows, slot))
                && zone.is_none_or(|zone| hot_row.top() != NOWHERE && zone.holds(hot_row.at))
        };
        if let Some(among) = compiled.and_then(|compiled| compiled.among.as_ref()) {
            let slots = among.iter().map(|slot| (*slot, rows.hot_rows.at(*slot)));
            return offer(slots, passes, take);
        }
        match self.narrowest(zone, compiled.and_then(CompiledFilter::zone)) {
            Some(narrowest) => self.offer_sheet(narrowest, passes, take),
            None => {
                let taken = (0..)
                    .zip(rows.hot_rows.rows())
                    .filter(|(_, hot_row)| hot_row.attributes != PackedAttributes::BLANK);
                offer(taken, passes, take)
            }
        }
    }

    fn offer_sheet<B>(
        &self,
        zone: &Zone,
        passes: impl Fn(u32, &HotRow) -> bool,
        mut take: impl FnMut(u32, &HotRow) -> ControlFlow<B>,
    ) -> ControlFlow<B> {
        self.quadtrees.all().visit(NOWHERE, zone, |entry| {
            let hot_row = self.rows.hot_rows.at(entry.slot());
            if passes(entry.slot(), hot_row) {
                take(entry.slot(), hot_row)
            } else {
                ControlFlow::Continue(())
            }
        })
    }

    /// The zone with fewer reports; `None` if scanning all rows in order is faster than using the quadtree. It is not if
    /// the rows are scattered: the quadtree meets neighbours together, and they are mostly in the same clusters.
    fn narrowest<'z>(&self, one: Option<&'z Zone>, other: Option<&'z Zone>) -> Option<&'z Zone> {
        let quadtree = self.quadtrees.all();
        let weighed = [one, other]
            .into_iter()
            .flatten()
            .map(|zone| (quadtree.about(zone), zone));
        let (least, zone) = weighed.min_by_key(|(count, _)| *count)?;
        (self.is_scattered() || least <= self.rows.hot_rows.len() / 3).then_some(zone)
    }
}

fn offer<'a, B>(
    slots: impl Iterator<Item = (u32, &'a HotRow)>,
    passes: impl Fn(u32, &HotRow) -> bool,
    mut take: impl FnMut(u32, &HotRow) -> ControlFlow<B>,
) -> ControlFlow<B> {
    for (slot, hot_row) in slots {
        if passes(slot, hot_row) {
            take(slot, hot_row)?;
        }
    }
    ControlFlow::Continue(())
}
