//! Microchip numbers as people write them.

use entity::pet;
use pet_vocabulary::{ChipReading, MOST_CHIPS, parse_microchip};
use sea_orm::ActiveValue::Set;

use super::{checks::Faults, input::Change};
use crate::kernel::{FieldCode, text};

/// Writes the number in the form in which numbers are compared, and the given one beside it where it differs.
pub(super) fn apply(row: &mut pet::ActiveModel, change: &Change<String>, faults: &mut Faults) {
    let raw = match change {
        Change::Keep => return,
        Change::Clear => return write(row, None, &[], None),
        Change::To(raw) => raw,
    };
    let Some(line) = faults.note(text::optional_line("microchip", Some(raw), 100)) else {
        return;
    };
    let Some(line) = line else {
        return write(row, None, &[], None);
    };
    match parse_microchip(&line) {
        ChipReading::Flag(chipped) => write(row, Some(chipped), &[], None),
        ChipReading::Refused(reason) => {
            let message = format!("{reason}: give the number that a scanner reads, or leave it out");
            faults.add("microchip", FieldCode::Invalid, message);
        }
        ChipReading::Unknown => faults.add(
            "microchip",
            FieldCode::Invalid,
            "a microchip number has 9, 10 or 15 digits",
        ),
        ChipReading::Chips(chips) if MOST_CHIPS < chips.len() => faults.add(
            "microchip",
            FieldCode::TooMany,
            "give at most two microchip numbers: those that were read last",
        ),
        ChipReading::Chips(chips) => {
            let numbers: Vec<String> = chips.into_iter().map(|chip| chip.number).collect();
            let raw = (numbers.join(" ") != line).then_some(line);
            write(row, Some(true), &numbers, raw);
        }
    }
}

fn write(row: &mut pet::ActiveModel, chipped: Option<bool>, numbers: &[String], raw: Option<String>) {
    row.microchipped = Set(chipped);
    row.microchip = Set(numbers.first().cloned());
    row.second_microchip = Set(numbers.get(1).cloned());
    row.microchip_raw = Set(raw);
}
