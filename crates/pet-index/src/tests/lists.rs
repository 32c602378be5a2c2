//! Lists, counts and paging.

use std::collections::BTreeSet;

use entity::id::PetId;
use proptest::prelude::*;

use super::{
    super::{IndexFilter, PetIndex, Run, Window},
    oracle::Oracle,
    worlds::{World, built, filter, id, open_filter, pin, point, world},
};
use geometry::Point;

fn row(run: &Run<'_>) -> (Vec<PetId>, bool) {
    (run.items.iter().map(|item| item.id()).collect(), run.more)
}

fn times() -> impl Strategy<Value = Option<(i64, PetId)>> {
    prop::option::weighted(0.3, (0..40_i64, id()))
}

/// The position of some report in the list, or one that no report has.
fn chords() -> impl Strategy<Value = Option<(Option<Point>, PetId)>> {
    prop::option::weighted(0.3, (prop::option::of(point()), id()))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn what_passes_is_what_a_scan_finds(world in world(250), filter in filter()) {
        let (pet_index, oracle) = (built(world.values()), Oracle::of(&world));
        for filter in [&filter, &IndexFilter::default(), &open_filter()] {
            let mut visited = Vec::new();
            pet_index.each(filter, |report| visited.push(report.id()));
            let passing = oracle.passing(filter);
            prop_assert_eq!(visited.len(), passing.len());
            prop_assert_eq!(visited.into_iter().collect::<BTreeSet<_>>(), passing);
            prop_assert_eq!(pet_index.count(filter), oracle.passing(filter).len());
        }
    }

    #[test]
    fn the_newest_are_those_that_a_scan_finds(
        world in world(250), filter in filter(), after in times(), before in times(), limit in 0..40_usize, backward: bool,
    ) {
        let (pet_index, oracle) = (built(world.values()), Oracle::of(&world));
        let window = Window { after, before, limit, backward };
        for filter in [&filter, &IndexFilter::default()] {
            prop_assert_eq!(row(&pet_index.newest(filter, &window)), oracle.newest(filter, &window));
        }
    }

    #[test]
    fn the_nearest_are_those_that_a_scan_finds(
        world in world(250), filter in filter(), from in point(), after in chords(), before in chords(), limit in 0..40_usize, backward: bool,
    ) {
        let (pet_index, oracle) = (built(world.values()), Oracle::of(&world));
        let place = |place: Option<(Option<Point>, PetId)>| place.map(|(point, id)| {
            let point = point.or_else(|| world.get(&id)?.point);
            (point.map_or(0.5, |point| point.chord_squared_to(from)), id)
        });
        let window = Window { after: place(after), before: place(before), limit, backward };
        for filter in [&filter, &IndexFilter::default()] {
            prop_assert_eq!(row(&pet_index.nearest(from, filter, &window)), oracle.nearest(from, filter, &window));
        }
    }

    #[test]
    fn pages_of_the_newest_show_every_row_once_while_others_come(
        world in world(150), filter in filter(), coming in prop::collection::vec(pin(), 0..60), limits in prop::collection::vec(1..20_usize, 1..8), backward: bool,
    ) {
        let mut pet_index = built(world.values());
        let there = Oracle::of(&world).passing(&filter);
        let key = |id: PetId, pet_index: &PetIndex| (pet_index.get(id).unwrap().reported_at.0, id);
        let shown = walk(&mut pet_index, &world, coming, &limits, |pet_index, last, limit| {
            let place = last.map(|id| key(id, pet_index));
            let (after, before) = if backward { (None, place) } else { (place, None) };
            let run = pet_index.newest(&filter, &Window { after, before, limit, backward });
            paged(&run, backward)
        });
        prop_assert!(is_walk_over(&shown, &there));
    }

    #[test]
    fn pages_of_the_nearest_show_every_row_once_while_others_come(
        world in world(150), filter in filter(), from in point(), coming in prop::collection::vec(pin(), 0..60), limits in prop::collection::vec(1..20_usize, 1..8), backward: bool,
    ) {
        let mut pet_index = built(world.values());
        let there = Oracle::of(&world).passing(&filter);
        let there = there.into_iter().filter(|id| world[id].point.is_some()).collect();
        let key = |id: PetId, pet_index: &PetIndex| (pet_index.get(id).unwrap().point.unwrap().chord_squared_to(from), id);
        let shown = walk(&mut pet_index, &world, coming, &limits, |pet_index, last, limit| {
            let place = last.map(|id| key(id, pet_index));
            let (after, before) = if backward { (None, place) } else { (place, None) };
            let run = pet_index.nearest(from, &filter, &Window { after, before, limit, backward });
            paged(&run, backward)
        });
        prop_assert!(is_walk_over(&shown, &there));
    }
}

