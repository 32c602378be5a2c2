//! A shelter's time zone.

use entity::shelter;

use import_reader::zone::{Whereabouts, Zone};

/// The time zone that the shelter has set, or else that of its location; `None` if neither is known.
pub fn time_zone(shelter: &shelter::Model) -> Option<Zone> {
    let place = Whereabouts {
        country: shelter.country.as_deref(),
        region: shelter.region.as_deref(),
        point: shelter.latitude.zip(shelter.longitude),
    };
    shelter
        .time_zone
        .as_deref()
        .and_then(Zone::named)
        .or_else(|| Zone::of(place))
}
