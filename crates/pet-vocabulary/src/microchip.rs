//! Parses microchip numbers as people and spreadsheets write them.

/// Maximum number of chips per animal; a second one is implanted if the first could not be found.
pub const MOST_CHIPS: usize = 2;

/// Families of chip numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ChipKind {
    /// ISO 11784/11785: 15 digits.
    Iso15,
    /// Ten characters, used by older manufacturers.
    Ten,
    /// AVID encrypted: nine digits.
    Avid9,
}

/// A number in canonical form: upper case, letters and digits only.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chip {
    /// The canonical number.
    pub number: String,
    /// The family of the number.
    pub kind: ChipKind,
}

/// The content of a microchip cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ChipReading {
    /// No information about a chip.
    Unknown,
    /// Only whether there is a chip.
    Flag(bool),
    /// One or more numbers.
    Chips(Vec<Chip>),
    /// An invalid number, with the reason.
    Refused(&'static str),
}

/// The national part of an ISO number has 38 bits.
const LARGEST_NATIONAL_ID: u64 = (1 << 38) - 1;

/// The message for a placeholder number.
const PLACEHOLDER: &str = "this is a number that stands where none is known, and marks no animal";

/// Parses a microchip cell: a number with any punctuation, several numbers, or yes and no.
pub fn parse_microchip(raw: &str) -> ChipReading {
    let text = raw.trim();
    if let Some(flag) = flag_word(&text.to_ascii_lowercase()) {
        return flag;
    }
    if is_scientific(text) {
        return ChipReading::Refused(
            "a spreadsheet shortened the microchip number; format the column as text and export again",
        );
    }
    let whole = bare(text);
    if let Some(reading) = read_number(&whole) {
        return reading.map_or_else(ChipReading::Refused, |chip| ChipReading::Chips(vec![chip]));
    }
    read_several(text)
}

fn flag_word(text: &str) -> Option<ChipReading> {
    Some(match text {
        "yes" | "y" | "true" | "chipped" | "microchipped" | "scan chip" => ChipReading::Flag(true),
        "no" | "n" | "false" | "none" | "not chipped" | "no chip" | "scan no chip" => ChipReading::Flag(false),
        "" | "0" | "n/a" | "na" | "null" | "unknown" => ChipReading::Unknown,
        _ => return None,
    })
}

/// `9.82E+14`, the way spreadsheets show long numbers.
fn is_scientific(text: &str) -> bool {
    let Some((mantissa, exponent)) = text.split_once(['e', 'E']) else {
        return false;
    };
    exponent.starts_with(['+', '-'])
        && mantissa.parse::<f64>().is_ok()
        && exponent.trim_start_matches(['+', '-']).parse::<u32>().is_ok()
}

fn bare(text: &str) -> String {
    text.chars()
        .filter(char::is_ascii_alphanumeric)
        .map(|letter| letter.to_ascii_uppercase())
        .collect()
}

/// A chip or the reason for refusing it; `None` if the text is not a single number.
fn read_number(bare: &str) -> Option<Result<Chip, &'static str>> {
    // The manufacturer's name is printed before the number.
    let bare = bare.trim_start_matches("AVID");
    let digits = bare.replace('O', "0");
    let only_digits = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    match (bare.len(), only_digits) {
        (15, true) => Some(check_iso(digits)),
        (9, true) => Some(check_plain(digits, ChipKind::Avid9)),
        (10, _) if 3 <= bare.bytes().filter(u8::is_ascii_digit).count() => {
            let number = if only_digits { digits } else { bare.to_owned() };
            Some(check_plain(number, ChipKind::Ten))
        }
        (14, true) => Some(Err(
            "the microchip number has 14 digits; a leading zero seems to be lost",
        )),
        (11..14, true) => Some(Err("a microchip number has 9, 10 or 15 digits")),
        _ => None,
    }
}

fn check_iso(number: String) -> Result<Chip, &'static str> {
    let (prefix, national) = number.split_at(3);
    if prefix == "999" {
        return Err("numbers that begin with 999 are for tests and mark no animal");
    }
    if prefix == "000" {
        return Err("no microchip number begins with 000");
    }
    if is_placeholder(&number) {
        return Err(PLACEHOLDER);
    }
    if national.parse::<u64>().map_or(true, |id| LARGEST_NATIONAL_ID < id) {
        return Err("the microchip number is larger than the standard allows");
    }
    Ok(Chip {
        number,
        kind: ChipKind::Iso15,
    })
}

