//! What the columns of a file may mean.

/// Meaning of a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Column {
    ExternalId,
    Name,
    Species,
    Breed,
    SecondBreed,
    Mixed,
    Sex,
    Altered,
    BirthDate,
    Age,
    AgeYears,
    AgeMonths,
    Color,
    Pattern,
    Coat,
    Size,
    Weight,
    WeightUnit,
    Microchip,
    ChipStatus,
    Markings,
    IntakeDate,
    IntakeTime,
    IntakeType,
    IntakeSubtype,
    FoundPlace,
    /// Text that contains coordinates.
    Location,
    Latitude,
    Longitude,
    PostalCode,
    City,
    Region,
    /// The municipality that pays for the animal: used as the place found if there is nothing better.
    Jurisdiction,
    RecordType,
    Kennel,
    Status,
    Outcome,
    OutcomeSubtype,
    OutcomeDate,
    OutcomeTime,
    /// ASM3's term for leaving, which may be temporary.
    Movement,
    MovementDate,
    /// When a movement ended.
    ReturnDate,
    DeceasedDate,
    /// Yes if the animal is dead.
    Dead,
    /// Yes if the animal has an owner and does not belong to the shelter.
    Private,
    /// No if the animal has left.
    InCustody,
    Condition,
    Photo,
    Description,
}
