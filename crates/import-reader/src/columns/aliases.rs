//! Header titles for each column, the preferred one first.

use super::column::Column;

/// A column and its titles.
type Alias = (Column, &'static [&'static str]);

/// Titles of every format, folded to lower-case letters and digits.
const COMMON: [Alias; 45] = [
    (
        Column::ExternalId,
        &[
            "animalcode",
            "sheltercode",
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
            "speciesname",
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
            "breedname",
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
            "sexname",
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
            "basecolour",
            "basecolor",
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
            "microchipsid",
            "microchips",
            "chipnumber",
            "identichipnumber",
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
    (Column::Outcome, &["outcometype", "outtype", "outcomestatus"]),
    (Column::OutcomeSubtype, &["outcomesubtype", "outsubtype"]),
    (Column::OutcomeDate, &["outcomedate", "outdate"]),
    (Column::OutcomeTime, &["outcometime", "outtime"]),
    (Column::Movement, &["movementtype", "activemovementtype"]),
    (Column::MovementDate, &["movementdate", "activemovementdate"]),
    (Column::ReturnDate, &["returndate", "movementreturndate"]),
    (
        Column::DeceasedDate,
        &[
            "animaldeceaseddate",
            "deceaseddate",
            "dateofdeath",
            "deathdate",
            "euthanasiadate",
        ],
    ),
    (
        Column::Dead,
        &[
            "animaleuthanized",
            "puttosleep",
            "isdoa",
            "diedoffshelter",
            "deceased",
            "isdead",
        ],
    ),
    (
        Column::Private,
        &["animalnonshelter", "nonshelter", "nonshelteranimal", "isnonshelter"],
    ),
    (
        Column::InCustody,
        &["incustody", "intheshelter", "inshelter", "onshelter", "animalonshelter"],
    ),
    (
        Column::Condition,
        &[
            "intakecondition",
            "outcomecondition",
            "incondition",
            "outcondition",
            "condition",
            "intakeisdead",
            "outcomeisdead",
        ],
    ),
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

/// Titles that have this meaning only in the named format: elsewhere `City` and `Zip` belong to a person, and
/// `Location` is a kennel, or the centre of an adopter's postal code.
const SPECIAL: [(&str, &[Alias]); 8] = [
    (
        "Petfinder",
        &[
            (Column::IntakeDate, &["publishedat"]),
            (Column::PostalCode, &["contactaddresspostcode"]),
            (Column::City, &["contactaddresscity"]),
            (Column::Region, &["contactaddressstate"]),
        ],
    ),
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
    ("San Jose open data", &[(Column::Jurisdiction, &["jurisdiction"])]),
    ("Sonoma County", &[(Column::Jurisdiction, &["intakejurisdiction"])]),
    (
        "Dallas open data",
        &[(Column::Kennel, &["kennelnumber", "kennelstatus"])],
    ),
    ("Chameleon", &[(Column::Kennel, &["kennel"])]),
    (
        "Generic CSV",
        &[(Column::Location, &["location"]), (Column::PostalCode, &["foundzip"])],
    ),
];

/// The titles that apply to a format.
pub(super) fn aliases(format: &str) -> impl Iterator<Item = &'static Alias> {
    let own = SPECIAL
        .iter()
        .filter(move |(name, _)| *name == format)
        .flat_map(|(_, columns)| columns.iter());
    own.chain(COMMON.iter())
}

/// Whether any format knows the title.
pub(super) fn is_known(title: &str) -> bool {
    let special = SPECIAL.iter().flat_map(|(_, columns)| columns.iter());
    special.chain(COMMON.iter()).any(|(_, names)| names.contains(&title))
}
