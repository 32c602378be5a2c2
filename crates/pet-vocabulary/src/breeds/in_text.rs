//! Recognises breeds in free text.

use std::ops::Range;

use entity::vocabulary::Species;

use super::list::{breeds_of, find_breed_spelled_out, spell_out};
use crate::spelling::{distance, squeezed};

/// Maximum number of words in a breed name.
const LONGEST_NAME: usize = 5;

/// The breeds recognised in a text, and the remaining words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BreedsInText {
    /// For each breed in the text, its names in the given species.
    pub breeds: Vec<Vec<&'static str>>,
    /// The remaining words, without general ones such as mix, dog or puppy.
    pub rest: Vec<String>,
}

/// Recognises breeds in folded words such as `austrailian cattel dog rex`; `None` if there are none. Abbreviations and
/// typing errors are tolerated, more of them in longer words. Short words have to match exactly, because many pet names
/// are one letter away from a breed.
pub fn breeds_in_text(species: &[Species], words: &[String]) -> Option<BreedsInText> {
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let found = named(&words, |run| {
        let mut names: Vec<&str> = species.iter().filter_map(|species| find(*species, run)).collect();
        names.dedup();
        Some(names).filter(|names| !names.is_empty())
    });
    let is_free = |index: &usize| found.iter().all(|(range, _)| !range.contains(index));
    let rest = words
        .iter()
        .enumerate()
        .filter(|(index, word)| is_free(index) && !says_little(word));
    let rest = rest.map(|(_, word)| (*word).to_owned()).collect();
    let breeds: Vec<_> = found.into_iter().map(|(_, names)| names).collect();
    (!breeds.is_empty()).then_some(BreedsInText { breeds, rest })
}

/// The breeds of one species in folded words, in order.
pub(crate) fn breeds_among(species: Species, words: &[&str]) -> Vec<&'static str> {
    let mut found = named(words, |run| find(species, run));
    found.sort_by_key(|(range, _)| range.start);
    found.into_iter().map(|(_, name)| name).collect()
}

/// Runs of words that `find` recognises, longest first and without overlap.
fn named<T>(words: &[&str], find: impl Fn(&str) -> Option<T>) -> Vec<(Range<usize>, T)> {
    let mut found: Vec<(Range<usize>, T)> = Vec::new();
    for length in (1..=LONGEST_NAME.min(words.len())).rev() {
        for start in 0..=words.len() - length {
            let run = start..start + length;
            let is_free = found
                .iter()
                .all(|(taken, _)| run.end <= taken.start || taken.end <= run.start);
            let Some(words) = words.get(run.clone()).filter(|_| is_free) else {
                continue;
            };
            if let Some(name) = find(&words.join(" ")) {
                found.push((run, name));
            }
        }
    }
    found
}

fn find(species: Species, run: &str) -> Option<&'static str> {
    find_breed_spelled_out(species, run).or_else(|| find_slipped(species, &spell_out(run)))
}

/// The closest name with the same number of words, each within a few typing errors, if there is only one.
fn find_slipped(species: Species, run: &str) -> Option<&'static str> {
    let mut best: Option<(usize, &'static str)> = None;
    let mut tied = false;
    for breed in breeds_of(species) {
        let slips = breed.folded.iter().filter_map(|name| slips(run, name)).min();
        let Some(slips) = slips else { continue };
        match best {
            Some((fewest, _)) if fewest < slips => {}
            Some((fewest, _)) if fewest == slips => tied = true,
            _ => (best, tied) = (Some((slips, breed.name)), false),
        }
    }
    best.filter(|_| !tied).map(|(_, name)| name)
}

/// The total number of typing errors; `None` if any word is too different from its counterpart.
fn slips(run: &str, name: &str) -> Option<usize> {
    let (mut words, mut names) = (run.split(' '), name.split(' '));
    let is_alone = !run.contains(' ');
    let mut sum = 0;
    loop {
        match (words.next(), names.next()) {
            (None, None) => return Some(sum),
            (Some(word), Some(name)) => sum += slips_of_word(word, name, is_alone)?,
            _ => return None,
        }
    }
}

