//! The one place of a report or sighting that everybody may see, and the columns that hold both places.
//!
//! Whatever is public is made from the masked point or from words that name a town. The label is never the address.
//!
//! A mask keeps its secret while only one is ever drawn around a home. Hence these rules:
//! - The middle of a town, a postal code or a shelter is known to everybody, so its mask gives away how it was drawn: such
//!   places are masked with a key of their own, and what is drawn for them says nothing about any other.
//! - The first exact point of a report gets its own mask, wherever it lies. Were the mask of the town's middle kept for homes
//!   that are near to it, everybody could tell from a new mask that the home is not there.
//! - From then on the exact point that was masked is remembered, as an anchor. Whatever exact point comes within a
//!   kilometre of it, at once or after other places in between, is shown where that one is shown. Of 20 places that a
//!   report had the anchors are remembered.
//! - How far and which way a mask moves a point depends on the point's surroundings as well. With one way for all of them,
//!   who knows the houses of two towns would find the only two that are as far from each other as the two masks.

use entity::{pet, sighting, vocabulary::PlacePrecision};
use sea_orm::ActiveValue::{self, Set};
use uuid::Uuid;

use super::place::{Located, is_more_exact, names_near};
use crate::{
    deps::Deps,
    domain::places::Names,
    kernel::{
        geo::{self, MASK_MAX_METERS, MASK_MIN_METERS, Point},
        secret::keyed_hash,
    },
};

/// Steps of a degree in which surroundings are told apart: at most 790 m from corner to corner, so that two exact
/// points of one square are never far enough from each other for two masks.
const STEPS_PER_DEGREE: f64 = 200.0;

/// Places of one report whose masks are remembered. Who comes back after more others than these gets a new mask.
const MOST_ANCHORS: usize = 20;

/// A public point with its names.
pub(super) struct PublicPlace {
    /// The masked point.
    pub point: Point,
    /// What its neighbourhood is called.
    pub names: Names,
}

/// Sets every column of the place of a report: the true point, the public one, its map cell and its words. The row must
/// have its id; `previous` is the report as it was. The same address again is no news: what is known of it stays.
pub fn place_columns(deps: &Deps, row: &mut pet::ActiveModel, located: &Located, previous: Option<&pet::Model>) {
    if previous.is_some_and(|pet| knows_better(pet, located)) {
        return;
    }
    let id = previous.map(|pet| pet.id).or_else(|| current(&row.id));
    row.precision = Set(located.precision);
    row.latitude = Set(located.point.map(|point| point.latitude));
    row.longitude = Set(located.point.map(|point| point.longitude));
    row.address = Set(located.address.clone());
    if previous.is_none() {
        anchor_columns(row, None, &[]);
    }
    let (Some(point), Some(id)) = (located.point, id) else {
        name_columns(row, &located.names());
        public_columns(row, None);
        return;
    };
    let anchors = previous.map(anchors_of).unwrap_or_default();
    let anchor = anchors.iter().copied().find(|anchor| geo::keeps_mask(*anchor, point));
    let is_shown = |anchor: Point| previous.is_some_and(|pet| shows(pet, anchor));
    if anchor.is_some_and(is_shown) {
        return;
    }
    let is_exact = located.precision == PlacePrecision::Point;
    let public = public_place(deps, id.0, anchor.filter(|_| is_exact).unwrap_or(point), located);
    name_columns(row, &public.names);
    public_columns(row, Some(public.point));
    if is_exact {
        anchor_columns(row, Some(anchor.unwrap_or(point)), &anchors);
    }
}

/// Sets every column of the place of a sighting, which is found once or, from words, in two steps: never twice exactly.
pub(super) fn sighting_columns(deps: &Deps, row: &mut sighting::ActiveModel, id: Uuid, located: &Located) {
    let public = located.point.map(|point| public_place(deps, id, point, located));
    let names = public
        .as_ref()
        .map_or_else(|| located.names(), |place| place.names.clone());
    row.precision = Set(located.precision);
    row.latitude = Set(located.point.map(|point| point.latitude));
    row.longitude = Set(located.point.map(|point| point.longitude));
    row.public_latitude = Set(public.as_ref().map(|place| place.point.latitude));
    row.public_longitude = Set(public.as_ref().map(|place| place.point.longitude));
    row.place_label = Set(names.label);
    row.city = Set(names.city);
    row.region = Set(names.region);
    row.postal_code = Set(names.postal_code);
    row.country = Set(names.country);
    row.address = Set(located.address.clone());
}

