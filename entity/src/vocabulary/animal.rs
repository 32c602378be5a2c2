//! Terms for animals and reports, after Petfinder's vocabulary and Shelter Animals Count.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

/// Kind of report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(32))")]
#[serde(rename_all = "snake_case")]
pub enum PetKind {
    /// The owner is looking for the animal.
    #[sea_orm(string_value = "lost")]
    Lost,
    /// A finder is keeping the animal.
    #[sea_orm(string_value = "found")]
    Found,
    /// Somebody saw the animal, but nobody is keeping it.
    #[sea_orm(string_value = "sighted")]
    Sighted,
    /// The animal is in a shelter's care.
    #[sea_orm(string_value = "sheltered")]
    Sheltered,
}

/// Stage in the life of a report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(32))")]
#[serde(rename_all = "snake_case")]
pub enum PetStatus {
    /// The animal is still missed, or still waits for its owner.
    #[sea_orm(string_value = "open")]
    Open,
    /// One side has confirmed a match.
    #[sea_orm(string_value = "matched")]
    Matched,
    /// The animal is back with its owner.
    #[sea_orm(string_value = "reunited")]
    Reunited,
    /// The animal has a new home.
    #[sea_orm(string_value = "adopted")]
    Adopted,
    /// The animal went to another shelter.
    #[sea_orm(string_value = "transferred")]
    Transferred,
    /// Closed for another reason.
    #[sea_orm(string_value = "closed")]
    Closed,
    /// Expired without being renewed.
    #[sea_orm(string_value = "expired")]
    Expired,
}

/// Kinds of animals.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(32))")]
#[serde(rename_all = "snake_case")]
pub enum Species {
    /// Dog.
    #[sea_orm(string_value = "dog")]
    Dog,
    /// Cat.
    #[sea_orm(string_value = "cat")]
    Cat,
    /// Rabbit.
    #[sea_orm(string_value = "rabbit")]
    Rabbit,
    /// Bird of any kind.
    #[sea_orm(string_value = "bird")]
    Bird,
    /// Ferret, guinea pig, hamster and the like.
    #[sea_orm(string_value = "small_mammal")]
    SmallMammal,
    /// Reptile or amphibian.
    #[sea_orm(string_value = "reptile")]
    Reptile,
    /// Horse, pony, donkey, mule.
    #[sea_orm(string_value = "equine")]
    Equine,
    /// Farm animal.
    #[sea_orm(string_value = "farm")]
    Farm,
    /// Anything else.
    #[sea_orm(string_value = "other")]
    Other,
}

/// Sex of an animal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(32))")]
#[serde(rename_all = "snake_case")]
pub enum Sex {
    /// Female.
    #[sea_orm(string_value = "female")]
    Female,
    /// Male.
    #[sea_orm(string_value = "male")]
    Male,
    /// Not known.
    #[sea_orm(string_value = "unknown")]
    Unknown,
}

/// Whether an animal is spayed or neutered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(32))")]
#[serde(rename_all = "snake_case")]
pub enum Altered {
    /// Spayed or neutered.
    #[sea_orm(string_value = "yes")]
    Yes,
    /// Intact.
    #[sea_orm(string_value = "no")]
    No,
    /// Not known.
    #[sea_orm(string_value = "unknown")]
    Unknown,
}

/// Estimated size of an animal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(32))")]
#[serde(rename_all = "snake_case")]
pub enum PetSize {
    /// Much smaller than usual, such as a toy dog.
    #[sea_orm(string_value = "extra_small")]
    ExtraSmall,
    /// A dog up to 25 pounds.
    #[sea_orm(string_value = "small")]
    Small,
    /// A dog of 26 to 60 pounds.
    #[sea_orm(string_value = "medium")]
    Medium,
    /// A dog of 61 to 100 pounds.
    #[sea_orm(string_value = "large")]
    Large,
    /// A dog over 100 pounds.
    #[sea_orm(string_value = "extra_large")]
    ExtraLarge,
    /// Not known.
    #[sea_orm(string_value = "unknown")]
    Unknown,
}

/// Estimated age of an animal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(32))")]
#[serde(rename_all = "snake_case")]
pub enum AgeGroup {
    /// Under half a year to one year.
    #[sea_orm(string_value = "baby")]
    Baby,
    /// About one to three years.
    #[sea_orm(string_value = "young")]
    Young,
    /// About three to eight years.
    #[sea_orm(string_value = "adult")]
    Adult,
    /// Over eight years.
    #[sea_orm(string_value = "senior")]
    Senior,
    /// Not known.
    #[sea_orm(string_value = "unknown")]
    Unknown,
}

