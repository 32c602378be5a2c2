//! Whether an animal is a mix, as flags say it.

use crate::spelling::fold;

/// Parses a flag for mixes: yes and no, `Mixed`, `Purebred`, or a title with its value such as `Mixed 1` and
/// `Purebred 0`. `None` for anything else.
///
/// For a column that says whether an animal is purebred, as Adopt-a-Pet's does, put its title in front of the cell:
/// `Purebred 0` is a mix.
pub fn parse_mixed(raw: &str) -> Option<bool> {
    let folded = fold(raw);
    let (title, value) = folded.split_once(' ').unwrap_or(("", &folded));
    match title {
        "purebred" => flag(value).map(|is_purebred| !is_purebred),
        "mixed" | "mix" if value != "breed" => flag(value),
        _ => match folded.as_str() {
            "mix" | "mixed" | "mixed breed" | "cross" | "crossbreed" | "cross breed" | "mongrel" | "x" => Some(true),
            "purebred" | "pure bred" | "pure breed" | "pure" => Some(false),
            other => flag(other),
        },
    }
}

fn flag(word: &str) -> Option<bool> {
    match word {
        "1" | "yes" | "y" | "true" | "t" => Some(true),
        "0" | "no" | "n" | "false" | "f" => Some(false),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_purebred_animal_is_no_mix() {
        for (raw, mixed) in [
            ("Purebred 0", Some(true)),
            ("Purebred: 1", Some(false)),
            ("Purebred", Some(false)),
            ("Mixed 1", Some(true)),
            ("MIXED 0", Some(false)),
            ("Mixed Breed", Some(true)),
            ("Yes", Some(true)),
            ("0", Some(false)),
            ("", None),
            ("2", None),
            ("Purebred?", Some(false)),
            ("Purebred maybe", None),
            ("Beagle", None),
        ] {
            assert_eq!(parse_mixed(raw), mixed, "{raw}");
        }
    }
}