fn check_plain(number: String, kind: ChipKind) -> Result<Chip, &'static str> {
    let first = number.chars().next();
    if number.chars().all(|letter| Some(letter) == first) {
        return Err("the microchip number repeats one character");
    }
    if is_placeholder(&number) {
        return Err(PLACEHOLDER);
    }
    Ok(Chip { number, kind })
}

/// Placeholders for an unknown number: keys typed in a row, or a manufacturer's prefix followed by one repeated digit.
fn is_placeholder(number: &str) -> bool {
    let serial = number.get(3..).filter(|_| number.len() == 15);
    let is_one_digit = |digits: &str| digits.bytes().all(|digit| digits.as_bytes().first() == Some(&digit));
    "123456789012345".starts_with(number) || number.ends_with("000000000") || serial.is_some_and(is_one_digit)
}

/// Several numbers between separators or among words. If none is valid, the first reason for refusal is returned.
fn read_several(text: &str) -> ChipReading {
    let parts = text
        .split([',', ';', '/', '&', '|', '\n'])
        .flat_map(|part| match read_number(&bare(part)) {
            Some(_) => vec![part],
            None => part.split_whitespace().collect(),
        });
    let mut chips: Vec<Chip> = Vec::new();
    let mut refusal = None;
    for part in parts {
        let bare = bare(part);
        match read_number(&bare) {
            Some(Ok(chip)) if !chips.contains(&chip) => chips.push(chip),
            Some(Err(reason)) => refusal = refusal.or(Some(reason)),
            None if 7 < bare.len() && bare.bytes().all(|byte| byte.is_ascii_digit()) => {
                refusal = refusal.or(Some("a microchip number has 9, 10 or 15 digits"));
            }
            _ => {}
        }
    }
    match refusal {
        Some(reason) if chips.is_empty() => ChipReading::Refused(reason),
        _ if chips.is_empty() => ChipReading::Unknown,
        _ => ChipReading::Chips(chips),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn numbers(raw: &str) -> Vec<(String, ChipKind)> {
        match parse_microchip(raw) {
            ChipReading::Chips(chips) => chips.into_iter().map(|chip| (chip.number, chip.kind)).collect(),
            other => panic!("{raw}: {other:?}"),
        }
    }

    #[test]
    fn the_name_of_a_manufacturer_is_no_part_of_a_number() {
        assert_eq!(
            numbers("AVIDAVID012345678"),
            [("012345678".to_owned(), ChipKind::Avid9)]
        );
        assert_eq!(parse_microchip("AVID AVID 123456"), ChipReading::Unknown);
    }

    #[test]
    fn every_punctuation_gives_one_number() {
        let iso = vec![("985112003456789".to_owned(), ChipKind::Iso15)];
        for raw in [
            "985112003456789",
            " 985 112 003 456 789",
            "985-112-003456789",
            "9851120O3456789",
            "985.112.003.456.789",
        ] {
            assert_eq!(numbers(raw), iso, "{raw}");
        }
        for raw in ["012*345*678", "AVID*012*345*678"] {
            assert_eq!(numbers(raw), [("012345678".to_owned(), ChipKind::Avid9)]);
        }
        assert_eq!(numbers("4a5b6c7d8e"), [("4A5B6C7D8E".to_owned(), ChipKind::Ten)]);
    }

    #[test]
    fn two_numbers_may_share_a_cell() {
        assert_eq!(numbers("985112003456789, 012*345*678").len(), 2);
        assert_eq!(numbers("985112003456789 985112003456780").len(), 2);
        assert_eq!(numbers("985112003456789/985112003456789").len(), 1);
    }

    #[test]
    fn numbers_that_cannot_be_right_are_refused() {
        for raw in [
            "9.82E+14",
            "9.85112E+14",
            "999000000000001",
            "985999999999999",
            "40112003456789",
            "000000000",
            "000112003456789",
            "12345678901234567890",
            "985000000000000",
            "956000000000000",
            "981020000000000",
            "900111111111111",
            "111111111111111",
            "123456789012345",
            "123456789",
            "1234567890",
        ] {
            assert!(matches!(parse_microchip(raw), ChipReading::Refused(_)), "{raw}");
        }
    }

    #[test]
    fn yes_and_no_are_flags() {
        assert_eq!(parse_microchip("Yes"), ChipReading::Flag(true));
        assert_eq!(parse_microchip("SCAN NO CHIP"), ChipReading::Flag(false));
        assert_eq!(parse_microchip("N/A"), ChipReading::Unknown);
        assert_eq!(parse_microchip("see notes"), ChipReading::Unknown);
    }
}
