//! Microchip numbers as people write them.

use entity::pet;
use sea_orm::ActiveValue::Set;

use super::{Change, Faults};
use crate::{
    domain::vocabulary::{ChipReading, parse_microchip},
    kernel::{FieldCode, text},
};

/// Writes the number in the form in which numbers are compared, and the given one beside it where it differs.
pub(super) fn apply(row: &mut pet::ActiveModel, change: &Change<String>, faults: &mut Faults) {
    let raw = match change {
        Change::Keep => return,
        Change::Clear => return write(row, None, None, None),
        Change::To(raw) => raw,
    };
    let Some(line) = faults.note(text::optional_line("microchip", Some(raw), 100)) else {
        return;
    };
    let Some(line) = line else {
        return write(row, None, None, None);
    };
    match parse_microchip(&line) {
        ChipReading::Flag(chipped) => write(row, Some(chipped), None, None),
        ChipReading::Refused(reason) => faults.add("microchip", FieldCode::Invalid, reason),
        ChipReading::Unknown => faults.add(
            "microchip",
            FieldCode::Invalid,
            "a microchip number has 9, 10 or 15 digits",
        ),
        ChipReading::Chips(chips) => match <[_; 1]>::try_from(chips) {
            Ok([chip]) => {
                let raw = (chip.number != line).then_some(line);
                write(row, Some(true), Some(chip.number), raw);
            }
            Err(_) => faults.add(
                "microchip",
                FieldCode::TooMany,
                "give one microchip number: the one from the latest scan",
            ),
        },
    }
}

fn write(row: &mut pet::ActiveModel, chipped: Option<bool>, number: Option<String>, raw: Option<String>) {
    row.microchipped = Set(chipped);
    row.microchip = Set(number);
    row.microchip_raw = Set(raw);
}
