//! Names of places.

use crate::{
    deps::Deps,
    ports::geocoder::{FoundPlace, ResolvedPlace},
};
use geometry::Point;

/// Used in place of an unknown town.
const NO_TOWN: &str = "Unknown place";

/// Names of a place that everybody may know: nothing finer than its town and postal code.
#[derive(Debug, Clone, PartialEq)]
pub struct Names {
    /// For people: town and state, and the country outside of the United States; never empty.
    pub label: String,
    /// Town.
    pub city: Option<String>,
    /// State: two letters in the United States, its name elsewhere.
    pub region: Option<String>,
    /// Postal code.
    pub postal_code: Option<String>,
    /// ISO 3166-1 alpha-2.
    pub country: Option<String>,
}

impl Names {
    /// The names of an unknown place.
    pub fn unknown() -> Self {
        Self {
            label: NO_TOWN.to_owned(),
            city: None,
            region: None,
            postal_code: None,
            country: None,
        }
    }
}

/// What the neighbourhood of a point is called, as far as the program knows by itself.
pub fn names_near(deps: &Deps, point: Point) -> Names {
    let near = deps.geocoder.nearest(point.latitude, point.longitude);
    near.map_or_else(Names::unknown, Names::from)
}

impl From<ResolvedPlace> for Names {
    fn from(place: ResolvedPlace) -> Self {
        Self {
            label: format!("{}, {}", place.city, place.region),
            city: Some(place.city),
            region: Some(place.region),
            postal_code: place.postal_code,
            country: Some(place.country),
        }
    }
}

impl From<&FoundPlace> for Names {
    fn from(place: &FoundPlace) -> Self {
        let is_at_home = place.country.as_deref() == Some("US");
        let country = place.country_name.as_ref().filter(|_| !is_at_home);
        let parts = [place.city.as_ref(), place.region.as_ref(), country];
        let mut label: Vec<&str> = parts.into_iter().flatten().map(String::as_str).collect();
        // A town that is a state of its own: Berlin, Singapore.
        label.dedup();
        Self {
            label: if label.is_empty() {
                NO_TOWN.to_owned()
            } else {
                label.join(", ")
            },
            city: place.city.clone(),
            region: place.region.clone(),
            postal_code: place.postal_code.clone(),
            country: place.country.clone(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn label(city: Option<&str>, region: Option<&str>, country: Option<(&str, &str)>) -> String {
        let place = FoundPlace {
            latitude: 0.0,
            longitude: 0.0,
            address: "somewhere".to_owned(),
            city: city.map(str::to_owned),
            region: region.map(str::to_owned),
            postal_code: None,
            country: country.map(|(code, _)| code.to_owned()),
            country_name: country.map(|(_, name)| name.to_owned()),
            reach_meters: 0.0,
            is_postal_code: false,
            is_street: false,
            importance: 0.0,
            attribution: String::new(),
        };
        Names::from(&place).label
    }

    #[test]
    fn a_label_names_the_country_abroad_and_nothing_twice() {
        let home = Some(("US", "United States"));

        assert_eq!(label(Some("Austin"), Some("TX"), home), "Austin, TX");
        assert_eq!(label(None, Some("TX"), home), "TX");
        assert_eq!(
            label(Some("Toronto"), Some("Ontario"), Some(("CA", "Canada"))),
            "Toronto, Ontario, Canada"
        );
        assert_eq!(
            label(Some("Berlin"), Some("Berlin"), Some(("DE", "Germany"))),
            "Berlin, Germany"
        );
        assert_eq!(label(None, None, None), "Unknown place");
    }
}
