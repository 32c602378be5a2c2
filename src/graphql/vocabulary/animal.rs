//! Words for animals and reports.

use async_graphql::Enum;
use entity::vocabulary as stored;

/// What a report says of its animal.
#[derive(Enum, Copy, Clone, Debug, PartialEq, Eq, Hash)]
#[graphql(remote = "stored::PetKind")]
pub enum PetKind {
    /// The owner is looking for it.
    Lost,
    /// A finder holds it.
    Found,
    /// Someone saw it; nobody has it.
    Sighted,
    /// It is in a shelter's care.
    Sheltered,
}

/// Where a report stands in its life.
#[derive(Enum, Copy, Clone, Debug, PartialEq, Eq, Hash)]
#[graphql(remote = "stored::PetStatus")]
pub enum PetStatus {
    /// Still looked for, or still waiting for its people.
    Open,
    /// A match has been confirmed by one side.
    Matched,
    /// Back with its people.
    Reunited,
    /// Has a new home.
    Adopted,
    /// Gone to another shelter.
    Transferred,
    /// Closed for another reason.
    Closed,
    /// Not renewed in time.
    Expired,
}

/// The kinds of animals that are distinguished.
#[derive(Enum, Copy, Clone, Debug, PartialEq, Eq, Hash)]
#[graphql(remote = "stored::Species")]
pub enum Species {
    /// Dog.
    Dog,
    /// Cat.
    Cat,
    /// Rabbit.
    Rabbit,
    /// Bird of any kind.
    Bird,
    /// Ferret, guinea pig, hamster and the like.
    SmallMammal,
    /// Reptile or amphibian.
    Reptile,
    /// Horse, pony, donkey, mule.
    Equine,
    /// Farm animal.
    Farm,
    /// Anything else.
    Other,
}

/// Sex of an animal.
#[derive(Enum, Copy, Clone, Debug, PartialEq, Eq, Hash)]
#[graphql(remote = "stored::Sex")]
pub enum Sex {
    /// Female.
    Female,
    /// Male.
    Male,
    /// Not known.
    Unknown,
}

/// Whether an animal is spayed or neutered.
#[derive(Enum, Copy, Clone, Debug, PartialEq, Eq, Hash)]
#[graphql(remote = "stored::Altered")]
pub enum Altered {
    /// Spayed or neutered.
    Yes,
    /// Intact.
    No,
    /// Not known.
    Unknown,
}

/// Size of an animal as people judge it.
#[derive(Enum, Copy, Clone, Debug, PartialEq, Eq, Hash)]
#[graphql(remote = "stored::PetSize")]
pub enum PetSize {
    /// Much smaller than usual, such as a toy dog.
    ExtraSmall,
    /// A dog up to 25 pounds.
    Small,
    /// A dog of 26 to 60 pounds.
    Medium,
    /// A dog of 61 to 100 pounds.
    Large,
    /// A dog over 100 pounds.
    ExtraLarge,
    /// Not known.
    Unknown,
}

/// Age of an animal as people judge it.
#[derive(Enum, Copy, Clone, Debug, PartialEq, Eq, Hash)]
#[graphql(remote = "stored::AgeGroup")]
pub enum AgeGroup {
    /// Under half a year to one year.
    Baby,
    /// About one to three years.
    Young,
    /// About three to eight years.
    Adult,
    /// Over eight years.
    Senior,
    /// Not known.
    Unknown,
}

/// Length and kind of coat.
#[derive(Enum, Copy, Clone, Debug, PartialEq, Eq, Hash)]
#[graphql(remote = "stored::CoatLength")]
pub enum CoatLength {
    /// No hair.
    Hairless,
    /// Short.
    Short,
    /// Medium.
    Medium,
    /// Long.
    Long,
    /// Wire-haired.
    Wire,
    /// Curly.
    Curly,
    /// Corded.
    Corded,
    /// Not known.
    Unknown,
}

/// A base colour; an animal has a set of them.
#[derive(Enum, Copy, Clone, Debug, PartialEq, Eq, Hash)]
#[graphql(remote = "stored::Color")]
pub enum Color {
    /// Black.
    Black,
    /// White.
    White,
    /// Gray, blue or silver.
    Gray,
    /// Brown, chocolate or liver.
    Brown,
    /// Red, orange, chestnut or ginger.
    Red,
    /// Tan, fawn or buff.
    Tan,
    /// Cream or ivory.
    Cream,
    /// Golden or apricot.
    Golden,
    /// Green.
    Green,
    /// Yellow.
    Yellow,
    /// Another colour.
    Other,
}

/// How the colours lie.
#[derive(Enum, Copy, Clone, Debug, PartialEq, Eq, Hash)]
#[graphql(remote = "stored::CoatPattern")]
pub enum CoatPattern {
    /// One colour.
    Solid,
    /// Two colours.
    Bicolor,
    /// Black with a white chest and paws.
    Tuxedo,
    /// Three colours.
    Tricolor,
    /// Striped, blotched or ticked.
    Tabby,
    /// Black and red, mingled.
    Tortoiseshell,
    /// White with black and red patches.
    Calico,
    /// Tortoiseshell with tabby stripes.
    Torbie,
    /// Dark face, ears, paws and tail.
    Point,
    /// Mottled patches.
    Merle,
    /// Tiger-like streaks.
    Brindle,
    /// White with torn black patches.
    Harlequin,
    /// Black-tipped hair.
    Sable,
    /// Spots.
    Spotted,
    /// Another pattern.
    Other,
    /// Not known.
    Unknown,
}
