//! Splits a breed cell into names, mix, coat and pattern.

use entity::vocabulary::{CoatLength, CoatPattern, PetSize, Species};

use super::{
    hints::{coat_of_words, size_of_words},
    in_text::breeds_among,
    list::{find_breed, find_breed_exactly},
};
use crate::spelling::fold;

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

/// Parses text such as `Chihuahua Shorthair/Mix`, `Collie, Border`, `A / B / Mixed` or `Cat - DSH Tabby`.
pub fn normalise_breed(species: Species, raw: &str) -> NormalisedBreed {
    let mut breed = NormalisedBreed::default();
    let raw = without_remarks(&raw.replace(['\\', '|'], "/"));
    let raw = black_and_tan(&raw);
    let text = fold(&raw);
    if let Some(name) = find_breed_exactly(species, &text) {
        breed.add(name, &text);
        return breed;
    }
    for piece in pieces(&raw) {
        breed.read_piece(species, piece);
    }
    if breed.primary.is_none() && raw.contains(" - ") {
        for part in raw.split(" - ") {
            breed.read_piece(species, part);
        }
    }
    breed.mixed |= breed.secondary.is_some();
    breed.coat = breed.coat.filter(|coat| *coat != CoatLength::Unknown);
    breed
}

/// Protects the only breed name with a slash in it, wherever it occurs among others.
fn black_and_tan(raw: &str) -> String {
    [
        "Black/Tan Hound",
        "BLACK/TAN HOUND",
        "black/tan hound",
        "Black/Tan Coonhound",
        "BLACK/TAN COONHOUND",
    ]
    .iter()
    .fold(raw.to_owned(), |raw, name| raw.replace(name, "Black and Tan Coonhound"))
}

