//! Columns whose titles would fit people as well as places, and that stand right behind the place where an animal was
//! found: there they say more about that place.

use crate::formats::Column;

/// Titles of postal codes, in lower-case letters and digits.
const POSTAL_CODES: [&str; 10] = [
    "zip",
    "zipcode",
    "postcode",
    "postalcode",
    "postalzip",
    "plz",
    "postleitzahl",
    "codepostal",
    "codigopostal",
    "cp",
];

/// Titles of towns.
const TOWNS: [&str; 10] = [
    "city",
    "town",
    "suburb",
    "village",
    "municipality",
    "ort",
    "stadt",
    "ville",
    "commune",
    "municipio",
];

/// What the titles behind that of the place found mean; `None` for any other title.
pub(super) fn beside_place(title: &str) -> Option<Column> {
    if POSTAL_CODES.contains(&title) {
        Some(Column::PostalCode)
    } else if TOWNS.contains(&title) {
        Some(Column::City)
    } else {
        None
    }
}
