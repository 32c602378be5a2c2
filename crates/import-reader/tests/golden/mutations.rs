//! Whatever happens to a file, it gives rows or errors: never a panic, and never more rows than records.

use std::fs;

use proptest::prelude::*;

use super::{golden_files, open, read, surveyed};

/// What befalls a file on its way.
#[derive(Debug, Clone)]
enum Mutation {
    Cut(usize),
    Double(usize, usize),
    Swap(usize, usize),
    Overwrite(usize, u8),
}

fn mutation() -> impl Strategy<Value = Mutation> {
    prop_oneof![
        any::<usize>().prop_map(Mutation::Cut),
        (any::<usize>(), 1_usize..400).prop_map(|(at, length)| Mutation::Double(at, length)),
        (any::<usize>(), any::<usize>()).prop_map(|(one, other)| Mutation::Swap(one, other)),
        (any::<usize>(), any::<u8>()).prop_map(|(at, byte)| Mutation::Overwrite(at, byte)),
    ]
}

impl Mutation {
    fn befall(&self, file: &mut Vec<u8>) {
        let length = file.len().max(1);
        match *self {
            Self::Cut(at) => file.truncate(at % length),
            Self::Double(at, bytes) => {
                let from = at % length;
                let piece = file[from..file.len().min(from + bytes)].to_vec();
                file.splice(from..from, piece);
            }
            Self::Swap(one, other) => swap_cells(file, one, other),
            Self::Overwrite(at, byte) => {
                if let Some(place) = file.get_mut(at % length) {
                    *place = byte;
                }
            }
        }
    }
}

fn swap_cells(file: &mut Vec<u8>, one: usize, other: usize) {
    let mut cells: Vec<Vec<u8>> = file.split(|byte| *byte == b',').map(<[u8]>::to_vec).collect();
    let count = cells.len();
    cells.swap(one % count, other % count);
    *file = cells.join(&b',');
}

/// The most records that a file can have.
fn most_records(file: &[u8]) -> usize {
    let ends = file.iter().filter(|byte| matches!(byte, b'\n' | b'\r' | b'{')).count();
    ends + 1
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]
    #[test]
    fn a_damaged_file_gives_rows_or_errors(mutations in proptest::collection::vec(mutation(), 1..4)) {
        for path in golden_files() {
            let mut file = fs::read(path).expect("the file can be read");
            for mutation in &mutations {
                mutation.befall(&mut file);
            }
            if let Ok(reader) = open(&file) {
                prop_assert!(reader.count() <= most_records(&file));
                prop_assert_eq!(surveyed(&file), read(&file));
            }
        }
    }
}
