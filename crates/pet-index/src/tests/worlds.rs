//! Generators for small worlds: dense heaps, isolated reports, both sides of the antimeridian, the poles.

use std::collections::BTreeMap;

use entity::{
    ColorSet, Timestamp,
    id::{PetId, ShelterId},
    vocabulary::{AgeGroup, Altered, CoatLength, CoatPattern, PetKind, PetSize, PetStatus, Sex, Species},
};
use proptest::prelude::*;
use sea_orm::Iterable;
use uuid::Uuid;

use super::super::{Area, IndexFilter, PetIndex, Pin};
use geometry::{Bounds, Circle, Point, Polygon};

/// Reports by id.
pub type World = BTreeMap<PetId, Pin>;

/// Centres of heaps: latitude and longitude.
const HEAPS: [(f64, f64); 8] = [
    (30.27, -97.74),
    (30.29, -97.7),
    (0.0, 180.0),
    (-17.0, 179.999),
    (-17.01, -179.998),
    (89.9, 10.0),
    (85.05, -180.0),
    (-86.0, 0.0),
];

const BREEDS: [&str; 3] = ["Beagle", "Pug", "Border Collie"];

/// A change of a world.
#[derive(Debug, Clone)]
pub enum Step {
    Put(Pin),
    Remove(PetId),
}

/// One of a few ids, so that reports are often replaced and removed. They are spread out as real ids are.
pub fn id() -> impl Strategy<Value = PetId> {
    (0..300_u128).prop_map(|number| {
        PetId(Uuid::from_u128(
            (number + 1).wrapping_mul(0x0123_4567_89ab_cdef_fedc_ba98_7654_3211),
        ))
    })
}

/// A point in a heap, from centimetres to a thousand kilometres from its centre, or anywhere.
pub fn point() -> impl Strategy<Value = Point> {
    let heap = prop::sample::select(&HEAPS[..]);
    let scale = prop::sample::select(&[0.0, 1e-6, 1e-4, 1e-3, 1e-2, 0.1, 1.0, 10.0][..]);
    let around = (heap, scale, -1.0..1.0, -1.0..1.0);
    let around = around.prop_map(
        |((latitude, longitude), scale, up, across): ((f64, f64), f64, f64, f64)| {
            let longitude = longitude + across * scale;
            let turn = if longitude < -180.0 {
                360.0
            } else if 180.0 < longitude {
                -360.0
            } else {
                0.0
            };
            Point::new((latitude + up * scale).clamp(-90.0, 90.0), longitude + turn).unwrap()
        },
    );
    let anywhere =
        (-90.0..=90.0, -180.0..=180.0).prop_map(|(latitude, longitude)| Point::new(latitude, longitude).unwrap());
    prop_oneof![5 => around, 1 => anywhere]
}

fn one_of<V: Iterable + std::fmt::Debug>() -> impl Strategy<Value = V> {
    let count = V::iter().count();
    (0..count).prop_map(|place| V::iter().nth(place).unwrap())
}

fn breed() -> impl Strategy<Value = Option<String>> {
    prop::option::of(prop::sample::select(&BREEDS[..]).prop_map(str::to_owned))
}

fn shelter() -> impl Strategy<Value = ShelterId> {
    (1..4_u128).prop_map(|number| ShelterId(Uuid::from_u128(number)))
}

fn status() -> impl Strategy<Value = PetStatus> {
    prop::sample::select(&[PetStatus::Open, PetStatus::Matched][..])
}

/// Any report.
pub fn pin() -> impl Strategy<Value = Pin> {
    let animal = (
        one_of(),
        status(),
        one_of(),
        one_of(),
        one_of(),
        one_of(),
        one_of(),
        one_of(),
        one_of(),
    );
    let looks = (
        0..1 << 11,
        any::<Option<bool>>(),
        any::<bool>(),
        breed(),
        breed(),
        any::<bool>(),
    );
    let place = (
        prop::option::weighted(0.95, point()),
        "[A-Z][a-z]{2}, [A-Z]{2}",
        prop::option::of("[A-Z][a-zé]{2}"),
        one_of(),
    );
    let rest = (id(), prop::option::weighted(0.3, shelter()), 0..40_i64, 0..40_i64);
    (animal, looks, place, rest).prop_map(|(animal, looks, place, rest)| {
        let (kind, status, species, sex, altered, size, age_group, coat, pattern): (
            PetKind,
            PetStatus,
            Species,
            Sex,
            Altered,
            PetSize,
            AgeGroup,
            CoatLength,
            CoatPattern,
        ) = animal;
        let (colors, microchipped, urgent, breed_primary, breed_secondary, breed_mixed) = looks;
        let (point, place_label, name, precision) = place;
        let (id, shelter_id, seen_at, reported_at) = rest;
        Pin {
            id,
            kind,
            status,
            species,
            sex,
            altered,
            size,
            age_group,
            coat,
            pattern,
            colors: ColorSet(colors),
            microchipped,
            urgent,
            breed_primary,
            breed_secondary,
            breed_mixed,
            shelter_id,
            name,
            place_label,
            precision,
            point,
            seen_at: Timestamp(seen_at),
            reported_at: Timestamp(reported_at),
            marks_signature: reported_at.cast_unsigned(),
        }
    })
}

