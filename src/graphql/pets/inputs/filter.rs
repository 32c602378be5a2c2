//! Places, areas and filters in questions.

use async_graphql::{Enum, ID, InputObject, OneofObject};

use crate::{
    domain::pets::{self, search},
    graphql::{
        scalars::DateTime,
        vocabulary::{AgeGroup, Color, PetKind, PetSize, PetStatus, Sex, Species},
    },
    kernel::{Error, Result},
};
use geometry::{Bounds, Circle, GeoError, Point, Polygon};

/// A point in degrees, WGS 84.
#[derive(InputObject, Clone, Copy, Debug)]
pub struct CoordinatesInput {
    /// North of the equator, -90 to 90.
    pub latitude: f64,
    /// East of Greenwich, -180 to 180. Maps that were turned around the world count on; up to ten turns are understood.
    pub longitude: f64,
}

/// A rectangle of a map. Where west is greater than east it crosses the antimeridian. Longitudes may go on past 180, up to ten
/// turns around the world; what is 360 wide or wider holds all of them.
#[derive(InputObject, Clone, Copy, Debug)]
pub struct BoundsInput {
    /// Lower edge, -90 to 90.
    pub south: f64,
    /// Left edge, -180 to 180.
    pub west: f64,
    /// Upper edge, not below south.
    pub north: f64,
    /// Right edge, -180 to 180.
    pub east: f64,
}

/// All within a distance of a point.
#[derive(InputObject, Clone, Copy, Debug)]
pub struct CircleInput {
    /// The middle.
    pub center: CoordinatesInput,
    /// More than 0, at most 100 miles (161 km).
    pub radius: f64,
    /// Unit of the radius.
    #[graphql(default_with = "DistanceUnit::Mile")]
    pub unit: DistanceUnit,
}

/// All within a distance of a place in words.
#[derive(InputObject, Clone, Debug)]
pub struct PlaceRadiusInput {
    /// A US postal code, or a town and its state: `78701`, `Austin, TX`. Other places are known where `geocode` knows
    /// them; looking those up counts as a question to it. Where several places are called so and lie apart, none is taken: the
    /// error names some, and the state or country decides.
    pub query: String,
    /// More than 0, at most 100 miles (161 km).
    pub radius: f64,
    /// Unit of the radius.
    #[graphql(default_with = "DistanceUnit::Mile")]
    pub unit: DistanceUnit,
}

/// Units of distance.
#[derive(Enum, Copy, Clone, Debug, PartialEq, Eq, Hash)]
#[graphql(remote = "geometry::DistanceUnit")]
pub enum DistanceUnit {
    /// International mile, 1,609.344 m.
    Mile,
    /// 1,000 m.
    Kilometer,
    /// Metre.
    Meter,
}

/// Where to look; one of these.
#[derive(OneofObject, Clone, Debug)]
pub enum AreaInput {
    /// A rectangle of the map.
    Bounds(BoundsInput),
    /// All within a distance of a point.
    Circle(CircleInput),
    /// An area drawn on the map: 3 to 500 corners; its edges must not cross.
    Polygon(Vec<CoordinatesInput>),
    /// All within a distance of a place in words.
    Near(PlaceRadiusInput),
}

/// Where it was; one of these.
#[derive(OneofObject, Clone, Debug)]
pub enum LocationInput {
    /// Exact point. Others see it masked by 150 to 400 m.
    Point(CoordinatesInput),
    /// A postal address or a town, at most 300 characters. Others see the town only. What cannot be found at once, or
    /// not exactly, may be found some time later; the report's version grows then.
    Address(String),
    /// A US postal code of five digits; where the server asks a service for places, one of another country may be found
    /// too. Others see it and its town.
    PostalCode(String),
}

/// What to look for; what is left out does not matter. Lists hold at most 20 values.
#[derive(InputObject, Clone, Debug, Default)]
pub struct PetFilter {
    /// Any of these kinds.
    pub kinds: Option<Vec<PetKind>>,
    /// Any of these statuses; OPEN and MATCHED when left out.
    pub statuses: Option<Vec<PetStatus>>,
    /// Any of these species.
    pub species: Option<Vec<Species>>,
    /// A breed as people write it, at most 100 characters; misspellings are understood.
    pub breed: Option<String>,
    /// At least one of these colours.
    pub colors: Option<Vec<Color>>,
    /// Any of these sizes.
    pub sizes: Option<Vec<PetSize>>,
    /// Any of these sexes.
    pub sexes: Option<Vec<Sex>>,
    /// Any of these ages.
    pub age_groups: Option<Vec<AgeGroup>>,
    /// Known to have a microchip, or known to have none.
    pub microchipped: Option<bool>,
    /// Urgent or not.
    pub urgent: Option<bool>,
    /// Seen at this time or later; not after seenTo.
    pub seen_from: Option<DateTime>,
    /// Seen at this time or before.
    pub seen_to: Option<DateTime>,
    /// Up to 10 words, each of which begins a word of name, breed, colours, marks, place or description, or stands
    /// within name or breed, and in scripts without blanks, such as Japanese or Thai, anywhere; or a breed of dog or cat
    /// however it is spelled, of another animal with `species`. At most 200 characters, and 240 searches for words a minute
    /// for each caller.
    pub text: Option<String>,
    /// Where on the map; it is the masked points that are compared.
    pub area: Option<AreaInput>,
    /// In the care of this shelter.
    pub shelter_id: Option<ID>,
}

