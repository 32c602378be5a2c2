//! Parses sex and whether an animal is altered; one cell often contains both.

use entity::vocabulary::{Altered, Sex};

use super::spelling::fold;

/// Parses a sex cell: `Neutered Male`, `Intact Female`, `SPAYED`, `S`, `MN`, `Female (neutered)`.
///
/// "Neutered" alone is a male, as shelters use it, but not beside the word for another sex. "Unaltered" says nothing
/// about the sex, and both sexes in one cell (`Male/Female`) neither.
pub fn parse_sex(raw: &str) -> (Sex, Altered) {
    let folded = fold(raw);
    match folded.as_str() {
        "n a" | "not applicable" => return (Sex::Unknown, Altered::Unknown),
        // As opposed to a bitch.
        "dog" => return (Sex::Male, Altered::Unknown),
        _ => {}
    }
    let (mut named, mut implied, mut altered) = (Vec::new(), Sex::Unknown, Altered::Unknown);
    let mut before = "";
    for word in folded.split(' ') {
        match sex_word(word) {
            (sex, Altered::Unknown) => named.extend(Some(sex).filter(|sex| *sex != Sex::Unknown)),
            // Words of one breath, such as `MN`, name both.
            (sex, told) => {
                implied = if sex == Sex::Unknown { implied } else { sex };
                altered = behind(before, told);
            }
        }
        before = word;
    }
    let sex = match named.as_slice() {
        [] => implied,
        [first, others @ ..] if others.iter().all(|other| other == first) => *first,
        _ => Sex::Unknown,
    };
    (sex, altered)
}

/// What a word says behind another: `not neutered`, `unknown if spayed`.
fn behind(before: &str, told: Altered) -> Altered {
    match (before, told) {
        ("not" | "non" | "never", Altered::Yes) => Altered::No,
        ("if" | "whether", _) => Altered::Unknown,
        _ => told,
    }
}

/// Parses an altered cell: yes and no in their usual forms, or words such as "spayed".
pub fn parse_altered(raw: &str) -> Altered {
    match fold(raw).as_str() {
        "yes" | "y" | "1" | "true" | "t" | "altered" | "fixed" => Altered::Yes,
        "no" | "n" | "0" | "false" | "f" | "not altered" | "not yet" => Altered::No,
        other => parse_sex(other).1,
    }
}

fn sex_word(word: &str) -> (Sex, Altered) {
    match word {
        "male" | "m" | "boy" | "tom" | "tomcat" | "buck" | "rooster" | "colt" => (Sex::Male, Altered::Unknown),
        "female" | "f" | "girl" | "mare" | "doe" | "hen" | "filly" | "bitch" | "queen" => {
            (Sex::Female, Altered::Unknown)
        }
        "neutered" | "n" | "nm" | "mn" | "castrated" | "mc" | "cm" | "gelding" | "gelded" => (Sex::Male, Altered::Yes),
        "spayed" | "s" | "sf" | "fs" => (Sex::Female, Altered::Yes),
        "intact" | "unaltered" | "unneutered" | "unspayed" | "entire" => (Sex::Unknown, Altered::No),
        "altered" | "fixed" | "desexed" => (Sex::Unknown, Altered::Yes),
        "im" | "mi" | "stallion" => (Sex::Male, Altered::No),
        "if" | "fi" => (Sex::Female, Altered::No),
        _ => (Sex::Unknown, Altered::Unknown),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn one_cell_may_hold_both() {
        for (raw, sex, altered) in [
            ("Neutered Male", Sex::Male, Altered::Yes),
            ("Spayed Female", Sex::Female, Altered::Yes),
            ("Intact Female", Sex::Female, Altered::No),
            ("SPAYED", Sex::Female, Altered::Yes),
            ("S", Sex::Female, Altered::Yes),
            ("N", Sex::Male, Altered::Yes),
            ("MN", Sex::Male, Altered::Yes),
            ("FS", Sex::Female, Altered::Yes),
            ("IF", Sex::Female, Altered::No),
            ("M", Sex::Male, Altered::Unknown),
            ("Male (neutered)", Sex::Male, Altered::Yes),
            ("Male/Neutered", Sex::Male, Altered::Yes),
            ("M/N", Sex::Male, Altered::Yes),
            ("Unaltered", Sex::Unknown, Altered::No),
            ("Altered Male", Sex::Male, Altered::Yes),
        ] {
            assert_eq!(parse_sex(raw), (sex, altered), "{raw}");
        }
    }

    #[test]
    fn a_named_sex_outweighs_an_implied_one_and_two_are_none() {
        for (raw, sex, altered) in [
            ("Female Neutered", Sex::Female, Altered::Yes),
            ("F/N", Sex::Female, Altered::Yes),
            ("Male/Female", Sex::Unknown, Altered::Unknown),
            ("Male (not neutered)", Sex::Male, Altered::No),
            ("Female, unknown if spayed", Sex::Female, Altered::Unknown),
        ] {
            assert_eq!(parse_sex(raw), (sex, altered), "{raw}");
        }
    }

    #[test]
    fn words_for_nothing_say_nothing() {
        for raw in ["N/A", "NULL", "Unknown", "U", "X", "", "?", "not applicable"] {
            assert_eq!(parse_sex(raw), (Sex::Unknown, Altered::Unknown), "{raw}");
        }
    }

    #[test]
    fn an_altered_cell_speaks_yes_and_no() {
        assert_eq!(parse_altered("yes"), Altered::Yes);
        assert_eq!(parse_altered("N"), Altered::No);
        assert_eq!(parse_altered("Spayed"), Altered::Yes);
        assert_eq!(parse_altered("not spayed"), Altered::No);
        assert_eq!(parse_altered("Unknown"), Altered::Unknown);
        assert_eq!(parse_altered("N/A"), Altered::Unknown);
    }

    proptest! {
        #[test]
        fn the_order_of_the_words_does_not_matter(
            sex in prop::sample::select(vec!["Male", "f", "FEMALE", "m"]),
            altered in prop::sample::select(vec!["neutered", "Spayed", "intact", "unaltered", "altered"]),
            between in prop::sample::select(vec![" ", "/", " - ", ", "]),
        ) {
            let usual = parse_sex(&format!("{sex}{between}{altered}"));
            prop_assert_eq!(parse_sex(&format!("{altered}{between}{sex}")), usual);
        }
    }
}
