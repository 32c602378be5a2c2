//! Parses species.

use entity::vocabulary::{AgeGroup, Species};

use super::{breeds::species_of_breed, spelling::fold};

/// The content of a species cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SpeciesWord {
    /// The species.
    pub species: Species,
    /// Life stage implied by the word, such as baby for "Kitten".
    pub age: Option<AgeGroup>,
    /// Whether the word says that the animal is dead, such as "Dead Cat".
    pub dead: bool,
}

/// Parses a species cell: `DOG`, `Dead Cat`, `Puppy`, `Small & Furry`, `Bird (wildlife)`; `None` for unknown words.
pub fn parse_species(raw: &str) -> Option<SpeciesWord> {
    let folded = fold(raw);
    let (dead, word) = match folded.strip_prefix("dead ") {
        Some(rest) => (true, rest),
        None => (false, folded.as_str()),
    };
    let species = species_word(word)
        .or_else(|| word.split_once(' ').and_then(|(first, _)| species_word(first)))
        .or_else(|| word.strip_suffix('s').and_then(species_word))
        .or_else(|| species_of_breed(word))?;
    let age = match word {
        "puppy" | "puppies" | "kitten" | "kittens" => Some(AgeGroup::Baby),
        _ => None,
    };
    Some(SpeciesWord { species, age, dead })
}

fn species_word(word: &str) -> Option<Species> {
    Some(match word {
        "dog" | "dogs" | "canine" | "puppy" | "puppies" | "k9" => Species::Dog,
        "cat" | "cats" | "feline" | "kitten" | "kittens" => Species::Cat,
        "rabbit" | "bunny" | "rabbits" | "lagomorph" => Species::Rabbit,
        "bird" | "avian" | "fowl" | "poultry" | "parrot" | "birds" => Species::Bird,
        "small furry" | "small mammal" | "small animal" | "rodent" | "pocket pet" | "pocket" | "ferret" => {
            Species::SmallMammal
        }
        "reptile" | "amphibian" | "reptile or amphibian" | "terrapin" | "reptiles" => Species::Reptile,
        "horse" | "equine" | "pony" | "donkey" | "mule" => Species::Equine,
        "barnyard" | "livestock" | "farm" | "farm animal" | "large mammal" | "pig" => Species::Farm,
        "other" | "wildlife" | "exotic" | "exotic other" | "scales fins other" | "mammal" | "marsupial" | "fish"
        | "camel" | "insect" | "crab" | "crustacean" | "zoo" | "wild" | "misc" => Species::Other,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn species(raw: &str) -> Option<Species> {
        parse_species(raw).map(|word| word.species)
    }

    #[test]
    fn vendors_words_are_known() {
        assert_eq!(species("DOG"), Some(Species::Dog));
        assert_eq!(species("Bird (wildlife)"), Some(Species::Bird));
        assert_eq!(species("Small & Furry"), Some(Species::SmallMammal));
        assert_eq!(species("Rabbit Sh"), Some(Species::Rabbit));
        assert_eq!(species("Guinea Pig"), Some(Species::SmallMammal));
        assert_eq!(species("Cockatiel"), Some(Species::Bird));
        assert_eq!(species("LIVESTOCK"), Some(Species::Farm));
        assert_eq!(species("N/A"), None);
        assert_eq!(species(""), None);
    }

    #[test]
    fn a_word_may_tell_death_or_youth() {
        assert_eq!(
            parse_species("Dead Cat"),
            Some(SpeciesWord {
                species: Species::Cat,
                age: None,
                dead: true
            })
        );
        assert_eq!(parse_species("Kitten").and_then(|word| word.age), Some(AgeGroup::Baby));
    }
}
