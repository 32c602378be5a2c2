//! Builds an atlas at once.

mod layout;
mod seeds;
mod sums;

use std::cmp::Reverse;

use hashbrown::{HashTable, hash_table::Entry as Place};

use self::{layout::Layout, seeds::Forest};
use super::{
    Atlas, Pin,
    column::Column,
    rows::{Card, MOST_SLOTS, NOWHERE, Rows, Spot, priority},
    sheet::Entry,
    sheets::Sheets,
    timeline::Timeline,
};

/// Collects reports for an [`Atlas`] that is built at once. Of two reports with one id the last counts; more than 2^27
/// do not fit, and what comes then is left out.
#[derive(Debug, Default)]
pub struct Builder {
    rows: Rows,
    spots: Vec<Spot>,
    cards: Vec<Card>,
}

impl Builder {
    /// Takes a report in. Texts that many reports share are kept once.
    pub fn add(&mut self, pin: Pin) {
        if self.spots.len() < MOST_SLOTS {
            let (spot, card) = self.rows.packed(&pin);
            self.spots.push(spot);
            self.cards.push(card);
        }
    }

    /// Lays everything out.
    pub fn finish(self) -> Atlas {
        let spots = Column::of(self.spots, Spot::BLANK);
        let cards = Column::of(self.cards, Card::BLANK);
        let mut numbers = last_of_each(&cards);
        let order = by_priority(&numbers, &spots, &cards);
        let grounds = order.iter().map(|number| spots.at(*number).at).collect();
        let forest = Forest::of(&Column::of(grounds, (0, 0)));
        let layout = Layout::of(&forest, &order, &numbers, spots.len());

        let mut laid_out = layout.spots(&forest, &order, &spots);
        let laid_out_cards = layout.cards(&cards);
        let tallies = sums::tallies(&mut laid_out);
        let timeline = Timeline::of(&by_time(&layout, &laid_out_cards));
        let sheets = Sheets::of(entries(&laid_out));
        for number in numbers.iter_mut() {
            *number = layout.slot_of(*number);
        }
        let rows = self.rows.laid_out((laid_out, laid_out_cards), numbers);
        Atlas::of(rows, sheets, tallies, timeline)
    }
}

/// The number of each report by its id; of several with one id the last.
fn last_of_each(cards: &Column<Card>) -> HashTable<u32> {
    let hash = |number: &u32| priority(cards.at(*number).id);
    let mut numbers = HashTable::with_capacity(cards.len());
    for (number, card) in (0..).zip(cards.rows()) {
        let is_it = |other: &u32| cards.at(*other).id == card.id;
        match numbers.entry(priority(card.id), is_it, hash) {
            Place::Occupied(mut earlier) => *earlier.get_mut() = number,
            Place::Vacant(free) => drop(free.insert(number)),
        }
    }
    numbers
}

/// The placed reports, the highest priority first.
fn by_priority(numbers: &HashTable<u32>, spots: &Column<Spot>, cards: &Column<Card>) -> Vec<u32> {
    let placed = numbers.iter().filter(|number| cards.at(**number).point().is_some());
    let mut order: Vec<(Reverse<u32>, u32)> = placed
        .map(|number| (Reverse(spots.at(*number).rank), *number))
        .collect();
    order.sort_unstable();
    for equals in order
        .chunk_by_mut(|one, other| one.0 == other.0)
        .filter(|equals| 1 < equals.len())
    {
        equals.sort_unstable_by_key(|(_, number)| Reverse(cards.at(*number).id));
    }
    order.into_iter().map(|(_, number)| number).collect()
}

/// All slots in the order of time. Reports mostly arrive in that order, which sorting then only confirms.
fn by_time(layout: &Layout, cards: &Column<Card>) -> Vec<u32> {
    let mut slots: Vec<(i64, u32)> = layout.slots().map(|slot| (cards.at(slot).reported_at, slot)).collect();
    slots.sort_unstable_by(|one, other| {
        let times = one.0.cmp(&other.0);
        times.then_with(|| cards.at(one.1).id.cmp(&cards.at(other.1).id))
    });
    slots.into_iter().map(|(_, slot)| slot).collect()
}

fn entries(spots: &Column<Spot>) -> Vec<Entry> {
    let all = (0..).zip(spots.rows()).filter(|(_, spot)| spot.top() != NOWHERE);
    all.map(|(slot, spot)| Entry::new(spot.at, slot, spot.top())).collect()
}
