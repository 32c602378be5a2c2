//! Titles for each column, the preferred one first: those of a format, and those that everybody uses.

use std::{collections::HashSet, sync::LazyLock};

use super::homemade::{HOMEMADE, SHOWN};
use crate::{
    formats::{self, Column, Format, GENERIC, Titles},
    languages,
};

/// What everybody means by a title, in lower-case letters and digits.
const COMMON: [Titles; 53] = [
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
        &[
            "animalweight",
            "currentweight",
            "bodyweight",
            "weight",
            "weightlb",
            "weightlbs",
            "weightkg",
            "weightoz",
            "weightounces",
            "weightpounds",
            "sizecurrent",
        ],
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
        ],
    ),
    (Column::Arrival, &["founddate"]),
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
        Column::HoldUntil,
        &[
            "dueout",
            "dueoutdate",
            "holduntil",
            "holduntildate",
            "holdenddate",
            "strayholdends",
        ],
    ),
    (
        Column::AlternativeId,
        &["arn", "rescueid", "impoundnumber", "impoundno", "impoundid", "impound"],
    ),
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
    (Column::KennelName, &["kennel"]),
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
            "isdoa",
            "diedoffshelter",
            "deceased",
            "isdead",
            "intakeisdead",
            "outcomeisdead",
        ],
    ),
    (Column::PutToSleep, &["animaleuthanized", "puttosleep", "euthanized"]),
    (Column::TransferIn, &["istransfer", "animaltransfer"]),
    (Column::Trial, &["istrial"]),
    (Column::InFoster, &["infoster"]),
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
            "coverphoto",
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

/// The titles that apply to a format, its own first. In tables that are no vendor's, those that people make up and those
/// of other languages come last.
pub(super) fn aliases(format: &'static Format) -> impl Iterator<Item = (Column, &'static str)> {
    let common = COMMON.iter().flat_map(each).filter(|(_, title)| !format.decides(title));
    let is_generic = std::ptr::eq(format, &raw const GENERIC);
    let others = homemade().filter(move |_| is_generic);
    format.columns.iter().flat_map(each).chain(common).chain(others)
}

fn each((column, titles): &'static Titles) -> impl Iterator<Item = (Column, &'static str)> {
    titles.iter().map(|title| (*column, *title))
}

fn homemade() -> impl Iterator<Item = (Column, &'static str)> {
    HOMEMADE.iter().chain(&SHOWN).flat_map(each).chain(languages::titles())
}

/// All titles that mean something somewhere: every line that could be a header is compared with them.
static KNOWN: LazyLock<HashSet<&'static str>> = LazyLock::new(|| {
    let common = COMMON.iter().flat_map(each).chain(homemade()).map(|(_, title)| title);
    common.chain(formats::titles()).collect()
});

/// Whether anybody knows the title.
pub(super) fn is_known(title: &str) -> bool {
    KNOWN.contains(title)
}
