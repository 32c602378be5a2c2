//! The list of known breeds, with alternative spellings and groups of similar-looking breeds.

use std::{collections::HashMap, sync::LazyLock};

use entity::vocabulary::Species;

use crate::spelling::{distance, fold, forgiven, sorted_words};

/// The names are facts, collected from the breed lists of listing services and from files that shelters publish.
const LIST: &str = include_str!("breeds.txt");

/// Words at the start of some name that also describe other animals.
const SAYS_LITTLE: [&str; 30] = [
    "small",
    "large",
    "medium",
    "big",
    "toy",
    "giant",
    "old",
    "new",
    "great",
    "short",
    "long",
    "smooth",
    "wire",
    "hair",
    "haired",
    "coat",
    "coated",
    "shorthair",
    "longhair",
    "black",
    "white",
    "brown",
    "red",
    "blue",
    "sea",
    "water",
    "wild",
    "song",
    "house",
    "mountain",
];

static BREEDS: LazyLock<BreedList> = LazyLock::new(|| BreedList::read(LIST));

/// The group of a breed, such as "pit bull" or "retriever": breeds that people confuse share one. `None` for an unknown
/// name.
///
/// `name` has to be canonical, as [`super::normalise_breed`] returns it. If two species share a name, the first counts.
pub fn breed_group(name: &str) -> Option<&'static str> {
    BREEDS.groups.get(name).copied()
}

/// The species that a breed name belongs to, for files that call rabbits and guinea pigs "other".
///
/// Only exact words count, without spelling correction. Wild animals are [`Species::Other`].
pub fn species_of_breed(raw: &str) -> Option<Species> {
    let first = raw.split('/').next().unwrap_or_default();
    let kind = first.split(" - ").next().unwrap_or_default();
    [raw, first, kind]
        .into_iter()
        .find_map(|text| species_of_words(&fold(text)))
}

fn species_of_words(folded: &str) -> Option<Species> {
    let plain = folded.strip_suffix(" mix").unwrap_or(folded);
    match plain {
        "rabbit" | "bunny" | "bunny rabbit" | "house rabbit" | "domestic rabbit" | "rabbit sh" | "rabbit lh"
        | "rabbit short hair" | "rabbit long hair" => return Some(Species::Rabbit),
        "horse" => return Some(Species::Equine),
        "sea bird" | "water fowl" | "waterfowl" | "song bird" | "songbird" | "other bird" | "wild bird" => {
            return Some(Species::Bird);
        }
        _ => {}
    }
    BREEDS
        .species
        .iter()
        .find(|(_, kin)| kin.spellings.contains_key(plain))
        .map(|(species, _)| *species)
}

/// The canonical name of one breed. Tolerates abbreviations, a different word order and typing errors.
pub(crate) fn find_breed(species: Species, folded: &str) -> Option<&'static str> {
    BREEDS.of(species)?.find(folded)
}

/// The canonical name of one breed, without typing errors. Small mammals that are wild elsewhere, such as prairie dogs,
/// have theirs from the wild animals.
pub(crate) fn find_breed_surely(species: Species, folded: &str) -> Option<&'static str> {
    let found = BREEDS.of(species)?.find_surely(folded);
    found.or_else(|| match species {
        Species::SmallMammal => BREEDS.of(Species::Other)?.find_exactly(folded),
        _ => None,
    })
}

/// The canonical name of a spelling that is in the list exactly or with its words in another order.
pub(crate) fn find_breed_exactly(species: Species, folded: &str) -> Option<&'static str> {
    BREEDS.of(species)?.find_exactly(folded)
}

/// The canonical name of a spelling that is in the list after its abbreviations are expanded.
pub(crate) fn find_breed_spelled_out(species: Species, folded: &str) -> Option<&'static str> {
    let kin = BREEDS.of(species)?;
    kin.find_exactly(folded)
        .or_else(|| kin.find_exactly(&spell_out(folded)))
}

/// The breeds of a species in alphabetical order.
pub(crate) fn breeds_of(species: Species) -> &'static [Breed] {
    BREEDS.of(species).map_or(&[], |kin| &kin.breeds)
}

