//! The reports, stored by slot.

use std::cmp::Ordering;

use entity::{
    Timestamp,
    id::{PetId, ShelterId},
};
use hashbrown::HashTable;
use uuid::Uuid;

use super::{
    Pin,
    attributes::PackedAttributes,
    column::Column,
    pages::Pages,
    words::{Shelters, Word, Words},
};
use crate::projection::project;
use geometry::Point;

/// Stands for no slot.
pub const NOBODY: u32 = u32::MAX;

/// The `top` of a report that is not a seed at any zoom: it has no point, or its slot is free.
pub const NOWHERE: u8 = 31;

/// Maximum number of slots: a quadtree entry has 27 bits for one.
pub const MOST_SLOTS: usize = 1 << 27;

/// The data of a report that clusters and filters need: half a cache line.
#[derive(Debug, Clone, Copy)]
pub struct HotRow {
    /// Column and row in the projection.
    pub at: (u32, u32),
    /// The seed that it belongs to at zoom `top` − 1 and coarser.
    pub parent: u32,
    /// Upper half of its priority. The report with the greater priority becomes a seed first.
    pub rank: u32,
    /// Its packed attributes.
    pub attributes: PackedAttributes,
    /// Index of its first tally.
    pub tallies: u32,
    /// The zooms that have a tally, one bit each; the upper byte is `top`.
    zooms_and_top: u32,
}

impl HotRow {
    /// Stands for no report.
    pub const BLANK: Self = Self {
        at: (0, 0),
        parent: NOBODY,
        rank: 0,
        attributes: PackedAttributes::BLANK,
        tallies: 0,
        zooms_and_top: (NOWHERE as u32) << 24,
    };

    /// The coarsest zoom at which it is a seed: 0 to 17, or [`NOWHERE`].
    #[inline]
    pub fn top(&self) -> u8 {
        (self.zooms_and_top >> 24) as u8
    }

    /// The zooms at which seeds of the next finer zoom join it, as bits.
    #[inline]
    pub fn zooms(&self) -> u32 {
        self.zooms_and_top & 0x00ff_ffff
    }

    /// Sets the coarsest zoom at which it is a seed.
    pub fn set_top(&mut self, top: u8) {
        self.zooms_and_top = self.zooms() | u32::from(top) << 24;
    }

    /// Sets the zooms at which others join it.
    pub fn set_zooms(&mut self, zooms: u32) {
        self.zooms_and_top = self.zooms_and_top & 0xff00_0000 | zooms;
    }
}

/// The rest of a report, read only for those that are returned.
#[derive(Debug, Clone, Copy)]
pub struct ColdRow {
    /// Id of the report.
    pub id: PetId,
    /// NaN if the report has no point.
    latitude: f64,
    longitude: f64,
    /// Milliseconds of [`Timestamp`].
    pub seen_at: i64,
    /// Milliseconds of [`Timestamp`].
    pub reported_at: i64,
    /// The animal's name.
    pub name: Word,
    /// Town and region.
    pub place_label: Word,
    /// Primary breed.
    pub breed_primary: Word,
    /// Second breed of a mix.
    pub breed_secondary: Word,
    /// Number of its shelter in [`Shelters`].
    pub shelter: u32,
    /// Stands for its marks.
    pub marks_signature: u64,
}

impl ColdRow {
    /// Stands for no report.
    pub const BLANK: Self = Self {
        id: PetId(Uuid::nil()),
        latitude: f64::NAN,
        longitude: f64::NAN,
        seen_at: 0,
        reported_at: 0,
        name: Word::NONE,
        place_label: Word::NONE,
        breed_primary: Word::NONE,
        breed_secondary: Word::NONE,
        shelter: 0,
        marks_signature: 0,
    };

    /// The masked point.
    #[inline]
    pub fn point(&self) -> Option<Point> {
        (!self.latitude.is_nan()).then(|| Point::wrapped(self.latitude, self.longitude))
    }

    /// The sort key of lists ordered by time.
    pub fn time_key(&self) -> (i64, PetId) {
        (self.reported_at, self.id)
    }
}

/// The reports by slot, with an index from id to slot.
#[derive(Debug, Clone)]
pub struct Rows {
    pub hot_rows: Column<HotRow>,
    pub cold_rows: Pages<ColdRow>,
    pub words: Words,
    pub shelters: Shelters,
    /// The union of the attribute bits of all reports ever added.
    pub present: PackedAttributes,
    slots: HashTable<u32>,
    vacant: Vec<u32>,
}

impl Default for Rows {
    fn default() -> Self {
        Self {
            hot_rows: Column::new(HotRow::BLANK),
            cold_rows: Pages::new(ColdRow::BLANK),
            words: Words::default(),
            shelters: Shelters::default(),
            present: PackedAttributes::BLANK,
            slots: HashTable::new(),
            vacant: Vec::new(),
        }
    }
}

impl Rows {
    /// Number of reports.
    pub fn len(&self) -> usize {
        self.slots.len()
    }

    /// The slot of a report.
    pub fn slot_of(&self, id: PetId) -> Option<u32> {
        let is_it = |slot: &u32| self.cold_rows.at(*slot).id == id;
        self.slots.find(priority(id), is_it).copied()
    }

    /// Whether the slot holds a report.
    pub fn is_taken(&self, slot: u32) -> bool {
        self.hot_rows.at(slot).attributes != PackedAttributes::BLANK
    }

