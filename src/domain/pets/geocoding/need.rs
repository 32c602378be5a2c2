//! Decides what to ask the service about a place, and which of its answers to accept.

use entity::vocabulary::PlacePrecision;

use super::given_place::GivenPlace;
use crate::{
    deps::Deps,
    domain::{
        pets::place::{Located, is_more_exact},
        places::{Meaning, Names, PlaceQuery, meaning, precision_of},
    },
    ports::geocoder::{FoundPlace, Geocoder},
};
use geometry::{Point, distance_meters};
use pet_vocabulary::fold;

/// Answers no farther apart than this count as one place; public points are masked by some hundred metres anyway.
const ONE_PLACE_M: f64 = 1_000.0;

/// The question for the service.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Need {
    /// A more exact point for an address or a postal code.
    Point(Sought),
    /// Names for the neighbourhood of a masked point.
    Names(Point),
}

/// A place in words, and what is known of it.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Sought {
    words: String,
    known: PlacePrecision,
    /// The only area it can be in, as a centre and a radius in metres: the same street name exists in many towns.
    around: Option<(Point, f64)>,
    is_postal_code: bool,
}

/// The improvement found by the service.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Found {
    /// The place itself.
    Place(Located),
    /// The names of its neighbourhood.
    Names(Names),
}

impl Need {
    /// What to ask about this place; None if the service cannot improve it.
    pub(super) fn of(deps: &Deps, given_place: &GivenPlace) -> Option<Self> {
        let is_exact = matches!(given_place.precision, PlacePrecision::Point | PlacePrecision::Street);
        if is_exact {
            let is_nameless = given_place.city.is_none() && given_place.country.is_none();
            return given_place.public.filter(|_| is_nameless).map(Self::Names);
        }
        let sought = |words, is_postal_code| {
            Self::Point(Sought {
                words,
                known: given_place.precision,
                around: given_place.point.zip(reach_of(given_place.precision)),
                is_postal_code,
            })
        };
        match (&given_place.address, &given_place.postal_code) {
            // Nothing but the town or code that it was resolved to.
            (Some(address), _) if given_place.point.is_some() && deps.geocoder.town_or_code(address).is_some() => None,
            (Some(address), _) => Some(sought(whole_address(given_place, address), false)),
            (None, Some(code)) if given_place.point.is_none() => Some(sought(code.clone(), true)),
            _ => None,
        }
    }

    /// The question in the form of the service.
    pub(super) fn question(&self) -> PlaceQuery {
        match self {
            Self::Point(sought) => PlaceQuery::Words(sought.words.clone()),
            Self::Names(point) => PlaceQuery::Neighbourhood(*point),
        }
    }

    /// What the service knows better than it is known; nothing where several places fit as well and lie apart.
    pub(super) fn found(&self, towns: &dyn Geocoder, given_place: &GivenPlace, places: &[FoundPlace]) -> Option<Found> {
        match self {
            Self::Names(_) => {
                let names = Names::from(places.first()?);
                names.country.is_some().then_some(Found::Names(names))
            }
            Self::Point(sought) => {
                let is_better = |place: &&FoundPlace| {
                    sought.located(given_place, place).is_some() && sought.is_in_town(towns, given_place, place)
                };
                let better: Vec<&FoundPlace> = places.iter().filter(is_better).collect();
                match meaning(&sought.words, &better, ONE_PLACE_M) {
                    Meaning::One(place) => sought.located(given_place, place).map(Found::Place),
                    Meaning::Nothing | Meaning::Several(_) => None,
                }
            }
        }
    }
}

impl Sought {
    fn located(&self, given_place: &GivenPlace, place: &FoundPlace) -> Option<Located> {
        let point = Point::new(place.latitude, place.longitude).ok()?;
        let is_near = |(center, reach): (Point, f64)| distance_meters(center, point) <= reach;
        let precision = match precision_of(place)? {
            _ if self.is_postal_code => PlacePrecision::Postcode,
            precision => precision,
        };
        // What is only known to be in a state is not in another.
        let is_elsewhere = self.around.is_none() && given_place.region.is_some() && given_place.region != place.region;
        if !is_more_exact(precision, self.known) || !self.around.is_none_or(is_near) || is_elsewhere {
            return None;
        }
        let mut names = Names::from(place);
        names.postal_code = names.postal_code.or_else(|| given_place.postal_code.clone());
        Some(Located::new(Some(point), precision, names, given_place.address.clone()))
    }

    /// Whether a place is in the town that the address names, by its own name or by that of its postal code: towns of the
    /// post are not those of the map.
    fn is_in_town(&self, towns: &dyn Geocoder, given_place: &GivenPlace, place: &FoundPlace) -> bool {
        let is_named = matches!(self.known, PlacePrecision::Postcode | PlacePrecision::City);
        let Some(town) = given_place.city.as_deref().filter(|_| is_named) else {
            return true;
        };
        let is_town = |name: &str| fold(name) == fold(town);
        let by_post = |code: &String| {
            let of_code = towns.postal_code(code);
            given_place.postal_code.as_ref() == Some(code) || of_code.is_some_and(|known| is_town(&known.city))
        };
        place.city.as_deref().is_some_and(is_town)
            || place.address.split(',').any(is_town)
            || place.postal_code.as_ref().is_some_and(by_post)
            || (place.city.is_none() && place.postal_code.is_none())
    }
}

/// An address that says nothing of its town is one of the shelter's town, or else of its state.
fn whole_address(given_place: &GivenPlace, address: &str) -> String {
    let town = [&given_place.city, &given_place.region].into_iter().flatten();
    let is_vague = matches!(
        given_place.precision,
        PlacePrecision::Shelter | PlacePrecision::Unresolved
    );
    let town = town.filter(|_| is_vague);
    let parts: Vec<&str> = std::iter::once(address).chain(town.map(String::as_str)).collect();
    parts.join(", ")
}

