//! The postal codes and towns of the United States, as packed by `build.rs`: read in place, without a copy in memory.
//!
//! The data is that of the crate `zipcodes` (MIT). All numbers are little-endian, coordinates in 1/10,000 degree:
//! - header: number of codes, of towns, of inhabited codes, of names (`u32` each)
//! - codes, by code: code `u32`, latitude `i32`, longitude `i32`, name `u16`, state `u8`, 1 if people live there `u8`,
//!   reach `u8` ([`reach`])
//! - towns, by state and name: name `u16`, number of postal codes `u16`, latitude `i32`, longitude `i32`, state `u8`,
//!   reach `u8`
//! - the places in the list of codes of those where people live, by latitude: `u16` each
//! - the keys of the names ([`town_name::key`]), in order: where each begins (`u32` each), where the last ends (`u32`), then
//!   the text
//! - the names in the same order, in the same way
//!
//! A name or a state is its number in its own list.

use std::{cmp::Reverse, ops::Range, sync::LazyLock};

use super::{reach, states, town_name};

static TABLE: LazyLock<Table> = LazyLock::new(|| {
    let bytes = include_bytes!(concat!(env!("OUT_DIR"), "/postal_codes.bin"));
    Table::read(bytes).expect("the table is part of the program and was packed when it was built")
});

const CODE_SIZE: usize = 17;
const TOWN_SIZE: usize = 14;
const PLACE_SIZE: usize = 2;
const START_SIZE: usize = 4;

/// The whole table.
pub(super) struct Table {
    codes: &'static [[u8; CODE_SIZE]],
    towns: &'static [[u8; TOWN_SIZE]],
    inhabited: &'static [[u8; PLACE_SIZE]],
    keys: Texts,
    names: Texts,
}

/// Strings by index.
struct Texts {
    starts: &'static [[u8; START_SIZE]],
    text: &'static str,
}

/// A postal code and the coordinates of its centre.
#[derive(Debug, Clone, Copy)]
pub(super) struct Code {
    pub(super) code: u32,
    pub(super) point: Point,
    pub(super) town: &'static str,
    pub(super) state: &'static str,
    /// How far its addresses may be from the point, in metres.
    pub(super) reach: f64,
}

/// A town and the mean of its postal codes' centres.
#[derive(Debug, Clone, Copy)]
pub(super) struct Town {
    pub(super) point: Point,
    pub(super) name: &'static str,
    pub(super) state: &'static str,
    /// How far its addresses may be from the point, in metres.
    pub(super) reach: f64,
}

/// In degrees.
#[derive(Debug, Clone, Copy)]
pub(super) struct Point {
    pub(super) latitude: f64,
    pub(super) longitude: f64,
}

/// The table built into this program.
pub(super) fn table() -> &'static Table {
    &TABLE
}

impl Table {
    fn read(bytes: &'static [u8]) -> Option<Self> {
        let (header, rest) = bytes.split_first_chunk::<16>()?;
        let [codes, towns, inhabited, names] = [0, 4, 8, 12].map(|at| number(header, at) as usize);
        let (codes, rest) = rest.split_at_checked(codes * CODE_SIZE)?;
        let (towns, rest) = rest.split_at_checked(towns * TOWN_SIZE)?;
        let (inhabited, rest) = rest.split_at_checked(inhabited * PLACE_SIZE)?;
        let (keys, rest) = Texts::read(rest, names)?;
        let (names, _) = Texts::read(rest, names)?;
        Some(Self {
            codes: codes.as_chunks().0,
            towns: towns.as_chunks().0,
            inhabited: inhabited.as_chunks().0,
            keys,
            names,
        })
    }

    /// The entry for a postal code.
    pub(super) fn code(&self, code: u32) -> Option<Code> {
        let found = self.codes.binary_search_by_key(&code, |row| number(row, 0)).ok()?;
        self.decode_code(self.codes.get(found)?)
    }

    /// The town with this name in the state with this index.
    pub(super) fn town(&self, state: u8, name: &str) -> Option<Town> {
        let name = self.keys.position(&town_name::key(name))?;
        self.decode_town(self.town_row(state, name)?)
    }

