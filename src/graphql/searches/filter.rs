//! A kept filter, read back.

use async_graphql::{Context, Object, SimpleObject};

use crate::{
    domain::{
        pets::search::{Area, Filter},
        searches::SavedFilter,
    },
    graphql::{
        error::nullable,
        pets::Coordinates,
        scalars::DateTime,
        shelters::Shelter,
        vocabulary::{AgeGroup, Color, PetKind, PetSize, PetStatus, Sex, Species},
    },
};
use geometry::Bounds;

/// What is looked for, as `PetFilter` said it; null means that it does not matter.
pub struct SearchFilter(pub SavedFilter);

/// Where is looked; one of these, the others are null.
#[derive(SimpleObject, Default)]
pub struct SearchArea {
    /// A rectangle of the map.
    bounds: Option<SearchBounds>,
    /// All within a distance of a point.
    circle: Option<SearchCircle>,
    /// The corners of an area drawn on the map.
    polygon: Option<Vec<Coordinates>>,
}

/// A rectangle of the map. Where west is greater than east it crosses the antimeridian.
#[derive(SimpleObject)]
pub struct SearchBounds {
    /// Lower edge, in degrees.
    south: f64,
    /// Left edge, in degrees.
    west: f64,
    /// Upper edge, in degrees.
    north: f64,
    /// Right edge, in degrees.
    east: f64,
}

/// All within a distance of a point.
#[derive(SimpleObject)]
pub struct SearchCircle {
    /// The middle.
    center: Coordinates,
    /// In metres, at most 161,000.
    radius_meters: f64,
    /// The words by which the middle was found when the search was saved; null when it was given as a point.
    near: Option<String>,
}

/// What is looked for, as `PetFilter` said it; null means that it does not matter.
#[Object]
impl SearchFilter {
    /// Any of these kinds.
    async fn kinds(&self) -> Option<Vec<PetKind>> {
        shown(&self.filter().kinds)
    }

    /// Any of these statuses; null stands for OPEN and MATCHED.
    async fn statuses(&self) -> Option<Vec<PetStatus>> {
        shown(&self.filter().statuses)
    }

    /// Any of these species.
    async fn species(&self) -> Option<Vec<Species>> {
        shown(&self.filter().species)
    }

    /// A breed as the member wrote it.
    async fn breed(&self) -> Option<&str> {
        self.filter().breed.as_deref()
    }

    /// At least one of these colours.
    async fn colors(&self) -> Option<Vec<Color>> {
        shown(&self.filter().colors)
    }

    /// Any of these sizes.
    async fn sizes(&self) -> Option<Vec<PetSize>> {
        shown(&self.filter().sizes)
    }

    /// Any of these sexes.
    async fn sexes(&self) -> Option<Vec<Sex>> {
        shown(&self.filter().sexes)
    }

    /// Any of these ages.
    async fn age_groups(&self) -> Option<Vec<AgeGroup>> {
        shown(&self.filter().age_groups)
    }

    /// Known to have a microchip, or known to have none.
    async fn microchipped(&self) -> Option<bool> {
        self.filter().microchipped
    }

    /// Urgent or not.
    async fn urgent(&self) -> Option<bool> {
        self.filter().urgent
    }

    /// Seen at this time or later.
    async fn seen_from(&self) -> Option<DateTime> {
        self.filter().seen_from.map(DateTime)
    }

    /// Seen at this time or before.
    async fn seen_to(&self) -> Option<DateTime> {
        self.filter().seen_to.map(DateTime)
    }

    /// Words that all occur.
    async fn text(&self) -> Option<&str> {
        self.filter().text.as_deref()
    }

    /// Where on the map.
    async fn area(&self) -> Option<SearchArea> {
        let near = self.0.near.clone();
        self.filter().area.as_ref().map(|area| SearchArea::of(area, near))
    }

    /// In the care of this shelter.
    async fn shelter(&self, ctx: &Context<'_>) -> Option<async_graphql::Result<Shelter>> {
        nullable(async {
            match self.filter().shelter_id {
                Some(id) => Ok(Shelter::load(ctx, id).await?),
                None => Ok(None),
            }
        })
        .await
    }
}

impl SearchFilter {
    fn filter(&self) -> &Filter {
        &self.0.filter
    }
}

impl SearchArea {
    fn of(area: &Area, near: Option<String>) -> Self {
        match area {
            Area::Bounds(bounds) => Self {
                bounds: Some((*bounds).into()),
                ..Self::default()
            },
            Area::Circle(circle) => Self {
                circle: Some(SearchCircle {
                    center: circle.center.into(),
                    radius_meters: circle.radius_meters,
                    near,
                }),
                ..Self::default()
            },
            Area::Polygon(polygon) => Self {
                polygon: Some(polygon.points().into_iter().map(Coordinates::from).collect()),
                ..Self::default()
            },
            // A kept filter has its place.
            Area::Near { .. } => Self::default(),
        }
    }
}

impl From<Bounds> for SearchBounds {
    fn from(bounds: Bounds) -> Self {
        Self {
            south: bounds.south,
            west: bounds.west,
            north: bounds.north,
            east: bounds.east,
        }
    }
}

/// A list in the words of the schema.
fn shown<S: Copy, T: From<S>>(values: &Option<Vec<S>>) -> Option<Vec<T>> {
    values
        .as_ref()
        .map(|values| values.iter().copied().map(T::from).collect())
}
