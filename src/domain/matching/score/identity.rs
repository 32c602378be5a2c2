//! Who the animal is said to be: chip, species, name.

use entity::vocabulary::Species;

use super::{Factor, Subject, Wording, quotable};

/// Equal chip numbers settle it.
const CHIP_EQUAL: f64 = 12.0;
/// Different numbers all but exclude it; a misread number or a second chip is rare.
const CHIP_DIFFERENT: f64 = -8.0;
/// A name that the finder read on a tag, or the animal answered to.
const NAME_EQUAL: f64 = 1.0;

/// What people write where no name is known.
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

/// Whether both chip numbers are known and equal.
pub fn same_chip(lost: &Subject, other: &Subject) -> bool {
    chips(lost, other).is_some_and(|(one, two)| one == two)
}

/// Compares the chip numbers, where both are known.
pub fn microchip<W: Wording>(lost: &Subject, other: &Subject) -> Option<Factor<W>> {
    let (one, two) = chips(lost, other)?;
    Some(if one == two {
        Factor::new("microchip", CHIP_EQUAL, || "The microchip numbers match.")
    } else {
        Factor::new("microchip", CHIP_DIFFERENT, || "The microchip numbers differ.")
    })
}

/// States the species. Another one is only left for equal chips, and then somebody has made a mistake.
pub fn species<W: Wording>(lost: &Subject, other: &Subject) -> Option<Factor<W>> {
    let sentence = || match lost.species == other.species {
        true => format!("Both are {}.", plural(lost.species)),
        false => "The species differ although the microchip numbers match: one report may be wrong.".to_owned(),
    };
    Some(Factor::new("species", 0.0, sentence))
}

/// Compares the names. A different one says nothing: shelters and finders give names of their own.
pub fn name<W: Wording>(lost: &Subject, other: &Subject) -> Option<Factor<W>> {
    let (one, two) = (known_name(lost)?, known_name(other)?);
    let sentence = || match lost.name.as_deref().and_then(quotable) {
        Some(name) => format!("Both are named {name}."),
        None => "Both have the same name.".to_owned(),
    };
    (one == two).then(|| Factor::new("name", NAME_EQUAL, sentence))
}

fn chips<'a>(lost: &'a Subject, other: &'a Subject) -> Option<(&'a str, &'a str)> {
    let known = |subject: &'a Subject| subject.microchip.as_deref().filter(|number| !number.is_empty());
    Some((known(lost)?, known(other)?))
}

/// Lower-cased letters and digits of the name, unless it only says that there is none.
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
