//! Coordinates that people or programs have written into a text.

use std::{iter::Peekable, ops::Range, str::CharIndices};

use crate::Point;

/// Digits after the decimal point of a coordinate: three are some hundred metres, and prices have fewer.
const FEWEST_DECIMALS: usize = 3;
/// Points that geocoders give for "somewhere", as latitude and longitude: where the axes meet, and middles of the United
/// States.
const NOWHERE: [(f64, f64); 4] = [
    (0.0, 0.0),
    (37.0906, -95.7128),
    (39.8283, -98.5795),
    (44.967, -103.7716),
];
/// Closer than this to such a point, in degrees, is that point.
const NOWHERE_REACH: f64 = 0.01;

/// Coordinates found in a text.
#[derive(Debug, Clone, PartialEq)]
pub struct WrittenPoint {
    /// The point; nothing if it is one of those that mean "somewhere".
    pub point: Option<Point>,
    /// The bytes of the text that the coordinates take.
    pub range: Range<usize>,
}

/// A decimal number of a text.
struct Number {
    value: f64,
    /// `N`, `S`, `E` or `W` after it.
    side: Option<char>,
    range: Range<usize>,
}

/// The last pair of coordinates in a text: latitude and longitude in degrees with three or more decimals, such as
/// `(30.2672, -97.7431)`, `30.2672° N, 97.7431° W`, or as links to maps have them.
pub fn written_point(text: &str) -> Option<WrittenPoint> {
    let numbers = numbers(text);
    numbers.windows(2).rev().find_map(|pair| {
        let [first, second] = pair else { return None };
        let between = text.get(first.range.end..second.range.start)?;
        if !joins(between) {
            return None;
        }
        let point = point(first, second)?;
        Some(WrittenPoint {
            point: Some(point).filter(|point| !is_nowhere(*point)),
            range: first.range.start..second.range.end,
        })
    })
}

/// Whether a point is one that geocoders give when they know nothing.
pub fn is_nowhere(point: Point) -> bool {
    NOWHERE.iter().any(|(latitude, longitude)| {
        (point.latitude - latitude).abs() < NOWHERE_REACH && (point.longitude - longitude).abs() < NOWHERE_REACH
    })
}

fn point(first: &Number, second: &Number) -> Option<Point> {
    let signed = |number: &Number| match number.side {
        Some('S' | 'W') => -number.value.abs(),
        Some(_) => number.value.abs(),
        None => number.value,
    };
    match (first.side, second.side) {
        (None | Some('N' | 'S'), None | Some('E' | 'W')) => Point::new(signed(first), signed(second)).ok(),
        (Some('E' | 'W'), Some('N' | 'S')) => Point::new(signed(second), signed(first)).ok(),
        _ => None,
    }
}

/// Whether nothing but separators and the name of the second coordinate stand between two numbers.
fn joins(between: &str) -> bool {
    let name: String = between.chars().filter(|letter| letter.is_alphabetic()).collect();
    let is_name = ["", "lon", "long", "lng", "longitude"].contains(&name.to_lowercase().as_str());
    let is_separator = |letter: char| letter.is_alphabetic() || letter.is_whitespace() || ",;/:=&".contains(letter);
    is_name && !between.is_empty() && between.chars().all(is_separator)
}

fn numbers(text: &str) -> Vec<Number> {
    let (mut found, mut letters, mut before) = (Vec::new(), text.char_indices().peekable(), ' ');
    while let Some(&(start, letter)) = letters.peek() {
        let begins = !before.is_alphanumeric() && !['.', '-', '−'].contains(&before);
        match begins.then(|| number(text, start)).flatten() {
            Some(number) => {
                skip_to(&mut letters, number.range.end);
                found.push(number);
                before = '0';
            }
            None => {
                letters.next();
                before = letter;
            }
        }
    }
    found
}