    /// Splits a report into its two rows and stores its texts.
    pub fn packed(&mut self, pin: &Pin) -> (HotRow, ColdRow) {
        let place = pin
            .point
            .map_or((f64::NAN, f64::NAN), |point| (point.latitude, point.longitude));
        let hot_row = HotRow {
            at: pin.point.map_or((0, 0), project),
            rank: (priority(pin.id) >> 32) as u32,
            attributes: PackedAttributes::of(pin),
            ..HotRow::BLANK
        };
        self.present = self.present.or(hot_row.attributes);
        let cold_row = ColdRow {
            id: pin.id,
            latitude: place.0,
            longitude: place.1,
            seen_at: pin.seen_at.0,
            reported_at: pin.reported_at.0,
            name: self.words.put(pin.name.as_deref()),
            place_label: self.words.put(Some(&pin.place_label)),
            breed_primary: self.words.put(pin.breed_primary.as_deref()),
            breed_secondary: self.words.put(pin.breed_secondary.as_deref()),
            shelter: self.shelters.put(pin.shelter_id),
            marks_signature: pin.marks_signature,
        };
        (hot_row, cold_row)
    }

    /// The report in a slot.
    pub fn pin(&self, slot: u32) -> Pin {
        let (attributes, cold_row) = (self.hot_rows.at(slot).attributes, self.cold_rows.at(slot));
        let text = |word: Word| self.words.get(word).map(str::to_owned);
        Pin {
            id: cold_row.id,
            kind: attributes.kind(),
            status: attributes.status(),
            species: attributes.species(),
            sex: attributes.sex(),
            altered: attributes.altered(),
            size: attributes.size(),
            age_group: attributes.age_group(),
            coat: attributes.coat(),
            pattern: attributes.pattern(),
            colors: attributes.colors(),
            microchipped: attributes.microchipped(),
            urgent: attributes.urgent(),
            breed_primary: text(cold_row.breed_primary),
            breed_secondary: text(cold_row.breed_secondary),
            breed_mixed: attributes.breed_mixed(),
            shelter_id: self.shelter_id(slot),
            name: text(cold_row.name),
            place_label: text(cold_row.place_label).unwrap_or_default(),
            precision: attributes.precision(),
            point: cold_row.point(),
            seen_at: Timestamp(cold_row.seen_at),
            reported_at: Timestamp(cold_row.reported_at),
            marks_signature: cold_row.marks_signature,
        }
    }

    /// The shelter that cares for the animal in a slot.
    pub fn shelter_id(&self, slot: u32) -> Option<ShelterId> {
        self.shelters.get(self.cold_rows.at(slot).shelter)
    }

    /// Stores the two rows of a new report and returns its slot; `None` if all [`MOST_SLOTS`] are used.
    pub fn insert(&mut self, hot_row: HotRow, cold_row: ColdRow) -> Option<u32> {
        let slot = match self.vacant.pop() {
            Some(slot) => {
                self.hot_rows.set(slot, hot_row);
                self.cold_rows.set(slot, cold_row);
                slot
            }
            None if self.hot_rows.len() < MOST_SLOTS => {
                self.hot_rows.push(hot_row);
                self.cold_rows.push(cold_row)
            }
            None => return None,
        };
        let cold_rows = &self.cold_rows;
        self.slots
            .insert_unique(priority(cold_row.id), slot, |slot| priority(cold_rows.at(*slot).id));
        Some(slot)
    }

    /// Frees a slot.
    pub fn vacate(&mut self, slot: u32) {
        let id = self.cold_rows.at(slot).id;
        if let Ok(entry) = self.slots.find_entry(priority(id), |other| *other == slot) {
            entry.remove();
            self.hot_rows.set(slot, HotRow::BLANK);
            self.cold_rows.set(slot, ColdRow::BLANK);
            self.vacant.push(slot);
        }
    }

    /// Rows built in one go, with their index from id to slot.
    pub fn laid_out(self, (hot_rows, cold_rows): (Column<HotRow>, Pages<ColdRow>), slots: HashTable<u32>) -> Self {
        Self {
            hot_rows,
            cold_rows,
            slots,
            ..self
        }
    }

    /// Whether the first of two placed reports has the higher priority.
    #[inline]
    pub fn outranks(&self, one: u32, other: u32) -> bool {
        self.compare_ranks(one, other).is_gt()
    }

    /// Compares priorities; the greater one becomes a seed first.
    #[inline]
    pub fn compare_ranks(&self, one: u32, other: u32) -> Ordering {
        let ranks = self.hot_rows.at(one).rank.cmp(&self.hot_rows.at(other).rank);
        ranks.then_with(|| self.cold_rows.at(one).id.cmp(&self.cold_rows.at(other).id))
    }

    /// Allocated memory in bytes.
    pub fn bytes(&self) -> usize {
        self.hot_rows.bytes()
            + self.cold_rows.bytes()
            + self.words.bytes()
            + self.shelters.bytes()
            + self.slots.allocation_size()
            + self.vacant.capacity() * size_of::<u32>()
    }
}

/// Clustering priority: a pseudo-random number that is the same on every node, also used as the hash of the id. It is
/// the finalizer of splitmix64 (Steele, Lea and Flood 2014) applied to both halves of the id.
pub fn priority(id: PetId) -> u64 {
    let (high, low) = id.0.as_u64_pair();
    mixed(mixed(high).wrapping_add(low))
}

/// The finalizer of splitmix64.
pub fn mixed(bits: u64) -> u64 {
    let bits = (bits ^ (bits >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let bits = (bits ^ (bits >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    bits ^ (bits >> 31)
}
