//! Breeds. They are guesses: half of all breeds named by eye are wrong, so a difference has little weight.

use super::{Factor, Subject, Wording, quotable};
use crate::domain::vocabulary::breed_group;

const SAME: f64 = 1.5;
/// A breed of a mix is the other animal's breed.
const SHARED: f64 = 1.0;
/// Breeds that are often confused with each other.
const LOOK_ALIKE: f64 = 0.6;
const DIFFERENT: f64 = -0.5;
/// The same name, but not a real breed: most cats are "domestic shorthair".
const SAME_COMMON: f64 = 0.2;

/// Compares the breeds, if both are known.
pub fn breed<W: Wording>(lost: &Subject, other: &Subject) -> Option<Factor<W>> {
    let (ones, twos) = (breeds(lost), breeds(other));
    let (first, second) = (ones.first()?, twos.first()?);
    let shared = ones.iter().find(|one| twos.iter().any(|two| is_same(one, two)));

    Some(match shared {
        Some(name) if is_common(name) => Factor::new("breed", SAME_COMMON, || {
            same_sentence("Both are of the common kind", name)
        }),
        Some(name) if is_same(first, second) && lost.mixed == other.mixed => {
            Factor::new("breed", SAME, || same_sentence("The breeds agree", name))
        }
        Some(name) => Factor::new("breed", SHARED, || same_sentence("They share a breed", name)),
        None if look_alike(&ones, &twos) => Factor::new("breed", LOOK_ALIKE, || "Their breeds are often confused."),
        None => Factor::new(
            "breed",
            DIFFERENT,
            || "Their breeds differ, though breeds judged by eye are often wrong.",
        ),
    })
}

/// The known breeds, the primary one first.
fn breeds(subject: &Subject) -> Vec<&str> {
    [&subject.breed_primary, &subject.breed_secondary]
        .into_iter()
        .flatten()
        .map(|name| name.trim())
        .filter(|name| says_something(name))
        .collect()
}

/// Whether a name is more specific than "unknown" or "mixed".
fn says_something(name: &str) -> bool {
    const SILENT: [&str; 6] = ["", "mix", "mixed", "mixed breed", "other", "unknown"];
    !SILENT.contains(&name.to_lowercase().as_str())
}

/// Whether the name only describes the coat of a cat without a breed.
fn is_common(name: &str) -> bool {
    name.to_lowercase().starts_with("domestic ")
}

fn is_same(one: &str, two: &str) -> bool {
    one.to_lowercase() == two.to_lowercase()
}

fn look_alike(ones: &[&str], twos: &[&str]) -> bool {
    let groups: Vec<&str> = twos.iter().filter_map(|two| breed_group(two)).collect();
    ones.iter()
        .filter_map(|one| breed_group(one))
        .any(|group| groups.contains(&group))
}

fn same_sentence(lead: &str, name: &str) -> String {
    match quotable(name) {
        Some(name) => format!("{lead}: {name}."),
        None => format!("{lead}."),
    }
}