/// The decimal number that begins there, with the degree sign and the side after it.
fn number(text: &str, start: usize) -> Option<Number> {
    let rest = text.get(start..)?;
    let sign = rest.chars().next().filter(|letter| ['-', '−', '+'].contains(letter));
    let unsigned = rest.get(sign.map_or(0, char::len_utf8)..)?;
    let length = unsigned
        .find(|letter: char| !letter.is_ascii_digit() && letter != '.')
        .unwrap_or(unsigned.len());
    let (digits, after) = unsigned.split_at_checked(length)?;
    let (whole, decimals) = digits.trim_end_matches('.').split_once('.')?;
    if !(1..=3).contains(&whole.len()) || decimals.len() < FEWEST_DECIMALS || decimals.contains('.') {
        return None;
    }
    let value: f64 = format!("{whole}.{decimals}").parse().ok()?;
    let mark = after.trim_start_matches([' ', '°', 'º']);
    let letter = mark.chars().next().map(|letter| letter.to_ascii_uppercase());
    let stands_alone = !mark.chars().nth(1).is_some_and(char::is_alphanumeric);
    let side = letter.filter(|letter| "NSEW".contains(*letter) && stands_alone);
    let end = match side {
        Some(_) => text.len() - mark.len() + 1,
        None => text.len() - after.trim_start_matches(['°', 'º']).len(),
    };
    let is_whole = side.is_some() || !text.get(end..)?.starts_with(char::is_alphanumeric);
    is_whole.then_some(Number {
        value: if matches!(sign, Some('-' | '−')) {
            -value
        } else {
            value
        },
        side,
        range: start..end,
    })
}

fn skip_to(letters: &mut Peekable<CharIndices<'_>>, end: usize) {
    while letters.next_if(|(at, _)| *at < end).is_some() {}
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn read(text: &str) -> Option<(f64, f64)> {
        let point = written_point(text)?.point?;
        Some((point.latitude, point.longitude))
    }

    #[test]
    fn coordinates_are_read_as_people_and_programs_write_them() {
        for text in [
            "(30.2672, -97.7431)",
            "30.2672,-97.7431",
            "12 OAK STREET\\nAUSTIN 78704\\n(30.2672, -97.7431)",
            "by the creek 30.2672 -97.7431.",
            "30.2672° N, 97.7431° W",
            "97.7431W; 30.2672N",
            "lat: 30.2672, lon: -97.7431",
            "https://maps.example/@30.2672,-97.7431,17z",
            "+30.2672 / −97.7431",
        ] {
            assert_eq!(read(text), Some((30.2672, -97.7431)), "{text}");
        }
    }

    #[test]
    fn other_numbers_are_no_coordinates() {
        for text in [
            "",
            "12 Oak Street 78704",
            "(30.2, -97.7)",
            "between 30.2672 and 97.7431",
            "91.0000, 30.0000",
            "30.2672 -197.7431",
            "1.2.3456, 7.8901",
            "$30.2672x, -97.7431",
            "30.2672-97.7431",
            "30.2672 N, 97.7431 S",
        ] {
            assert_eq!(read(text), None, "{text}");
        }
    }

    #[test]
    fn the_middle_of_a_country_is_no_place() {
        for text in ["37.090608, -95.712816", "(0.0000, 0.0000)", "39.8283,-98.5795"] {
            let written = written_point(text);
            assert!(written.is_some_and(|written| written.point.is_none()), "{text}");
        }
    }

    proptest! {
        #[test]
        fn any_point_is_read_again_within_any_text(
            before in "[a-z ,(]{0,10}",
            (latitude, longitude) in (-90.0..90.0, -180.0..180.0),
            after in "[),; ]{0,5}",
        ) {
            let point = format!("{latitude:.5}, {longitude:.5}");
            let text = format!("{before} {point}{after}");
            let written = written_point(&text).unwrap();

            prop_assert_eq!(&text[written.range], point);
        }

        #[test]
        fn no_text_is_too_strange(text in "\\PC{0,40}|[0-9.,°NSEW −-]{0,40}") {
            if let Some(written) = written_point(&text) {
                prop_assert!(text.get(written.range).is_some());
            }
        }
    }
}
