//! Offline geocoding for the United States, down to the postal code or the town.

use entity::vocabulary::PlacePrecision;

use super::{
    Geocoder, ResolvedPlace,
    address::{self, Found},
    completion::completions,
    states,
    table::{self, Code, Town, table},
};
use geometry::{EARTH_RADIUS_METERS, Point, distance_meters};

/// Beyond this distance, a place's name says nothing about a point.
const NEIGHBOURHOOD_M: f64 = 50_000.0;

/// Answers from a table of US postal codes built into the program. As accurate as a postal code is wide: a few
/// kilometres in a town, tens of kilometres in empty country.
#[derive(Debug, Clone, Copy, Default)]
pub struct OfflineGeocoder;

impl Geocoder for OfflineGeocoder {
    fn postal_code(&self, code: &str) -> Option<ResolvedPlace> {
        let code = table().code(address::postal_code(code.trim())?)?;
        Some(place_of(Found::Code(code)))
    }

    fn address(&self, text: &str) -> Option<ResolvedPlace> {
        address::find(text).map(place_of)
    }

    fn address_in(&self, text: &str, region: &str) -> Option<ResolvedPlace> {
        match states::by_code(region) {
            Some(state) => address::find_in(text, state).map(place_of),
            None => self.address(text),
        }
    }

    fn town_or_code(&self, text: &str) -> Option<ResolvedPlace> {
        address::find_whole(text).map(place_of)
    }

    fn completions(&self, text: &str, most: usize) -> Vec<ResolvedPlace> {
        completions(text, most).into_iter().map(place_of).collect()
    }

    fn towns_named(&self, name: &str) -> Vec<ResolvedPlace> {
        let towns = table().towns_named(name).into_iter();
        towns.map(Found::Town).map(place_of).collect()
    }

    fn nearest(&self, latitude: f64, longitude: f64) -> Option<ResolvedPlace> {
        let point = Point::new(latitude, longitude).ok()?;
        let reach = (NEIGHBOURHOOD_M / EARTH_RADIUS_METERS).to_degrees();
        let (distance, code) = table()
            .inhabited_between(latitude - reach, latitude + reach)
            .filter_map(|code| {
                let place = Point::new(code.point.latitude, code.point.longitude).ok()?;
                Some((distance_meters(point, place), code))
            })
            .min_by(|(one, _), (other, _)| one.total_cmp(other))?;
        (distance <= NEIGHBOURHOOD_M).then(|| place_of(Found::Code(code)))
    }
}

fn place_of(found: Found) -> ResolvedPlace {
    match found {
        Found::Code(Code {
            code,
            point,
            town,
            state,
            reach,
        }) => ResolvedPlace {
            postal_code: Some(format!("{code:05}")),
            ..place(point, (town, state), PlacePrecision::Postcode, reach)
        },
        Found::Town(Town {
            point,
            name,
            state,
            reach,
        }) => place(point, (name, state), PlacePrecision::City, reach),
    }
}