    /// The towns with this name in all states, those with the most postal codes first.
    pub(super) fn towns_named(&self, name: &str) -> Vec<Town> {
        let Some(name) = self.keys.position(&town_name::key(name)) else {
            return Vec::new();
        };
        let states = (0..=u8::MAX).take_while(|state| states::code(*state).is_some());
        let mut towns: Vec<_> = states.filter_map(|state| self.town_row(state, name)).collect();
        towns.sort_by_key(|row| Reverse(index(*row, 2)));
        towns.into_iter().filter_map(|row| self.decode_town(row)).collect()
    }

    /// The towns whose keys begin in one of these ways, of the states that are wanted, those with the most postal codes
    /// first.
    pub(super) fn towns_beginning(&self, keys: &[String], is_wanted: impl Fn(u8) -> bool, most: usize) -> Vec<Town> {
        let names: Vec<_> = keys.iter().map(|key| self.keys.beginning(key)).collect();
        let is_name = |name: usize| names.iter().any(|names| names.contains(&name));
        let is_named = |row: &&[u8; TOWN_SIZE]| is_name(index(*row, 0)) && is_wanted(byte(*row, 12));
        let mut towns: Vec<_> = self.towns.iter().filter(is_named).collect();
        towns.sort_by_key(|row| (Reverse(index(*row, 2)), index(*row, 0)));
        let towns = towns.into_iter().take(most);
        towns.filter_map(|row| self.decode_town(row)).collect()
    }

    /// The postal codes from one to before another, those where people live first.
    pub(super) fn codes_between(&self, codes: Range<u32>, most: usize) -> Vec<Code> {
        let position = |code: u32| self.codes.partition_point(|row| number(row, 0) < code);
        let rows = self
            .codes
            .get(position(codes.start)..position(codes.end))
            .unwrap_or_default();
        let (inhabited, others): (Vec<_>, Vec<_>) = rows.iter().partition(|row| byte(*row, 15) == 1);
        let rows = inhabited.into_iter().chain(others).take(most);
        rows.filter_map(|row| self.decode_code(row)).collect()
    }

    /// The row of a town, by the indexes of its state and its name. Names have the indexes of their keys.
    fn town_row(&self, state: u8, name: usize) -> Option<&[u8; TOWN_SIZE]> {
        let by_name = |row: &[u8; TOWN_SIZE]| (byte(row, 12), index(row, 0));
        let found = self.towns.binary_search_by_key(&(state, name), by_name).ok()?;
        self.towns.get(found)
    }

    fn decode_town(&self, row: &[u8; TOWN_SIZE]) -> Option<Town> {
        Some(Town {
            point: point(row, 4),
            name: self.name(row, 0)?,
            state: states::code(byte(row, 12))?,
            reach: reach::unpacked(byte(row, 13)),
        })
    }

    /// The inhabited postal codes between two latitudes, from south to north.
    pub(super) fn inhabited_between(&self, south: f64, north: f64) -> impl Iterator<Item = Code> {
        let row = |place: &[u8; PLACE_SIZE]| self.codes.get(index(place, 0));
        let latitude = move |place: &[u8; PLACE_SIZE]| row(place).map(|row| point(row, 4).latitude);
        let start = self.inhabited.partition_point(|place| latitude(place) < Some(south));
        let from_start = self.inhabited.iter().skip(start);
        from_start
            .take_while(move |place| latitude(place) <= Some(north))
            .filter_map(move |place| self.decode_code(row(place)?))
    }

    fn decode_code(&self, row: &[u8; CODE_SIZE]) -> Option<Code> {
        Some(Code {
            code: number(row, 0),
            point: point(row, 4),
            town: self.name(row, 12)?,
            state: states::code(byte(row, 14))?,
            reach: reach::unpacked(byte(row, 16)),
        })
    }

    fn name(&self, row: &[u8], at: usize) -> Option<&'static str> {
        self.names.get(index(row, at))
    }
}

impl Texts {
    /// The given number of strings, and the bytes that follow them.
    fn read(bytes: &'static [u8], count: usize) -> Option<(Self, &'static [u8])> {
        let (starts, rest) = bytes.split_at_checked((count + 1) * START_SIZE)?;
        let starts = starts.as_chunks().0;
        let (text, rest) = rest.split_at_checked(number(starts.last()?, 0) as usize)?;
        let text = str::from_utf8(text).ok()?;
        Some((Self { starts, text }, rest))
    }

