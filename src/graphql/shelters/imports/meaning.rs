//! What the columns of a file may mean.

use async_graphql::{Enum, InputObject, SimpleObject};
use import_reader::{Column, MappedColumn, Mapping};

/// What a column of a file means to an import.
#[derive(Enum, Copy, Clone, Debug, PartialEq, Eq, Hash)]
#[graphql(remote = "Column")]
pub enum ImportMeaning {
    /// The shelter's own id of the animal.
    ExternalId,
    /// Further ids of the same animal.
    AlternativeId,
    /// Name.
    Name,
    /// Species.
    Species,
    /// Breed, or several.
    Breed,
    /// Second of two breeds.
    SecondBreed,
    /// Whether it is a mix.
    Mixed,
    /// No if it is a mix.
    Purebred,
    /// Sex; may say that it is altered, as in `Neutered Male`.
    Sex,
    /// Whether it is spayed or neutered.
    Altered,
    /// Words about it in one cell, of which `altered` may be one.
    Features,
    /// Day of birth.
    BirthDate,
    /// Age in words, such as `2 years`.
    Age,
    /// Age as a number of years.
    AgeYears,
    /// Months beside the years, or instead of them.
    AgeMonths,
    /// Colour, or several.
    Color,
    /// Pattern of the coat.
    Pattern,
    /// Length and kind of the coat.
    Coat,
    /// Size.
    Size,
    /// Weight.
    Weight,
    /// Unit of the weight.
    WeightUnit,
    /// Number of its chip, or whether it has one.
    Microchip,
    /// Whether it has a chip.
    ChipStatus,
    /// Markings and collar.
    Markings,
    /// When it came; must not be blank.
    IntakeDate,
    /// When it came, in files that need not say so: may be blank.
    Arrival,
    /// Time of day of the intake.
    IntakeTime,
    /// Why it was taken in.
    IntakeType,
    /// More about why it was taken in.
    IntakeSubtype,
    /// Yes if another organisation brought it.
    TransferIn,
    /// Until when it is kept for its owner.
    HoldUntil,
    /// Where it was found, in words.
    FoundPlace,
    /// Text that contains coordinates, or the place.
    Location,
    /// Latitude in degrees.
    Latitude,
    /// Longitude in degrees.
    Longitude,
    /// Postal code of the place.
    PostalCode,
    /// Town of the place.
    City,
    /// State or province of the place.
    Region,
    /// The municipality that pays for the animal: used as the place found if there is nothing better.
    Jurisdiction,
    /// Lost, found or in care, whoever has the animal.
    RecordType,
    /// Says who has the animal, and so decides between found and in care.
    Custody,
    /// Where it is kept: building, kennel, room.
    Kennel,
    /// Where it is kept, and nothing else, whatever the words are.
    KennelName,
    /// How things stand with the animal.
    Status,
    /// How it left.
    Outcome,
    /// More about how it left.
    OutcomeSubtype,
    /// When it left.
    OutcomeDate,
    /// Time of day when it left.
    OutcomeTime,
    /// ASM3's term for leaving, which may be temporary.
    Movement,
    /// When the movement was.
    MovementDate,
    /// Yes if a movement is a trial, after which the animal may come back.
    Trial,
    /// Yes if it lives in a foster home.
    InFoster,
    /// When a movement ended.
    ReturnDate,
    /// When it died.
    DeceasedDate,
    /// Yes if the animal is dead.
    Dead,
    /// Yes if it was put to sleep.
    PutToSleep,
    /// Yes if the animal has an owner and does not belong to the shelter.
    #[graphql(name = "OWNED")]
    Private,
    /// No if the animal has left.
    InCustody,
    /// State of health, of which death counts.
    Condition,
    /// Address of a photo.
    Photo,
    /// Text about the animal for everybody.
    Description,
}

/// What a column of a file means.
#[derive(InputObject)]
pub struct ColumnMappingInput {
    /// Its title, compared without case and punctuation; each once.
    title: String,
    /// What it means; null to leave it out. A column that previewImport calls private can be nothing that everybody sees,
    /// such as a description.
    meaning: Option<ImportMeaning>,
}

/// What the shelter said of a column.
#[derive(SimpleObject)]
pub struct ColumnMapping {
    /// Its title.
    title: String,
    /// What it means; null if it is left out.
    meaning: Option<ImportMeaning>,
}

/// The columns of an input.
pub fn mapping(columns: Option<Vec<ColumnMappingInput>>) -> Mapping {
    let column = |ColumnMappingInput { title, meaning }: ColumnMappingInput| MappedColumn {
        title,
        meaning: meaning.map(Into::into),
    };
    Mapping::new(columns.unwrap_or_default().into_iter().map(column).collect())
}

impl From<&MappedColumn> for ColumnMapping {
    fn from(column: &MappedColumn) -> Self {
        Self {
            title: column.title.clone(),
            meaning: column.meaning.map(Into::into),
        }
    }
}
