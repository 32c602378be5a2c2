//! What somebody may mean who is still typing: looked up in the table alone, in less than a millisecond.

use super::{
    address::Found,
    states,
    table::{Town, table},
    town_name,
};

/// Digits of a postal code.
const CODE_DIGITS: u32 = 5;

/// The codes that begin with these digits, or the towns whose names begin so, with the beginning of a state after a comma
/// or a town's whole name.
pub(super) fn completions(text: &str, most: usize) -> Vec<Found> {
    match is_digits(text) {
        true => codes(text, most).unwrap_or_default(),
        false => towns(text, most).into_iter().map(Found::Town).collect(),
    }
}

fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

fn codes(digits: &str, most: usize) -> Option<Vec<Found>> {
    let missing = CODE_DIGITS.checked_sub(u32::try_from(digits.len()).ok()?)?;
    let (begin, many) = (digits.parse::<u32>().ok()?, 10_u32.pow(missing));
    let codes = begin * many..(begin + 1) * many;
    Some(
        table()
            .codes_between(codes, most)
            .into_iter()
            .map(Found::Code)
            .collect(),
    )
}

fn towns(text: &str, most: usize) -> Vec<Town> {
    if text.chars().any(|letter| letter.is_ascii_digit()) {
        return Vec::new();
    }
    match text.split_once(',') {
        Some((town, state)) => towns_in(town, state, most),
        None => {
            let mut towns = table().towns_beginning(&keys(text), |_| true, most);
            let (town, state) = text.trim().rsplit_once(' ').unwrap_or_default();
            let in_state = table().towns_named(town).into_iter().filter(|town| begins(town, state));
            towns.extend(in_state);
            towns.truncate(most);
            towns
        }
    }
}

/// The towns whose names begin so, in the states that begin so.
fn towns_in(town: &str, state: &str, most: usize) -> Vec<Town> {
    let state = town_name::plain(state);
    table().towns_beginning(&keys(town), |number| states::begins(number, &state), most)
}

fn begins(town: &Town, state: &str) -> bool {
    states::by_code(town.state).is_some_and(|number| states::begins(number, &town_name::plain(state)))
}

/// The beginnings of keys that a beginning of a name stands for. Its last word may be an abbreviation or half a word: `st`
/// is Saint Louis and Stockton.
fn keys(beginning: &str) -> Vec<String> {
    let (whole, half) = (town_name::key(beginning), town_name::plain(beginning));
    let last = half.rsplit(' ').next().unwrap_or_default();
    let before = whole
        .rsplit_once(' ')
        .map(|(before, _)| format!("{before} "))
        .unwrap_or_default();
    let mut keys = vec![format!("{before}{last}"), whole];
    keys.retain(|key| !key.is_empty());
    keys.dedup();
    keys
}

#[cfg(test)]
mod tests {
    use super::*;

    fn labels(text: &str, most: usize) -> Vec<String> {
        let found = completions(text, most).into_iter();
        found
            .map(|found| match found {
                Found::Code(code) => format!("{:05}", code.code),
                Found::Town(town) => format!("{}, {}", town.name, town.state),
            })
            .collect()
    }

    #[test]
    fn the_town_with_the_most_postal_codes_comes_first() {
        for (text, first) in [
            ("A", "Atlanta, GA"),
            ("Aust", "Austin, TX"),
            ("austi", "Austin, TX"),
            ("Austin, T", "Austin, TX"),
            ("austin t", "Austin, TX"),
            ("Austin, mi", "Austin, MN"),
            ("new y", "New York, NY"),
            ("St Lou", "Saint Louis, MO"),
            ("St. Louis, M", "Saint Louis, MO"),
            ("San Anto", "San Antonio, TX"),
            ("Ft Wor", "Fort Worth, TX"),
        ] {
            assert_eq!(labels(text, 5).first().map(String::as_str), Some(first), "{text}");
        }
        assert!(labels("st", 200).iter().any(|label| label == "Stockton, CA"));
    }

    #[test]
    fn the_beginning_of_a_postal_code_is_completed_in_order() {
        assert_eq!(labels("787", 3), ["78701", "78702", "78703"]);
        assert_eq!(labels("0213", 2), ["02130", "02131"]);
        assert_eq!(labels("78704", 5), ["78704"]);
        assert_eq!(labels("787041", 5), Vec::<String>::new());
        assert_eq!(labels("000", 5), Vec::<String>::new());
    }

    #[test]
    fn what_begins_no_name_is_not_completed() {
        for text in [
            "",
            " ",
            ",",
            ", TX",
            "12 Oak Street, Aust",
            "behind the old mill",
            "Lyon, Fra",
            "€",
        ] {
            assert_eq!(labels(text, 5), Vec::<String>::new(), "{text}");
        }
    }
}
