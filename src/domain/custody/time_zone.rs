//! A shelter's time zone.

use chrono_tz::Tz;
use entity::shelter;

use import_reader::zone::{Whereabouts, Zone};

/// The time zone that the shelter has set, or else that of its location; `None` if neither is known.
pub fn time_zone(shelter: &shelter::Model) -> Option<Zone> {
    let place = Whereabouts {
        country: shelter.country.as_deref(),
        region: shelter.region.as_deref(),
        point: shelter.latitude.zip(shelter.longitude),
    };
    zone_of(shelter.time_zone.as_deref(), place)
}

/// The same for a name and a place.
pub fn zone_of(name: Option<&str>, place: Whereabouts<'_>) -> Option<Zone> {
    name.and_then(Zone::named).or_else(|| Zone::of(place))
}

/// The zone by whose clocks a shelter's files tell the time: UTC if none is known, as for its imports.
pub fn zone_or_utc(shelter: &shelter::Model) -> Tz {
    let zone = time_zone(shelter).and_then(|zone| zone.name().parse().ok());
    zone.unwrap_or(Tz::UTC)
}