/// A world of up to `most` reports.
pub fn world(most: usize) -> impl Strategy<Value = World> {
    prop::collection::vec(pin(), 0..most).prop_map(|pins| pins.into_iter().map(|pin| (pin.id, pin)).collect())
}

/// A series of changes, with more additions than removals.
pub fn steps(most: usize) -> impl Strategy<Value = Vec<Step>> {
    let step = prop_oneof![2 => pin().prop_map(Step::Put), 1 => id().prop_map(Step::Remove)];
    prop::collection::vec(step, 0..most)
}

/// Any rectangle, possibly across the antimeridian, or one around a point like a screen shows.
pub fn bounds() -> impl Strategy<Value = Bounds> {
    let any = (point(), point()).prop_map(|(one, other)| {
        let (south, north) = (one.latitude.min(other.latitude), one.latitude.max(other.latitude));
        Bounds::new(south, one.longitude, north, other.longitude).unwrap()
    });
    let around =
        (point(), prop::sample::select(&[1e-4, 1e-2, 0.3, 3.0, 40.0][..])).prop_map(|(point, reach): (Point, f64)| {
            let wrapped = |longitude: f64| Point::wrapped(0.0, longitude).longitude;
            let (south, north) = ((point.latitude - reach).max(-90.0), (point.latitude + reach).min(90.0));
            Bounds::new(
                south,
                wrapped(point.longitude - reach),
                north,
                wrapped(point.longitude + reach),
            )
            .unwrap()
        });
    prop_oneof![1 => any, 3 => around, 1 => Just(whole_world())]
}

/// Bounds that contain everything.
pub fn whole_world() -> Bounds {
    Bounds::new(-90.0, -180.0, 90.0, 180.0).unwrap()
}

/// Any area.
pub fn area() -> impl Strategy<Value = Area> {
    let circle =
        (point(), 1.0..161_000.0).prop_map(|(center, radius)| Area::Circle(Circle::new(center, radius).unwrap()));
    let star =
        (point(), prop::collection::vec(0.1..20.0, 3..40)).prop_filter_map("around a pole", |(middle, reaches)| {
            let count = reaches.len() as f64;
            let corners = reaches.iter().enumerate().map(|(number, reach)| {
                let (sin, cos) = (std::f64::consts::TAU * number as f64 / count).sin_cos();
                Point::wrapped(middle.latitude + reach * sin, middle.longitude + reach * cos)
            });
            Polygon::new(&corners.collect::<Vec<_>>()).ok().map(Area::Polygon)
        });
    prop_oneof![bounds().prop_map(Area::Bounds), circle, star]
}

fn some<V: std::fmt::Debug + Clone + 'static>(
    values: impl Strategy<Value = V> + 'static,
) -> BoxedStrategy<Option<Vec<V>>> {
    prop::option::weighted(0.2, prop::collection::vec(values, 0..6)).boxed()
}

/// Any filter; most have only a few conditions.
pub fn filter() -> impl Strategy<Value = IndexFilter> {
    let lists = (
        some(one_of()),
        some(status()),
        some(one_of()),
        some(one_of()),
        some(one_of()),
        some(one_of()),
    );
    let few =
        |chance: f64| move |range: std::ops::Range<i64>| prop::option::weighted(chance, range.prop_map(Timestamp));
    let looks = (
        prop::option::weighted(0.1, (0..1 << 11).prop_map(ColorSet)),
        prop::option::weighted(0.1, any::<bool>()),
        prop::option::weighted(0.1, any::<bool>()),
        few(0.1)(0..40),
        few(0.1)(0..40),
        prop::option::weighted(
            0.1,
            prop::collection::vec(
                prop::sample::select(&["Beagle", "Pug", "Unknown"][..]).prop_map(str::to_owned),
                0..3,
            ),
        ),
    );
    let where_and_who = (
        prop::option::weighted(0.1, (1..6_u128).prop_map(|number| ShelterId(Uuid::from_u128(number)))),
        prop::option::weighted(0.4, area()),
        prop::option::weighted(0.1, prop::collection::hash_set(id(), 0..200)),
    );
    (lists, looks, where_and_who).prop_map(|(lists, looks, where_and_who)| {
        let (kinds, statuses, species, sizes, sexes, age_groups) = lists;
        let (colors, microchipped, urgent, seen_from, seen_to, breeds) = looks;
        let (shelter_id, area, among) = where_and_who;
        IndexFilter {
            kinds,
            statuses,
            species,
            sizes,
            sexes,
            age_groups,
            colors,
            microchipped,
            urgent,
            seen_from,
            seen_to,
            breeds,
            shelter_id,
            area,
            among,
        }
    })
}

/// A filter whose conditions every report meets; the last condition has to be checked for each report.
pub fn open_filter() -> IndexFilter {
    IndexFilter {
        kinds: Some(PetKind::iter().collect()),
        seen_from: Some(Timestamp(i64::MIN)),
        ..both_states()
    }
}

/// A filter with a condition that every report in the index meets.
pub fn both_states() -> IndexFilter {
    IndexFilter {
        statuses: Some(vec![PetStatus::Matched, PetStatus::Open]),
        ..IndexFilter::default()
    }
}

/// An index built in one go.
pub fn built<'a>(pins: impl IntoIterator<Item = &'a Pin>) -> PetIndex {
    let mut builder = PetIndex::builder();
    pins.into_iter().for_each(|pin| builder.add(pin.clone()));
    builder.finish()
}
