//! The stored form of filters: JSON with its own field names, which never change.
//!
//! Every row contains the version of its form, so that old rows stay readable. New fields of a filter are absent in
//! them; an incompatible form gets the next version. Degrees and metres are written as decimal text, so that exactly
//! the same number is read back, whatever a JSON library does to numbers. Equal filters give equal text.

use entity::{
    Timestamp,
    id::ShelterId,
    vocabulary::{AgeGroup, Color, PetKind, PetSize, PetStatus, Sex, Species},
};
use serde::{Deserialize, Serialize};

use super::model::SavedFilter;
use crate::{
    domain::pets::search::{Area, Filter},
    kernel::{Error, Result},
};
use geometry::{Bounds, Circle, GeoError, Point, Polygon};

/// Every version ever written.
#[derive(Serialize, Deserialize)]
#[serde(tag = "version")]
enum Form {
    #[serde(rename = "1")]
    One(FilterForm),
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
struct FilterForm {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    kinds: Option<Vec<PetKind>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    statuses: Option<Vec<PetStatus>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    species: Option<Vec<Species>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    breed: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    colors: Option<Vec<Color>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    sizes: Option<Vec<PetSize>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    sexes: Option<Vec<Sex>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    age_groups: Option<Vec<AgeGroup>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    microchipped: Option<bool>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    urgent: Option<bool>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    seen_from: Option<Timestamp>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    seen_to: Option<Timestamp>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    text: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    area: Option<AreaForm>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    shelter_id: Option<ShelterId>,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "shape")]
enum AreaForm {
    /// South, west, north, east.
    Bounds { edges: [Decimal; 4] },
    /// Latitude and longitude of the centre, the radius in metres, and the words by which the centre was found.
    Circle {
        center: [Decimal; 2],
        radius: Decimal,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        near: Option<String>,
    },
    /// Latitude and unrolled longitude of every corner.
    Polygon { corners: Vec<[Decimal; 2]> },
}

/// A number as the shortest decimal text that represents it exactly.
#[derive(Clone, Copy)]
struct Decimal(f64);

impl Serialize for Decimal {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for Decimal {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map(Self).map_err(serde::de::Error::custom)
    }
}

/// Converts a filter to its stored form.
pub fn write(saved: &SavedFilter) -> Result<String> {
    let filter = saved.filter.clone();
    let area = filter
        .area
        .map(|area| area_form(&area, saved.near.clone()))
        .transpose()?;
    let form = FilterForm {
        kinds: filter.kinds,
        statuses: filter.statuses,
        species: filter.species,
        breed: filter.breed,
        colors: filter.colors,
        sizes: filter.sizes,
        sexes: filter.sexes,
        age_groups: filter.age_groups,
        microchipped: filter.microchipped,
        urgent: filter.urgent,
        seen_from: filter.seen_from,
        seen_to: filter.seen_to,
        text: filter.text,
        area,
        shelter_id: filter.shelter_id,
    };
    Ok(serde_json::to_string(&Form::One(form))?)
}

/// Reads the stored form in any version that [`write`] has ever produced.
pub fn read(row: &str) -> Result<SavedFilter> {
    let Form::One(form) = serde_json::from_str(row)?;
    let near = match &form.area {
        Some(AreaForm::Circle { near, .. }) => near.clone(),
        _ => None,
    };
    let filter = Filter {
        kinds: form.kinds,
        statuses: form.statuses,
        species: form.species,
        breed: form.breed,
        colors: form.colors,
        sizes: form.sizes,
        sexes: form.sexes,
        age_groups: form.age_groups,
        microchipped: form.microchipped,
        urgent: form.urgent,
        seen_from: form.seen_from,
        seen_to: form.seen_to,
        text: form.text,
        area: form.area.map(area_of).transpose().map_err(Error::internal)?,
        shelter_id: form.shelter_id,
    };
    Ok(SavedFilter { filter, near })
}

fn area_form(area: &Area, near: Option<String>) -> Result<AreaForm> {
    Ok(match area {
        Area::Bounds(bounds) => AreaForm::Bounds {
            edges: [bounds.south, bounds.west, bounds.north, bounds.east].map(Decimal),
        },
        Area::Circle(circle) => AreaForm::Circle {
            center: [circle.center.latitude, circle.center.longitude].map(Decimal),
            radius: Decimal(circle.radius_meters),
            near,
        },
        Area::Polygon(polygon) => AreaForm::Polygon {
            corners: polygon
                .corners()
                .iter()
                .map(|(longitude, latitude)| [*latitude, *longitude].map(Decimal))
                .collect(),
        },
        Area::Near { .. } => return Err(Error::broken("an area is kept before its place was found")),
    })
}

fn area_of(form: AreaForm) -> Result<Area, GeoError> {
    Ok(match form {
        AreaForm::Bounds { edges } => {
            let [south, west, north, east] = edges.map(|edge| edge.0);
            Area::Bounds(Bounds::new(south, west, north, east)?)
        }
        AreaForm::Circle { center, radius, .. } => {
            let [latitude, longitude] = center.map(|degrees| degrees.0);
            Area::Circle(Circle::new(Point::new(latitude, longitude)?, radius.0)?)
        }
        AreaForm::Polygon { corners } => {
            let corners = corners
                .into_iter()
                .map(|[latitude, longitude]| (longitude.0, latitude.0));
            Area::Polygon(Polygon::of_corners(corners.collect())?)
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_form_stays_readable() {
        let row = r#"{"version":"1","kinds":["lost","found"],"colors":["black"],"text":"red collar","seen_from":5,
            "area":{"shape":"circle","center":["30.2672","-97.7431"],"radius":"16093.44","near":"Austin, TX"}}"#;

        let read = read(row).unwrap();

        let center = Point::new(30.2672, -97.7431).unwrap();
        let filter = Filter {
            kinds: Some(vec![PetKind::Lost, PetKind::Found]),
            colors: Some(vec![Color::Black]),
            text: Some("red collar".to_owned()),
            seen_from: Some(Timestamp(5)),
            area: Some(Area::Circle(Circle::new(center, 16_093.44).unwrap())),
            ..Filter::default()
        };
        let near = Some("Austin, TX".to_owned());
        assert_eq!(read, SavedFilter { filter, near });
    }

    #[test]
    fn a_row_of_an_unknown_version_is_an_error_and_no_filter_that_lets_all_through() {
        assert!(read(r#"{"version":"2","kinds":["lost"]}"#).is_err());
        assert!(read("{}").is_err());
    }

    #[test]
    fn no_filter_at_all_is_written_in_one_word() {
        assert_eq!(write(&SavedFilter::default()).unwrap(), r#"{"version":"1"}"#);
    }
}
