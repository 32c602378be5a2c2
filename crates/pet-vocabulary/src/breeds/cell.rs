//! Splits a breed cell into names, mix, coat and pattern.

mod pieces;

use entity::vocabulary::{CoatLength, CoatPattern, PetSize, Species};

use self::pieces::{pieces, split_crosses, with_plain_separators, without_remarks, without_species};
use super::{
    hints::{coat_of_words, size_of_words},
    in_text::breeds_among,
    list::{find_breed, find_breed_exactly, find_breed_spelled_out, find_breed_surely},
    mixed::parse_mixed,
};
use crate::spelling::{clipped, fold};

/// The content of a breed cell.
#[derive(Debug, Clone, PartialEq, Eq, Default, serde::Serialize)]
pub struct NormalisedBreed {
    /// Canonical name; `None` if the text names no known breed.
    pub primary: Option<String>,
    /// The second of two breeds; never equal to the first.
    pub secondary: Option<String>,
    /// Whether the text names two breeds or says "mix".
    pub mixed: bool,
    /// Pattern in the text, because many systems list "Tabby" or "Calico" among the breeds of cats.
    pub pattern: Option<CoatPattern>,
    /// Coat implied by the name, such as short for "Chihuahua Shorthair".
    pub coat: Option<CoatLength>,
    /// Size implied by the name, such as small for "Toy Poodle".
    pub size: Option<PetSize>,
}

/// Names of breeds in one cell. Finding one among all that sound alike takes long, and damaged files have cells with
/// thousands of separators.
const MOST_PIECES: usize = 8;

/// Parses text such as `Chihuahua Shorthair/Mix`, `Collie, Border`, `A / B / Mixed` or `Cat - DSH Tabby`.
///
/// Reading the canonical name of a breed gives that breed.
pub fn normalise_breed(species: Species, raw: &str) -> NormalisedBreed {
    let mut breed = NormalisedBreed::default();
    let whole = with_plain_separators(clipped(raw));
    let raw = without_remarks(&whole);
    // A remark may tell a breed from its kin: `Poodle (Standard)`.
    for text in [fold(&whole), fold(&raw)] {
        if let Some(name) = find_breed_spelled_out(species, &text) {
            breed.add(name, &text);
            return breed;
        }
    }
    let raw = without_species(species, &raw);
    let remarked = pieces(species, without_species(species, &whole));
    let plain = pieces(species, raw);
    for (at, piece) in plain.iter().enumerate().take(MOST_PIECES) {
        // Remarks may hold separators: then nobody knows to which piece they belong.
        let own = remarked.get(at).filter(|_| remarked.len() == plain.len());
        let kin = own.filter(|own| own.contains('(')).map(|own| fold(own));
        match kin.and_then(|kin| Some((find_breed_spelled_out(species, &kin)?, kin))) {
            Some((name, kin)) => breed.add(name, &kin),
            None => breed.read_piece(species, piece),
        }
    }
    if breed.primary.is_none() && raw.contains(" - ") {
        for part in raw.split(" - ").take(MOST_PIECES) {
            breed.read_piece(species, part);
        }
    }
    breed.mixed |= breed.secondary.is_some();
    breed.coat = breed.coat.filter(|coat| *coat != CoatLength::Unknown);
    breed
}

impl NormalisedBreed {
    /// Adds a breed and the words that named it.
    fn add(&mut self, name: &'static str, words: &str) {
        let canonical = fold(name);
        self.take_coat(coat_of_words(words).or_else(|| coat_of_words(&canonical)));
        let size = size_of_words(words).or_else(|| size_of_words(&canonical));
        if self.primary.as_deref().is_none_or(|primary| primary == name) {
            self.primary = Some(name.to_owned());
            self.size = self.size.or(size);
        } else if self.secondary.is_none() {
            self.secondary = Some(name.to_owned());
            // A cross between a small breed and another is small only if both are.
            self.size = self.size.filter(|known| size == Some(*known));
        }
    }

    /// Two contradictory coats make the coat unknown.
    fn take_coat(&mut self, coat: Option<CoatLength>) {
        self.coat = match (self.coat, coat) {
            (Some(known), Some(other)) if known != other => Some(CoatLength::Unknown),
            (known, other) => known.or(other),
        };
    }

    /// Reads one part between separators.
    fn read_piece(&mut self, species: Species, piece: &str) {
        // The variety follows a dash: a `Squirrel - Fox` is not a fox. Cats have their breed there: `DSH - Siamese`.
        let is_variety = species != Species::Cat && piece.contains(" - ");
        let most = if is_variety { 1 } else { usize::MAX };
        let piece = fold(piece).replace("cross breed", "crossbreed");
        if let Some(name) = find_breed_exactly(species, &piece) {
            self.add(name, &piece);
            return;
        }
        // Whether or not both parents are known.
        self.mixed |= piece.contains(" x ") || piece.contains(" cross ");
        for part in split_crosses(&piece) {
            self.take_coat(coat_of_words(&part));
            let rest = self.consume_modifiers(species, &part);
            if matches!(rest.as_str(), "" | "dog" | "cat" | "bird" | "rabbit" | "bunny") {
                continue;
            }
            match named(species, &rest) {
                Named::One(name) => self.add(name, &part),
                // If several breeds are named, it is unclear to which the other words belong.
                Named::Several(names) => names.into_iter().take(most).for_each(|name| self.add(name, "")),
                Named::Nothing => {}
            }
        }
    }

