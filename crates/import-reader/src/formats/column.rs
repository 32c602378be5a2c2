//! What the columns of a file may mean.

use serde::{Deserialize, Serialize};

/// Meaning of a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Column {
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
    /// Where it is kept: building, kennel, room. The words may tell more, such as a foster home.
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

impl Column {
    /// Whether words or places of such a column are shown to everybody. Of others only numbers, days and words of our own
    /// are, or nothing.
    pub fn is_public(self) -> bool {
        matches!(
            self,
            Self::Name
                | Self::Breed
                | Self::SecondBreed
                | Self::Color
                | Self::Markings
                | Self::FoundPlace
                | Self::Location
                | Self::Latitude
                | Self::Longitude
                | Self::PostalCode
                | Self::City
                | Self::Region
                | Self::Jurisdiction
                | Self::Photo
                | Self::Description
        )
    }

    /// What the column is called where people are shown how their file was understood.
    pub fn word(self) -> &'static str {
        match self {
            Self::ExternalId => "id",
            Self::AlternativeId => "alternative id",
            Self::Name => "name",
            Self::Species => "species",
            Self::Breed => "breed",
            Self::SecondBreed => "second breed",
            Self::Mixed => "mixed",
            Self::Purebred => "purebred",
            Self::Sex => "sex",
            Self::Altered => "altered",
            Self::Features => "features",
            Self::BirthDate => "birth date",
            Self::Age => "age",
            Self::AgeYears => "age in years",
            Self::AgeMonths => "age in months",
            Self::Color => "color",
            Self::Pattern => "pattern",
            Self::Coat => "coat",
            Self::Size => "size",
            Self::Weight => "weight",
            Self::WeightUnit => "weight unit",
            Self::Microchip => "microchip",
            Self::ChipStatus => "microchip status",
            Self::Markings => "markings",
            Self::IntakeDate | Self::Arrival => "intake date",
            Self::IntakeTime => "intake time",
            Self::IntakeType => "intake type",
            Self::IntakeSubtype => "intake subtype",
            Self::TransferIn => "transferred in",
            Self::HoldUntil => "hold until",
            Self::FoundPlace | Self::Location => "place found",
            Self::Latitude => "latitude",
            Self::Longitude => "longitude",
            Self::PostalCode => "postal code",
            Self::City => "city",
            Self::Region => "region",
            Self::Jurisdiction => "jurisdiction",
            Self::RecordType => "record type",
            Self::Custody => "custody",
            Self::Kennel | Self::KennelName => "kennel",
            Self::Status => "status",
            Self::Outcome => "outcome",
            Self::OutcomeSubtype => "outcome subtype",
            Self::OutcomeDate => "outcome date",
            Self::OutcomeTime => "outcome time",
            Self::Movement => "movement",
            Self::MovementDate => "movement date",
            Self::Trial => "trial",
            Self::InFoster => "in foster care",
            Self::ReturnDate => "return date",
            Self::DeceasedDate => "date of death",
            Self::Dead => "dead",
            Self::PutToSleep => "put to sleep",
            Self::Private => "not for the public",
            Self::InCustody => "in custody",
            Self::Condition => "condition",
            Self::Photo => "photo",
            Self::Description => "description",
        }
    }
}
