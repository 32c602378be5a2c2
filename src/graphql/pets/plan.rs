//! The fields of reports that a request asks for, planned once for all reports.
//!
//! Lists and maps of many reports avoid a boxed future for each field of each row. If a request asks only for public,
//! plain fields, the response is built in one pass over summaries; otherwise the reports are ordinary objects. Both
//! give the same response, which a test checks; the plain way takes a fraction of the time.
//!
//! Each type of the schema has an enum of its plain fields and a function that computes the value of each. So every
//! planned field can be computed, and no other field can be planned. The enums for reports are here; those for lists
//! and maps are in the neighbouring files.

use async_graphql::{
    Name, Value,
    indexmap::IndexMap,
    parser::types::{Field, Selection},
    resolver_utils::enum_value,
};

use crate::{
    domain::pets::search::PetSummary,
    graphql::vocabulary::{AgeGroup, PetKind, PetSize, PetStatus, Sex, Species},
};

/// The selected fields of a type, under their names in the response.
pub struct Plan<P>(Vec<(Name, Selected<P>)>);

/// A selected field.
enum Selected<P> {
    /// Its name.
    TypeName,
    /// A plain field.
    Field(P),
}

/// The plain fields of a type in the schema.
pub trait Part: Sized {
    /// Name of the type.
    const TYPE: &'static str;

    /// The plain field, if this is one and it has no arguments.
    fn of(field: &Field) -> Option<Self>;
}

impl<P: Part> Plan<P> {
    /// The plan for a field's selection; None if anything in it is not plain.
    pub fn of(field: &Field) -> Option<Self> {
        let items = field.selection_set.node.items.iter();
        let planned: Option<Vec<_>> = items.map(|item| planned(&item.node)).collect();
        planned.map(Self)
    }

    /// An object with a value for each part of the plan.
    pub fn object(&self, value: impl Fn(&P) -> Value) -> Value {
        let mut fields = IndexMap::with_capacity(self.0.len());
        for (key, selected) in &self.0 {
            let value = match selected {
                Selected::TypeName => Value::from(P::TYPE),
                Selected::Field(part) => value(part),
            };
            fields.insert(key.clone(), value);
        }
        Value::Object(fields)
    }

    /// The selected fields, without `__typename`.
    pub fn parts(&self) -> impl Iterator<Item = &P> {
        self.0.iter().filter_map(|(_, selected)| match selected {
            Selected::TypeName => None,
            Selected::Field(part) => Some(part),
        })
    }
}

/// Selections are merged before anything runs, so a key comes once and nothing is behind a fragment.
fn planned<P: Part>(selection: &Selection) -> Option<(Name, Selected<P>)> {
    let Selection::Field(field) = selection else {
        return None;
    };
    let field = &field.node;
    if !field.arguments.is_empty() {
        return None;
    }
    let selected = match field.name.node.as_str() {
        "__typename" => Selected::TypeName,
        _ => Selected::Field(P::of(field)?),
    };
    Some((field.response_key().node.clone(), selected))
}

/// The plain fields of a report.
pub enum PetPart {
    Id,
    Kind,
    Status,
    Urgent,
    Species,
    Name,
    Sex,
    Size,
    AgeGroup,
    SeenAt,
    Place(Plan<PlacePart>),
}

impl Part for PetPart {
    const TYPE: &'static str = "Pet";

    fn of(field: &Field) -> Option<Self> {
        Some(match field.name.node.as_str() {
            "id" => Self::Id,
            "kind" => Self::Kind,
            "status" => Self::Status,
            "urgent" => Self::Urgent,
            "species" => Self::Species,
            "name" => Self::Name,
            "sex" => Self::Sex,
            "size" => Self::Size,
            "ageGroup" => Self::AgeGroup,
            "seenAt" => Self::SeenAt,
            "place" => Self::Place(Plan::of(field)?),
            _ => return None,
        })
    }
}

impl Plan<PetPart> {
    /// Whether the request asks for the place.
    pub fn names_places(&self) -> bool {
        self.parts().any(|part| matches!(part, PetPart::Place(_)))
    }

    /// A report as the plan wants it.
    pub fn value(&self, summary: &PetSummary) -> Value {
        self.object(|part| match part {
            PetPart::Id => Value::from(summary.id.to_string()),
            PetPart::Kind => enum_value(PetKind::from(summary.kind)),
            PetPart::Status => enum_value(PetStatus::from(summary.status)),
            PetPart::Urgent => Value::from(summary.urgent),
            PetPart::Species => enum_value(Species::from(summary.species)),
            PetPart::Name => summary.name.as_deref().into(),
            PetPart::Sex => enum_value(Sex::from(summary.sex)),
            PetPart::Size => enum_value(PetSize::from(summary.size)),
            PetPart::AgeGroup => enum_value(AgeGroup::from(summary.age_group)),
            PetPart::SeenAt => Value::from(summary.seen_at.to_string()),
            PetPart::Place(plan) => plan.value(summary),
        })
    }
}

/// The plain fields of a place.
pub enum PlacePart {
    Label,
    Exact,
    Coordinates(Plan<CoordinatesPart>),
}

impl Part for PlacePart {
    const TYPE: &'static str = "Place";

    fn of(field: &Field) -> Option<Self> {
        Some(match field.name.node.as_str() {
            "label" => Self::Label,
            "exact" => Self::Exact,
            "coordinates" => Self::Coordinates(Plan::of(field)?),
            _ => return None,
        })
    }
}

impl Plan<PlacePart> {
    /// The public place: a summary knows no other.
    fn value(&self, summary: &PetSummary) -> Value {
        self.object(|part| match part {
            PlacePart::Label => Value::from(summary.place_label.as_str()),
            PlacePart::Exact => Value::from(false),
            PlacePart::Coordinates(plan) => match (summary.public_latitude, summary.public_longitude) {
                (Some(latitude), Some(longitude)) => plan.value(latitude, longitude),
                _ => Value::Null,
            },
        })
    }
}

/// The plain fields of a point.
pub enum CoordinatesPart {
    Latitude,
    Longitude,
}

impl Part for CoordinatesPart {
    const TYPE: &'static str = "Coordinates";

    fn of(field: &Field) -> Option<Self> {
        Some(match field.name.node.as_str() {
            "latitude" => Self::Latitude,
            "longitude" => Self::Longitude,
            _ => return None,
        })
    }
}

impl Plan<CoordinatesPart> {
    /// A point as the plan wants it.
    pub fn value(&self, latitude: f64, longitude: f64) -> Value {
        self.object(|part| match part {
            CoordinatesPart::Latitude => Value::from(latitude),
            CoordinatesPart::Longitude => Value::from(longitude),
        })
    }
}
