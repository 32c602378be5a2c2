//! The animals of the demo. None of them exists.

use entity::vocabulary::{
    Color::{self, Black, Brown, Cream, Golden, Gray, Green, Red, Tan, White, Yellow},
    PetKind::{self, Found, Lost, Sheltered, Sighted},
    PetSize::{self, Large, Medium, Small},
    Sex, Species,
};

/// A report in the demo.
pub struct Animal {
    /// Kind of the report.
    pub kind: PetKind,
    /// Species.
    pub species: Species,
    /// Name; empty if unknown.
    pub name: &'static str,
    /// Breed, as people write it.
    pub breed: &'static str,
    /// Sex.
    pub sex: Sex,
    /// Size.
    pub size: PetSize,
    /// Colours.
    pub colors: &'static [Color],
    /// Markings; empty if there are none.
    pub markings: &'static str,
    /// Direction from the centre of the town, in degrees clockwise from north.
    pub bearing: u16,
    /// Distance from the centre of the town in miles.
    pub miles: f64,
    /// Hours between the animal being seen and the start of the demo.
    pub hours_ago: u32,
    /// Whether every hour counts.
    pub urgent: bool,
}

/// Positional arguments, so that each row of the table fits on one line.
#[rustfmt::skip]
#[allow(clippy::too_many_arguments, reason = "a table of one line each")]
const fn animal(
    kind: PetKind, species: Species, name: &'static str, breed: &'static str, (sex, size): (Sex, PetSize),
    colors: &'static [Color], markings: &'static str, (bearing, miles): (u16, f64), hours_ago: u32,
) -> Animal {
    Animal { kind, species, name, breed, sex, size, colors, markings, bearing, miles, hours_ago, urgent: hours_ago < 72 }
}

