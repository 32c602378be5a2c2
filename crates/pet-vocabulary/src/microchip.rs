//! Parses microchip numbers as people and spreadsheets write them.

use super::spelling::fold;

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
    if let Some(flag) = flag_word(&fold(text)) {
        return flag;
    }
    if is_masked(text) {
        return ChipReading::Refused("a part of the microchip number is hidden; export the whole number");
    }
    let restored = match of_spreadsheet(text) {
        Some(Err(reason)) => return ChipReading::Refused(reason),
        Some(Ok(digits)) => Some(digits),
        None => None,
    };
    let text = restored.as_deref().unwrap_or(text);
    if let Some(reading) = read_number(&bare(text)) {
        return reading.map_or_else(ChipReading::Refused, |chip| ChipReading::Chips(vec![chip]));
    }
    read_several(text)
}

fn flag_word(folded: &str) -> Option<ChipReading> {
    Some(match folded {
        "yes" | "y" | "true" | "chipped" | "microchipped" | "scan chip" => ChipReading::Flag(true),
        "no" | "n" | "false" | "none" | "not found" | "not detected" | "not chipped" | "no chip" | "scan no chip"
        | "none found" | "no chip found" | "no microchip" | "not microchipped" | "no microchip found" => {
            ChipReading::Flag(false)
        }
        "" | "0" | "n a" | "na" | "null" | "unknown" | "unk" | "tbd" | "pending" => ChipReading::Unknown,
        _ => return None,
    })
}

/// Digits on both sides of several asterisks or X: `985***456789`. AVID's `012*345*678` has single ones.
fn is_masked(text: &str) -> bool {
    let has_digit = |part: &str| part.bytes().any(|byte| byte.is_ascii_digit());
    let hides = |text: &str, mask| {
        let mut places = text.match_indices(mask).map(|(at, _)| text.split_at(at));
        places.any(|(before, after)| has_digit(before) && has_digit(after))
    };
    hides(text, "**") || hides(&bare(text), "XX")
}

/// A number as spreadsheets write long ones: `9.82E+14`, `9,82E+14` or `982000123456789.0`. Its digits, if all have
/// survived.
fn of_spreadsheet(text: &str) -> Option<Result<String, &'static str>> {
    let plain = text.replace(',', ".");
    if let Some((digits, zeros)) = plain.split_once('.')
        && 9 <= digits.len()
        && !zeros.is_empty()
        && zeros.bytes().all(|byte| byte == b'0')
    {
        return Some(Ok(digits.to_owned()));
    }
    let (mantissa, exponent) = plain.split_once(['e', 'E'])?;
    let is_number = mantissa.parse::<f64>().is_ok() && (mantissa.contains('.') || exponent.starts_with(['+', '-']));
    let exponent = exponent.trim_start_matches('+');
    let power = exponent.parse::<i32>().ok().filter(|_| is_number)?;
    let digits = mantissa.replace('.', "");
    let is_whole = power == 14 && digits.len() == 15 && digits.bytes().all(|byte| byte.is_ascii_digit());
    Some(if is_whole {
        Ok(digits)
    } else {
        Err("a spreadsheet shortened the microchip number; format the column as text and export again")
    })
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
            "the microchip number has 14 digits; a leading zero seems to be lost: format the column as text and export again",
        )),
        // No country or manufacturer begins with three zeros, so two at most are lost of fifteen digits.
        (13, true) => Some(Err(
            "the microchip number has 13 digits; leading zeros seem to be lost: format the column as text and export again",
        )),
        (11..13, true) => Some(Err("a microchip number has 9, 10 or 15 digits")),
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
            Some(_) => vec![bare(part)],
            None => numbers_among_words(part),
        });
    let mut chips: Vec<Chip> = Vec::new();
    let mut refusal = None;
    for bare in parts {
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

/// Words, and neighbours that are pieces of one number: `HomeAgain: 985 112 003 456 789`.
fn numbers_among_words(part: &str) -> Vec<String> {
    let words: Vec<String> = part.split_whitespace().map(bare).collect();
    let is_digits = |word: &String| word.bytes().all(|byte| byte.is_ascii_digit());
    let runs = words.chunk_by(|one, other| is_digits(one) && is_digits(other));
    runs.flat_map(|run| match run.iter().any(|word| read_number(word).is_some()) {
        true => run.to_vec(),
        false => vec![run.concat()],
    })
    .collect()
}

#[cfg(test)]
mod tests;
