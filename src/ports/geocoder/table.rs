//! The postal codes and towns of the United States, as packed by `build.rs`: read in place, without a copy in memory.
//!
//! The data is that of the crate `zipcodes` (MIT). All numbers are little-endian, coordinates in 1/10,000 degree:
//! - header: number of codes, of towns, of names (`u32` each)
//! - codes, by code: code `u32`, latitude `i32`, longitude `i32`, name `u16`, state `u8`, 1 if people live there `u8`
//! - towns, by state and name: name `u16`, state `u8`, 0, latitude `i32`, longitude `i32`
//! - the keys of the names ([`town_name::key`]), in order: where each begins (`u32` each), where the last ends (`u32`), then
//!   the text
//! - the names in the same order, in the same way
//!
//! A name or a state is its number in its own list.

use std::{cmp::Ordering, sync::LazyLock};

use super::{states, town_name};

static TABLE: LazyLock<Table> = LazyLock::new(|| {
    let bytes = include_bytes!(concat!(env!("OUT_DIR"), "/postal_codes.bin"));
    Table::read(bytes).expect("the table is part of the program and was packed when it was built")
});

const CODE_SIZE: usize = 16;
const TOWN_SIZE: usize = 12;
const START_SIZE: usize = 4;

/// The whole table.
pub(super) struct Table {
    codes: &'static [[u8; CODE_SIZE]],
    towns: &'static [[u8; TOWN_SIZE]],
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
}

/// A town and the mean of its postal codes' centres.
#[derive(Debug, Clone, Copy)]
pub(super) struct Town {
    pub(super) point: Point,
    pub(super) name: &'static str,
    pub(super) state: &'static str,
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
        let (header, rest) = bytes.split_first_chunk::<12>()?;
        let [codes, towns, names] = [0, 4, 8].map(|at| number(header, at) as usize);
        let (codes, rest) = rest.split_at_checked(codes * CODE_SIZE)?;
        let (towns, rest) = rest.split_at_checked(towns * TOWN_SIZE)?;
        let (keys, rest) = Texts::read(rest, names)?;
        let (names, _) = Texts::read(rest, names)?;
        Some(Self {
            codes: codes.as_chunks().0,
            towns: towns.as_chunks().0,
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
        // Name indexes are in the order of their keys.
        let by_name = |row: &[u8; TOWN_SIZE]| (byte(row, 2), index(row, 0));
        let found = self.towns.binary_search_by_key(&(state, name), by_name).ok()?;
        let row = self.towns.get(found)?;
        Some(Town {
            point: point(row, 4),
            name: self.name(row, 0)?,
            state: states::code(state)?,
        })
    }

    /// The towns with this name in all states, those with the most postal codes first.
    pub(super) fn towns_named(&self, name: &str) -> Vec<Town> {
        let towns = (0..=u8::MAX).map_while(|state| states::code(state).map(|_| state));
        let mut towns: Vec<(usize, Town)> = towns
            .filter_map(|state| self.town(state, name))
            .map(|town| (self.count_codes(town), town))
            .collect();
        towns.sort_by_key(|(codes, _)| std::cmp::Reverse(*codes));
        towns.into_iter().map(|(_, town)| town).collect()
    }

    fn count_codes(&self, town: Town) -> usize {
        let state = states::by_code(town.state);
        let in_state = self.codes.iter().filter(|row| Some(byte(*row, 14)) == state);
        in_state.filter(|row| self.name(*row, 12) == Some(town.name)).count()
    }

    /// The inhabited postal codes between two latitudes.
    pub(super) fn inhabited_between(&self, south: f64, north: f64) -> impl Iterator<Item = Code> {
        self.codes
            .iter()
            .filter(|row| byte(*row, 15) == 1)
            .filter(move |row| (south..=north).contains(&point(*row, 4).latitude))
            .filter_map(|row| self.decode_code(row))
    }

    fn decode_code(&self, row: &[u8; CODE_SIZE]) -> Option<Code> {
        Some(Code {
            code: number(row, 0),
            point: point(row, 4),
            town: self.name(row, 12)?,
            state: states::code(byte(row, 14))?,
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
        let mut within = 0..self.starts.len() - 1;
        while !within.is_empty() {
            let middle = within.start.midpoint(within.end);
            match self.get(middle)?.cmp(wanted) {
                Ordering::Less => within.start = middle + 1,
                Ordering::Equal => return Some(middle),
                Ordering::Greater => within.end = middle,
            }
        }
        None
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
            assert!(table.town(byte(row, 2), name).is_some(), "{name}");
        }
    }
}
