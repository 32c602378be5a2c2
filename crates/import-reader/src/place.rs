//! The place where an animal was found, as far as the file says.

use super::{columns::Header, formats::Column, text::beginning};
use pet_vocabulary::fold;

/// Maximum length of a place in characters.
const PLACE_LIMIT: usize = 300;

/// Content of the place columns.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct FoundAt {
    pub(super) text: Option<String>,
    /// Latitude and longitude in degrees.
    pub(super) point: Option<(f64, f64)>,
    pub(super) postal_code: Option<String>,
}

/// Reads the place columns. A metric country is not the United States, whose postal codes lose their zeros.
pub(super) fn found_at(header: &Header, cells: &[String], is_metric: bool) -> FoundAt {
    let located = located(header, cells);
    let coordinate = |column| header.value(column, cells).and_then(|text| text.parse::<f64>().ok());
    let columns = coordinate(Column::Latitude)
        .zip(coordinate(Column::Longitude))
        .and_then(checked);
    let before = located.as_ref().map(|(text, _)| text.as_str()).unwrap_or_default();
    let own = header.value(Column::PostalCode, cells);
    let postal = own.and_then(|code| match is_metric {
        true => code_of_any_country(code),
        false => postal_code(code).or_else(|| code_of_any_country(code)),
    });
    // Coordinates after a postal code are those of its centre, so they say no more than the code.
    let exact = located.as_ref().filter(|_| postal_code(before).is_none());
    FoundAt {
        text: place_text(header, cells, before),
        point: columns.or(exact.and_then(|(_, point)| *point)),
        postal_code: postal.or_else(|| postal_code(before)).or_else(|| zip_at_end(before)),
    }
}

/// The words of the first column that has some, and the coordinates of the first that has those.
fn located(header: &Header, cells: &[String]) -> Option<(String, Option<(f64, f64)>)> {
    let parts: Vec<_> = header.values(Column::Location, cells).map(split_point).collect();
    let says_something = |(text, _): &&(String, _)| !text.trim().is_empty();
    let text = parts.iter().find(says_something).map(|(text, _)| text.clone());
    let point = parts.iter().find_map(|(_, point)| *point);
    (!parts.is_empty()).then(|| (text.unwrap_or_default(), point))
}

/// Street, town, region and postal code in one line; if there are none, the text before the coordinates.
fn place_text(header: &Header, cells: &[String], before: &str) -> Option<String> {
    let street = header.value(Column::FoundPlace, cells).filter(|place| !is_code(place));
    let jurisdiction = || header.value(Column::Jurisdiction, cells).and_then(town_of_jurisdiction);
    let city = header.value(Column::City, cells).or_else(jurisdiction);
    let region = header.value(Column::Region, cells);
    let is_named = |part: &&str| street.is_some_and(|street| fold(street).contains(&fold(part)));
    let around = [city, region].into_iter().flatten().filter(|part| !is_named(part));
    let named: Vec<&str> = street.into_iter().chain(around).collect();
    let text = if named.is_empty() {
        before.to_owned()
    } else {
        named.join(", ")
    };
    let line = text
        .replace("\\n", " ")
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ");
    let says_something = line.chars().any(char::is_alphabetic)
        && !matches!(line.as_str(), "N/A" | "LOST" | "Unknown" | "Outside Jurisdiction")
        && !is_shelter(&fold(&line));
    says_something.then(|| beginning(&line, PLACE_LIMIT).to_owned())
}

/// Whether people mean the shelter itself, where nobody found the animal.
fn is_shelter(word: &str) -> bool {
    let counter = [
        "otc",
        "over the counter",
        "front desk",
        "lobby",
        "drop off",
        "dropped off",
    ];
    let house = [
        "shelter",
        "the shelter",
        "animal shelter",
        "at shelter",
        "at the shelter",
        "here",
    ];
    counter.contains(&word) || house.contains(&word)
}

/// Whether it is the number of a person or case, such as `P0976568`, and not a place.
fn is_code(text: &str) -> bool {
    let digits = text.chars().filter(char::is_ascii_digit).count();
    !text.contains(' ') && 4 <= digits && text.chars().all(char::is_alphanumeric)
}

/// `*SANTA ROSA` as a town; `None` if the text is not a town.
fn town_of_jurisdiction(text: &str) -> Option<&str> {
    let town = text.trim_matches(|letter: char| letter == '*' || letter.is_whitespace());
    let word = fold(town);
    let is_town = !word.is_empty() && !["county", "unknown", "out of"].iter().any(|part| word.contains(part));
    is_town.then_some(town)
}

/// Splits `95403(38.486997, -122.749134)` into the text and the coordinates.
fn split_point(text: &str) -> (String, Option<(f64, f64)>) {
    let Some((before, inside)) = text.rsplit_once('(') else {
        return (text.to_owned(), None);
    };
    let numbers = inside.split(')').next().and_then(|inside| inside.split_once(','));
    let parse = |number: &str| number.trim().parse::<f64>().ok();
    match numbers.and_then(|(latitude, longitude)| parse(latitude).zip(parse(longitude))) {
        Some(point) => (before.to_owned(), checked(point)),
        None => (text.to_owned(), None),
    }
}