/// Orders of a list of pets.
#[derive(Enum, Copy, Clone, Debug, PartialEq, Eq, Hash)]
#[graphql(remote = "search::Sort")]
pub enum PetSort {
    /// Last reported first.
    Newest,
    /// Nearest first; needs area.circle or area.near.
    Nearest,
    /// Best match of the text first: name, breed, other words; among equals the last reported. Needs text.
    Relevance,
}

impl CoordinatesInput {
    /// The checked point; `at` is where it stands in the request.
    pub fn point(self, at: &str) -> Result<Point> {
        Point::of_map(self.latitude, self.longitude).map_err(|fault| wrong(at, fault))
    }

    /// Latitude and longitude for whoever checks them later, without turns of the map.
    pub fn degrees(self) -> (f64, f64) {
        (self.latitude, geometry::within_a_turn(self.longitude))
    }
}

impl BoundsInput {
    /// The checked rectangle; `at` is where it stands in the request.
    pub fn bounds(self, at: &str) -> Result<Bounds> {
        let Self {
            south,
            west,
            north,
            east,
        } = self;
        for (edge, latitude, longitude) in [
            ("south", south, 0.0),
            ("west", 0.0, west),
            ("north", north, 0.0),
            ("east", 0.0, east),
        ] {
            Point::of_map(latitude, longitude).map_err(|fault| wrong(&format!("{at}.{edge}"), fault))?;
        }
        Bounds::of_map(south, west, north, east).map_err(|fault| wrong(at, fault))
    }
}

impl AreaInput {
    /// The checked area of a filter.
    pub fn area(self) -> Result<search::Area> {
        const AT: &str = "filter.area";
        Ok(match self {
            Self::Bounds(bounds) => search::Area::Bounds(bounds.bounds(&format!("{AT}.bounds"))?),
            Self::Circle(circle) => {
                let radius = geometry::DistanceUnit::from(circle.unit).to_meters(circle.radius);
                let center = circle.center.point(&format!("{AT}.circle.center"))?;
                let circle = Circle::new(center, radius).map_err(|fault| wrong(&format!("{AT}.circle"), fault))?;
                search::Area::Circle(circle)
            }
            Self::Polygon(corners) => {
                let corners = corners
                    .into_iter()
                    .enumerate()
                    .map(|(place, corner)| corner.point(&format!("{AT}.polygon.{place}")))
                    .collect::<Result<Vec<_>>>()?;
                let polygon = Polygon::new(&corners).map_err(|fault| wrong(&format!("{AT}.polygon"), fault))?;
                search::Area::Polygon(polygon)
            }
            Self::Near(near) => search::Area::Near {
                radius_meters: geometry::DistanceUnit::from(near.unit).to_meters(near.radius),
                query: near.query,
            },
        })
    }
}

impl From<LocationInput> for pets::LocationInput {
    fn from(location: LocationInput) -> Self {
        match location {
            LocationInput::Point(point) => {
                let (latitude, longitude) = point.degrees();
                Self::Point(latitude, longitude)
            }
            LocationInput::Address(address) => Self::Address(address),
            LocationInput::PostalCode(code) => Self::PostalCode(code),
        }
    }
}

impl PetFilter {
    /// The filter in the words of the domain; areas are checked.
    pub fn filter(self) -> Result<search::Filter> {
        let Self {
            kinds,
            statuses,
            species,
            breed,
            colors,
            sizes,
            sexes,
            age_groups,
            microchipped,
            urgent,
            seen_from,
            seen_to,
            text,
            area,
            shelter_id,
        } = self;
        if seen_from.zip(seen_to).is_some_and(|(from, to)| to.0 < from.0) {
            let message = "filter.seenFrom is later than filter.seenTo, so nothing would ever match: swap them";
            return Err(Error::BadInput(message.into()));
        }
        let unknown_shelter = || Error::BadInput("filter.shelterId is not the id of a shelter".into());
        Ok(search::Filter {
            kinds: stored(kinds),
            statuses: stored(statuses),
            species: stored(species),
            breed,
            colors: stored(colors),
            sizes: stored(sizes),
            sexes: stored(sexes),
            age_groups: stored(age_groups),
            microchipped,
            urgent,
            seen_from: seen_from.map(|time| time.0),
            seen_to: seen_to.map(|time| time.0),
            text,
            area: area.map(AreaInput::area).transpose()?,
            shelter_id: shelter_id
                .map(|id| id.parse().map_err(|_| unknown_shelter()))
                .transpose()?,
        })
    }
}

fn stored<T, S: From<T>>(values: Option<Vec<T>>) -> Option<Vec<S>> {
    values.map(|values| values.into_iter().map(S::from).collect())
}

fn wrong(at: &str, fault: GeoError) -> Error {
    Error::BadInput(format!("{at}: {fault}").into())
}
