//! Jurisdictions: the place that a rule is for, and the place where an animal was found.

use std::fmt;

use serde::{Deserialize, Serialize};

/// A country or a part of one. A part is named with all that it belongs to; a city may do without its county.
///
/// Upper and lower case and surrounding spaces make no difference when places are compared.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Place {
    /// ISO 3166-1 alpha-2, such as `US`.
    pub country: String,
    /// State or province, as its abbreviation, such as `CA`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub region: Option<String>,
    /// County, by its name without the word "County".
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub county: Option<String>,
    /// City or town, by its name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub city: Option<String>,
}

/// How small a jurisdiction is, the largest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Level {
    Country,
    Region,
    County,
    City,
}

impl Place {
    /// Whether the other place is this one or a part of it. What the other does not name, it is not known to be in.
    pub fn contains(&self, other: &Self) -> bool {
        let part = |own: &Option<String>, other: &Option<String>| match (own, other) {
            (None, _) => true,
            (Some(own), Some(other)) => same(own, other),
            (Some(_), None) => false,
        };
        same(&self.country, &other.country)
            && part(&self.region, &other.region)
            && part(&self.county, &other.county)
            && part(&self.city, &other.city)
    }

    pub(crate) fn level(&self) -> Level {
        match self {
            Self { city: Some(_), .. } => Level::City,
            Self { county: Some(_), .. } => Level::County,
            Self { region: Some(_), .. } => Level::Region,
            _ => Level::Country,
        }
    }
}

impl fmt::Display for Place {
    /// From the smallest part to the country: `Austin, Travis, TX, US`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for part in [&self.city, &self.county, &self.region].into_iter().flatten() {
            write!(f, "{part}, ")?;
        }
        f.write_str(&self.country)
    }
}

fn same(one: &str, other: &str) -> bool {
    one.trim().to_lowercase() == other.trim().to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(region: Option<&str>, county: Option<&str>, city: Option<&str>) -> Place {
        Place {
            country: String::from("US"),
            region: region.map(str::to_owned),
            county: county.map(str::to_owned),
            city: city.map(str::to_owned),
        }
    }

    #[test]
    fn a_place_contains_its_parts_and_nothing_around_it() {
        let state = place(Some("TX"), None, None);
        let city = place(Some("tx "), Some("Travis"), Some("Austin"));

        assert!(state.contains(&city) && state.contains(&state));
        assert!(!city.contains(&state));
        assert!(place(Some("TX"), None, Some("AUSTIN")).contains(&city));
        assert!(!place(Some("CA"), None, None).contains(&city));
    }

    #[test]
    fn the_smallest_part_decides_the_level() {
        assert!(Level::Country < place(Some("TX"), None, None).level());
        assert!(place(Some("TX"), Some("Travis"), None).level() < place(Some("TX"), None, Some("Austin")).level());
        assert_eq!(
            place(Some("TX"), Some("Travis"), Some("Austin")).to_string(),
            "Austin, Travis, TX, US"
        );
    }
}
