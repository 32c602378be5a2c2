//! What the row of a shelter says of its hours and its places.

use chrono::{DateTime, Utc};
use entity::{Timestamp, shelter, vocabulary::Species};
use serde::{Deserialize, Serialize, de::DeserializeOwned};

use super::hours::Hours;
use crate::{domain::custody::time_zone, kernel::Result};

/// How many animals of a species a shelter can house.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct SpeciesCapacity {
    /// The species.
    pub species: Species,
    /// How many, 0 to 100,000.
    pub capacity: i32,
}

/// When a shelter is open, as it said; empty if it did not.
pub fn hours_of(shelter: &shelter::Model) -> Result<Hours> {
    hours_in(shelter.hours.as_deref(), shelter.hours_exceptions.as_deref())
}

/// The same for the two columns.
pub(in crate::domain::shelters) fn hours_in(weekly: Option<&str>, exceptions: Option<&str>) -> Result<Hours> {
    Ok(Hours {
        weekly: list(weekly)?,
        exceptions: list(exceptions)?,
    })
}

/// How many animals of each species a shelter can house, as far as it said.
pub fn capacities_of(shelter: &shelter::Model) -> Result<Vec<SpeciesCapacity>> {
    list(shelter.capacity_by_species.as_deref())
}

/// Whether a shelter is open; `None` if it did not say its hours, or nobody knows its time zone.
pub fn open_now(shelter: &shelter::Model, now: Timestamp) -> Result<Option<bool>> {
    let hours = hours_of(shelter)?;
    let zone = time_zone(shelter).filter(|_| !hours.weekly.is_empty());
    Ok(zone.map(|zone| hours.is_open(zone, now.to_utc())))
}

/// When a shelter opens next; `None` while it is open, and if that is not known.
pub fn opens_at(shelter: &shelter::Model, now: Timestamp) -> Result<Option<Timestamp>> {
    let hours = hours_of(shelter)?;
    let zone = time_zone(shelter).filter(|_| !hours.weekly.is_empty());
    let opens: Option<DateTime<Utc>> = zone.and_then(|zone| hours.opens_after(zone, now.to_utc()));
    Ok(opens.map(Timestamp::from))
}

fn list<T: DeserializeOwned>(stored: Option<&str>) -> Result<Vec<T>> {
    match stored {
        Some(stored) => Ok(serde_json::from_str(stored)?),
        None => Ok(Vec::new()),
    }
}