/// Lost pets, many of them with a counterpart nearby, and others that were found, seen or taken in.
#[rustfmt::skip]
pub const ANIMALS: &[Animal] = &[
    animal(Lost, Species::Dog, "Sweetie", "Beagle", (Sex::Female, Medium), &[Brown, White, Black], "Limps on the left hind leg", (202, 1e+01), 104),
    animal(Found, Species::Dog, "", "Beagle", (Sex::Female, Medium), &[Brown, White, Black], "Limps on the left hind leg", (202, 1e+01), 83),
    animal(Lost, Species::Dog, "Biscuit", "Dachshund", (Sex::Female, Small), &[Red], "One ear folds over", (19, 2e+00), 458),
    animal(Lost, Species::Dog, "Maple", "Dachshund", (Sex::Male, Small), &[Red], "White chest", (30, 2e+01), 156),
    animal(Sheltered, Species::Dog, "", "Dachshund", (Sex::Male, Small), &[Red], "White chest", (30, 2e+01), 135),
    animal(Lost, Species::Rabbit, "Pepper", "Rex", (Sex::Female, PetSize::Unknown), &[Gray], "Scar above the right eye", (113, 2e+00), 166),
    animal(Lost, Species::Dog, "Waffles", "Dachshund", (Sex::Female, Small), &[Red], "One ear folds over", (292, 7e+00), 215),
    animal(Found, Species::Dog, "", "Dachshund", (Sex::Female, Small), &[Red], "One ear folds over", (292, 8e+00), 192),
    animal(Lost, Species::Dog, "Mochi", "Labrador Retriever", (Sex::Female, Large), &[Black], "White front paws", (288, 2e+00), 240),
    animal(Lost, Species::Cat, "Clover", "Maine Coon", (Sex::Male, PetSize::Unknown), &[Brown], "Short tail", (238, 1e+01), 494),
    animal(Sheltered, Species::Cat, "", "Maine Coon", (Sex::Male, PetSize::Unknown), &[Brown], "Short tail", (238, 1e+01), 486),
    animal(Lost, Species::Cat, "Ziggy", "Domestic Shorthair", (Sex::Female, PetSize::Unknown), &[Gray, White], "Short tail", (294, 7e+00), 536),
    animal(Lost, Species::Cat, "Pumpkin", "Siamese", (Sex::Female, PetSize::Unknown), &[Cream, Brown], "Short tail", (60, 1e+01), 198),
    animal(Found, Species::Cat, "", "Siamese", (Sex::Female, PetSize::Unknown), &[Cream, Brown], "Short tail", (60, 1e+01), 180),
    animal(Lost, Species::Dog, "Socks", "Pit Bull mix", (Sex::Female, Large), &[Gray, White], "Short tail", (285, 1e+01), 351),
    animal(Lost, Species::Cat, "Nugget", "Domestic Longhair", (Sex::Male, PetSize::Unknown), &[Red], "One ear folds over", (296, 2e+01), 100),
    animal(Sheltered, Species::Cat, "", "Domestic Longhair", (Sex::Male, PetSize::Unknown), &[Red], "One ear folds over", (296, 2e+01), 82),
    animal(Lost, Species::Cat, "Olive", "Domestic Shorthair", (Sex::Female, PetSize::Unknown), &[Black], "", (359, 7e+00), 621),
    animal(Lost, Species::Cat, "Tofu", "Siamese", (Sex::Male, PetSize::Unknown), &[Cream, Brown], "Short tail", (342, 8e+00), 502),
    animal(Found, Species::Cat, "", "Siamese", (Sex::Male, PetSize::Unknown), &[Cream, Brown], "Short tail", (342, 8e+00), 496),
    animal(Lost, Species::Dog, "Juniper", "Chihuahua", (Sex::Male, Small), &[Tan], "Freckled nose", (66, 2e+01), 437),
    animal(Lost, Species::Rabbit, "Bandit", "Rex", (Sex::Female, PetSize::Unknown), &[Gray], "Scar above the right eye", (85, 1e+01), 592),
    animal(Sheltered, Species::Rabbit, "", "Rex", (Sex::Female, PetSize::Unknown), &[Gray], "Scar above the right eye", (85, 1e+01), 576),
    animal(Lost, Species::Cat, "Hazel", "Siamese", (Sex::Male, PetSize::Unknown), &[Cream, Brown], "White chest", (183, 2e+01), 419),
    animal(Lost, Species::Dog, "Peaches", "Labrador Retriever", (Sex::Female, Large), &[Golden], "White front paws", (118, 1e+01), 42),
    animal(Found, Species::Dog, "", "Labrador Retriever", (Sex::Female, Large), &[Golden], "White front paws", (118, 2e+01), 34),
    animal(Lost, Species::Dog, "Moose", "Beagle", (Sex::Female, Medium), &[Brown, White, Black], "One blue eye", (214, 1e+01), 654),
    animal(Lost, Species::Dog, "Pickles", "Labrador Retriever", (Sex::Female, Large), &[Golden], "Freckled nose", (233, 2e+01), 602),
    animal(Sheltered, Species::Dog, "", "Labrador Retriever", (Sex::Female, Large), &[Golden], "Freckled nose", (233, 2e+01), 587),
    animal(Lost, Species::Dog, "Luna", "Pit Bull mix", (Sex::Male, Large), &[Gray, White], "White front paws", (31, 5e+00), 243),
    animal(Lost, Species::Dog, "Domino", "Boxer", (Sex::Female, Large), &[Brown, White], "Limps on the left hind leg", (52, 0.5), 184),
    animal(Found, Species::Dog, "", "Boxer", (Sex::Female, Large), &[Brown, White], "Limps on the left hind leg", (52, 0.7), 170),
    animal(Lost, Species::Cat, "Ginger", "Domestic Shorthair", (Sex::Female, PetSize::Unknown), &[Black], "Scar above the right eye", (314, 9e+00), 679),
    animal(Lost, Species::Bird, "Cricket", "Budgerigar", (Sex::Male, PetSize::Unknown), &[Green, Yellow], "White front paws", (62, 3e+00), 529),
    animal(Sheltered, Species::Bird, "", "Budgerigar", (Sex::Male, PetSize::Unknown), &[Green, Yellow], "White front paws", (62, 3e+00), 517),
    animal(Lost, Species::Dog, "Rusty", "Labrador Retriever", (Sex::Male, Large), &[Black], "Limps on the left hind leg", (135, 1e+01), 195),
    animal(Found, Species::Dog, "", "Dachshund", (Sex::Male, Small), &[Red], "Notch in the left ear", (353, 1e+01), 31),
    animal(Sheltered, Species::Cat, "Willow", "Siamese", (Sex::Unknown, PetSize::Unknown), &[Cream, Brown], "One ear folds over", (356, 2e+01), 534),
    animal(Sheltered, Species::Dog, "Marble", "Labrador Retriever", (Sex::Male, Large), &[Golden], "White chest", (272, 1e+01), 518),
    animal(Sighted, Species::Dog, "", "Chihuahua", (Sex::Unknown, Small), &[Tan], "White chest", (122, 2e+01), 236),
    animal(Found, Species::Dog, "", "Border Collie", (Sex::Male, Medium), &[Black, White], "White tip on the tail", (14, 2e+01), 487),
    animal(Sheltered, Species::Dog, "Cocoa", "Corgi", (Sex::Unknown, Medium), &[Red, White], "Short tail", (228, 2e+01), 361),
    animal(Sheltered, Species::Rabbit, "Dusty", "Rex", (Sex::Female, PetSize::Unknown), &[Gray], "White chest", (52, 6e+00), 205),
    animal(Sighted, Species::Dog, "", "Border Collie", (Sex::Unknown, Medium), &[Black, White], "One blue eye", (0, 1e+01), 356),
    animal(Found, Species::Cat, "", "Domestic Shorthair", (Sex::Unknown, PetSize::Unknown), &[Black], "One ear folds over", (198, 2e+01), 208),
    animal(Sheltered, Species::Dog, "Nacho", "Labrador Retriever", (Sex::Male, Large), &[Golden], "", (170, 2e+00), 409),
    animal(Sheltered, Species::Dog, "Sunny", "Corgi", (Sex::Female, Medium), &[Red, White], "Notch in the left ear", (87, 2e+01), 32),
    animal(Sighted, Species::Dog, "", "Border Collie", (Sex::Unknown, Medium), &[Black, White], "Notch in the left ear", (313, 2e+01), 489),
    animal(Found, Species::Cat, "", "Siamese", (Sex::Female, PetSize::Unknown), &[Cream, Brown], "Limps on the left hind leg", (280, 3e+00), 18),
    animal(Sheltered, Species::Cat, "Sweetie", "Domestic Mediumhair", (Sex::Unknown, PetSize::Unknown), &[Black, White], "One ear folds over", (269, 2e+01), 120),
    animal(Sheltered, Species::Dog, "Biscuit", "Chihuahua", (Sex::Female, Small), &[Tan], "White tip on the tail", (128, 5e+00), 517),
    animal(Sighted, Species::Dog, "", "Poodle", (Sex::Male, Small), &[White], "Scar above the right eye", (278, 1e+01), 138),
    animal(Found, Species::Dog, "", "Corgi", (Sex::Male, Medium), &[Red, White], "White front paws", (339, 1e+01), 533),
    animal(Sheltered, Species::Dog, "Maple", "Dachshund", (Sex::Female, Small), &[Red], "Limps on the left hind leg", (77, 1e+01), 23),
    animal(Sheltered, Species::Cat, "Pepper", "Domestic Shorthair", (Sex::Unknown, PetSize::Unknown), &[Gray, White], "White tip on the tail", (76, 4e+00), 488),
    animal(Sighted, Species::Cat, "", "Domestic Shorthair", (Sex::Unknown, PetSize::Unknown), &[Black], "White tip on the tail", (166, 2e+01), 547),
    animal(Found, Species::Cat, "", "Domestic Shorthair", (Sex::Unknown, PetSize::Unknown), &[Black], "White tip on the tail", (127, 5e+00), 47),
    animal(Sheltered, Species::Cat, "Waffles", "Domestic Longhair", (Sex::Male, PetSize::Unknown), &[Red], "Limps on the left hind leg", (14, 2e+01), 68),
    animal(Sheltered, Species::Dog, "Mochi", "Poodle", (Sex::Unknown, Small), &[White], "One blue eye", (262, 5e+00), 287),
    animal(Sighted, Species::Dog, "", "Dachshund", (Sex::Male, Small), &[Red], "Limps on the left hind leg", (126, 2e+01), 269),
];
