//! Hides street addresses (house number and street) in public text, because they lead to somebody's door.

mod european;

use super::Masked;

/// Replaces an address.
const HIDDEN: &str = "[address hidden]";
/// Number of bytes examined from each word on, so that the cost grows linearly with the length of the text.
const LONGEST_ADDRESS: usize = 200;
/// Maximum number of words between the house number and the kind of street, such as `12 Martin Luther King Jr Blvd`.
const LONGEST_NAME: usize = 5;

/// Kinds of streets, written after the name.
const KINDS: [&str; 49] = [
    "st",
    "street",
    "ave",
    "av",
    "avenue",
    "blvd",
    "boulevard",
    "rd",
    "road",
    "dr",
    "drive",
    "ln",
    "lane",
    "ct",
    "court",
    "pl",
    "place",
    "way",
    "ter",
    "terr",
    "terrace",
    "cir",
    "circle",
    "hwy",
    "highway",
    "pkwy",
    "parkway",
    "trl",
    "trail",
    "loop",
    "sq",
    "square",
    "aly",
    "alley",
    "plz",
    "plaza",
    "xing",
    "crossing",
    "cv",
    "cove",
    "pike",
    "tpke",
    "turnpike",
    "expy",
    "fwy",
    "bnd",
    "bend",
    "pt",
    "rte",
];
/// Kinds of streets that also have other meanings. They only count if capitalised like names, such as `12 Fox Run`.
const NAMED_KINDS: [&str; 22] = [
    "close", "crescent", "cres", "gardens", "gdns", "grove", "mews", "row", "hill", "walk", "rise", "green", "view",
    "ridge", "run", "path", "point", "landing", "glen", "hollow", "heights", "park",
];
/// Kinds of roads that are followed by a number.
const ROADS: [&str; 6] = ["hwy", "highway", "rte", "route", "fm", "cr"];
/// Compass directions in street names.
const DIRECTIONS: [&str; 16] = [
    "n",
    "s",
    "e",
    "w",
    "ne",
    "nw",
    "se",
    "sw",
    "north",
    "south",
    "east",
    "west",
    "northeast",
    "northwest",
    "southeast",
    "southwest",
];
/// Words before the number of a flat.
const UNITS: [&str; 8] = ["apt", "apartment", "unit", "ste", "suite", "bldg", "lot", "spc"];
/// Words that never occur in the name of a street: the number before them counts something else.
const OTHER_WORDS: [&str; 44] = [
    "a", "an", "and", "at", "been", "block", "but", "by", "cats", "day", "days", "dogs", "feet", "for", "from", "has",
    "hours", "in", "is", "lb", "lbs", "left", "miles", "minutes", "mo", "month", "months", "of", "old", "on", "or",
    "pounds", "that", "to", "was", "we", "week", "weeks", "with", "year", "years", "yo", "yr", "yrs",
];

/// Hides house numbers with their streets, such as `13404 SE 236TH PL`. An intersection, a block or a street without a
/// number is not somebody's door, and stays.
pub fn mask_addresses(text: &str) -> Masked {
    let mut masked = Masked {
        text: String::with_capacity(text.len()),
        hidden: 0,
    };
    let mut rest = text;
    let mut is_at_word = true;
    while let Some(first) = rest.chars().next() {
        let may_begin = is_at_word && first.is_alphanumeric();
        let length = match may_begin.then(|| length(rest)).flatten() {
            Some(length) => {
                masked.text.push_str(HIDDEN);
                masked.hidden += 1;
                length
            }
            _ => {
                masked.text.push(first);
                first.len_utf8()
            }
        };
        is_at_word = !first.is_alphanumeric();
        rest = rest.get(length..).unwrap_or_default();
    }
    masked
}

/// Whether the text after a number makes it the name of a street: `th Ave`, or ` AVE SE`.
pub(super) fn follows_number_of_street(rest: &str) -> bool {
    let rest = rest.to_ascii_lowercase();
    let ordinal = ["st", "nd", "rd", "th"].iter().find_map(|end| rest.strip_prefix(end));
    if let Some(after) = ordinal {
        return !after.starts_with(char::is_alphanumeric);
    }
    let mut words = rest
        .strip_prefix(' ')
        .into_iter()
        .flat_map(str::split_whitespace)
        .map(bare);
    let Some(first) = words.next() else { return false };
    KINDS.contains(&first) || (DIRECTIONS.contains(&first) && words.next().is_some_and(|word| KINDS.contains(&word)))
}

/// Length of an address at the beginning of the text.
fn length(text: &str) -> Option<usize> {
    match text.starts_with(|letter: char| letter.is_ascii_digit()) {
        true => length_from_number(text),
        false => european::length(text),
    }
}

fn length_from_number(text: &str) -> Option<usize> {
    let mut words = Words::of(text);
    let number = words.next()?;
    let has_comma = number.ends_with(',');
    let number = number.trim_end_matches(',');
    let digits = number.trim_end_matches(|letter: char| letter.is_ascii_alphabetic());
    let is_number = |part: &str| matches!(part.len(), 1..=6) && part.bytes().all(|byte| byte.is_ascii_digit());
    if digits.len() + 1 < number.len() || !digits.split('-').all(is_number) {
        return None;
    }
    if let Some(length) = european::length_behind_number(words) {
        return Some(length);
    }
    if has_comma {
        return None;
    }
    let (mut is_named, mut is_title) = (false, digits.len() > 1);
    for _ in 0..=LONGEST_NAME {
        let word = words.next()?;
        let folded = bare(word).to_ascii_lowercase();
        if is_named && KINDS.contains(&folded.as_str()) {
            return Some(words.with_what_belongs_to_it());
        }
        if is_named && is_title && is_title_case(word) && NAMED_KINDS.contains(&folded.as_str()) {
            return Some(words.with_what_belongs_to_it());
        }
        if ROADS.contains(&folded.as_str()) && words.skip_number() {
            return Some(words.with_what_belongs_to_it());
        }
        let is_name =
            word.starts_with(|letter: char| letter.is_alphanumeric()) && !OTHER_WORDS.contains(&folded.as_str());
        if !is_name || word.ends_with([',', ';', '!', '?', ':']) {
            return None;
        }
        is_title &= is_title_case(word);
        is_named |= !DIRECTIONS.contains(&folded.as_str());
    }
    None
}

