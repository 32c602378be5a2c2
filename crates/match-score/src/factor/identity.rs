//! The animal's identity as reported: chip, species and name.

use entity::vocabulary::Species;

use crate::{Factor, Reading, Subject, Wording, quotable};

/// Equal chip numbers are conclusive.
const CHIP_EQUAL: f64 = 12.0;
/// Different numbers practically rule out a match; misread numbers and second chips are rare.
const CHIP_DIFFERENT: f64 = -8.0;
/// Nearly all reports are about dogs and cats, so that other animals have few candidates.
const RARE_SPECIES: f64 = 1.5;
/// The finder read the name on a tag, or the animal responded to it.
const NAME_EQUAL: f64 = 1.4;

/// Entries that people make when the name is unknown.
const PLACEHOLDERS: [&str; 14] = [
    "",
    "cat",
    "dog",
    "found",
    "kitty",
    "lost",
    "na",
    "none",
    "noname",
    "puppy",
    "stray",
    "unidentified",
    "unknown",
    "unnamed",
];

/// Whether both reports have a chip number in common.
pub fn same_chip(lost: &Subject, other: &Subject) -> bool {
    chips_agree(lost, other) == Some(true)
}

/// Compares the chip numbers, if both are known.
pub fn microchip<W: Wording>(lost: &Reading, other: &Reading) -> Option<Factor<W>> {
    Some(if chips_agree(lost, other)? {
        Factor::new("microchip", CHIP_EQUAL, || "The microchip numbers match.")
    } else {
        Factor::new("microchip", CHIP_DIFFERENT, || "The microchip numbers differ.")
    })
}

/// States the species. Different species only occur with equal chips, in which case one of the reports is wrong.
pub fn species<W: Wording>(lost: &Reading, other: &Reading) -> Option<Factor<W>> {
    let weight = match lost.species {
        _ if lost.species != other.species => 0.0,
        Species::Dog | Species::Cat => 0.0,
        _ => RARE_SPECIES,
    };
    let sentence = || match lost.species == other.species {
        true => format!("Both are {}.", plural(lost.species)),
        false => "The species differ although the microchip numbers match: one report may be wrong.".to_owned(),
    };
    Some(Factor::new("species", weight, sentence))
}

/// Compares the names. Different names have no weight, because shelters and finders choose their own.
pub fn name<W: Wording>(lost: &Reading, other: &Reading) -> Option<Factor<W>> {
    let (one, two) = (known_name(lost)?, known_name(other)?);
    let sentence = || match lost.name.as_deref().and_then(quotable) {
        Some(name) => format!("Both are named {name}."),
        None => "Both have the same name.".to_owned(),
    };
    (one == two).then(|| Factor::new("name", NAME_EQUAL, sentence))
}

/// Whether the two have a chip in common; `None` if either has no known chip.
fn chips_agree(lost: &Subject, other: &Subject) -> Option<bool> {
    let (mut one, mut two) = (chips(lost).peekable(), chips(other).peekable());
    one.peek().and(two.peek())?;
    Some(one.any(|chip| chips(other).any(|known| known == chip)))
}

fn chips(subject: &Subject) -> impl Iterator<Item = &str> {
    let chips = [&subject.microchip, &subject.second_microchip].into_iter();
    chips
        .filter_map(|chip| chip.as_deref())
        .filter(|number| !number.is_empty())
}

/// The letters and digits of the name in lower case, unless it only says that there is no name.
fn known_name(subject: &Subject) -> Option<String> {
    let letters = subject
        .name
        .as_deref()?
        .chars()
        .filter(|letter| letter.is_alphanumeric());
    let name: String = letters.flat_map(char::to_lowercase).collect();
    (!PLACEHOLDERS.contains(&name.as_str())).then_some(name)
}

fn plural(species: Species) -> &'static str {
    match species {
        Species::Dog => "dogs",
        Species::Cat => "cats",
        Species::Rabbit => "rabbits",
        Species::Bird => "birds",
        Species::SmallMammal => "small mammals",
        Species::Reptile => "reptiles or amphibians",
        Species::Equine => "horses or donkeys",
        Species::Farm => "farm animals",
        Species::Other => "animals of another species",
    }
}
