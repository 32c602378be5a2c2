//! Parses sex and whether an animal is altered; one cell often contains both.

use entity::vocabulary::{Altered, Sex};

use super::spelling::fold;

/// Parses a sex cell: `Neutered Male`, `Intact Female`, `SPAYED`, `S`, `MN`. "Unaltered" says nothing about the sex.
pub fn parse_sex(raw: &str) -> (Sex, Altered) {
    let (mut sex, mut altered) = (Sex::Unknown, Altered::Unknown);
    for word in fold(raw).split(' ') {
        let (word_sex, word_altered) = sex_word(word);
        if word_sex != Sex::Unknown {
            sex = word_sex;
        }
        if word_altered != Altered::Unknown {
            altered = word_altered;
        }
    }
    (sex, altered)
}

/// Parses an altered cell: yes and no in their usual forms, or words such as "spayed".
pub fn parse_altered(raw: &str) -> Altered {
    match fold(raw).as_str() {
        "yes" | "y" | "1" | "true" | "t" | "altered" | "fixed" => Altered::Yes,
        "no" | "n" | "0" | "false" | "f" | "not altered" => Altered::No,
        other => parse_sex(other).1,
    }
}

fn sex_word(word: &str) -> (Sex, Altered) {
    match word {
        "male" | "m" | "boy" => (Sex::Male, Altered::Unknown),
        "female" | "f" | "girl" => (Sex::Female, Altered::Unknown),
        "neutered" | "n" | "nm" | "mn" | "castrated" | "mc" | "gelding" | "gelded" => (Sex::Male, Altered::Yes),
        "spayed" | "s" | "sf" | "fs" => (Sex::Female, Altered::Yes),
        "intact" | "unaltered" | "unneutered" | "unspayed" | "entire" => (Sex::Unknown, Altered::No),
        "altered" | "fixed" => (Sex::Unknown, Altered::Yes),
        "im" | "mi" | "stallion" => (Sex::Male, Altered::No),
        "if" | "fi" => (Sex::Female, Altered::No),
        "mare" => (Sex::Female, Altered::Unknown),
        _ => (Sex::Unknown, Altered::Unknown),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_cell_may_hold_both() {
        for (raw, sex, altered) in [
            ("Neutered Male", Sex::Male, Altered::Yes),
            ("Spayed Female", Sex::Female, Altered::Yes),
            ("Intact Female", Sex::Female, Altered::No),
            ("SPAYED", Sex::Female, Altered::Yes),
            ("S", Sex::Female, Altered::Yes),
            ("M", Sex::Male, Altered::Unknown),
            ("Male (neutered)", Sex::Male, Altered::Yes),
            ("Unaltered", Sex::Unknown, Altered::No),
            ("NULL", Sex::Unknown, Altered::Unknown),
            ("", Sex::Unknown, Altered::Unknown),
        ] {
            assert_eq!(parse_sex(raw), (sex, altered), "{raw}");
        }
    }

    #[test]
    fn an_altered_cell_speaks_yes_and_no() {
        assert_eq!(parse_altered("yes"), Altered::Yes);
        assert_eq!(parse_altered("N"), Altered::No);
        assert_eq!(parse_altered("Spayed"), Altered::Yes);
        assert_eq!(parse_altered("Unknown"), Altered::Unknown);
    }
}
