//! Which titles stand for which column, the preferred one first.

use super::header::Column;

/// A meaning and the titles that stand for it.
type Alias = (Column, &'static [&'static str]);

/// Titles of every format, folded to lower-case letters and digits.
const COMMON: [Alias; 36] = [
    (
        Column::ExternalId,
        &[
            "animalcode",
            "animalid",
            "animalnumber",
            "externalid",
            "petid",
            "petstablishedid",
            "id",
            "internal",
            "code",
        ],
    ),
    (Column::Name, &["animalname", "petname", "name"]),
    (
        Column::Species,
        &[
            "animalspecies",
            "species",
            "animaltype",
            "pettype",
            "animalgroup",
            "type",
            "animal",
        ],
    ),
    (
        Column::Breed,
        &[
            "animalbreed1",
            "primarybreed",
            "pribreed",
            "petprimarybreed",
            "breed1",
            "animalbreed",
            "petbreed",
            "breed",
            "lookslike",
            "breedsprimary",
        ],
    ),
    (
        Column::SecondBreed,
        &[
            "animalbreed2",
            "secondarybreed",
            "secbreed",
            "petsecondarybreed",
            "breed2",
            "breednumber2",
            "breedssecondary",
        ],
    ),
    (Column::Mixed, &["mixed", "mix", "breedsmixed"]),
    (
        Column::Sex,
        &[
            "animalsex",
            "sex",
            "gender",
            "sexuponintake",
            "sexuponoutcome",
            "animalgender",
        ],
    ),
    (
        Column::Altered,
        &[
            "animalneutered",
            "altered",
            "spayneutered",
            "spayedneutered",
            "alteredbeforearrival",
            "alteredincare",
            "attributesspayedneutered",
        ],
    ),
    (
        Column::BirthDate,
        &["animaldob", "dateofbirth", "birthdate", "dob", "petdob"],
    ),
    (
        Column::Age,
        &[
            "ageymd",
            "age",
            "agegroup",
            "generalage",
            "ageuponintake",
            "ageuponoutcome",
            "petage",
        ],
    ),
    (Column::AgeYears, &["animalage", "ageinyears", "petyears"]),
    (Column::AgeMonths, &["agemonths", "petmonths"]),
    (
        Column::Color,
        &[
            "animalcolor",
            "primarycolor",
            "colorgeneral",
            "color",
            "colour",
            "colorsprimary",
            "color1",
            "secondarycolor",
            "secondcolor",
            "color2",
            "colorssecondary",
            "tertiarycolor",
            "colorstertiary",
        ],
    ),
    (Column::Pattern, &["pattern", "coatpattern"]),
    (Column::Coat, &["animalcoattype", "coatlength", "hairlength", "coat"]),
    (Column::Size, &["animalsize", "size", "petsize", "sizepotentialgeneral"]),
    (
        Column::Weight,
        &["animalweight", "currentweight", "bodyweight", "weight", "sizecurrent"],
    ),
    (Column::WeightUnit, &["sizeuom", "weightunit"]),
    (
        Column::Microchip,
        &[
            "animalmicrochip",
            "microchipnumber",
            "microchip",
            "microchipid",
            "chipnumber",
        ],
    ),
    (Column::ChipStatus, &["chipstatus"]),
    (
        Column::Markings,
        &[
            "animalmarkings",
            "distinguishingmarkings",
            "distinguishingfeatures",
            "distinctivefeatures",
            "distinguishingmarks",
            "markings",
            "collar",
        ],
    ),
    (
        Column::IntakeDate,
        &[
            "animalentrydate",
            "intakedate",
            "receiveddate",
            "incomingdate",
            "indate",
            "datetime",
            "arrivaldate",
            "datepetenteredyourcare",
            "checkindate",
            "intakets",
            "founddate",
        ],
    ),
    (Column::IntakeTime, &["animalentrytime", "intaketime", "intime"]),
    (
        Column::IntakeType,
        &[
            "animalentrytype",
            "animalentrycategory",
            "intaketype",
            "intype",
            "animalintaketype",
            "entrycategory",
            "sourcecurrent",
            "typeofintake",
            "typeofcheckin",
        ],
    ),
    (Column::IntakeSubtype, &["intakesubtype", "insubtype"]),
    (
        Column::FoundPlace,
        &[
            "animalpickupaddress",
            "animalpickuplocation",
            "foundlocation",
            "pickupaddress",
            "locationfound",
            "wherewaspetoriginallyfound",
            "crossing",
        ],
    ),
    (Column::Latitude, &["latitude", "lat"]),
    (Column::Longitude, &["longitude", "lon", "lng", "long"]),
    (
        Column::PostalCode,
        &["foundzipcode", "zippostal", "animalfoundpostalcode"],
    ),
    (Column::RecordType, &["recordtype"]),
    (
        Column::Status,
        &["currentstatus", "statuscurrent", "status", "kennelstatus"],
    ),
    (
        Column::Outcome,
        &["outcometype", "outtype", "outcomestatus", "movementtype"],
    ),
    (Column::OutcomeDate, &["outcomedate", "outdate"]),
    (Column::DeceasedDate, &["animaldeceaseddate"]),
    (
        Column::Photo,
        &[
            "animalimage",
            "photo",
            "photo1",
            "photo2",
            "photo3",
            "photo4",
            "photo5",
            "photo6",
            "pic1",
            "pic2",
            "pic3",
            "pic4",
            "picture1",
            "picture2",
            "picture3",
            "picture4",
        ],
    ),
    (
        Column::Description,
        &[
            "descriptionnohtml",
            "animaldescription",
            "description",
            "desc",
            "dsc",
            "kennelcardwebsitememo",
            "summary",
        ],
    ),
];

