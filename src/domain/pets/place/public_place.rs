//! The one place of a report or sighting that everybody may see, and the columns that hold both places.
//!
//! Whatever is public is made from the masked point or from words that name a town. The label is never the address.
//!
//! A mask keeps its secret while only one is ever drawn around a home. Hence these rules:
//! - The middle of a town, a postal code or a shelter is known to everybody, so its mask gives away how it was drawn: such
//!   places are masked with a key of their own, and what is drawn for them says nothing about any other.
//! - An exact point of a member is shown at the anchor of theirs that covers it, see [`super::anchors`], whichever of their
//!   reports and sightings it is of. Were the mask of a town's middle kept for homes that are near to it, everybody could
//!   tell from a new mask that the home is not there.
//! - What no member reported, an animal of a shelter's file or program, has anchors of its own: of 20 places that it had.
//!   Where several of a shelter's animals come from the very same point they are shown at one point, since it may be the
//!   home of who found them.
//! - How far and which way a mask moves a point depends on the point's surroundings as well. With one way for all of them,
//!   who knows the houses of two towns would find the only two that are as far from each other as the two masks.

use entity::{id::MemberId, pet, sighting, vocabulary::PlacePrecision};
use sea_orm::ActiveValue::{self, Set};
use uuid::Uuid;

use super::{
    anchors::{Anchor, covering, drop_anchor},
    location::{Located, is_more_exact},
};
use crate::{
    deps::{Deps, Tx},
    domain::places::{Names, names_near},
    kernel::{Result, secret::keyed_hash},
};
use geometry::{MASK_MAX_METERS, MASK_MIN_METERS, Point};

/// Steps of a degree in which surroundings are told apart: at most 790 m from corner to corner, so that two exact
/// points of one square are never far enough from each other for two masks.
const STEPS_PER_DEGREE: f64 = 200.0;

/// Places of one report whose masks are remembered. Who comes back after more others than these gets a new mask.
const MOST_ANCHORS: usize = 20;

/// A public point with its names.
struct PublicPlace {
    /// The masked point.
    point: Point,
    /// What its neighbourhood is called.
    names: Names,
}

/// Sets every column of the place of a report: the true point, the public one, its map cell and its words. The row must
/// have its id and its reporter; `previous` is the report as it was. The same address again is no news: what is known of
/// it stays.
pub async fn place_columns(
    deps: &Deps,
    tx: &Tx,
    row: &mut pet::ActiveModel,
    located: &Located,
    previous: Option<&pet::Model>,
) -> Result<()> {
    let (Some(member), Some(id)) = (current(&row.reporter_id).flatten(), current(&row.id)) else {
        unowned_place_columns(deps, row, located, previous);
        return Ok(());
    };
    if previous.is_some_and(|pet| knows_better(pet, located)) {
        return Ok(());
    }
    true_columns(row, located);
    let Some(point) = located.point else {
        public_columns(row, None, &located.names());
        return Ok(());
    };
    if let Some(public) = members_place(deps, tx, (member, id.0), (point, located), previous).await? {
        public_columns(row, Some(public.point), &public.names);
    }
    Ok(())
}

/// The same for a report that no member made.
pub fn unowned_place_columns(
    deps: &Deps,
    row: &mut pet::ActiveModel,
    located: &Located,
    previous: Option<&pet::Model>,
) {
    if previous.is_some_and(|pet| knows_better(pet, located)) {
        return;
    }
    true_columns(row, located);
    if previous.is_none() {
        anchor_columns(row, None, &[]);
    }
    let (Some(point), Some(id)) = (located.point, current(&row.id)) else {
        public_columns(row, None, &located.names());
        return;
    };
    let anchors = previous.map(|pet| anchors_of(deps, pet)).unwrap_or_default();
    let known = anchors.iter().find(|anchor| anchor.covers(point)).copied();
    let shown = previous.and_then(public_point);
    if shown.is_some() && known.map(|anchor| anchor.shown) == shown {
        return;
    }
    if !is_exact(located) {
        public_columns(row, Some(town_mask(deps, id.0, point)), &located.names());
        return;
    }
    let owner = current(&row.shelter_id).flatten().map_or(id.0, |shelter| shelter.0);
    let anchor = known.unwrap_or_else(|| spot_mask(deps, owner, point));
    public_columns(row, Some(anchor.shown), &names_near(deps, anchor.shown));
    anchor_columns(row, Some(anchor.place), &anchors);
}

/// Sets every column of the place of a sighting, which is found once or, from words, in two steps: never twice exactly.
/// The row must have its id and its reporter.
pub async fn sighting_columns(deps: &Deps, tx: &Tx, row: &mut sighting::ActiveModel, located: &Located) -> Result<()> {
    let owner = current(&row.reporter_id).flatten().zip(current(&row.id));
    let public = match (located.point, owner) {
        (Some(point), Some((member, id))) => members_place(deps, tx, (member, id.0), (point, located), None).await?,
        _ => None,
    };
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
    Ok(())
}

/// Sets the words of a report's place.
pub fn name_columns(row: &mut pet::ActiveModel, names: &Names) {
    row.place_label = Set(names.label.clone());
    row.city = Set(names.city.clone());
    row.region = Set(names.region.clone());
    row.postal_code = Set(names.postal_code.clone());
    row.country = Set(names.country.clone());
}

