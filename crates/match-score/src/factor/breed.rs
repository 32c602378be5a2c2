//! Breeds. They are guesses: half of all breeds named by eye are wrong, so a difference has little weight.

use entity::vocabulary::Species;

use crate::{
    Factor, Reading, Subject, Wording,
    frequency::{breed_share, weight_of_agreement},
    quotable,
};
use pet_vocabulary::breed_group;

/// Share of the reports of one animal that name the same breed.
const SAME_NAME: f64 = 0.6;
/// Minimum and maximum weight of the same breed.
const SAME: (f64, f64) = (0.0, 3.4);
/// The share of that weight if a breed of a mix is the other animal's breed.
const SHARED: f64 = 0.6;
/// Breeds that are often confused with each other.
const LOOK_ALIKE: f64 = -0.8;
const DIFFERENT: f64 = -1.7;

/// Compares the breeds, if both are known. A rare breed weighs more than a common one.
pub fn breed<W: Wording>(lost: &Reading, other: &Reading) -> Option<Factor<W>> {
    let (ones, twos) = (breeds(lost), breeds(other));
    let (first, second) = (ones.primary()?, twos.primary()?);
    let are_equal = |name: &str| is_same(first, second) && is_same(name, first) && lost.mixed == other.mixed;
    let weigh = |name| match rarity(lost.species, name) {
        rarity if is_common(name) => (rarity, "Both are of the common kind", name),
        rarity if are_equal(name) => (rarity, "The breeds agree", name),
        rarity => (SHARED * rarity, "They share a breed", name),
    };
    let shared = ones.names().filter(|one| twos.names().any(|two| is_same(one, two)));
    // Of two shared breeds the one that says more counts, whichever was named first.
    let shared = shared.map(weigh).max_by(|one, two| one.0.total_cmp(&two.0));

    Some(match shared {
        Some((weight, lead, name)) => Factor::new("breed", weight, || same_sentence(lead, name)),
        None if look_alike(&ones, &twos) => Factor::new("breed", LOOK_ALIKE, || "Their breeds are often confused."),
        None => Factor::new(
            "breed",
            DIFFERENT,
            || "Their breeds differ, though breeds judged by eye are often wrong.",
        ),
    })
}

/// The weight of the same breed.
fn rarity(species: Species, name: &str) -> f64 {
    weight_of_agreement(SAME_NAME, breed_share(species, name), SAME)
}

/// The known breeds of a report, the primary one first.
struct Breeds<'a>([Option<&'a str>; 2]);

impl<'a> Breeds<'a> {
    fn names(&self) -> impl Iterator<Item = &'a str> {
        self.0.into_iter().flatten()
    }

    fn primary(&self) -> Option<&'a str> {
        self.names().next()
    }
}

fn breeds(subject: &Subject) -> Breeds<'_> {
    Breeds([&subject.breed_primary, &subject.breed_secondary].map(|name| {
        let name = name.as_deref()?.trim();
        says_something(name).then_some(name)
    }))
}

/// Whether a name is more specific than "unknown" or "mixed".
fn says_something(name: &str) -> bool {
    const SILENT: [&str; 6] = ["", "mix", "mixed", "mixed breed", "other", "unknown"];
    !SILENT.iter().any(|silent| silent.eq_ignore_ascii_case(name))
}

/// Whether the name only describes the coat of a cat without a breed.
fn is_common(name: &str) -> bool {
    let start = name.get(..9);
    start.is_some_and(|start| start.eq_ignore_ascii_case("domestic "))
}

fn is_same(one: &str, two: &str) -> bool {
    one.eq_ignore_ascii_case(two) || (!(one.is_ascii() && two.is_ascii()) && one.to_lowercase() == two.to_lowercase())
}

fn look_alike(ones: &Breeds, twos: &Breeds) -> bool {
    let mut groups = ones.names().filter_map(breed_group);
    groups.any(|group| twos.names().filter_map(breed_group).any(|other| other == group))
}

fn same_sentence(lead: &str, name: &str) -> String {
    match quotable(name) {
        Some(name) => format!("{lead}: {name}."),
        None => format!("{lead}."),
    }
}