fn place(
    point: table::Point,
    (city, region): (&str, &str),
    precision: PlacePrecision,
    reach_meters: f64,
) -> ResolvedPlace {
    ResolvedPlace {
        latitude: point.latitude,
        longitude: point.longitude,
        city: city.to_owned(),
        region: region.to_owned(),
        postal_code: None,
        country: "US".to_owned(),
        precision,
        reach_meters,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Option<(String, Option<String>)> {
        let place = OfflineGeocoder.address(text)?;
        Some((format!("{}, {}", place.city, place.region), place.postal_code))
    }

    #[test]
    fn an_address_with_a_postal_code_is_in_that_postal_code() {
        for text in [
            "1200 S Congress Ave, Austin, TX 78704",
            "1200 s congress ave, austin, tx 78704-1234",
            "Austin TX 78704, USA",
            "78704",
            " 78704 ",
        ] {
            assert_eq!(found(text), Some(("Austin, TX".into(), Some("78704".into()))), "{text}");
        }
    }

    #[test]
    fn an_address_without_one_is_in_its_town() {
        for text in [
            "Austin, TX",
            "AUSTIN, tx",
            "Austin (TX)",
            "Austin, Texas",
            "austin texas usa",
            "Norwalk Dr at Rutland Dr in Austin (TX)",
            "1200 Main St Austin TX",
            "Austin, TX 00000",
        ] {
            assert_eq!(found(text), Some(("Austin, TX".into(), None)), "{text}");
        }
        let others = [
            ("Saint Louis, MO", "Saint Louis, MO"),
            ("4th & Pine, St. Louis, Missouri", "Saint Louis, MO"),
            ("New York, New York", "New York, NY"),
            ("Washington, D.C.", "Washington, DC"),
            ("Charleston, West Virginia", "Charleston, WV"),
            ("West Hollywood, CA", "West Hollywood, CA"),
            ("San Juan, Puerto Rico", "San Juan, PR"),
        ];
        for (text, expected) in others {
            assert_eq!(found(text), Some((expected.into(), None)), "{text}");
        }
    }

    #[test]
    fn what_names_neither_is_nowhere() {
        for text in [
            "",
            ",",
            "Austin",
            "TX",
            "(TX)",
            "in the park",
            "12345678",
            "Nowheresville, TX",
            "Österreich",
            "Outside Jurisdiction",
        ] {
            assert_eq!(found(text), None, "{text}");
        }
    }

    #[test]
    fn a_town_or_a_code_is_told_from_an_address() {
        let found = |text: &str| {
            let place = OfflineGeocoder.town_or_code(text)?;
            Some((format!("{}, {}", place.city, place.region), place.postal_code))
        };
        for (text, town, code) in [
            ("78704", "Austin, TX", Some("78704")),
            ("Austin, TX 78704 USA", "Austin, TX", Some("78704")),
            ("austin tx", "Austin, TX", None),
            ("St. Louis (MO)", "Saint Louis, MO", None),
        ] {
            assert_eq!(found(text), Some((town.to_owned(), code.map(str::to_owned))), "{text}");
        }
        for text in [
            "",
            "TX",
            "Austin",
            "00000",
            "Oak Street, Austin, TX",
            "12 Oak Street Austin TX 78704",
            "in the park",
        ] {
            assert_eq!(found(text), None, "{text}");
        }
    }

    #[test]
    fn of_the_towns_with_one_name_the_largest_comes_first() {
        let states = |name: &str| {
            let towns = OfflineGeocoder.towns_named(name).into_iter();
            towns.map(|town| town.region).collect::<Vec<_>>()
        };
        assert!(3 < states("Austin").len());
        for (name, state) in [
            ("Austin", "TX"),
            ("new york", "NY"),
            ("washington", "DC"),
            ("St Louis", "MO"),
        ] {
            assert_eq!(states(name).first().map(String::as_str), Some(state), "{name}");
        }
        assert_eq!(states(""), Vec::<String>::new());
    }

    #[test]
    fn a_town_is_where_its_postal_codes_are() {
        let austin = OfflineGeocoder.address("Austin, TX").unwrap();
        assert!(
            (30.1..30.5).contains(&austin.latitude) && (-97.9..-97.6).contains(&austin.longitude),
            "{austin:?}"
        );
        assert_eq!(
            (austin.precision, austin.country.as_str()),
            (PlacePrecision::City, "US")
        );
    }

    #[test]
    fn a_postal_code_has_five_digits_and_exists() {
        let place = OfflineGeocoder.postal_code("02134-1000").unwrap();
        assert_eq!(
            (place.city.as_str(), place.region.as_str(), place.postal_code.as_deref()),
            ("Allston", "MA", Some("02134"))
        );
        assert_eq!(place.precision, PlacePrecision::Postcode);
        for bad in ["", "2134", "021345", "02134-", "02134-12", "ABCDE", "00000", "09001"] {
            assert_eq!(OfflineGeocoder.postal_code(bad), None, "{bad}");
        }
    }

    #[test]
    fn a_point_is_called_after_its_neighbourhood_within_50_km() {
        let place = OfflineGeocoder.nearest(30.2462, -97.7694).unwrap();
        assert_eq!(
            (place.city.as_str(), place.postal_code.as_deref()),
            ("Austin", Some("78704"))
        );
        for (latitude, longitude) in [(30.0, -60.0), (0.0, 0.0), (51.5, -0.1), (f64::NAN, 0.0), (90.0, 0.0)] {
            assert_eq!(OfflineGeocoder.nearest(latitude, longitude), None);
        }
    }
}
