//! What the columns of a file may mean.

/// Meaning of a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Column {
    ExternalId,
    /// Further ids of the same animal.
    AlternativeId,
    Name,
    Species,
    Breed,
    SecondBreed,
    Mixed,
    /// No if it is a mix.
    Purebred,
    Sex,
    Altered,
    /// Words about it in one cell, of which `altered` may be one.
    Features,
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
    /// When it came, in files that need not say so: may be blank.
    Arrival,
    IntakeTime,
    IntakeType,
    IntakeSubtype,
    /// Yes if another organisation brought it.
    TransferIn,
    HoldUntil,
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
    /// Lost, found or in care, whoever has the animal.
    RecordType,
    /// Says who has the animal, and so decides between found and in care.
    Custody,
    /// Where it is kept: building, kennel, room. The words may tell more, such as a foster home.
    Kennel,
    /// Where it is kept, and nothing else, whatever the words are.
    KennelName,
    Status,
    Outcome,
    OutcomeSubtype,
    OutcomeDate,
    OutcomeTime,
    /// ASM3's term for leaving, which may be temporary.
    Movement,
    MovementDate,
    /// Yes if a movement is a trial, after which the animal may come back.
    Trial,
    /// Yes if it lives in a foster home.
    InFoster,
    /// When a movement ended.
    ReturnDate,
    DeceasedDate,
    /// Yes if the animal is dead.
    Dead,
    /// Yes if it was put to sleep.
    PutToSleep,
    /// Yes if the animal has an owner and does not belong to the shelter.
    Private,
    /// No if the animal has left.
    InCustody,
    Condition,
    Photo,
    Description,
}

impl Column {
    /// What the column is called where people are shown how their file was understood.
    pub(crate) fn word(self) -> &'static str {
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
