//! Cells with microchip numbers.

use pet_vocabulary::{Chip, ChipKind, ChipReading, parse_microchip};

use super::hunt::{Target, hunt};

const CELLS: &[&str] = &[
    "985112003456789",
    "985 112 003 456 789",
    "9851120O3456789",
    "AVID*012*345*678",
    "0A01234567",
    "4B5C6D7E8F",
    "yes",
    "no chip",
    "985112003456789, 981020012345678",
    "9.85112E+14",
    "chip 985112003456789 left side",
    "985112003456789/0A01234567",
    "unknown",
];

#[test]
fn a_chip_that_is_read_is_read_again_out_of_its_canonical_form() {
    hunt(Target {
        name: "microchips",
        corpus: CELLS.iter().map(|cell| cell.as_bytes().to_vec()).collect(),
        words: [
            "AVID",
            "AVID*",
            "985",
            "999",
            "O",
            "E+",
            ", ",
            " & ",
            "/",
            "chip",
            "000000000",
            "123456789012345",
            "|",
            "\n",
        ]
        .map(str::to_owned)
        .to_vec(),
        longest: 300,
        check,
    });
}

fn check(input: &[u8]) -> Result<String, String> {
    let text = String::from_utf8_lossy(input);
    let reading = parse_microchip(&text);
    if parse_microchip(&format!("  {text}\t")) != reading {
        return Err(format!("{text:?} between spaces is another number"));
    }
    let ChipReading::Chips(chips) = reading else {
        return Ok(format!("{reading:?}"));
    };
    let mut numbers: Vec<&str> = chips.iter().map(|chip| chip.number.as_str()).collect();
    numbers.dedup();
    if numbers.is_empty() || numbers.len() != chips.len() {
        return Err(format!("{text:?} has the chips {chips:?}"));
    }
    for chip in &chips {
        let again = parse_microchip(&chip.number);
        if !is_canonical(chip) || again != ChipReading::Chips(vec![chip.clone()]) {
            return Err(format!("{text:?} has {chip:?}, and that is {again:?}"));
        }
    }
    let kinds: Vec<ChipKind> = chips.iter().map(|chip| chip.kind).take(3).collect();
    Ok(format!("{kinds:?}"))
}

fn is_canonical(chip: &Chip) -> bool {
    let length = match chip.kind {
        ChipKind::Iso15 => 15,
        ChipKind::Ten => 10,
        ChipKind::Avid9 => 9,
    };
    let is_upper = |sign: u8| sign.is_ascii_digit() || sign.is_ascii_uppercase();
    chip.number.len() == length && chip.number.bytes().all(is_upper)
}
