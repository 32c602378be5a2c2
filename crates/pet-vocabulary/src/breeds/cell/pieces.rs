//! Cuts a breed cell into the parts that name one breed each.

use entity::vocabulary::Species;

use crate::{breeds::list::find_breed_exactly, spelling::fold};

/// Names that contain a slash, and what they are read as. All are in lower case.
const NAMES_WITH_SLASHES: [(&str, &str); 5] = [
    ("black/tan", "black and tan"),
    ("black / tan", "black and tan"),
    // The hair of a pointer: `Germ. S/Haired Pointer`.
    ("s/haired", "shorthaired"),
    ("w/haired", "wirehaired"),
    ("l/haired", "longhaired"),
];

/// The text in lower case, with slashes between breeds only.
pub(super) fn with_plain_separators(raw: &str) -> String {
    let lower = raw.to_lowercase().replace(['\\', '|'], "/");
    NAMES_WITH_SLASHES
        .iter()
        .fold(lower, |text, (name, plain)| text.replace(name, plain))
}

/// Removes parentheses such as `(pup)` and `(2 dogs)`, unless nothing else is left.
pub(super) fn without_remarks(raw: &str) -> String {
    let mut depth = 0_usize;
    let kept: String = raw
        .chars()
        .filter(|letter| match letter {
            '(' => {
                depth += 1;
                false
            }
            ')' => {
                depth = depth.saturating_sub(1);
                false
            }
            _ => depth == 0,
        })
        .collect();
    if kept.trim().is_empty() { raw.to_owned() } else { kept }
}

/// Removes the name of the species in front of a breed: `Cat - DSH Tabby`, `Bird: Budgie`, `Rabbit, Netherland Dwarf`.
pub(super) fn without_species(species: Species, raw: &str) -> &str {
    let word = match species {
        Species::Dog => "dog",
        Species::Cat => "cat",
        Species::Bird => "bird",
        Species::Rabbit => "rabbit",
        Species::Reptile => "reptile",
        _ => return raw,
    };
    let trimmed = raw.trim_start();
    let Some(rest) = trimmed.strip_prefix(word).map(str::trim_start) else {
        return raw;
    };
    rest.strip_prefix(['-', ':', ',']).unwrap_or(raw)
}

/// Splits at strong separators. Commas stay, because `Collie, Border` is one name; `and` parts two names unless it
/// belongs to one.
pub(super) fn pieces(species: Species, raw: &str) -> Vec<String> {
    let mut pieces = Vec::new();
    for piece in raw.split(['/', '+', ';', '&']) {
        match piece.split_once(" and ") {
            Some((one, other)) if !holds_name_with_and(species, piece) => {
                pieces.extend([one.to_owned(), other.to_owned()]);
            }
            _ => pieces.push(piece.to_owned()),
        }
    }
    pieces
}

fn holds_name_with_and(species: Species, piece: &str) -> bool {
    let folded = fold(piece);
    folded.contains("black and tan") || find_breed_exactly(species, &folded).is_some()
}

/// Splits at `x` and `cross` between names: `shep x lab`.
pub(super) fn split_crosses(piece: &str) -> Vec<String> {
    let words: Vec<&str> = piece.split(' ').collect();
    let crosses = |word: &&str| matches!(*word, "x" | "cross" | "with");
    let parts: Vec<String> = words.split(crosses).map(|part| part.join(" ")).collect();
    let last_is_cross = words.last().is_some_and(crosses);
    match parts.len() {
        0 | 1 => parts,
        _ if last_is_cross => parts
            .into_iter()
            .map(|part| if part.is_empty() { "mix".into() } else { part })
            .collect(),
        _ => parts,
    }
}