/// The ids of a page in walking order, and whether there are more.
fn paged(run: &Run<'_>, backward: bool) -> (Vec<PetId>, bool) {
    let (mut ids, more) = row(run);
    if backward {
        ids.reverse();
    }
    (ids, more)
}

/// Pages through the whole list; after each page a few new reports are added.
fn walk(
    pet_index: &mut PetIndex,
    world: &World,
    coming: Vec<super::super::Pin>,
    limits: &[usize],
    page: impl Fn(&PetIndex, Option<PetId>, usize) -> (Vec<PetId>, bool),
) -> Vec<PetId> {
    let new: World = coming
        .into_iter()
        .filter(|pin| !world.contains_key(&pin.id))
        .map(|pin| (pin.id, pin))
        .collect();
    let mut coming = new.into_values();
    let mut shown = Vec::new();
    for limit in limits.iter().cycle() {
        let (ids, more) = page(pet_index, shown.last().copied(), *limit);
        shown.extend(ids);
        if !more {
            break;
        }
        for pin in coming.by_ref().take(3) {
            pet_index.put(&pin);
        }
    }
    shown
}

/// Whether nothing was shown twice, and everything that was there from the beginning was shown.
fn is_walk_over(shown: &[PetId], there: &BTreeSet<PetId>) -> bool {
    let once: BTreeSet<PetId> = shown.iter().copied().collect();
    once.len() == shown.len() && there.is_subset(&once)
}

#[test]
fn a_look_shows_what_was_put_in() {
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    for _ in 0..200 {
        let pin = proptest::strategy::ValueTree::current(&pin().new_tree(&mut runner).unwrap());
        let mut pet_index = PetIndex::default();

        pet_index.put(&pin);

        let mut seen = Vec::new();
        pet_index.each(&IndexFilter::default(), |look| {
            assert_eq!(
                (look.id(), look.kind(), look.status(), look.species()),
                (pin.id, pin.kind, pin.status, pin.species)
            );
            assert_eq!(
                (look.sex(), look.altered(), look.size(), look.age_group()),
                (pin.sex, pin.altered, pin.size, pin.age_group)
            );
            assert_eq!(
                (look.coat(), look.pattern(), look.colors()),
                (pin.coat, pin.pattern, pin.colors)
            );
            assert_eq!(
                (look.microchipped(), look.urgent(), look.breed_mixed()),
                (pin.microchipped, pin.urgent, pin.breed_mixed)
            );
            assert_eq!(
                (look.breed_primary(), look.breed_secondary()),
                (pin.breed_primary.as_deref(), pin.breed_secondary.as_deref())
            );
            assert_eq!(
                (look.name(), look.place_label(), look.shelter_id()),
                (pin.name.as_deref(), pin.place_label.as_str(), pin.shelter_id)
            );
            assert_eq!(
                (look.point(), look.seen_at(), look.reported_at()),
                (pin.point, pin.seen_at, pin.reported_at)
            );
            seen.push(look.pin());
        });
        assert_eq!(seen, [pin]);
    }
}