/// Removes parentheses such as `(pup)` and `(2 dogs)`, unless nothing else is left.
fn without_remarks(raw: &str) -> String {
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

/// Splits at strong separators. Commas stay, because `Collie, Border` is one name.
fn pieces(raw: &str) -> impl Iterator<Item = &str> {
    let black_tan = raw.to_ascii_lowercase().starts_with("black/tan");
    let from = if black_tan { "black/".len() } else { 0 };
    let cut = raw
        .get(from..)
        .and_then(|rest| rest.find(['/', '+', ';', '&']))
        .map(|at| at + from);
    let (head, tail) = match cut {
        Some(at) => (raw.get(..at), raw.get(at + 1..)),
        None => (Some(raw), None),
    };
    let tail = tail.into_iter().flat_map(|rest| rest.split(['/', '+', ';', '&']));
    head.into_iter().chain(tail)
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
        // The variety follows a dash: a `Squirrel - Fox` is not a fox.
        let most = if piece.contains(" - ") { 1 } else { usize::MAX };
        let piece = fold(piece);
        if let Some(name) = find_breed_exactly(species, &piece) {
            self.add(name, &piece);
            return;
        }
        for part in split_crosses(&piece) {
            self.take_coat(coat_of_words(&part));
            let rest = self.consume_modifiers(species, &part);
            if matches!(rest.as_str(), "" | "dog" | "cat" | "bird" | "rabbit" | "bunny") {
                continue;
            }
            match find_breed(species, &rest).or_else(|| find_breed(species, &without_general_words(&rest))) {
                Some(name) => self.add(name, &part),
                None => {
                    let words: Vec<&str> = rest.split(' ').collect();
                    let names = breeds_among(species, &words);
                    // If several breeds are named, it is unclear to which the other words belong.
                    let words = if names.len() == 1 { part.as_str() } else { "" };
                    for name in names.into_iter().take(most) {
                        self.add(name, words);
                    }
                }
            }
        }
    }

    /// Removes words that mean something else: mix, pattern, age.
    fn consume_modifiers(&mut self, species: Species, part: &str) -> String {
        let mut rest = Vec::new();
        for word in part.split(' ') {
            match word {
                "mix" | "mixed" | "mixbreed" | "x" | "cross" | "crossbreed" | "mutt" | "mixes" => self.mixed = true,
                "unknown" | "breed" | "type" | "other" | "purebred" | "na" | "none" | "" => {}
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

/// Splits at `x` and `cross` between names: `shep x lab`.
fn split_crosses(piece: &str) -> Vec<String> {
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
        "tabby" | "tiger" if species == Species::Cat => Some(CoatPattern::Tabby),
        "tuxedo" => Some(CoatPattern::Tuxedo),
        "calico" => Some(CoatPattern::Calico),
        "torbie" | "torby" => Some(CoatPattern::Torbie),
        "tortoiseshell" | "tortie" => Some(CoatPattern::Tortoiseshell),
        "brindle" => Some(CoatPattern::Brindle),
        "merle" => Some(CoatPattern::Merle),
        _ => None,
    }
}

#[cfg(test)]
mod black_and_tan_tests {
    use super::*;

    #[test]
    fn a_stroke_in_the_name_of_a_breed_parts_nothing() {
        let breed = normalise_breed(Species::Dog, "Plott Hound/Black/Tan Hound");
        assert_eq!(breed.secondary.as_deref(), Some("Black and Tan Coonhound"), "{breed:?}");
        assert_eq!(
            normalise_breed(Species::Dog, "Black/Tan Hound").primary,
            breed.secondary
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn dog(raw: &str) -> (Option<String>, Option<String>, bool) {
        let breed = normalise_breed(Species::Dog, raw);
        (breed.primary, breed.secondary, breed.mixed)
    }

    fn one(name: &str, mixed: bool) -> (Option<String>, Option<String>, bool) {
        (Some(name.to_owned()), None, mixed)
    }

    #[test]
    fn abbreviations_inversions_and_slips_find_the_name() {
        for (raw, name) in [
            ("LABRADOR RETR", "Labrador Retriever"),
            ("Collie, Border", "Border Collie"),
            ("POODLE MIN", "Miniature Poodle"),
            ("GERM SHEPHERD", "German Shepherd"),
            ("Austrailian Cattel Dog", "Australian Cattle Dog"),
            ("Sheltie, Shetland Sheepdog", "Shetland Sheepdog"),
            ("Pit Bull", "American Pit Bull Terrier"),
            ("Rottweiller", "Rottweiler"),
            ("Doberman Pinsch", "Doberman Pinscher"),
            ("Australian Cattle Dog / Blue Heeler", "Australian Cattle Dog"),
            ("Black/Tan Hound", "Black and Tan Coonhound"),
            ("Samoyed (2 dogs)", "Samoyed"),
            ("(Beagle)", "Beagle"),
            ("young brown Jack Russel", "Jack Russell Terrier"),
            ("Red Nosed Pitbull", "American Pit Bull Terrier"),
            ("NS Duck Toll. Retriever", "Nova Scotia Duck Tolling Retriever"),
            ("Doodle", "Doodle"),
        ] {
            assert_eq!(dog(raw), one(name, false), "{raw}");
        }
    }

    #[test]
    fn mixes_are_told_apart() {
        assert_eq!(dog("Chihuahua Shorthair/Mix"), one("Chihuahua", true));
        assert_eq!(
            dog("Grand Basset Griffon Vendeen Mix"),
            one("Grand Basset Griffon Vendeen", true)
        );
        assert_eq!(dog("Lab X"), one("Labrador Retriever", true));
        let pair = |a: &str, b: &str| (Some(a.to_owned()), Some(b.to_owned()), true);
        assert_eq!(dog("Boxer / Pug / Mixed"), pair("Boxer", "Pug"));
        assert_eq!(dog("Shep X Husky"), pair("Shepherd", "Husky"));
        assert_eq!(dog("Black/Tan Hound/Beagle"), pair("Black and Tan Coonhound", "Beagle"));
        assert_eq!(dog("Mixed Breed"), (None, None, true));
        assert_eq!(dog("Beagle/Beagle"), one("Beagle", false));
        assert_eq!(
            dog("bordie collie pitbull cross"),
            pair("Collie", "American Pit Bull Terrier")
        );
    }

    #[test]
    fn a_pattern_among_the_breeds_of_cats_is_taken_out() {
        let cat = normalise_breed(Species::Cat, "Cat - DSH Tabby");
        assert_eq!(cat.primary.as_deref(), Some("Domestic Shorthair"));
        assert_eq!(cat.pattern, Some(CoatPattern::Tabby));
        assert_eq!(cat.coat, Some(CoatLength::Short));
        let oriental = normalise_breed(Species::Cat, "Oriental Tabby");
        assert_eq!(oriental.primary.as_deref(), Some("Oriental Shorthair"));
        assert_eq!(oriental.pattern, Some(CoatPattern::Tabby));
        let tuxedo = normalise_breed(Species::Cat, "Tuxedo");
        assert_eq!((tuxedo.primary, tuxedo.pattern), (None, Some(CoatPattern::Tuxedo)));
        assert_eq!(
            normalise_breed(Species::Cat, "Domestic Shorthair Mix")
                .primary
                .as_deref(),
            Some("Domestic Shorthair")
        );
    }

    #[test]
    fn coat_and_size_belong_to_some_names() {
        assert_eq!(
            normalise_breed(Species::Dog, "CHIHUAHUA LH").coat,
            Some(CoatLength::Long)
        );
        assert_eq!(
            normalise_breed(Species::Dog, "Toy Poodle").size,
            Some(PetSize::ExtraSmall)
        );
        assert_eq!(
            normalise_breed(Species::Dog, "DACHSHUND WH").coat,
            Some(CoatLength::Wire)
        );
    }

    #[test]
    fn an_abbreviated_name_tells_what_the_whole_name_tells() {
        let size = |raw| normalise_breed(Species::Dog, raw).size;
        let coat = |raw| normalise_breed(Species::Dog, raw).coat;
        assert_eq!(size("MIN PINSCHER"), Some(PetSize::Small));
        assert_eq!(coat("GERM SH POINT"), Some(CoatLength::Short));
        assert_eq!(coat("GSP"), Some(CoatLength::Short));
        assert_eq!(coat("WH PT GRIFFON"), Some(CoatLength::Wire));
        assert_eq!(coat("FOX TERR WIRE"), Some(CoatLength::Wire));
        assert_eq!(coat("SHETLAND SHEEPDOG"), None);
    }

    #[test]
    fn a_coat_that_is_contradicted_and_the_size_of_one_of_two_breeds_tell_nothing() {
        let hints = |raw| {
            let breed = normalise_breed(Species::Dog, raw);
            (breed.coat, breed.size)
        };
        assert_eq!(hints("Dachshund Longhair/Chihuahua Shorthair"), (None, None));
        assert_eq!(hints("Chihuahua Shorthair/Poodle Toy"), (Some(CoatLength::Short), None));
        assert_eq!(hints("Labrador Retriever/Miniature Poodle"), (None, None));
        assert_eq!(hints("Miniature Poodle/Labrador Retriever"), (None, None));
        assert_eq!(
            hints("Miniature Poodle/Miniature Schnauzer"),
            (None, Some(PetSize::Small))
        );
        assert_eq!(hints("Miniature Poodle/Mix"), (None, Some(PetSize::Small)));
    }

    #[test]
    fn a_variety_behind_a_dash_is_left_out() {
        for (raw, name) in [("Bat - Little Brown Myotis", "Bat"), ("Squirrel - Fox", "Squirrel")] {
            let breed = normalise_breed(Species::Other, raw);
            assert_eq!((breed.primary.as_deref(), breed.secondary), (Some(name), None), "{raw}");
        }
    }

    #[test]
    fn nonsense_names_no_breed() {
        assert_eq!(dog("zzzzqq"), (None, None, false));
        assert_eq!(dog(""), (None, None, false));
        assert_eq!(dog("///"), (None, None, false));
    }
}