/// Length and kind of coat.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(32))")]
#[serde(rename_all = "snake_case")]
pub enum CoatLength {
    /// No hair.
    #[sea_orm(string_value = "hairless")]
    Hairless,
    /// Short.
    #[sea_orm(string_value = "short")]
    Short,
    /// Medium.
    #[sea_orm(string_value = "medium")]
    Medium,
    /// Long.
    #[sea_orm(string_value = "long")]
    Long,
    /// Wire-haired.
    #[sea_orm(string_value = "wire")]
    Wire,
    /// Curly.
    #[sea_orm(string_value = "curly")]
    Curly,
    /// Corded.
    #[sea_orm(string_value = "corded")]
    Corded,
    /// Not known.
    #[sea_orm(string_value = "unknown")]
    Unknown,
}

/// A base colour; an animal has a set of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(32))")]
#[serde(rename_all = "snake_case")]
pub enum Color {
    /// Black.
    #[sea_orm(string_value = "black")]
    Black,
    /// White.
    #[sea_orm(string_value = "white")]
    White,
    /// Gray, blue or silver.
    #[sea_orm(string_value = "gray")]
    Gray,
    /// Brown, chocolate or liver.
    #[sea_orm(string_value = "brown")]
    Brown,
    /// Red, orange, chestnut or ginger.
    #[sea_orm(string_value = "red")]
    Red,
    /// Tan, fawn or buff.
    #[sea_orm(string_value = "tan")]
    Tan,
    /// Cream or ivory.
    #[sea_orm(string_value = "cream")]
    Cream,
    /// Golden or apricot.
    #[sea_orm(string_value = "golden")]
    Golden,
    /// Green.
    #[sea_orm(string_value = "green")]
    Green,
    /// Yellow.
    #[sea_orm(string_value = "yellow")]
    Yellow,
    /// Another colour.
    #[sea_orm(string_value = "other")]
    Other,
}

/// Pattern of the coat.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(32))")]
#[serde(rename_all = "snake_case")]
pub enum CoatPattern {
    /// One colour.
    #[sea_orm(string_value = "solid")]
    Solid,
    /// Two colours.
    #[sea_orm(string_value = "bicolor")]
    Bicolor,
    /// Black with a white chest and paws.
    #[sea_orm(string_value = "tuxedo")]
    Tuxedo,
    /// Three colours.
    #[sea_orm(string_value = "tricolor")]
    Tricolor,
    /// Striped, blotched or ticked.
    #[sea_orm(string_value = "tabby")]
    Tabby,
    /// Black and red, intermingled.
    #[sea_orm(string_value = "tortoiseshell")]
    Tortoiseshell,
    /// White with black and red patches.
    #[sea_orm(string_value = "calico")]
    Calico,
    /// Tortoiseshell with tabby stripes.
    #[sea_orm(string_value = "torbie")]
    Torbie,
    /// Dark face, ears, paws and tail.
    #[sea_orm(string_value = "point")]
    Point,
    /// Mottled patches.
    #[sea_orm(string_value = "merle")]
    Merle,
    /// Tiger-like streaks.
    #[sea_orm(string_value = "brindle")]
    Brindle,
    /// White with torn black patches.
    #[sea_orm(string_value = "harlequin")]
    Harlequin,
    /// Black-tipped hair.
    #[sea_orm(string_value = "sable")]
    Sable,
    /// Spots.
    #[sea_orm(string_value = "spotted")]
    Spotted,
    /// Another pattern.
    #[sea_orm(string_value = "other")]
    Other,
    /// Not known.
    #[sea_orm(string_value = "unknown")]
    Unknown,
}

/// Accuracy of a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(32))")]
#[serde(rename_all = "snake_case")]
pub enum PlacePrecision {
    /// A point that somebody set or measured.
    #[sea_orm(string_value = "point")]
    Point,
    /// The middle of a street, without the house.
    #[sea_orm(string_value = "street")]
    Street,
    /// The centre of a postal code.
    #[sea_orm(string_value = "postcode")]
    Postcode,
    /// The centre of a town.
    #[sea_orm(string_value = "city")]
    City,
    /// The shelter's own location, when nothing better is known.
    #[sea_orm(string_value = "shelter")]
    Shelter,
    /// Not on the map yet: the text could not be geocoded.
    #[sea_orm(string_value = "unresolved")]
    Unresolved,
}