struct BreedList {
    species: Vec<(Species, Kin)>,
    groups: HashMap<&'static str, &'static str>,
}

/// The breeds of one species.
#[derive(Default)]
struct Kin {
    breeds: Vec<Breed>,
    /// Every folded spelling, also with its words sorted, with its canonical name.
    spellings: HashMap<String, &'static str>,
}

/// A breed with all its names.
pub(crate) struct Breed {
    /// The stored name.
    pub(crate) name: &'static str,
    /// Every folded spelling, the canonical one first.
    pub(crate) folded: Vec<String>,
}

impl BreedList {
    fn read(list: &'static str) -> Self {
        let mut species: Vec<(Species, Kin)> = Vec::new();
        let mut groups = HashMap::new();
        for line in list.lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
            if let Some(section) = line.strip_prefix('[') {
                species.push((section_species(section.trim_end_matches(']')), Kin::default()));
                continue;
            }
            let mut parts = line.split('|').map(str::trim);
            let (Some(name), Some(group), Some((_, kin))) = (parts.next(), parts.next(), species.last_mut()) else {
                continue;
            };
            groups.entry(name).or_insert(group);
            kin.add(name, parts.next().unwrap_or_default());
        }
        Self { species, groups }
    }

    fn of(&self, species: Species) -> Option<&Kin> {
        self.species
            .iter()
            .find(|(section, _)| *section == species)
            .map(|(_, kin)| kin)
    }
}

impl Kin {
    fn add(&mut self, name: &'static str, others: &'static str) {
        let others = others.split(';').map(fold).filter(|other| !other.is_empty());
        let folded: Vec<String> = std::iter::once(fold(name)).chain(others).collect();
        for spelling in &folded {
            self.spellings.entry(spelling.clone()).or_insert(name);
        }
        for spelling in &folded {
            self.spellings.entry(sorted_words(spelling)).or_insert(name);
        }
        self.breeds.push(Breed { name, folded });
    }

    fn find_exactly(&self, folded: &str) -> Option<&'static str> {
        let found = self.spellings.get(folded);
        found.or_else(|| self.spellings.get(&sorted_words(folded))).copied()
    }

    fn find(&self, folded: &str) -> Option<&'static str> {
        self.find_surely(folded)
            .or_else(|| self.find_near(&spell_out(folded)).filter(|_| 2 <= folded.len()))
    }

    fn find_surely(&self, folded: &str) -> Option<&'static str> {
        if folded.len() < 2 {
            return None;
        }
        let spelled_out = spell_out(folded);
        self.find_exactly(folded)
            .or_else(|| self.find_exactly(&spelled_out))
            .or_else(|| self.find_cut(&spelled_out))
    }

    /// Matches names truncated to a column's width: every word is a prefix of the word in the same position, such as
    /// `labrador retr`. A word that says little alone, such as the `small` of a Small Munsterlander, names no breed.
    fn find_cut(&self, folded: &str) -> Option<&'static str> {
        if folded.split(' ').all(|word| SAYS_LITTLE.contains(&word)) {
            return None;
        }
        let fits = |spelling: &str| {
            let mut words = spelling.split(' ');
            folded
                .split(' ')
                .all(|cut| 3 <= cut.len() && words.next().is_some_and(|word| word.starts_with(cut)))
        };
        let mut fitting = self
            .breeds
            .iter()
            .filter(|breed| breed.folded.iter().any(|one| fits(one)));
        let found = fitting.next()?;
        fitting.next().is_none().then_some(found.name)
    }

    /// The closest name within a few typing errors, if there is only one.
    fn find_near(&self, folded: &str) -> Option<&'static str> {
        let joined = folded.replace(' ', "");
        let limit = forgiven(joined.chars().count());
        let mut best: Option<(usize, &'static str)> = None;
        let mut tied = false;
        for breed in &self.breeds {
            let nearest = breed
                .folded
                .iter()
                .filter_map(|one| distance(&joined, &one.replace(' ', ""), limit))
                .min();
            let Some(slips) = nearest else { continue };
            match best {
                Some((fewest, _)) if fewest < slips => {}
                Some((fewest, _)) if fewest == slips => tied = true,
                _ => (best, tied) = (Some((slips, breed.name)), false),
            }
        }
        best.filter(|_| !tied).map(|(_, name)| name)
    }
}

