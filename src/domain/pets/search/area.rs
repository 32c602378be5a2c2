//! Areas of the map as conditions on the masked point.

use entity::pet;
use sea_orm::{
    Condition,
    sea_query::{Expr, ExprTrait, SimpleExpr},
};

use crate::{
    deps::Deps,
    domain::places::{Asker, Meaning, near, near_offline},
    kernel::{Error, Result, text},
};
use geometry::{Bounds, Circle, Point, Polygon, chord_squared};

/// The area of a search.
#[derive(Debug, Clone, PartialEq)]
pub enum Area {
    /// A rectangle of the map.
    Bounds(Bounds),
    /// All within a distance of a point.
    Circle(Circle),
    /// An area drawn on the map.
    Polygon(Polygon),
    /// Everything within a distance of a place given in words: a US postal code, or a town and its state.
    Near {
        /// The words.
        query: String,
        /// Up to [`Circle::MAX_RADIUS_METERS`].
        radius_meters: f64,
    },
}

impl Area {
    /// The area with its words resolved to a point, using only the built-in table.
    pub fn resolve(&self, deps: &Deps) -> Result<pet_index::Area> {
        self.on_map().or_else(|(query, radius_meters)| {
            let found = near_offline(deps, &words(query)?)?;
            let circle = around(found.map_or(Meaning::Nothing, Meaning::One), radius_meters)?;
            Ok(pet_index::Area::Circle(circle))
        })
    }

    /// The same with the help of the place service, which may take some seconds or be unavailable.
    pub async fn located(self, deps: &Deps, asker: &Asker) -> Result<Self> {
        match self {
            Self::Near { query, radius_meters } => {
                let found = near(deps, asker, &words(&query)?).await?;
                Ok(Self::Circle(around(found, radius_meters)?))
            }
            area => Ok(area),
        }
    }

    /// The area on the map; for a place that is still in words, an error with the words and the radius in metres.
    pub(super) fn on_map(&self) -> Result<pet_index::Area, (&str, f64)> {
        match self {
            Self::Bounds(bounds) => Ok(pet_index::Area::Bounds(*bounds)),
            Self::Circle(circle) => Ok(pet_index::Area::Circle(*circle)),
            Self::Polygon(polygon) => Ok(pet_index::Area::Polygon(polygon.clone())),
            Self::Near { query, radius_meters } => Err((query.as_str(), *radius_meters)),
        }
    }
}

/// Condition: the masked point is inside the area.
pub(in crate::domain::pets) fn within(area: &pet_index::Area) -> Condition {
    let boxed = box_condition(&area.bounding_box());
    match area {
        pet_index::Area::Bounds(_) => boxed,
        pet_index::Area::Circle(circle) => boxed.add(chord(circle.center).lte(chord_squared(circle.radius_meters))),
        pet_index::Area::Polygon(polygon) => boxed.add(Expr::cust(crossings(polygon))),
    }
}

fn words(query: &str) -> Result<String> {
    text::line("area.near.query", query, 200).map_err(|fault| Error::BadInput(fault.message.into()))
}

fn around(center: Meaning<Point>, radius_meters: f64) -> Result<Circle> {
    if let Meaning::Several(names) = &center {
        let message = format!(
            "area.near.query names several places, such as {}: add the state or country",
            names.join("; ")
        );
        return Err(Error::BadInput(message.into()));
    }
    let Meaning::One(center) = center else {
        let message = "area.near.query: no such place was found: give a US postal code such as 78701, or a town and its state such as Austin, TX";
        return Err(Error::BadInput(message.into()));
    };
    Circle::new(center, radius_meters).map_err(|fault| Error::BadInput(fault.to_string().into()))
}

/// Condition: the masked point is inside a rectangle.
fn box_condition(bounds: &Bounds) -> Condition {
    let ranges = bounds.longitude_ranges().into_iter();
    let longitudes = ranges.fold(Condition::any(), |any, (west, east)| {
        any.add(pet::COLUMN.public_longitude.between(west, east))
    });
    Condition::all()
        .add(pet::COLUMN.public_latitude.between(bounds.south, bounds.north))
        .add(longitudes)
}

/// The squared straight line from a point to a row's masked point, through the earth as the unit sphere.
pub(super) fn chord(from: Point) -> SimpleExpr {
    let [x, y, z] = from.unit_vector();
    let square = |column: pet::Column, value: f64| {
        let difference = || Expr::col((pet::Entity, column)).sub(value);
        difference().mul(difference())
    };
    square(pet::Column::PublicX, x)
        .add(square(pet::Column::PublicY, y))
        .add(square(pet::Column::PublicZ, z))
}

/// Whether a ray from the point to the east crosses the outline an odd number of times, once for each turn around the
/// world in which the outline lies. All numbers are finite, so they are written into the text as they are.
fn crossings(polygon: &Polygon) -> String {
    let turns = [-720.0, -360.0, 0.0, 360.0, 720.0].into_iter().filter(|turn| {
        let (west, east) = polygon.longitudes();
        west <= turn + 180.0 && turn - 180.0 <= east
    });
    let inside: Vec<String> = turns.map(|turn| crossings_of_turn(polygon, turn)).collect();
    format!("({})", inside.join(" OR "))
}

fn crossings_of_turn(polygon: &Polygon, turn: f64) -> String {
    let edges = polygon.edges().filter(|((_, from), (_, to))| from != to);
    let crossings: Vec<String> = edges
        .map(|(one, other)| {
            let ((west, south), (east, north)) = if one.1 < other.1 { (one, other) } else { (other, one) };
            let slope = (east - west) / (north - south);
            format!(
                "(CASE WHEN pets.public_latitude >= {south:?} AND pets.public_latitude < {north:?} \
                 AND pets.public_longitude + {turn:?} < {west:?} + {slope:?} * (pets.public_latitude - {south:?}) \
                 THEN 1 ELSE 0 END)"
            )
        })
        .collect();
    format!("({}) % 2 = 1", crossings.join(" + "))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn square(west: f64, east: f64) -> Polygon {
        let corner = |latitude, longitude| Point::new(latitude, longitude).unwrap();
        Polygon::new(&[
            corner(0.0, west),
            corner(0.0, east),
            corner(10.0, east),
            corner(10.0, west),
        ])
        .unwrap()
    }

    #[test]
    fn a_polygon_asks_once_for_each_edge_that_is_not_level() {
        let sql = crossings(&square(20.0, 30.0));

        assert_eq!(sql.matches("CASE").count(), 2, "{sql}");
        assert!(sql.contains("public_longitude + 0.0 <"), "{sql}");
    }

    #[test]
    fn a_polygon_over_the_antimeridian_is_looked_for_on_both_sides() {
        let sql = crossings(&square(170.0, -170.0));

        assert!(
            sql.contains("public_longitude + 0.0 <") && sql.contains("public_longitude + 360.0 <"),
            "{sql}"
        );
    }
}
