//! Parses sizes, in words or as weights.

use entity::vocabulary::PetSize;

use super::{spelling::fold, weight::WeightUnit};

/// Parses a size cell: `X-LRG`, `Medium (20-59)`, `26-60 lbs (Medium)`, `20 to 50 lb`. Words outweigh weights.
///
/// `None` for two sizes (`S/M`), weights without a unit, and words for young animals (`KITTN`, `PUPPY`).
pub fn parse_size(raw: &str) -> Option<PetSize> {
    let words: Vec<String> = raw.split(['/', '(', ')', ',', ';']).map(size_words).collect();
    let mut named = words.iter().filter(|words| !words.is_empty());
    match named.next() {
        None => size_of_weights(raw),
        Some(first) if named.all(|other| other == first) => size_word(first),
        Some(_) => None,
    }
}

/// The words of a part without spaces, and without those that belong to a weight: `Med. 26-60 lbs` gives `med`.
fn size_words(part: &str) -> String {
    let folded = fold(part);
    let words = folded.split(' ').flat_map(split_number).filter(|word| {
        let belongs_to_weight = WeightUnit::parse(word).is_some()
            || word.bytes().all(|byte| byte.is_ascii_digit())
            || matches!(
                *word,
                "to" | "and" | "or" | "under" | "over" | "up" | "less" | "more" | "than" | "plus"
            );
        !belongs_to_weight && !matches!(*word, "size" | "sized" | "dog" | "cat" | "breed")
    });
    words.collect()
}

fn split_number(word: &str) -> impl Iterator<Item = &str> {
    let digits = word.find(|letter: char| !letter.is_ascii_digit()).unwrap_or(word.len());
    let (number, rest) = word.split_at(digits);
    [number, rest].into_iter().filter(|part| !part.is_empty())
}

fn size_word(word: &str) -> Option<PetSize> {
    Some(match word {
        "xs" | "extrasmall" | "xsmall" | "toy" | "t" | "tiny" | "teacup" | "xsml" => PetSize::ExtraSmall,
        "s" | "small" | "sm" | "sml" => PetSize::Small,
        "m" | "medium" | "med" | "average" => PetSize::Medium,
        "l" | "large" | "lrg" | "lg" | "big" => PetSize::Large,
        "xl" | "x" | "xlarge" | "extralarge" | "xlrg" | "verylarge" | "giant" | "xlg" | "xxl" => PetSize::ExtraLarge,
        _ => return None,
    })
}

/// Upper ends of the sizes of dogs in pounds, as listing services draw them: small to 25, medium to 60, large to 100.
const BANDS: [(f64, PetSize); 4] = [
    (25.0, PetSize::Small),
    (60.0, PetSize::Medium),
    (100.0, PetSize::Large),
    (f64::INFINITY, PetSize::ExtraLarge),
];

/// The size that holds a weight, or more than half of a range of weights.
fn size_of_weights(raw: &str) -> Option<PetSize> {
    let (from, to) = range_in_pounds(raw)?;
    let mut below = 0.0_f64;
    for (above, size) in BANDS {
        let inside = to.min(above) - from.max(below);
        if from == to && from <= above || to.is_infinite() && below <= from && above.is_infinite() {
            return Some(size);
        }
        if to.is_finite() && (to - from) / 2.0 < inside {
            return Some(size);
        }
        below = above;
    }
    None
}