fn section_species(section: &str) -> Species {
    match section {
        "dog" => Species::Dog,
        "cat" => Species::Cat,
        "rabbit" => Species::Rabbit,
        "bird" => Species::Bird,
        "small_mammal" => Species::SmallMammal,
        "reptile" => Species::Reptile,
        "equine" => Species::Equine,
        "farm" => Species::Farm,
        _ => Species::Other,
    }
}

/// Expands the abbreviations of shelter software that truncates names to fifteen letters.
pub(crate) fn spell_out(folded: &str) -> String {
    let words = folded.split(' ').map(|word| match word {
        "sh" | "shorthaired" | "smoothhair" => "shorthair",
        "lh" | "longhaired" => "longhair",
        "retr" | "ret" | "retreiver" => "retriever",
        "terr" | "ter" => "terrier",
        "span" => "spaniel",
        "shep" | "sheperd" | "shephard" | "shepard" | "shephered" => "shepherd",
        "germ" | "ger" => "german",
        "aust" | "aus" => "australian",
        "amer" | "am" => "american",
        "eng" | "engl" => "english",
        "ital" => "italian",
        "belg" => "belgian",
        "mini" | "min" => "miniature",
        "stnd" | "std" | "stand" => "standard",
        "mtn" | "mt" => "mountain",
        "pinsch" | "pincher" => "pinscher",
        "rhod" => "rhodesian",
        "bulldogge" => "bulldog",
        "saint" => "st",
        other => other,
    });
    words.collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_of_the_list_is_read() {
        let lines = LIST
            .lines()
            .filter(|line| line.contains('|') && !line.starts_with('#'))
            .count();
        let breeds: usize = BREEDS.species.iter().map(|(_, kin)| kin.breeds.len()).sum();
        assert_eq!(breeds, lines);
        assert_eq!(BREEDS.species.len(), 9);
    }

    #[test]
    fn no_spelling_stands_for_two_breeds_of_a_species() {
        for (species, kin) in &BREEDS.species {
            for breed in &kin.breeds {
                for spelling in &breed.folded {
                    assert_eq!(
                        kin.spellings.get(spelling),
                        Some(&breed.name),
                        "{spelling} ({species:?})"
                    );
                }
            }
        }
    }

    #[test]
    fn lookalikes_share_a_group() {
        assert_eq!(
            breed_group("American Pit Bull Terrier"),
            breed_group("Staffordshire Bull Terrier")
        );
        assert_eq!(breed_group("Labrador Retriever"), breed_group("Golden Retriever"));
        assert_eq!(breed_group("Domestic Shorthair"), breed_group("Domestic Longhair"));
        assert_ne!(breed_group("Pug"), breed_group("Greyhound"));
        assert_eq!(breed_group("Unicorn"), None);
    }

    #[test]
    fn a_breed_tells_the_species_of_an_other_animal() {
        assert_eq!(species_of_breed("Rabbit Sh Mix"), Some(Species::Rabbit));
        assert_eq!(species_of_breed("Cottontail"), Some(Species::Rabbit));
        assert_eq!(species_of_breed("Chinchilla-Stnd"), Some(Species::Rabbit));
        assert_eq!(species_of_breed("Chinchilla-Amer"), Some(Species::Rabbit));
        assert_eq!(species_of_breed("HORSE"), Some(Species::Equine));
        assert_eq!(species_of_breed("Lop-Mini/Rex"), Some(Species::Rabbit));
        assert_eq!(species_of_breed("Bat - Unspecified"), Some(Species::Other));
        assert_eq!(species_of_breed("GUINEA PIG"), Some(Species::SmallMammal));
        assert_eq!(species_of_breed("Raccoon Mix"), Some(Species::Other));
        assert_eq!(species_of_breed("Turtle"), Some(Species::Reptile));
        assert_eq!(species_of_breed("thing"), None);
    }
}