/// Where a record of a member is shown, with the names that everybody may see: an exact point is named after its masked
/// one. Nothing if it is shown where it belongs already.
async fn members_place(
    deps: &Deps,
    tx: &Tx,
    (member, record): (MemberId, Uuid),
    (point, located): (Point, &Located),
    previous: Option<&pet::Model>,
) -> Result<Option<PublicPlace>> {
    let anchors = covering(tx, member, point).await?;
    let shown = previous.and_then(public_point);
    if anchors.iter().any(|anchor| Some(anchor.shown) == shown) {
        return Ok(None);
    }
    if !is_exact(located) {
        return Ok(Some(PublicPlace {
            point: town_mask(deps, record, point),
            names: located.names(),
        }));
    }
    let public = match anchors.first() {
        Some(anchor) => anchor.shown,
        None => {
            // Reports from before there were anchors of members remember their own.
            let own = previous.map(|pet| anchors_of(deps, pet)).unwrap_or_default();
            let own = own.into_iter().find(|anchor| anchor.covers(point));
            drop_anchor(
                deps,
                tx,
                member,
                own.unwrap_or_else(|| home_mask(deps, member.0, point)),
            )
            .await?
        }
    };
    Ok(Some(PublicPlace {
        point: public,
        names: names_near(deps, public),
    }))
}

/// Whether a place tells where somebody lives: the middle of their street does, nearly.
fn is_exact(located: &Located) -> bool {
    matches!(located.precision, PlacePrecision::Point | PlacePrecision::Street)
}

/// An exact point under the mask of somebody's neighbourhood.
fn home_mask(deps: &Deps, owner: Uuid, point: Point) -> Anchor {
    masked(deps, "location mask", (owner, &square(point)), point)
}

/// An exact point of a shelter under the mask of that very point.
fn spot_mask(deps: &Deps, owner: Uuid, point: Point) -> Anchor {
    let spot = format!("{} {}", point.latitude, point.longitude);
    masked(deps, "location mask of a spot", (owner, &spot), point)
}

/// What everybody knows under a mask that says nothing of any home.
fn town_mask(deps: &Deps, record: Uuid, point: Point) -> Point {
    masked(deps, "location mask of a town", (record, &square(point)), point).shown
}

fn masked(deps: &Deps, purpose: &str, (owner, surroundings): (Uuid, &str), point: Point) -> Anchor {
    let key = keyed_hash(&deps.secret.key(purpose), surroundings.as_bytes());
    Anchor {
        place: point,
        shown: geometry::mask(&key, owner, point),
    }
}

fn square(point: Point) -> String {
    let step = |degrees: f64| (degrees * STEPS_PER_DEGREE).floor();
    format!("{} {}", step(point.latitude), step(point.longitude))
}

/// Whether the same words were given before, and somebody has found out meanwhile what they mean.
fn knows_better(pet: &pet::Model, located: &Located) -> bool {
    let same = located.address.is_some() && located.address == pet.address;
    same && pet.latitude.is_some() && is_more_exact(pet.precision, located.precision)
}

/// The anchors that a report remembers by itself, the present one first.
fn anchors_of(deps: &Deps, pet: &pet::Model) -> Vec<Anchor> {
    let past = pet.past_anchors.as_deref().unwrap_or_default().lines();
    let past = past.filter_map(|line| {
        let (latitude, longitude) = line.split_once(' ')?;
        Some((latitude.parse().ok()?, longitude.parse().ok()?))
    });
    let present = pet.anchor_latitude.zip(pet.anchor_longitude);
    let points = present.into_iter().chain(past);
    points
        .filter_map(|(latitude, longitude)| Point::new(latitude, longitude).ok())
        .map(|place| remembered(deps, pet, place))
        .collect()
}

/// An anchor of a report as it was drawn: around it lies what is shown, unless a town was named since then.
fn remembered(deps: &Deps, pet: &pet::Model, place: Point) -> Anchor {
    let is_around = |shown: &Point| {
        (MASK_MIN_METERS - 1.0..=MASK_MAX_METERS + 1.0).contains(&geometry::distance_meters(place, *shown))
    };
    match (public_point(pet).filter(is_around), pet.reporter_id) {
        (Some(shown), _) => Anchor { place, shown },
        (None, Some(_)) => home_mask(deps, pet.id.0, place),
        (None, None) => spot_mask(deps, pet.shelter_id.map_or(pet.id.0, |shelter| shelter.0), place),
    }
}

fn public_point(pet: &pet::Model) -> Option<Point> {
    let (latitude, longitude) = pet.public_latitude.zip(pet.public_longitude)?;
    Point::new(latitude, longitude).ok()
}

/// Sets the true place.
fn true_columns(row: &mut pet::ActiveModel, located: &Located) {
    row.precision = Set(located.precision);
    row.latitude = Set(located.point.map(|point| point.latitude));
    row.longitude = Set(located.point.map(|point| point.longitude));
    row.address = Set(located.address.clone());
}

/// Sets what everybody sees.
fn public_columns(row: &mut pet::ActiveModel, point: Option<Point>, names: &Names) {
    name_columns(row, names);
    let vector = point.map(Point::unit_vector);
    let cell = point.map(geometry::map_cell);
    row.public_latitude = Set(point.map(|point| point.latitude));
    row.public_longitude = Set(point.map(|point| point.longitude));
    row.public_x = Set(vector.map(|[x, _, _]| x));
    row.public_y = Set(vector.map(|[_, y, _]| y));
    row.public_z = Set(vector.map(|[_, _, z]| z));
    row.map_x = Set(cell.map(|(x, _)| x));
    row.map_y = Set(cell.map(|(_, y)| y));
}

/// The anchor of the mask that is shown, and of the others those of before, last shown first.
fn anchor_columns(row: &mut pet::ActiveModel, anchor: Option<Point>, before: &[Anchor]) {
    row.anchor_latitude = Set(anchor.map(|point| point.latitude));
    row.anchor_longitude = Set(anchor.map(|point| point.longitude));
    let others = before.iter().map(|before| before.place);
    let others = others.filter(|place| Some(*place) != anchor);
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
