//! Builds the index from a complete set of reports.

mod layout;
mod placed;
mod seeds;
mod squares;
mod sums;

use std::cmp::Reverse;

use hashbrown::{HashTable, hash_table::Entry as Place};

use self::{layout::Layout, placed::Placed, seeds::Forest};
use super::{
    PetIndex, Pin,
    clusters::{quadtree::Entry, quadtrees::Quadtrees},
    projection::along_curve,
    reports::{
        column::Column,
        pages::Pages,
        rows::{ColdRow, HotRow, MOST_SLOTS, NOBODY, Rows, priority},
        timeline::Timeline,
    },
};

/// Collects reports for an [`PetIndex`] built in one go. If two reports have the same id, the last one counts. The limit
/// is 2^27 reports; further ones are dropped.
#[derive(Debug)]
pub struct Builder {
    rows: Rows,
    hot_rows: Vec<HotRow>,
    cold_rows: Pages<ColdRow>,
}

impl Default for Builder {
    fn default() -> Self {
        Self {
            rows: Rows::default(),
            hot_rows: Vec::new(),
            cold_rows: Pages::new(ColdRow::BLANK),
        }
    }
}

impl Builder {
    /// Adds a report. Texts shared by many reports are stored once.
    pub fn add(&mut self, pin: Pin) {
        if self.hot_rows.len() < MOST_SLOTS {
            let (hot_row, cold_row) = self.rows.packed(&pin);
            self.hot_rows.push(hot_row);
            self.cold_rows.push(cold_row);
        }
    }

    /// Builds the index.
    pub fn finish(self) -> PetIndex {
        let hot_rows = Column::of(self.hot_rows, HotRow::BLANK);
        let cold_rows = self.cold_rows;
        let mut numbers = last_of_each(&cold_rows);
        let (placed, unplaced) = from_place_to_place(&numbers, &hot_rows, &cold_rows);
        let projected = with_ranks(&placed, &hot_rows, &cold_rows);
        let forest = Forest::of(&projected);
        let layout = Layout::of(&forest, &placed, unplaced);

        let mut laid_out = layout.moved(&hot_rows, HotRow::BLANK);
        layout.plant(&forest, &mut laid_out);
        drop(hot_rows);
        let cards = layout.numbers().iter().map(|number| *cold_rows.at(*number));
        let laid_out_cards = Pages::of(cards, ColdRow::BLANK);
        drop(cold_rows);
        let slots = slots_by_number(&layout);
        let tallies = sums::tallies(&mut laid_out);
        let timeline = Timeline::of(&by_time(&slots, &laid_out_cards));
        let quadtrees = Quadtrees::of(entries(&projected, &forest, &layout));
        for number in numbers.iter_mut() {
            *number = *slots.at(*number);
        }
        let rows = self.rows.laid_out((laid_out, laid_out_cards), numbers);
        PetIndex::of(rows, quadtrees, tallies, timeline)
    }
}

impl PetIndex {
    /// Collects reports for an index built in one go, which is many times faster than adding them one by one.
    pub fn builder() -> Builder {
        Builder::default()
    }

    /// The same content in a freshly built index.
    pub fn rebuilt(&self) -> Self {
        let mut builder = Self::builder();
        builder.hot_rows.reserve_exact(self.len());
        let taken = (0..self.rows.hot_rows.len() as u32).filter(|slot| self.rows.is_taken(*slot));
        taken.for_each(|slot| builder.add(self.rows.pin(slot)));
        builder.finish()
    }
}

/// The number of each report by id; of several with the same id the last one.
fn last_of_each(cold_rows: &Pages<ColdRow>) -> HashTable<u32> {
    let hash = |number: &u32| priority(cold_rows.at(*number).id);
    let mut numbers = HashTable::with_capacity(cold_rows.len());
    for (number, cold_row) in (0..).zip(cold_rows.rows()) {
        let is_it = |other: &u32| cold_rows.at(*other).id == cold_row.id;
        match numbers.entry(priority(cold_row.id), is_it, hash) {
            Place::Occupied(mut earlier) => *earlier.get_mut() = number,
            Place::Vacant(free) => drop(free.insert(number)),
        }
    }
    numbers
}

/// The numbers of the reports with a point, ordered so that those of any tile are contiguous, and the numbers of the
/// others.
fn from_place_to_place(
    numbers: &HashTable<u32>,
    hot_rows: &Column<HotRow>,
    cold_rows: &Pages<ColdRow>,
) -> (Vec<u32>, Vec<u32>) {
    let (mut placed, mut unplaced) = (Vec::with_capacity(numbers.len()), Vec::new());
    for number in numbers {
        match cold_rows.at(*number).point() {
            Some(_) => placed.push((along_curve(hot_rows.at(*number).at), *number)),
            None => unplaced.push(*number),
        }
    }
    placed.sort_unstable();
    unplaced.sort_unstable();
    (placed.into_iter().map(|(_, number)| number).collect(), unplaced)
}

/// The placed reports with their ranks, counted from the highest priority.
fn with_ranks(placed: &[u32], hot_rows: &Column<HotRow>, cold_rows: &Pages<ColdRow>) -> Column<Placed> {
    let number_at = |place: u32| placed.get(place as usize).copied().unwrap_or(NOBODY);
    let ranks = placed.iter().map(|number| Reverse(hot_rows.at(*number).rank));
    let mut order: Vec<(Reverse<u32>, u32)> = ranks.zip(0..).collect();
    order.sort_unstable();
    for equals in order
        .chunk_by_mut(|one, other| one.0 == other.0)
        .filter(|equals| 1 < equals.len())
    {
        equals.sort_unstable_by_key(|(_, place)| Reverse(cold_rows.at(number_at(*place)).id));
    }

    let unranked = placed.iter().map(|number| Placed {
        at: hot_rows.at(*number).at,
        ..Placed::NOBODY
    });
    let mut projected = Column::of(unranked.collect(), Placed::NOBODY);
    for ((_, place), rank) in order.into_iter().zip(0..) {
        if let Some(placed) = projected.at_mut(place) {
            placed.rank = rank;
        }
    }
    projected
}

/// The slot of each report, by its number.
fn slots_by_number(layout: &Layout) -> Column<u32> {
    let most = layout.numbers().iter().max().map_or(0, |most| *most as usize + 1);
    let mut slots = Column::of(vec![NOBODY; most], NOBODY);
    for (slot, number) in (0..).zip(layout.numbers()) {
        slots.set(*number, slot);
    }
    slots
}

/// All slots in the order of time. Reports are usually added in that order, so sorting finds little to do.
fn by_time(slots: &Column<u32>, cold_rows: &Pages<ColdRow>) -> Vec<u32> {
    let taken = slots.rows().iter().filter(|slot| **slot != NOBODY);
    let mut slots: Vec<(i64, u32)> = taken.map(|slot| (cold_rows.at(*slot).reported_at, *slot)).collect();
    slots.sort_unstable_by(|one, other| {
        let times = one.0.cmp(&other.0);
        times.then_with(|| cold_rows.at(one.1).id.cmp(&cold_rows.at(other.1).id))
    });
    slots.into_iter().map(|(_, slot)| slot).collect()
}

/// The placed reports as quadtree entries, in curve order.
fn entries(projected: &Column<Placed>, forest: &Forest, layout: &Layout) -> Vec<Entry> {
    let tops = projected.rows().iter().zip(forest.tops.rows());
    let entry = |((placed, top), place): ((&Placed, &u8), u32)| Entry::new(placed.at, layout.slot_of(place), *top);
    tops.zip(0..).map(entry).collect()
}