/// Whether a word is capitalised but not all in capitals.
fn is_title_case(word: &str) -> bool {
    word.starts_with(char::is_uppercase) && word.contains(char::is_lowercase)
}

/// The word without punctuation at its ends.
fn bare(word: &str) -> &str {
    word.trim_matches(|letter: char| !letter.is_alphanumeric())
}

/// A reader over the words of a line.
#[derive(Clone, Copy)]
struct Words<'a> {
    line: &'a str,
    at: usize,
}

impl<'a> Words<'a> {
    /// The words of the first line, up to the maximum length of an address.
    fn of(text: &'a str) -> Self {
        let near = text.get(..text.floor_char_boundary(LONGEST_ADDRESS)).unwrap_or(text);
        let line = near.split('\n').next().unwrap_or(near);
        Self { line, at: 0 }
    }

    fn next(&mut self) -> Option<&'a str> {
        let rest = self.line.get(self.at..)?;
        let start = rest.len() - rest.trim_start().len();
        let word = rest
            .trim_start()
            .split(char::is_whitespace)
            .next()
            .filter(|word| !word.is_empty())?;
        self.at += start + word.len();
        Some(word)
    }

    /// Skips the number of a road; false if there is none.
    fn skip_number(&mut self) -> bool {
        let before = self.at;
        let word = self.next().map(bare).unwrap_or_default();
        let is_number = word.starts_with(|letter: char| letter.is_ascii_digit());
        if !is_number {
            self.at = before;
        }
        is_number
    }

    /// The end of the address, including a direction and a flat number after the kind of street, without trailing
    /// punctuation.
    fn with_what_belongs_to_it(mut self) -> usize {
        let mut end = self.trimmed();
        while let Some(word) = self.next() {
            let folded = bare(word).to_ascii_lowercase();
            let is_part = DIRECTIONS.contains(&folded.as_str())
                || word.starts_with('#')
                || (UNITS.contains(&folded.as_str()) && self.next().is_some());
            if !is_part {
                break;
            }
            end = self.trimmed();
        }
        end
    }

    fn trimmed(&self) -> usize {
        let read = self.line.get(..self.at).unwrap_or_default();
        read.trim_end_matches(|letter: char| !letter.is_alphanumeric()).len()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_door_is_hidden() {
        for address in [
            "13404 SE 236TH PL",
            "12 Oak Street",
            "1200 W 6th St.",
            "4b Elm Ave Apt 12",
            "77 Martin Luther King Jr Blvd NE",
            "201 w 2nd st #4",
            "1200-1204 Main St",
            "9 County Road",
            "100 Hwy 290 W",
            "13011 N FM 620",
            "12 Fox Run",
            "1204 Cedar Ridge",
            "18 Acacia Gardens",
            "Hauptstraße 12",
            "Goethestr. 5a",
            "Berliner Straße 3-5",
            "Dorpsstraat 7",
            "Calle Mayor 5",
            "Avenida de la Constitución, 3",
            "Via Roma n. 10",
            "12 rue de la Paix",
            "12, rue de la Paix",
            "12 bis, avenue Foch",
            "3 place de l'Hôtel",
            "Rue Neuve 8",
        ] {
            let masked = mask_addresses(&format!("Found at {address}, shy"));
            assert!(
                masked.text.starts_with("Found at [address hidden]") && masked.text.ends_with(", shy"),
                "{masked:?}"
            );
            assert_eq!((masked.text.len() < 36, masked.hidden), (true, 1), "{masked:?}");
        }
    }

    #[test]
    fn what_stands_before_a_door_stays() {
        assert_eq!(mask_addresses("at  (Hauptstraße 12)").text, "at  ([address hidden])");
        assert_eq!(mask_addresses("at\n\n12 Oak Street").text, "at\n\n[address hidden]");
    }

    #[test]
    fn a_door_is_found_at_the_end_of_a_very_long_text() {
        let text = format!("{} Hauptstraße 12", "AB-".repeat(100_000));
        assert!(mask_addresses(&text).text.ends_with("AB- [address hidden]"));
    }

    #[test]
    fn what_leads_to_no_door_stays() {
        for text in [
            "Found at 5th Ave and Pine St",
            "4100 block of Elm St",
            "2 dogs on the way to the park",
            "She is 3 years old and likes the court",
            "Weighs 60 lbs, St. Bernard mix",
            "2 St. Bernards",
            "A123456 was seen on Main Street",
            "Between 236th Ave SE and Highway 18",
            "3 miles north on Hwy 71",
            "In 2024 Sweetie left home",
            "10 Puppies with a Green collar",
            "Found via Facebook in 2024",
            "Seen on Hauptstraße, 3 days ago",
            "During 2024 she ran along the Landweg",
            "2 place settings",
            "Left via the garden, 2 dogs",
        ] {
            assert_eq!(mask_addresses(text).text, text);
        }
    }

    proptest! {
        #[test]
        fn any_text_is_taken_without_panic(text in "[0-9a-z #,.\nSTé-]{0,60}") {
            mask_addresses(&text);
            follows_number_of_street(&text);
        }
    }
}