/// Titles that mean this only in a format of that name: elsewhere `City` and `Zip` are those of a person, and
/// `Location` is a kennel.
const SPECIAL: [(&str, &[Alias]); 7] = [
    (
        "King County",
        &[
            (Column::IntakeDate, &["date"]),
            (Column::Location, &["locationformap"]),
            (Column::FoundPlace, &["obfuscatedaddress"]),
            (Column::City, &["city"]),
            (Column::Region, &["state"]),
            (Column::PostalCode, &["zip"]),
            (Column::Latitude, &["obfuscatedlatitude"]),
            (Column::Longitude, &["obfuscatedlongitude"]),
            (Column::Photo, &["image"]),
            (Column::Description, &["memo"]),
        ],
    ),
    (
        "Austin lost and found",
        &[
            (Column::IntakeDate, &["dateiso"]),
            (Column::FoundPlace, &["location"]),
            (Column::Location, &["locationraw"]),
            (Column::PostalCode, &["zip"]),
        ],
    ),
    (
        "Sonoma County",
        &[
            (Column::Location, &["location"]),
            (Column::Condition, &["intakecondition", "outcomecondition"]),
        ],
    ),
    (
        "Dallas open data",
        &[
            (Column::Kennel, &["kennelnumber"]),
            (Column::Condition, &["intakecondition", "outcomecondition"]),
        ],
    ),
    (
        "San Jose open data",
        &[(Column::Condition, &["intakecondition", "outcomecondition"])],
    ),
    (
        "Chameleon",
        &[
            (Column::Condition, &["incondition", "outcondition"]),
            (Column::Kennel, &["kennel"]),
        ],
    ),
    (
        "Generic CSV",
        &[(Column::Location, &["location"]), (Column::PostalCode, &["foundzip"])],
    ),
];

/// The titles that count in a format.
pub(super) fn aliases(format: &str) -> impl Iterator<Item = &'static Alias> {
    let own = SPECIAL
        .iter()
        .filter(move |(name, _)| *name == format)
        .flat_map(|(_, columns)| columns.iter());
    own.chain(COMMON.iter())
}
