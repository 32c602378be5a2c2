//! A made-up animal as it really is.

use entity::{
    ColorSet,
    vocabulary::{AgeGroup, Altered, CoatLength, CoatPattern, PetSize, Sex, Species},
};
use fastrand::Rng;

use super::{
    chance,
    tables::{Breed, CAT_COATS, CATS, COLLARS, Coat, DOG_COATS, DOGS, MARKS, NAMES, OTHER_COATS, SPECIES},
};

/// All that could be known of an animal.
#[derive(Debug, Clone)]
pub struct Animal {
    /// Species.
    pub species: Species,
    /// Breed, if its species has breeds here.
    pub breed: Option<&'static Breed>,
    /// Second breed of a mix.
    pub second_breed: Option<&'static Breed>,
    /// Sex.
    pub sex: Sex,
    /// Whether it is spayed or neutered.
    pub altered: Altered,
    /// Size.
    pub size: PetSize,
    /// Age.
    pub age_group: AgeGroup,
    /// Coat.
    pub coat: CoatLength,
    /// Colours.
    pub colors: ColorSet,
    /// Pattern.
    pub pattern: CoatPattern,
    /// Indices of marks.
    pub marks: Vec<usize>,
    /// Index of the collar.
    pub collar: Option<usize>,
    /// Name.
    pub name: &'static str,
    /// Weight in grams.
    pub grams: i32,
    /// Chip number, if it has a chip.
    pub chip: Option<String>,
}

impl Animal {
    /// Any animal.
    pub fn any(rng: &mut Rng) -> Self {
        let species = *pick(rng, &SPECIES, |entry| entry.1).map_or(&Species::Dog, |entry| &entry.0);
        let (breeds, coats): (&[Breed], &[Coat]) = match species {
            Species::Dog => (&DOGS, &DOG_COATS),
            Species::Cat => (&CATS, &CAT_COATS),
            _ => (&[], &OTHER_COATS),
        };
        let breed = pick(rng, breeds, |breed| breed.1);
        let is_mix = species == Species::Dog && chance(rng, 0.5);
        let second_breed = if is_mix {
            pick(rng, breeds, |breed| breed.1)
        } else {
            None
        };
        let coat = pick(rng, coats, |coat| coat.2);
        let size = breed.map_or(PetSize::Unknown, |breed| breed.2);
        Self {
            species,
            breed,
            second_breed: second_breed.filter(|second| breed.is_none_or(|breed| breed.0 != second.0)),
            sex: if chance(rng, 0.5) { Sex::Female } else { Sex::Male },
            altered: if chance(rng, 0.45) { Altered::Yes } else { Altered::No },
            size,
            age_group: any_age(rng),
            coat: breed.map_or(CoatLength::Unknown, |breed| breed.3),
            colors: coat.map(|coat| coat.0.iter().copied().collect()).unwrap_or_default(),
            pattern: coat.map_or(CoatPattern::Unknown, |coat| coat.1),
            marks: (0..rng.usize(0..3)).map(|_| rng.usize(0..MARKS.len())).collect(),
            collar: chance(rng, 0.3).then(|| rng.usize(0..COLLARS.len())),
            name: rng.choice(NAMES).unwrap_or_default(),
            grams: grams(rng, species, size),
            chip: chance(rng, 0.25).then(|| format!("985{:012}", rng.u64(0..1_000_000_000_000))),
        }
    }

    /// Another animal of the same litter.
    pub fn sibling(&self, rng: &mut Rng) -> Self {
        let other = Self::any(rng);
        let is_alike = chance(rng, 0.6);
        Self {
            sex: other.sex,
            marks: other.marks,
            chip: None,
            name: other.name,
            colors: if is_alike || other.species != self.species {
                self.colors
            } else {
                other.colors
            },
            ..self.clone()
        }
    }
}

fn any_age(rng: &mut Rng) -> AgeGroup {
    match rng.f64() {
        share if share < 0.25 => AgeGroup::Baby,
        share if share < 0.55 => AgeGroup::Young,
        share if share < 0.9 => AgeGroup::Adult,
        _ => AgeGroup::Senior,
    }
}

fn grams(rng: &mut Rng, species: Species, size: PetSize) -> i32 {
    let kilograms = match (species, size) {
        (Species::Cat, _) => 4.5,
        (_, PetSize::ExtraSmall) => 4.0,
        (_, PetSize::Small) => 9.0,
        (_, PetSize::Large) => 30.0,
        (_, PetSize::ExtraLarge) => 48.0,
        _ => 19.0,
    };
    (kilograms * 1_000.0 * (0.75 + 0.5 * rng.f64())) as i32
}

/// An entry of a list in which each has a share.
pub fn pick<'a, T>(rng: &mut Rng, list: &'a [T], share: impl Fn(&T) -> f64) -> Option<&'a T> {
    let mut number = rng.f64() * list.iter().map(&share).sum::<f64>();
    list.iter()
        .find(|entry| {
            number -= share(entry);
            number < 0.0
        })
        .or(list.last())
}