/// How far from what is known of it the true place can be, in metres.
fn reach_of(precision: PlacePrecision) -> Option<f64> {
    match precision {
        PlacePrecision::Postcode => Some(30_000.0),
        PlacePrecision::City => Some(60_000.0),
        PlacePrecision::Shelter => Some(100_000.0),
        PlacePrecision::Point | PlacePrecision::Street | PlacePrecision::Unresolved => None,
    }
}

#[cfg(test)]
mod tests {
    use crate::ports::geocoder::OfflineGeocoder;

    use super::*;

    fn hit(latitude: f64, reach_meters: f64) -> FoundPlace {
        FoundPlace {
            latitude,
            longitude: -97.75,
            address: "12, Oak Street, Austin".to_owned(),
            city: Some("Austin".to_owned()),
            region: Some("TX".to_owned()),
            postal_code: None,
            country: Some("US".to_owned()),
            country_name: Some("United States".to_owned()),
            reach_meters,
            is_postal_code: false,
            is_street: false,
            importance: 0.0,
            attribution: String::new(),
        }
    }

    fn given_place(precision: PlacePrecision, latitude: Option<f64>) -> GivenPlace {
        GivenPlace {
            precision,
            point: latitude.map(|latitude| Point::new(latitude, -97.75).unwrap()),
            public: None,
            city: None,
            region: None,
            postal_code: Some("78704".to_owned()),
            country: None,
            address: Some("12 Oak Street".to_owned()),
        }
    }

    fn sought(given_place: &GivenPlace) -> Need {
        Need::Point(Sought {
            words: "12 Oak Street".to_owned(),
            known: given_place.precision,
            around: given_place.point.zip(reach_of(given_place.precision)),
            is_postal_code: false,
        })
    }

    fn precision(given_place: &GivenPlace, places: &[FoundPlace]) -> Option<PlacePrecision> {
        match sought(given_place).found(&OfflineGeocoder, given_place, places) {
            Some(Found::Place(located)) => Some(located.precision),
            None => None,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn how_exact_a_place_is_depends_on_how_far_it_reaches() {
        let unresolved = given_place(PlacePrecision::Unresolved, None);

        for (reach, expected) in [
            (20.0, Some(PlacePrecision::Point)),
            (3_000.0, Some(PlacePrecision::Postcode)),
            (30_000.0, Some(PlacePrecision::City)),
            (600_000.0, None),
        ] {
            assert_eq!(precision(&unresolved, &[hit(30.25, reach)]), expected, "{reach}");
        }
    }

    #[test]
    fn only_what_is_better_than_what_is_known_is_taken() {
        let of_code = given_place(PlacePrecision::Postcode, Some(30.25));

        assert_eq!(precision(&of_code, &[hit(30.25, 3_000.0)]), None);
        assert_eq!(precision(&of_code, &[]), None);
        assert_eq!(
            precision(&of_code, &[hit(30.25, 3_000.0), hit(30.26, 20.0)]),
            Some(PlacePrecision::Point)
        );
    }

    #[test]
    fn the_same_street_in_another_town_is_another_street() {
        let of_town = given_place(PlacePrecision::City, Some(30.25));

        assert_eq!(precision(&of_town, &[hit(31.25, 20.0)]), None);
        assert_eq!(
            precision(&of_town, &[hit(31.25, 20.0), hit(30.5, 20.0)]),
            Some(PlacePrecision::Point)
        );
    }

    #[test]
    fn a_street_of_the_next_town_is_not_the_one_that_was_asked_for() {
        let of_town = GivenPlace {
            city: Some("Austin".to_owned()),
            region: Some("TX".to_owned()),
            postal_code: None,
            ..given_place(PlacePrecision::City, Some(30.25))
        };
        let next_town = |code: Option<&str>| FoundPlace {
            city: Some("Round Rock".to_owned()),
            address: "12, Oak Street, Round Rock, Texas".to_owned(),
            postal_code: code.map(str::to_owned),
            ..hit(30.5, 20.0)
        };

        assert_eq!(precision(&of_town, &[next_town(None)]), None);
        assert_eq!(precision(&of_town, &[next_town(Some("78664"))]), None);
        assert_eq!(
            precision(&of_town, &[next_town(Some("78704"))]),
            Some(PlacePrecision::Point)
        );
        assert_eq!(
            precision(&of_town, &[next_town(None), hit(30.3, 20.0)]),
            Some(PlacePrecision::Point)
        );
    }

    #[test]
    fn of_several_places_that_lie_apart_none_is_taken() {
        let unresolved = given_place(PlacePrecision::Unresolved, None);

        assert_eq!(precision(&unresolved, &[hit(30.25, 20.0), hit(30.3, 20.0)]), None);
        assert_eq!(
            precision(&unresolved, &[hit(30.25, 20.0), hit(30.255, 20.0)]),
            Some(PlacePrecision::Point)
        );
    }

    #[test]
    fn an_address_without_a_town_is_looked_for_in_that_of_the_shelter() {
        let shelter = GivenPlace {
            city: Some("Austin".to_owned()),
            region: Some("TX".to_owned()),
            ..given_place(PlacePrecision::Shelter, Some(30.25))
        };

        assert_eq!(whole_address(&shelter, "12 Oak Street"), "12 Oak Street, Austin, TX");
        assert_eq!(
            whole_address(&given_place(PlacePrecision::City, None), "12 Oak Street"),
            "12 Oak Street"
        );
    }
}
