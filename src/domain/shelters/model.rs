//! Validates the public details of a shelter.

use entity::vocabulary::ShelterType;
use phonenumber::country;

use crate::{
    deps::IdempotencyKey,
    domain::pets::LocationInput,
    kernel::{Error, FieldCode, FieldError, Result, telephone, text},
};
use import_reader::zone::Zone;

/// Maximum length of a name in characters.
pub(super) const NAME: usize = 120;
/// Allowed capacity, in animals.
const CAPACITY: std::ops::RangeInclusive<i32> = 0..=100_000;

/// Input for registering a shelter.
#[derive(Debug)]
pub struct RegisterShelter {
    /// Public name, 1 to 120 characters.
    pub name: String,
    /// Type of organisation.
    pub kind: ShelterType,
    /// Its location; public.
    pub location: LocationInput,
    /// Public phone number, in any common notation.
    pub phone: Option<String>,
    /// Public e-mail address.
    pub email: Option<String>,
    /// Public URL.
    pub website: Option<String>,
    /// Number of animals that it can house, 0 to 100,000.
    pub capacity: Option<i32>,
    /// IANA time zone; `None` for that of its location.
    pub time_zone: Option<String>,
    /// A repeat with the same key and input within 24 hours returns the first shelter.
    pub idempotency_key: Option<IdempotencyKey>,
}

/// The validated input.
pub(super) struct Details {
    pub(super) name: String,
    pub(super) phone: Option<String>,
    pub(super) email: Option<String>,
    pub(super) website: Option<String>,
    pub(super) capacity: Option<i32>,
    pub(super) time_zone: Option<String>,
}

impl RegisterShelter {
    /// Checks everything but the location and reports all errors. A phone number without a country code is one of
    /// `home`.
    pub(super) fn details(&self, home: Option<country::Id>) -> Result<Details> {
        let mut faults = Vec::new();
        let name = keep(text::line("name", &self.name, NAME), &mut faults);
        let phone = keep(
            self.phone.as_deref().map(|raw| phone(raw, home)).transpose(),
            &mut faults,
        );
        let email = self.email.as_deref().map(|raw| text::email("email", raw));
        let email = keep(email.transpose(), &mut faults);
        let website = self.website.as_deref().map(|raw| text::url("website", raw));
        let website = keep(website.transpose(), &mut faults);
        let capacity = keep(capacity(self.capacity), &mut faults);
        let time_zone = keep(self.time_zone.as_deref().map(time_zone).transpose(), &mut faults);
        match (name, phone, email, website, capacity, time_zone) {
            (Some(name), Some(phone), Some(email), Some(website), Some(capacity), Some(time_zone)) => Ok(Details {
                name,
                phone,
                email,
                website,
                capacity,
                time_zone,
            }),
            _ => Err(Error::Invalid(faults)),
        }
    }
}

fn keep<T>(checked: Result<T, FieldError>, faults: &mut Vec<FieldError>) -> Option<T> {
    checked.map_err(|fault| faults.push(fault)).ok()
}

/// A valid phone number, in E.164.
pub(super) fn phone(raw: &str, home: Option<country::Id>) -> Result<String, FieldError> {
    let parsed = telephone::read(raw, home).filter(phonenumber::is_valid);
    match parsed {
        Some(number) => Ok(number.format().mode(phonenumber::Mode::E164).to_string()),
        None => Err(FieldError::new(
            "phone",
            FieldCode::Invalid,
            "this is not a valid phone number: write it with its country code, such as +1 512 555 0142",
        )),
    }
}

/// The canonical IANA name of the time zone.
pub(super) fn time_zone(name: &str) -> Result<String, FieldError> {
    Zone::named(name.trim())
        .map(|zone| zone.name().to_owned())
        .ok_or_else(|| {
            let message = "there is no such time zone: give a name of the IANA database, such as America/Chicago";
            FieldError::new("timeZone", FieldCode::Invalid, message)
        })
}

/// The words that a shelter is found by, from its name and place.
pub(super) fn search_text(name: &str, place_label: &str) -> String {
    format!("{name}\n{place_label}").to_lowercase()
}

/// The fault of a location that nobody could find.
pub(super) fn unknown_place() -> FieldError {
    let message =
        "this place could not be found: give a US postal code, an address with its town and state, or a point";
    FieldError::new("location", FieldCode::Invalid, message)
}

/// A number of animals that a shelter can house.
pub(super) fn capacity(given: Option<i32>) -> Result<Option<i32>, FieldError> {
    match given {
        Some(capacity) if !CAPACITY.contains(&capacity) => Err(FieldError::new(
            "capacity",
            FieldCode::OutOfRange,
            "capacity must be from 0 to 100,000 animals",
        )),
        capacity => Ok(capacity),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn faults(change: impl FnOnce(&mut RegisterShelter)) -> Vec<(String, FieldCode)> {
        let mut input = RegisterShelter {
            name: "Sweetwater Animal Haven".to_owned(),
            kind: ShelterType::Shelter,
            location: LocationInput::PostalCode("78701".to_owned()),
            phone: Some("+1 512 555 0142".to_owned()),
            email: Some("desk@haven.example".to_owned()),
            website: Some("https://haven.example".to_owned()),
            capacity: Some(100_000),
            time_zone: Some("America/Chicago".to_owned()),
            idempotency_key: None,
        };
        change(&mut input);
        match input.details(None) {
            Ok(_) => Vec::new(),
            Err(Error::Invalid(faults)) => faults
                .into_iter()
                .map(|fault| (fault.path.concat(), fault.code))
                .collect(),
            Err(other) => panic!("{other}"),
        }
    }

    #[test]
    fn whole_details_pass() {
        assert_eq!(faults(|_| ()), []);
    }

    #[test]
    fn every_fault_is_named_at_once() {
        let found = faults(|input| {
            input.name = "n".repeat(121);
            input.phone = Some("+1 1".to_owned());
            input.email = Some("desk".to_owned());
            input.website = Some("ftp://haven.example".to_owned());
            input.capacity = Some(100_001);
            input.time_zone = Some("Texas".to_owned());
        });
        let named: Vec<_> = found.iter().map(|(path, _)| path.as_str()).collect();
        assert_eq!(named, ["name", "phone", "email", "website", "capacity", "timeZone"]);
    }

    #[test]
    fn a_negative_capacity_is_out_of_range() {
        let found = faults(|input| input.capacity = Some(-1));
        assert_eq!(found, [("capacity".to_owned(), FieldCode::OutOfRange)]);
    }
}
