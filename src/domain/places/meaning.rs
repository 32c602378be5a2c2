//! Which of several places a text means. Pure.
//!
//! A service answers with everything of that name, the best known first. What was asked decides: the places that hold most
//! of its words, and if they are far apart and none of them is much better known than the others, nobody can tell.

use std::{cmp::Reverse, collections::HashSet};

use super::Names;
use crate::ports::geocoder::FoundPlace;
use geometry::{Point, distance_meters};
use pet_vocabulary::fold;

/// By how much, of 1, a place is better known than another that nobody means who does not say so: Paris in France has 0.9,
/// Paris in Texas 0.5.
const BETTER_KNOWN: f64 = 0.2;
/// Maximum number of places offered to choose from.
const MOST_NAMED: usize = 5;

/// The meaning of a text.
#[derive(Debug, Clone, PartialEq)]
pub enum Meaning<T> {
    /// No known place.
    Nothing,
    /// One place.
    One(T),
    /// Several places, by their names.
    Several(Vec<String>),
}

/// The place that a text means. Those that are no farther apart than `apart` metres count as one.
pub fn meaning<'a>(words: &str, places: &[&'a FoundPlace], apart: f64) -> Meaning<&'a FoundPlace> {
    let likeliest = likeliest(words, places);
    let Some(first) = likeliest.first().copied() else {
        return Meaning::Nothing;
    };
    let others = likeliest.iter().filter(|other| !is_one_with(first, other, apart));
    if others
        .clone()
        .all(|other| BETTER_KNOWN <= first.importance - other.importance)
    {
        return Meaning::One(first);
    }
    let mut names: Vec<String> = Vec::new();
    for place in &likeliest {
        let name = Names::from(*place).label;
        if !names.contains(&name) {
            names.push(name);
        }
    }
    names.truncate(MOST_NAMED);
    Meaning::Several(names)
}

/// Puts the places that hold most of the words first; among equals the order stays.
pub(super) fn rank(words: &str, places: &mut [FoundPlace]) {
    let asked = fold(words);
    let asked: HashSet<&str> = asked.split(' ').collect();
    places.sort_by_cached_key(|place| Reverse(count_of(&asked, place)));
}

/// The places that contain most of the words, in their order.
fn likeliest<'a>(words: &str, places: &[&'a FoundPlace]) -> Vec<&'a FoundPlace> {
    let asked = fold(words);
    let asked: HashSet<&str> = asked.split(' ').collect();
    let counts: Vec<usize> = places.iter().map(|place| count_of(&asked, place)).collect();
    let most = counts.iter().max().copied().unwrap_or(0);
    let counted = places.iter().zip(&counts);
    counted
        .filter(|(_, count)| **count == most)
        .map(|(place, _)| *place)
        .collect()
}

fn count_of(asked: &HashSet<&str>, place: &FoundPlace) -> usize {
    let names = [
        Some(&place.address),
        place.city.as_ref(),
        place.region.as_ref(),
        place.postal_code.as_ref(),
        place.country.as_ref(),
        place.country_name.as_ref(),
    ];
    let held: Vec<String> = names.into_iter().flatten().map(|name| fold(name)).collect();
    let held: HashSet<&str> = held.iter().flat_map(|name| name.split(' ')).collect();
    asked.intersection(&held).count()
}

fn is_one_with(one: &FoundPlace, other: &FoundPlace, apart: f64) -> bool {
    let point = |place: &FoundPlace| Point::new(place.latitude, place.longitude);
    let (Ok(from), Ok(to)) = (point(one), point(other)) else {
        return false;
    };
    distance_meters(from, to) <= apart.max(one.reach_meters).max(other.reach_meters)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn town(city: &str, region: (&str, &str), latitude: f64, importance: f64) -> FoundPlace {
        FoundPlace {
            latitude,
            longitude: -90.0,
            address: format!("{city}, {}, United States", region.1),
            city: Some(city.to_owned()),
            region: Some(region.0.to_owned()),
            postal_code: None,
            country: Some("US".to_owned()),
            country_name: Some("United States".to_owned()),
            reach_meters: 10_000.0,
            is_postal_code: false,
            is_street: false,
            importance,
            attribution: String::new(),
        }
    }

    fn meant(words: &str, places: &[FoundPlace]) -> Meaning<String> {
        let places: Vec<&FoundPlace> = places.iter().collect();
        match meaning(words, &places, 10_000.0) {
            Meaning::One(place) => Meaning::One(Names::from(place).label),
            Meaning::Several(names) => Meaning::Several(names),
            Meaning::Nothing => Meaning::Nothing,
        }
    }

    fn springfields() -> [FoundPlace; 3] {
        [
            town("Springfield", ("IL", "Illinois"), 39.8, 0.61),
            town("Springfield", ("MO", "Missouri"), 37.2, 0.58),
            town("Springfield", ("MA", "Massachusetts"), 42.1, 0.57),
        ]
    }

    #[test]
    fn what_was_asked_decides_between_places_of_one_name() {
        for (words, label) in [
            ("Springfield, MO", "Springfield, MO"),
            ("springfield massachusetts", "Springfield, MA"),
            ("Springfield, Illinois, USA", "Springfield, IL"),
        ] {
            assert_eq!(meant(words, &springfields()), Meaning::One(label.to_owned()), "{words}");
        }
    }

    #[test]
    fn where_nothing_decides_there_are_several() {
        let names = ["Springfield, IL", "Springfield, MO", "Springfield, MA"].map(str::to_owned);
        assert_eq!(meant("Springfield", &springfields()), Meaning::Several(names.to_vec()));
        assert_eq!(meant("Springfield", &[]), Meaning::Nothing);
    }

    #[test]
    fn what_is_much_better_known_or_the_same_place_is_one() {
        let paris = [
            town("Paris", ("Île-de-France", "Île-de-France"), 48.9, 0.88),
            town("Paris", ("TX", "Texas"), 33.7, 0.5),
        ];
        assert_eq!(meant("Paris", &paris), Meaning::One("Paris, Île-de-France".to_owned()));
        assert_eq!(meant("Paris, TX", &paris), Meaning::One("Paris, TX".to_owned()));
        let austin = [30.25, 30.3].map(|latitude| town("Austin", ("TX", "Texas"), latitude, 0.0));
        assert_eq!(meant("Austin", &austin), Meaning::One("Austin, TX".to_owned()));
    }
}
