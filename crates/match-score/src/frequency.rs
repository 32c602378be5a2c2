//! How common colours and breeds are: agreement on a rare one says more than on a common one.
//!
//! The shares are those of the stray dogs and cats that Austin Animal Center took in from 2013 to 2019 (public domain),
//! read with our vocabularies. Sets and breeds that are not listed are rarer than the listed ones.

use entity::{
    ColorSet,
    vocabulary::{Color, Species},
};

use Color::{Black, Brown, Cream, Gray, Red, Tan, White};

/// Share of what is not listed.
const RARE: f64 = 0.02;

const DOG_COLORS: [(&[Color], f64); 13] = [
    (&[Black, White], 0.157),
    (&[White, Brown], 0.145),
    (&[White, Tan], 0.090),
    (&[Brown], 0.074),
    (&[Black, Brown], 0.063),
    (&[Black, Tan], 0.058),
    (&[Black], 0.056),
    (&[Tan], 0.056),
    (&[White], 0.056),
    (&[Black, White, Brown], 0.055),
    (&[White, Gray], 0.047),
    (&[White, Red], 0.025),
    (&[Red], 0.022),
];

const CAT_COLORS: [(&[Color], f64); 12] = [
    (&[Brown], 0.158),
    (&[Black], 0.140),
    (&[Black, White], 0.111),
    (&[White, Brown], 0.090),
    (&[Gray], 0.088),
    (&[Red], 0.079),
    (&[White, Gray], 0.062),
    (&[Black, White, Red], 0.049),
    (&[Black, Red], 0.046),
    (&[White, Red], 0.044),
    (&[Cream], 0.032),
    (&[Brown, Red], 0.029),
];

/// For other animals, no counts are known: the share of an average set.
const OTHER_COLORS: f64 = 0.08;

const DOG_BREEDS: [(&str, f64); 8] = [
    ("American Pit Bull Terrier", 0.146),
    ("Labrador Retriever", 0.143),
    ("Chihuahua", 0.128),
    ("German Shepherd", 0.065),
    ("Australian Cattle Dog", 0.035),
    ("Dachshund", 0.031),
    ("Boxer", 0.020),
    ("Border Collie", 0.020),
];

const CAT_BREEDS: [(&str, f64); 4] = [
    ("Domestic Shorthair", 0.38),
    ("Domestic Medium Hair", 0.15),
    ("Domestic Longhair", 0.12),
    ("Siamese", 0.032),
];

/// For other animals: the share of an average breed.
const OTHER_BREEDS: f64 = 0.1;

/// Share of the animals of a species that have exactly these colours.
pub fn color_share(species: Species, colors: ColorSet) -> f64 {
    let listed = |list: &[(&[Color], f64)]| {
        let found = list
            .iter()
            .find(|(set, _)| set.iter().fold(ColorSet::default(), |set, color| set.with(*color)) == colors);
        found.map_or(RARE, |(_, share)| *share)
    };
    match species {
        Species::Dog => listed(&DOG_COLORS),
        Species::Cat => listed(&CAT_COLORS),
        _ => OTHER_COLORS,
    }
}

/// Share of the animals of a species that are said to be of this breed.
pub fn breed_share(species: Species, name: &str) -> f64 {
    let listed = |list: &[(&str, f64)]| {
        let found = list.iter().find(|(breed, _)| breed.eq_ignore_ascii_case(name));
        found.map_or(RARE, |(_, share)| *share)
    };
    match species {
        Species::Dog => listed(&DOG_BREEDS),
        Species::Cat => listed(&CAT_BREEDS),
        _ => OTHER_BREEDS,
    }
}

/// Weight of the agreement on a value: how much likelier it is for one animal, of whose reports this share agree, than
/// for another animal, which has the value as often as all animals have it; within limits.
pub fn weight_of_agreement(agreeing: f64, share: f64, (least, most): (f64, f64)) -> f64 {
    (agreeing / share).ln().clamp(least, most)
}
