//! Our own inventory, as `shelter_exports::inventory` writes it.
//!
//! Whatever system gave the ids (`ID Source`), they are the shelter's: the file comes back to animals that are known, so it
//! is no source of its own.

use super::{column::Column, format::Format};

/// The name of the format of our own inventory.
pub const OWN_FORMAT: &str = "Finding Sweetie";

pub(crate) static OWN: Format = Format {
    name: OWN_FORMAT,
    fingerprints: &[&["animalid", "idsource", "lastchanged", "collarworn"]],
    columns: &[(Column::ExternalId, &["animalid"])],
    verbatim: true,
    ..Format::PLAIN
};
