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

/// Parses a species cell: `DOG`, `Dead Cat`, `House Rabbit`, `Small & Furry`, `Bird (wildlife)`; `None` for unknown words
/// and for two species (`Dog/Cat`).
pub fn parse_species(raw: &str) -> Option<SpeciesWord> {
    let folded = fold(raw);
    let says_dead = |word: &&str| matches!(*word, "dead" | "deceased");
    let dead = folded.split(' ').any(|word| says_dead(&word));
    let words: Vec<&str> = folded
        .split(' ')
        .filter(|word| !says_dead(word) && !matches!(*word, "feral" | "stray" | "community"))
        .collect();
    let text = words.join(" ");
    let species = species_word(&text)
        .or_else(|| species_of_words(&words))
        .or_else(|| species_of_breed(&text))
        .or_else(|| text.strip_suffix('s').and_then(species_of_breed))?;
    let age = match text.as_str() {
        "puppy" | "puppies" | "kitten" | "kittens" => Some(AgeGroup::Baby),
        _ => None,
    };
    Some(SpeciesWord { species, age, dead })
}

/// Whether a text is the word for a species, such as `Dogs` or `House Rabbit`. Breeds are not, except those by which small
/// animals are called.
pub fn names_species(raw: &str) -> bool {
    let folded = fold(raw);
    let words: Vec<&str> = folded.split(' ').collect();
    let is_kin = |species| {
        matches!(
            species,
            Species::SmallMammal | Species::Rabbit | Species::Bird | Species::Reptile | Species::Farm
        )
    };
    let named = species_word(&folded).or_else(|| species_of_words(&words));
    named.is_some() || parse_species(raw).is_some_and(|word| is_kin(word.species))
}

/// The species that the first word names, if no other names another: a `Bird Dog` is unclear.
fn species_of_words(words: &[&str]) -> Option<Species> {
    let (first, others) = words.split_first()?;
    let species = species_word(first)?;
    let is_same = |word: &&str| species_word(word).is_none_or(|other| other == species || says_little(other));
    (others.iter().all(is_same)).then_some(species)
}

/// Remarks such as the `wildlife` of `Bird (wildlife)` name no other species.
fn says_little(species: Species) -> bool {
    matches!(species, Species::Other | Species::Farm)
}

fn species_word(word: &str) -> Option<Species> {
    Some(match word {
        "dog" | "dogs" | "canine" | "puppy" | "puppies" | "k9" | "d" => Species::Dog,
        "cat" | "cats" | "feline" | "kitten" | "kittens" | "c" => Species::Cat,
        "rabbit" | "bunny" | "rabbits" | "bunnies" | "lagomorph" => Species::Rabbit,
        "bird" | "avian" | "fowl" | "poultry" | "parrot" | "birds" => Species::Bird,
        // A breed of cats and one of rabbits are called after chinchillas.
        "small furry" | "small mammal" | "small animal" | "rodent" | "pocket pet" | "pocket" | "ferret" | "ferrets"
        | "chinchilla" | "chinchillas" | "rodents" => Species::SmallMammal,
        "reptile" | "amphibian" | "reptile or amphibian" | "terrapin" | "reptiles" | "amphibians" => Species::Reptile,
        "horse" | "equine" | "pony" | "donkey" | "mule" | "horses" | "ponies" => Species::Equine,
        "barnyard" | "barn yard" | "livestock" | "livestk" | "farm" | "farm animal" | "large mammal" | "pig" => {
            Species::Farm
        }
        "other" | "others" | "o" | "wildlife" | "exotic" | "exotic other" | "scales fins other" | "mammal"
        | "marsupial" | "fish" | "camel" | "insect" | "crab" | "crustacean" | "zoo" | "wild" | "misc"
        | "miscellaneous" => Species::Other,
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
        assert_eq!(species("Barn yard"), Some(Species::Farm));
        assert_eq!(species("Small&Furry"), Some(Species::SmallMammal));
        assert_eq!(species("Scales,Fins & Other"), Some(Species::Other));
        assert_eq!(species("Crab/fish"), Some(Species::Other));
        assert_eq!(species("Feral Cat"), Some(Species::Cat));
        assert_eq!(species("Dogs"), Some(Species::Dog));
        assert_eq!(species("Guinea Pigs"), Some(Species::SmallMammal));
        assert_eq!(species("N/A"), None);
        assert_eq!(species(""), None);
    }

    #[test]
    fn the_species_of_asm3_are_known() {
        for (words, expected) in [
            ("Dog", Species::Dog),
            ("Cat", Species::Cat),
            ("Bird,Dove,Chicken,Owl,Goose,Cockatiel", Species::Bird),
            (
                "Mouse,Rat,Hedgehog,Ferret,Chinchilla,Gerbil,Guinea Pig,Hamster",
                Species::SmallMammal,
            ),
            ("Rabbit,House Rabbit,RABBIT SH,Bunny Rabbit", Species::Rabbit),
            ("Snake,Tortoise,Terrapin", Species::Reptile),
            ("Goat,Llama,Pig", Species::Farm),
            ("Horse,Pony,Donkey", Species::Equine),
            ("Goldfish,Camel", Species::Other),
        ] {
            for word in words.split(',') {
                assert_eq!(species(word), Some(expected), "{word}");
            }
        }
    }

    #[test]
    fn two_species_are_none() {
        assert_eq!(species("Dog/Cat"), None);
        assert_eq!(species("Bird Dog"), None);
        assert_eq!(species("Horse/Pony"), Some(Species::Equine));
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
        assert!(parse_species("Cat (deceased)").is_some_and(|word| word.dead));
        assert_eq!(parse_species("dead"), None);
        assert_eq!(parse_species("Kitten").and_then(|word| word.age), Some(AgeGroup::Baby));
    }
}
