//! What a title that nobody knows means by its words: `Intake Dt`, `primary_breed_name`, `microchipIdentifier`.
//!
//! Only words that leave little doubt count, and only in tables that are no vendor's. People see what was made of each
//! column before anything is imported, and can correct it.

use pet_vocabulary::fold;

use crate::formats::Column;

/// The longest title in words: longer ones are sentences.
const MOST_WORDS: usize = 5;

/// Words for things that are done to animals, or counted, on which a title is not about the animal itself.
const ELSEWHERE: [&str; 34] = [
    "vaccine",
    "vaccination",
    "rabies",
    "test",
    "tested",
    "due",
    "next",
    "last",
    "updated",
    "modified",
    "created",
    "company",
    "brand",
    "vendor",
    "fee",
    "cost",
    "price",
    "days",
    "count",
    "total",
    "length",
    "stay",
    "mother",
    "father",
    "dam",
    "sire",
    "litter",
    "group",
    "weighed",
    "implanted",
    "registered",
    "expiry",
    "tag",
    "license",
];

/// Words for a day.
const DAY: [&str; 6] = ["date", "dt", "on", "day", "datetime", "timestamp"];
const INTAKE: [&str; 14] = [
    "intake",
    "admission",
    "admitted",
    "arrival",
    "arrived",
    "impound",
    "impounded",
    "received",
    "entry",
    "entered",
    "in",
    "seized",
    "incoming",
    "taken",
];
const LEAVING: [&str; 10] = [
    "outcome",
    "exit",
    "release",
    "released",
    "departure",
    "departed",
    "out",
    "disposition",
    "discharge",
    "outgoing",
];
const ALTERED: [&str; 14] = [
    "sterilised",
    "sterilized",
    "sterile",
    "neutered",
    "spayed",
    "altered",
    "desexed",
    "castrated",
    "fixed",
    "neuter",
    "spay",
    "speyed",
    "sterilisation",
    "sterilization",
];
const NUMBER: [&str; 9] = [
    "id",
    "identifier",
    "number",
    "no",
    "nr",
    "num",
    "ref",
    "reference",
    "card",
];
const ANIMAL: [&str; 8] = [
    "animal", "pet", "shelter", "kennel", "intake", "case", "record", "impound",
];
const FOUND: [&str; 6] = ["found", "picked", "rescued", "captured", "pickup", "recovered"];
const PERSON: [&str; 8] = ["by", "who", "whom", "officer", "user", "staff", "member", "agent"];

/// The meaning of a title by its words; `None` if they leave a doubt.
pub(super) fn by_words(title: &str) -> Option<Column> {
    let words = words_of(title);
    let has = |wanted: &[&str]| words.iter().any(|word| wanted.contains(&word.as_str()));
    if words.is_empty() || MOST_WORDS < words.len() || has(&ELSEWHERE) || has(&PERSON) {
        return None;
    }
    let is_day = has(&DAY);
    if has(&["birth", "dob", "born", "birthdate", "birthday"]) {
        return Some(Column::BirthDate);
    }
    if is_day {
        return match (has(&INTAKE), has(&LEAVING), has(&FOUND)) {
            (true, false, _) => Some(Column::IntakeDate),
            (false, true, _) => Some(Column::OutcomeDate),
            (false, false, true) => Some(Column::Arrival),
            _ => None,
        };
    }
    let reasons = has(&["reason", "type", "source", "category"]);
    let rules: [(bool, Column); 18] = [
        (has(&["species"]), Column::Species),
        (
            has(&["breed", "breeds"]) && has(&["second", "secondary", "2"]),
            Column::SecondBreed,
        ),
        (has(&["breed", "breeds"]) && !has(&["mix", "mixed"]), Column::Breed),
        (has(&["sex", "gender"]), Column::Sex),
        (has(&ALTERED), Column::Altered),
        (has(&["chip", "microchip", "transponder"]), Column::Microchip),
        (has(&["colour", "color", "colours", "colors"]), Column::Color),
        (has(&["weight", "kg", "kgs", "lbs"]), Column::Weight),
        (
            has(&["age"]) && has(&["months", "mths", "mos", "month"]),
            Column::AgeMonths,
        ),
        (has(&["age"]) && has(&["years", "yrs", "year"]), Column::AgeYears),
        (has(&["age"]), Column::Age),
        (has(&["status", "availability"]), Column::Status),
        (
            reasons && has(&["intake", "admission", "entry", "arrival", "incoming"]),
            Column::IntakeType,
        ),
        (has(&LEAVING) && !has(&["in", "of", "to"]), Column::Outcome),
        (has(&FOUND), Column::FoundPlace),
        (
            has(&["photo", "image", "picture", "img", "photos", "images", "pictures"]),
            Column::Photo,
        ),
        (has(&["hair", "coat", "fur"]), Column::Coat),
        (has(&["markings", "marks"]), Column::Markings),
    ];
    if let Some((_, column)) = rules.into_iter().find(|(fits, _)| *fits) {
        return Some(column);
    }
    let is_name = has(&["name"])
        && words
            .iter()
            .all(|word| ["name", "given", "animal", "pet", "call"].contains(&word.as_str()));
    match () {
        () if is_name => Some(Column::Name),
        () if has(&NUMBER) && has(&ANIMAL) => Some(Column::ExternalId),
        () => None,
    }
}

/// The words of a title, parted also where small letters meet great ones.
fn words_of(title: &str) -> Vec<String> {
    let mut parted = String::with_capacity(title.len() + 8);
    let mut before = ' ';
    for letter in title.chars() {
        if before.is_lowercase() && letter.is_uppercase() {
            parted.push(' ');
        }
        parted.push(letter);
        before = letter;
    }
    let folded = fold(&parted);
    folded
        .split(' ')
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_that_leave_no_doubt_tell_the_meaning() {
        for (title, column) in [
            ("Intake Dt", Some(Column::IntakeDate)),
            ("admitted_on", Some(Column::IntakeDate)),
            ("primary_breed_name", Some(Column::Breed)),
            ("secondaryBreedName", Some(Column::SecondBreed)),
            ("microchipIdentifier", Some(Column::Microchip)),
            ("date_of_birth_estimated", Some(Column::BirthDate)),
            ("Age (mths)", Some(Column::AgeMonths)),
            ("current_status_name", Some(Column::Status)),
            ("Picked up", Some(Column::FoundPlace)),
            ("Exit Dt", Some(Column::OutcomeDate)),
            ("Exit", Some(Column::Outcome)),
            ("Kennel Card", Some(Column::ExternalId)),
            ("given_name", Some(Column::Name)),
            ("animal_identifier", Some(Column::ExternalId)),
        ] {
            assert_eq!(by_words(title), column, "{title}");
        }
    }

    #[test]
    fn what_could_be_about_something_else_stays_unknown() {
        for title in [
            "Rabies Tag No",
            "Microchip Implanted On",
            "Spay Date",
            "Date",
            "Found by",
            "Days in shelter",
            "Intake Outcome Date",
            "Species of animals that we took in this year",
            "Company",
            "Street name",
        ] {
            assert_eq!(by_words(title), None, "{title}");
        }
    }
}