/// Rejects invalid points, 0/0, and the centre of the United States, which geocoders return for "no idea".
fn checked((latitude, longitude): (f64, f64)) -> Option<(f64, f64)> {
    let near = |(lat, lon): (f64, f64)| (latitude - lat).abs() < 0.01 && (longitude - lon).abs() < 0.01;
    let on_globe = latitude.abs() <= 90.0 && longitude.abs() <= 180.0;
    (on_globe && !near((0.0, 0.0)) && !near((37.0905, -95.7129))).then_some((latitude, longitude))
}

/// The ZIP code behind a state, as in `Austin, TX 78701`.
fn zip_at_end(text: &str) -> Option<String> {
    let mut words = text.split_whitespace().rev();
    let (code, state) = (words.next()?, words.next()?);
    let is_state = state.len() == 2 && state.bytes().all(|byte| byte.is_ascii_uppercase());
    (is_state && 5 <= code.len()).then(|| postal_code(code)).flatten()
}

/// The postal code of any country: letters and digits, of which one is a digit.
fn code_of_any_country(text: &str) -> Option<String> {
    let code = text.trim().to_uppercase();
    let is_part = |letter: char| letter.is_ascii_alphanumeric() || matches!(letter, ' ' | '-');
    let fits = (3..=10).contains(&code.len()) && code.chars().all(is_part);
    (fits && code.bytes().any(|byte| byte.is_ascii_digit())).then_some(code)
}

/// A US ZIP code or a Canadian postal code; a spreadsheet may have dropped the leading zero.
fn postal_code(text: &str) -> Option<String> {
    let code = text.trim().to_ascii_uppercase();
    let bytes = code.as_bytes();
    let digits = |part: &[u8]| part.iter().all(u8::is_ascii_digit);
    match bytes {
        zip if zip.len() == 5 && digits(zip) => Some(code),
        [zip @ .., b'-', _, _, _, _] if zip.len() == 5 && digits(zip) => code.get(..5).map(str::to_owned),
        zip if zip.len() == 4 && digits(zip) => Some(format!("0{code}")),
        [a, b, c, rest @ ..] if a.is_ascii_alphabetic() && b.is_ascii_digit() && c.is_ascii_alphabetic() => {
            (rest.len() <= 4).then_some(code)
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_location_may_carry_its_coordinates() {
        let (text, point) = split_point("95403(38.486997, -122.749134)");
        assert_eq!((text.as_str(), point), ("95403", Some((38.486_997, -122.749_134))));
        assert_eq!(split_point("Kennel (north)").1, None);
        assert_eq!(split_point("x (91.0, 3.0)").1, None);
    }

    #[test]
    fn the_middle_of_a_postal_code_is_no_exact_point() {
        let cells = |line: &str| line.split('|').map(str::to_owned).collect::<Vec<_>>();
        let header = Header::read(&cells("Animal ID|Type|Location")).expect("the header is complete");
        let found = |place| found_at(&header, &cells(&format!("A1|DOG|{place}")), false);

        let middle = found("95403(38.486997, -122.749134)");
        assert_eq!((middle.point, middle.postal_code.as_deref()), (None, Some("95403")));
        assert!(found("1 Elm St (38.486997, -122.749134)").point.is_some());
    }

    #[test]
    fn where_an_animal_went_is_not_where_it_was_found() {
        let cells = |line: &str| line.split('|').map(str::to_owned).collect::<Vec<_>>();
        let titles = "Animal ID|Type|Impound Number|Intake Jurisdiction|Outcome Jurisdiction|Outcome Zip Code|Location";
        let header = Header::read(&cells(titles)).expect("the header is complete");
        let found = |town| {
            let row = format!("A1|DOG|K1|{town}|X|95403|95403(38.486997, -122.749134)");
            found_at(&header, &cells(&row), false)
        };
        for (town, text) in [
            ("*SANTA ROSA ", Some("SANTA ROSA")),
            ("COUNTY", None),
            ("OUT OF COUNTY", None),
            ("Unknown", None),
            ("*", None),
        ] {
            let text = text.map(str::to_owned);
            assert_eq!(
                found(town),
                FoundAt {
                    text,
                    ..FoundAt::default()
                },
                "{town}"
            );
        }
        assert!(header.ignored().contains(&"Location".to_owned()));
    }

    #[test]
    fn the_middle_of_the_country_is_no_place() {
        assert_eq!(checked((37.090_608, -95.712_816)), None);
        assert_eq!(checked((0.0, 0.0)), None);
        assert_eq!(checked((47.4, -122.2)), Some((47.4, -122.2)));
        assert_eq!(checked((f64::NAN, 1.0)), None);
    }

    #[test]
    fn postal_codes_are_checked() {
        assert_eq!(postal_code("78701-1234").as_deref(), Some("78701"));
        assert_eq!(postal_code("2134").as_deref(), Some("02134"));
        assert_eq!(postal_code("v6b 1a1").as_deref(), Some("V6B 1A1"));
        assert_eq!(postal_code("N/A"), None);
    }
}
