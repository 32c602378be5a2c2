//! Autocompletion of breed names.

use entity::vocabulary::Species;

use super::{
    cell::normalise_breed,
    list::{Breed, breeds_of, spell_out},
};
use crate::spelling::{distance, fold, forgiven};

/// At most `first` canonical names that fit the typed text, in this order: breeds with exactly this name or
/// abbreviation, names that start with it, other spellings that start with it, names with a word that starts with it,
/// and near misses. If nothing fits, the breeds that a report with this text would get. Empty text lists the breeds
/// alphabetically.
pub fn search_breeds(species: Species, text: &str, first: usize) -> Vec<String> {
    let typed = Typed::new(text);
    let mut ranked: Vec<(usize, &str)> = breeds_of(species)
        .iter()
        .filter_map(|breed| Some((typed.rank(breed)?, breed.name)))
        .collect();
    if ranked.is_empty() {
        let read = normalise_breed(species, text);
        return read.primary.into_iter().chain(read.secondary).take(first).collect();
    }
    ranked.sort_unstable();
    let names = ranked.into_iter().take(first);
    names.map(|(_, name)| name.to_owned()).collect()
}

/// The typed text, folded.
struct Typed {
    /// As typed.
    plain: String,
    /// With abbreviations expanded.
    spelled_out: String,
}

impl Typed {
    fn new(text: &str) -> Self {
        let plain = fold(text);
        Self {
            spelled_out: spell_out(&plain),
            plain,
        }
    }

    /// The rank of a breed, lower is better; `None` if it does not fit.
    fn rank(&self, breed: &Breed) -> Option<usize> {
        let typed = self.plain.as_str();
        let mut names = breed.folded.iter();
        if typed.is_empty() {
            return Some(1);
        }
        if breed
            .folded
            .iter()
            .any(|name| name == typed || *name == self.spelled_out)
        {
            return Some(0);
        }
        if names.next().is_some_and(|name| name.starts_with(typed)) {
            return Some(1);
        }
        if names.any(|name| name.starts_with(typed)) {
            return Some(2);
        }
        let within = format!(" {typed}");
        if breed.folded.iter().any(|name| name.contains(&within)) {
            return Some(3);
        }
        self.slips(breed).map(|slips| 4 + slips)
    }

    /// The smallest number of typing errors between the text and the first words of a name, taking as many words as
    /// were typed.
    fn slips(&self, breed: &Breed) -> Option<usize> {
        let typed = self.spelled_out.as_str();
        let words = typed.split(' ').count();
        let limit = forgiven(typed.chars().count());
        let beginnings = breed.folded.iter().map(|name| first_words(name, words));
        beginnings.filter_map(|name| distance(typed, name, limit)).min()
    }
}

fn first_words(name: &str, count: usize) -> &str {
    let end = name.match_indices(' ').nth(count - 1).map_or(name.len(), |(at, _)| at);
    name.get(..end).unwrap_or(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn first_of(species: Species, text: &str) -> String {
        search_breeds(species, text, 1).into_iter().next().unwrap_or_default()
    }

    #[test]
    fn what_people_call_a_breed_comes_before_names_that_only_begin_so() {
        assert_eq!(
            search_breeds(Species::Dog, "lab", 3),
            ["Labrador Retriever", "Labradoodle"].map(String::from)
        );
        assert_eq!(
            search_breeds(Species::Dog, "retriever", 2),
            ["Retriever", "Chesapeake Bay Retriever"]
        );
        assert_eq!(first_of(Species::Dog, "gsd"), "German Shepherd");
        assert_eq!(first_of(Species::Cat, "DSH"), "Domestic Shorthair");
        assert_eq!(first_of(Species::Dog, "germ shep"), "German Shepherd");
    }

    #[test]
    fn slips_are_forgiven_before_the_name_is_typed_to_its_end() {
        assert_eq!(first_of(Species::Dog, "austrailian cattel"), "Australian Cattle Dog");
        assert_eq!(first_of(Species::Dog, "labrador retreiver"), "Labrador Retriever");
        assert_eq!(search_breeds(Species::Dog, "chiuahua", 2), ["Chihuahua"]);
        assert_eq!(search_breeds(Species::Cat, "xyzzyq", 5), Vec::<String>::new());
    }

    #[test]
    fn what_a_report_with_the_text_would_be_is_offered_where_no_name_fits() {
        assert_eq!(search_breeds(Species::Dog, "Chiuaua", 5), ["Chihuahua"]);
        assert_eq!(
            search_breeds(Species::Dog, "pitbull mix", 5),
            ["American Pit Bull Terrier"]
        );
        assert_eq!(search_breeds(Species::Dog, "Yellow Lab mix", 0), Vec::<String>::new());
        assert_eq!(
            search_breeds(Species::Cat, "tabby", 5),
            Vec::<String>::new(),
            "a pattern is no breed"
        );
    }

    #[test]
    fn no_text_lists_the_breeds_in_alphabetical_order() {
        assert_eq!(search_breeds(Species::Cat, " ", 2), ["Abyssinian", "American Bobtail"]);
        assert_eq!(search_breeds(Species::Cat, "", 0), Vec::<String>::new());
    }
}