    fn get(&self, index: usize) -> Option<&'static str> {
        let [start, end] = [index, index + 1].map(|index| self.starts.get(index).map(|start| number(start, 0)));
        self.text.get(start? as usize..end? as usize)
    }

    /// The index of a string; the strings must be sorted.
    fn position(&self, wanted: &str) -> Option<usize> {
        let at = self.first_from(|text| text < wanted);
        (self.get(at) == Some(wanted)).then_some(at)
    }

    /// The indexes of the strings that begin so; the strings must be sorted.
    fn beginning(&self, with: &str) -> Range<usize> {
        self.first_from(|text| text < with)..self.first_from(|text| text < with || text.starts_with(with))
    }

    /// The index of the first string that is not before.
    fn first_from(&self, is_before: impl Fn(&str) -> bool) -> usize {
        let mut within = 0..self.starts.len() - 1;
        while !within.is_empty() {
            let middle = within.start.midpoint(within.end);
            match self.get(middle).is_some_and(&is_before) {
                true => within.start = middle + 1,
                false => within.end = middle,
            }
        }
        within.start
    }
}

fn point(row: &[u8], at: usize) -> Point {
    let degrees = |at| f64::from(i32::from_le_bytes(field(row, at))) / 10_000.0;
    Point {
        latitude: degrees(at),
        longitude: degrees(at + 4),
    }
}

fn number(row: &[u8], at: usize) -> u32 {
    u32::from_le_bytes(field(row, at))
}

fn index(row: &[u8], at: usize) -> usize {
    usize::from(u16::from_le_bytes(field(row, at)))
}

fn byte(row: &[u8], at: usize) -> u8 {
    u8::from_le_bytes(field(row, at))
}

/// The bytes of a field. Every row is long enough for its fields; zero is returned in the impossible case.
fn field<const SIZE: usize>(row: &[u8], at: usize) -> [u8; SIZE] {
    let bytes = row.get(at..).and_then(|rest| rest.first_chunk());
    bytes.copied().unwrap_or([0; SIZE])
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn the_table_is_sorted_and_every_row_can_be_read() {
        let table = table();
        assert!(table.codes.is_sorted_by_key(|row| number(row, 0)));
        assert!(40_000 < table.codes.len() && 30_000 < table.towns.len());
        for row in table.codes {
            let code = table.decode_code(row).unwrap();
            assert!((-15.0..72.0).contains(&code.point.latitude), "{code:?}");
            assert!(code.point.longitude < -60.0 || 130.0 < code.point.longitude, "{code:?}");
        }
        for row in table.towns {
            let name = table.name(row, 0).unwrap();
            assert!(table.town(byte(row, 12), name).is_some(), "{name}");
        }
    }
    #[test]
    fn the_inhabited_codes_of_a_band_are_those_that_a_look_at_all_codes_finds() {
        let table = table();
        for (south, north) in [
            (-90.0, 90.0),
            (30.0, 30.9),
            (30.2462, 30.2462),
            (71.0, 90.0),
            (-90.0, -80.0),
        ] {
            let rows = table.codes.iter().filter(|row| byte(*row, 15) == 1);
            let rows = rows.filter(|row| (south..=north).contains(&point(*row, 4).latitude));
            let expected: BTreeSet<u32> = rows.map(|row| number(row, 0)).collect();
            let found: Vec<Code> = table.inhabited_between(south, north).collect();
            assert!(found.is_sorted_by_key(|code| code.point.latitude));
            assert_eq!(found.iter().map(|code| code.code).collect::<BTreeSet<_>>(), expected);
        }
    }

    #[test]
    fn towns_of_one_name_come_by_their_number_of_postal_codes() {
        let towns = table().towns_named("springfield");
        let codes = |town: &Town| {
            let state = states::by_code(town.state);
            let in_state = table().codes.iter().filter(|row| Some(byte(*row, 14)) == state);
            in_state.filter(|row| table().name(*row, 12) == Some(town.name)).count()
        };
        assert!(10 < towns.len() && 10 < codes(&towns[0]));
        assert!(towns.is_sorted_by_key(|town| Reverse(codes(town))));
        assert!(table().towns_named("no such town").is_empty());
    }
}
