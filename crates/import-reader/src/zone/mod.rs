//! Time zones: the zone of a place, and conversion between its local time and instants.
//!
//! No network access. The states of the United States are listed by hand. Elsewhere the zone of the nearest town
//! counts, taken from the IANA database (`zones.txt`, from its `zone.tab`, in the public domain), within the country if
//! it is known. Near a border that can be the neighbour's zone, so people can choose another one.

mod states;

use chrono::{DateTime, NaiveDateTime, TimeDelta, TimeZone, Utc};
use chrono_tz::Tz;

use geometry::Point;

/// One zone per line: country, latitude, longitude and name.
const ZONES: &str = include_str!("zones.txt");

/// A time zone from the IANA database.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Zone(Tz);

/// What is known about a place, each part optional.
#[derive(Debug, Clone, Copy)]
pub struct Whereabouts<'a> {
    /// ISO 3166-1 alpha-2.
    pub country: Option<&'a str>,
    /// State, as its two-letter postal abbreviation.
    pub region: Option<&'a str>,
    /// Latitude and longitude in degrees.
    pub point: Option<(f64, f64)>,
}

impl Zone {
    /// Coordinated Universal Time.
    pub const UTC: Self = Self(Tz::UTC);

    /// Looks up a zone by its IANA name, such as `America/Chicago`.
    pub fn named(name: &str) -> Option<Self> {
        name.parse().ok().map(Self)
    }

    /// The zone's IANA name.
    pub fn name(self) -> &'static str {
        self.0.name()
    }

    /// The zone of a place; `None` if neither its point nor its state is known.
    pub fn of(place: Whereabouts<'_>) -> Option<Self> {
        let state = place
            .region
            .filter(|_| place.country.is_none_or(|country| country == "US"));
        state
            .and_then(|state| states::zone(state, place.point))
            .or_else(|| nearest(place.country, place.point?))
            .and_then(Self::named)
    }

    /// The instant at which local clocks show this time. If the hour occurs twice, the first one counts; a time skipped
    /// by daylight saving moves one hour later.
    pub fn instant(self, clock: NaiveDateTime) -> Option<DateTime<Utc>> {
        let found = self.0.from_local_datetime(&clock).earliest();
        let shifted = || self.0.from_local_datetime(&(clock + TimeDelta::hours(1))).earliest();
        Some(found.or_else(shifted)?.to_utc())
    }

    /// The local time at an instant.
    pub fn clock(self, instant: DateTime<Utc>) -> NaiveDateTime {
        instant.with_timezone(&self.0).naive_local()
    }
}

/// The zone of the nearest town, within the country if it has any.
fn nearest(country: Option<&str>, point: (f64, f64)) -> Option<&'static str> {
    let lines = || ZONES.lines().filter_map(read);
    let within = |zone: &Town| country.is_none_or(|country| zone.country == country);
    let here = Point::new(point.0, point.1).ok()?;
    let distance = |zone: &Town| here.chord_squared_to(zone.point);
    let near = |one: &Town, other: &Town| distance(one).total_cmp(&distance(other));
    let found = lines().filter(within).min_by(near).or_else(|| lines().min_by(near));
    found.map(|zone| zone.name)
}

struct Town {
    country: &'static str,
    point: Point,
    name: &'static str,
}

fn read(line: &'static str) -> Option<Town> {
    let mut words = line.split(' ');
    let country = words.next()?;
    let point = Point::new(words.next()?.parse().ok()?, words.next()?.parse().ok()?).ok()?;
    let name = words.next()?;
    Some(Town { country, point, name })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn zone(country: Option<&str>, region: Option<&str>, point: (f64, f64)) -> &'static str {
        let place = Whereabouts {
            country,
            region,
            point: Some(point),
        };
        Zone::of(place).expect("the place has a point").name()
    }

    #[test]
    fn places_go_by_the_clock_of_their_surroundings() {
        assert_eq!(zone(None, None, (-36.85, 174.76)), "Pacific/Auckland");
        assert_eq!(zone(Some("US"), Some("TX"), (30.27, -97.74)), "America/Chicago");
        assert_eq!(zone(Some("US"), Some("TX"), (31.76, -106.49)), "America/Denver");
        assert_eq!(zone(Some("US"), Some("AZ"), (33.45, -112.07)), "America/Phoenix");
        assert_eq!(zone(Some("US"), Some("FL"), (30.42, -87.22)), "America/Chicago");
        assert_eq!(zone(Some("US"), Some("HI"), (21.31, -157.86)), "Pacific/Honolulu");
        assert_eq!(zone(Some("GB"), None, (53.48, -2.24)), "Europe/London");
        assert_eq!(zone(Some("AU"), Some("WA"), (-31.95, 115.86)), "Australia/Perth");
        assert_eq!(zone(None, None, (51.34, 12.37)), "Europe/Berlin");
    }

    #[test]
    fn every_listed_zone_has_rules() {
        for line in ZONES.lines() {
            let town = read(line).expect("the line is whole");
            assert!(Zone::named(town.name).is_some(), "{line}");
        }
        for state in states::all() {
            assert!(states::zone(state, None).and_then(Zone::named).is_some(), "{state}");
        }
    }

    #[test]
    fn hours_that_summer_time_repeats_or_leaves_out_have_an_instant() {
        let chicago = Zone::named("America/Chicago").expect("the zone exists");
        let instant = |text: &str| {
            let clock = text.parse().expect("the time is well-formed");
            chicago.instant(clock).map(|instant| instant.to_rfc3339())
        };
        assert_eq!(
            instant("2026-11-01T01:30:00").as_deref(),
            Some("2026-11-01T06:30:00+00:00")
        );
        assert_eq!(
            instant("2026-03-08T02:30:00").as_deref(),
            Some("2026-03-08T08:30:00+00:00")
        );
    }
}