/// Sets the words of a report's place.
pub(super) fn name_columns(row: &mut pet::ActiveModel, names: &Names) {
    row.place_label = Set(names.label.clone());
    row.city = Set(names.city.clone());
    row.region = Set(names.region.clone());
    row.postal_code = Set(names.postal_code.clone());
    row.country = Set(names.country.clone());
}

/// The masked point of a record, with the names that everybody may see: an exact point is named after its masked one.
fn public_place(deps: &Deps, record: Uuid, point: Point, located: &Located) -> PublicPlace {
    let is_exact = located.precision == PlacePrecision::Point;
    let public = geo::mask(&mask_key(deps, is_exact, point), record, point);
    let names = if is_exact {
        names_near(deps, public)
    } else {
        located.names()
    };
    PublicPlace { point: public, names }
}

/// The key of a mask: one for each square of exact points, and others for what everybody knows.
fn mask_key(deps: &Deps, is_exact: bool, point: Point) -> [u8; 32] {
    let purpose = if is_exact {
        "location mask"
    } else {
        "location mask of a town"
    };
    let step = |degrees: f64| (degrees * STEPS_PER_DEGREE).floor();
    let square = format!("{} {}", step(point.latitude), step(point.longitude));
    keyed_hash(&deps.secret.key(purpose), square.as_bytes())
}

/// Whether the same words were given before, and somebody has found out meanwhile what they mean.
fn knows_better(pet: &pet::Model, located: &Located) -> bool {
    let same = located.address.is_some() && located.address == pet.address;
    same && pet.latitude.is_some() && is_more_exact(pet.precision, located.precision)
}

/// The exact points around which the masks of a report were drawn, the present one first.
fn anchors_of(pet: &pet::Model) -> Vec<Point> {
    let past = pet.past_anchors.as_deref().unwrap_or_default().lines();
    let past = past.filter_map(|line| {
        let (latitude, longitude) = line.split_once(' ')?;
        Some((latitude.parse().ok()?, longitude.parse().ok()?))
    });
    let present = pet.anchor_latitude.zip(pet.anchor_longitude);
    let points = present.into_iter().chain(past);
    points
        .filter_map(|(latitude, longitude)| Point::new(latitude, longitude).ok())
        .collect()
}

/// Whether the public point of a report lies around its anchor and not around a town that was named since then.
fn shows(pet: &pet::Model, anchor: Point) -> bool {
    let public = pet.public_latitude.zip(pet.public_longitude);
    let public = public.and_then(|(latitude, longitude)| Point::new(latitude, longitude).ok());
    public.is_some_and(|public| {
        (MASK_MIN_METERS - 1.0..=MASK_MAX_METERS + 1.0).contains(&geo::distance_meters(anchor, public))
    })
}

fn public_columns(row: &mut pet::ActiveModel, point: Option<Point>) {
    let vector = point.map(Point::unit_vector);
    let cell = point.map(geo::map_cell);
    row.public_latitude = Set(point.map(|point| point.latitude));
    row.public_longitude = Set(point.map(|point| point.longitude));
    row.public_x = Set(vector.map(|[x, _, _]| x));
    row.public_y = Set(vector.map(|[_, y, _]| y));
    row.public_z = Set(vector.map(|[_, _, z]| z));
    row.map_x = Set(cell.map(|(x, _)| x));
    row.map_y = Set(cell.map(|(_, y)| y));
}

/// The anchor of the mask that is shown, and of the others those of before, last shown first.
fn anchor_columns(row: &mut pet::ActiveModel, anchor: Option<Point>, before: &[Point]) {
    row.anchor_latitude = Set(anchor.map(|point| point.latitude));
    row.anchor_longitude = Set(anchor.map(|point| point.longitude));
    let others = before.iter().filter(|point| Some(**point) != anchor);
    // Numbers are written so that they are read as the same ones: a home on the edge of a square must not change sides.
    let past: Vec<String> = others
        .map(|point| format!("{} {}", point.latitude, point.longitude))
        .take(MOST_ANCHORS - 1)
        .collect();
    row.past_anchors = Set((!past.is_empty()).then(|| past.join("\n")));
}

fn current<T: Clone + Into<sea_orm::Value>>(value: &ActiveValue<T>) -> Option<T> {
    match value {
        ActiveValue::Set(value) | ActiveValue::Unchanged(value) => Some(value.clone()),
        ActiveValue::NotSet => None,
    }
}