/// Maximum errors by length: none below four letters, one below nine, two from there on. A word on its own has no
/// neighbours to confirm it, so if it is short, only twisted letters are accepted.
fn slips_of_word(word: &str, name: &str, is_alone: bool) -> Option<usize> {
    if word == name {
        return Some(0);
    }
    let letters = name.chars().count();
    if letters < 4 || word.chars().next() != name.chars().next() {
        return None;
    }
    let slips = distance(word, name, if letters < 9 { 1 } else { 2 })?;
    (!is_alone || 7 <= letters || (5 <= letters && is_twisted(word, name))).then_some(slips)
}

/// The same letters in another order, or one of them doubled. Pet names do not differ from breeds in this way.
fn is_twisted(word: &str, name: &str) -> bool {
    let sorted = |text: &str| {
        let mut letters: Vec<char> = text.chars().collect();
        letters.sort_unstable();
        letters
    };
    sorted(word) == sorted(name) || squeezed(word) == squeezed(name)
}

/// Words that describe animals of any breed.
fn says_little(word: &str) -> bool {
    matches!(
        word,
        "mix"
            | "mixed"
            | "x"
            | "cross"
            | "crossbreed"
            | "breed"
            | "purebred"
            | "dog"
            | "cat"
            | "puppy"
            | "pup"
            | "kitten"
    )
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::spelling::fold;

    const USUAL: [Species; 2] = [Species::Dog, Species::Cat];

    fn read(text: &str) -> Option<(Vec<&'static str>, String)> {
        let words: Vec<String> = fold(text).split(' ').map(str::to_owned).collect();
        let read = breeds_in_text(&USUAL, &words)?;
        Some((read.breeds.into_iter().flatten().collect(), read.rest.join(" ")))
    }

    #[test]
    fn breeds_are_recognised_through_slips_and_abbreviations() {
        for (text, breed) in [
            ("Austrailian Cattel Dog", "Australian Cattle Dog"),
            ("labrador retreiver", "Labrador Retriever"),
            ("chiuaua", "Chihuahua"),
            ("german shepard mix", "German Shepherd"),
            ("austrailian shepard", "Australian Shepherd"),
            ("bosten terrier", "Boston Terrier"),
            ("maine coone cat", "Maine Coon"),
            ("golden retreiver puppy", "Golden Retriever"),
            ("beagel", "Beagle"),
            ("rotweiler", "Rottweiler"),
            ("DSH", "Domestic Shorthair"),
            ("shi tzu", "Shih Tzu"),
        ] {
            assert_eq!(read(text), Some((vec![breed], String::new())), "{text}");
        }
    }

    #[test]
    fn other_words_are_left_over() {
        assert_eq!(
            read("Sweetie, beagle with red collar"),
            Some((vec!["Beagle"], "sweetie with red collar".to_owned()))
        );
        assert_eq!(read("boxer x pug"), Some((vec!["Boxer", "Pug"], String::new())));
    }

    #[test]
    fn names_of_animals_are_no_breeds() {
        for name in [
            "Callie", "Ollie", "Rocky", "Bailey", "Molly", "Dolly", "Max", "Bella", "Teddy", "Mixed", "",
        ] {
            assert_eq!(read(name), None, "{name}");
        }
    }

    proptest! {
        #[test]
        fn every_word_is_part_of_a_breed_or_left_over(words in proptest::collection::vec("(mix|lab|german|shepard|collie|[a-z]{1,9})", 0..10)) {
            let Some(read) = breeds_in_text(&USUAL, &words) else { return Ok(()) };

            let little = words.iter().filter(|word| says_little(word)).count();
            prop_assert!(read.rest.iter().all(|word| words.contains(word) && !says_little(word)));
            prop_assert!(read.breeds.len() + read.rest.len() + little <= words.len() + little);
            prop_assert!(read.breeds.iter().all(|names| !names.is_empty()));
        }
    }
}