    /// Removes words that mean something else: mix, pattern, age.
    fn consume_modifiers(&mut self, species: Species, part: &str) -> String {
        let mut rest = Vec::new();
        let mut words = part.split(' ').peekable();
        while let Some(word) = words.next() {
            let flag = words.peek().and_then(|value| parse_mixed(&format!("{word} {value}")));
            if let Some(is_mixed) = flag.filter(|_| matches!(word, "mixed" | "purebred")) {
                self.mixed |= is_mixed;
                words.next();
                continue;
            }
            match word {
                "mix" | "mixed" | "mixbreed" | "x" | "cross" | "crossbreed" | "crossbred" | "mutt" | "mongrel"
                | "mixes" => self.mixed = true,
                "unknown" | "breed" | "type" | "other" | "purebred" | "na" | "none" | "unspecified" | "" => {}
                "kitten" | "feline" | "puppy" | "pup" | "pups" | "dilute" => {}
                _ => match pattern_word(species, word) {
                    Some(pattern) => self.pattern = self.pattern.or(Some(pattern)),
                    None => rest.push(word),
                },
            }
        }
        rest.join(" ")
    }
}

/// What words between two separators name.
enum Named {
    One(&'static str),
    Several(Vec<&'static str>),
    Nothing,
}

/// Names that are sure come before names with typing errors, because `border collie lab` is two breeds rather than one
/// with three errors.
fn named(species: Species, words: &str) -> Named {
    let plain = without_general_words(words);
    let sure = find_breed_surely(species, words).or_else(|| find_breed_surely(species, &plain));
    if let Some(name) = sure {
        return Named::One(name);
    }
    if let Some(pair) = two_names(species, words) {
        return several(species, pair.into());
    }
    if let Some(name) = find_breed(species, words).or_else(|| find_breed(species, &plain)) {
        return Named::One(name);
    }
    several(species, breeds_among(species, &words.split(' ').collect::<Vec<_>>()))
}

/// Among others, the names of two breeds of cats are colours: `DSH Silver Tabby`.
fn several(species: Species, mut names: Vec<&'static str>) -> Named {
    if 1 < names.len() && species == Species::Cat {
        names.retain(|name| !matches!(*name, "Silver" | "Chinchilla"));
    }
    match names.as_slice() {
        [] => Named::Nothing,
        [name] => Named::One(name),
        _ => Named::Several(names),
    }
}

/// Two breeds with nothing between them: `border collie lab`.
fn two_names(species: Species, words: &str) -> Option<[&'static str; 2]> {
    words.match_indices(' ').rev().find_map(|(at, _)| {
        let (one, other) = words.split_at(at);
        let one = find_breed_spelled_out(species, one)?;
        let other = find_breed_spelled_out(species, other.trim_start())?;
        (one != other).then_some([one, other])
    })
}

/// Removes words for coat, size and species from a name: `chihuahua smooth coated` becomes `chihuahua`.
fn without_general_words(folded: &str) -> String {
    let kept = folded.split(' ').filter(|word| {
        !matches!(
            *word,
            "sh" | "lh"
                | "mh"
                | "wh"
                | "shorthair"
                | "longhair"
                | "wirehair"
                | "smooth"
                | "long"
                | "short"
                | "wire"
                | "haired"
                | "hair"
                | "coated"
                | "coat"
                | "rough"
                | "shorthaired"
                | "longhaired"
                | "wirehaired"
                | "miniature"
                | "mini"
                | "standard"
                | "toy"
                | "large"
                | "small"
                | "medium"
                | "dog"
                | "cat"
                | "bird"
                | "rabbit"
        )
    });
    kept.collect::<Vec<_>>().join(" ")
}

fn pattern_word(species: Species, word: &str) -> Option<CoatPattern> {
    match word {
        "tabby" | "tabbie" | "tiger" if species == Species::Cat => Some(CoatPattern::Tabby),
        "tuxedo" => Some(CoatPattern::Tuxedo),
        "calico" => Some(CoatPattern::Calico),
        "torbie" | "torby" | "torbi" => Some(CoatPattern::Torbie),
        "tortoiseshell" | "tortie" | "torti" => Some(CoatPattern::Tortoiseshell),
        "brindle" => Some(CoatPattern::Brindle),
        "merle" => Some(CoatPattern::Merle),
        _ => None,
    }
}

#[cfg(test)]
mod tests;