/// The ends of a range such as `20 to 50 lb`, `under 25 lbs`, `100+ lb`; equal for one weight. The first unit counts:
/// a second one repeats the same in other words.
fn range_in_pounds(raw: &str) -> Option<(f64, f64)> {
    let lower = raw.to_lowercase();
    let at = lower.find(|letter: char| letter.is_ascii_digit())?;
    let (before, rest) = lower.split_at(at);
    let is_unit = |letter: char| letter.is_ascii_alphabetic() || letter == '#';
    let mut numbers = Vec::new();
    let mut unit = None;
    for word in rest.split(|letter: char| !(letter.is_ascii_digit() || letter == '.' || is_unit(letter))) {
        let (number, word) = word.split_at(word.find(is_unit).unwrap_or(word.len()));
        numbers.extend(number.parse::<f64>().ok());
        unit = WeightUnit::parse(word);
        if unit.is_some() {
            break;
        }
    }
    let pounds = unit?.in_pounds();
    let has = |text: &str, words: &[&str]| words.iter().any(|word| text.contains(word));
    match *numbers.as_slice() {
        [one] if has(before, &["under", "less", "up to", "<"]) => Some((0.0, one * pounds)),
        [one] if has(before, &["over", "more", ">"]) || has(rest, &["+", "over", "more", "up", "plus"]) => {
            Some((one * pounds, f64::INFINITY))
        }
        [one] if 0.0 < one => Some((one * pounds, one * pounds)),
        [one, other] if one < other => Some((one * pounds, other * pounds)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn spellings_of_vendors_are_known() {
        for (raw, size) in [
            ("X-LRG", Some(PetSize::ExtraLarge)),
            ("Extra Large", Some(PetSize::ExtraLarge)),
            ("Very Large", Some(PetSize::ExtraLarge)),
            ("MED", Some(PetSize::Medium)),
            ("Medium (20-59)", Some(PetSize::Medium)),
            ("26-60 lbs (Medium)", Some(PetSize::Medium)),
            ("Med. 26-60 lbs (12-27 kg)", Some(PetSize::Medium)),
            ("Large 61-100lbs", Some(PetSize::Large)),
            ("Medium Sized Dog", Some(PetSize::Medium)),
            ("toy", Some(PetSize::ExtraSmall)),
            ("L", Some(PetSize::Large)),
            ("X", Some(PetSize::ExtraLarge)),
            // Words for young animals are ages, and two sizes are none.
            ("KITTN", None),
            ("PUPPY", None),
            ("S/M", None),
            ("Small, Large", None),
            ("unknown", None),
            ("", None),
        ] {
            assert_eq!(parse_size(raw), size, "{raw}");
        }
    }

    #[test]
    fn weights_alone_are_the_size_that_holds_most_of_them() {
        for (raw, size) in [
            ("26-60 lbs", Some(PetSize::Medium)),
            ("20 to 50 lb", Some(PetSize::Medium)),
            ("0-25 lbs", Some(PetSize::Small)),
            ("61 - 100 lbs.", Some(PetSize::Large)),
            ("12-27 kg (26-60 lbs)", Some(PetSize::Medium)),
            ("30 kg", Some(PetSize::Large)),
            ("25 lb", Some(PetSize::Small)),
            ("26lb", Some(PetSize::Medium)),
            ("Under 25 lbs", Some(PetSize::Small)),
            ("100+ lbs", Some(PetSize::ExtraLarge)),
            ("over 100 lbs", Some(PetSize::ExtraLarge)),
            ("100 lbs and over", Some(PetSize::ExtraLarge)),
            // More than one size, none that holds more than half, no unit, and nonsense.
            ("over 60 lbs", None),
            ("10-90 lbs", None),
            ("20-59", None),
            ("60-20 lbs", None),
            ("0 lb", None),
            ("20 30 40 lb", None),
        ] {
            assert_eq!(parse_size(raw), size, "{raw}");
        }
    }

    proptest! {
        #[test]
        fn any_text_is_read(raw in any::<String>(), numbers in "[<>]?[0-9.]{0,9}[-+ ][0-9.]{0,4} ?(lbs|kg|oz|#)") {
            parse_size(&raw);
            parse_size(&numbers);
        }

        #[test]
        fn a_heavier_dog_is_no_smaller(one in 1_u32..200, more in 1_u32..200) {
            let place = |pounds: u32| {
                let size = parse_size(&format!("{pounds} lb"));
                BANDS.iter().position(|(_, band)| Some(*band) == size)
            };
            prop_assert!(place(one).is_some() && place(one) <= place(one + more));
        }
    }
}
