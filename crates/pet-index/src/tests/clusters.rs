//! Drawing viewports.

use proptest::prelude::*;

use super::{
    super::{Drawing, IndexFilter, Most, PetIndex, Pin},
    oracle::{Oracle, Picture},
    worlds::{Step, World, both_states, bounds, built, filter, open_filter, pin, steps, whole_world, world},
};
use geometry::Bounds;

const EVERYTHING: Most = Most {
    clusters: usize::MAX,
    pins: usize::MAX,
};

fn picture(drawing: Drawing<'_>) -> Picture {
    let Drawing {
        zoom,
        clusters,
        pins,
        total,
    } = drawing;
    let pins = pins.iter().map(|pin| pin.id()).collect();
    Picture {
        zoom,
        clusters,
        pins,
        total,
    }
}

fn take(pet_index: &mut PetIndex, world: &mut World, step: &Step) {
    match step {
        Step::Put(pin) => assert_eq!(pet_index.put(pin), world.insert(pin.id, pin.clone())),
        Step::Remove(id) => assert_eq!(pet_index.remove(*id), world.remove(id)),
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn what_came_before_does_not_show(first in world(150), steps in steps(250)) {
        let (mut pet_index, mut world) = (built(first.values()), first);

        for step in &steps {
            take(&mut pet_index, &mut world, step);
        }

        let (oracle, anew) = (Oracle::of(&world), built(world.values().rev()));
        prop_assert_eq!(pet_index.len(), world.len());
        for zoom in 0..=18 {
            let expected = oracle.draw(&whole_world(), zoom, &IndexFilter::default(), EVERYTHING);
            for pet_index in [&pet_index, &anew, &pet_index.rebuilt()] {
                prop_assert_eq!(&picture(pet_index.draw(&whole_world(), zoom, &IndexFilter::default(), EVERYTHING)), &expected);
            }
        }
        for pin in world.values() {
            prop_assert_eq!(pet_index.get(pin.id), Some(pin.clone()));
        }
    }

    #[test]
    fn every_step_leaves_the_clusters_that_the_set_has(steps in steps(120)) {
        let (mut pet_index, mut world) = (PetIndex::default(), World::new());
        for step in &steps {
            take(&mut pet_index, &mut world, step);
            let oracle = Oracle::of(&world);
            for zoom in [0, 2, 7, 12, 15, 16] {
                let drawing = pet_index.draw(&whole_world(), zoom, &IndexFilter::default(), EVERYTHING);
                prop_assert_eq!(picture(drawing), oracle.draw(&whole_world(), zoom, &IndexFilter::default(), EVERYTHING));
            }
        }
    }

    #[test]
    fn a_viewport_shows_what_a_scan_finds(
        world in world(250), bounds in bounds(), zoom in 0..20_u32, filter in filter(),
    ) {
        let (pet_index, oracle) = (built(world.values()), Oracle::of(&world));
        for filter in [&filter, &IndexFilter::default(), &open_filter()] {
            let drawing = pet_index.draw(&bounds, zoom, filter, EVERYTHING);
            prop_assert_eq!(picture(drawing), oracle.draw(&bounds, zoom, filter, EVERYTHING));
        }
    }

    #[test]
    fn what_was_gathered_through_a_sieve_is_right_for_other_viewports_and_forgotten_with_a_change(
        mut world in world(150), steps in steps(12), bounds in bounds(), zoom in 0..10_u32, filter in filter(), clusters in 0..30_usize,
    ) {
        let mut pet_index = built(world.values());
        let closed_sets = IndexFilter { kinds: filter.kinds.clone(), species: filter.species.clone(), sexes: filter.sexes.clone(), ..IndexFilter::default() };
        let some = Most { clusters, pins: clusters };
        for step in &steps {
            take(&mut pet_index, &mut world, step);
            let oracle = Oracle::of(&world);
            for (bounds, most) in [(whole_world(), EVERYTHING), (bounds, EVERYTHING), (bounds, some)] {
                let drawing = pet_index.draw(&bounds, zoom, &closed_sets, most);
                prop_assert_eq!(picture(drawing), oracle.draw(&bounds, zoom, &closed_sets, most));
            }
        }
    }

    #[test]
    fn where_there_is_too_much_a_coarser_zoom_is_drawn(
        world in world(250), bounds in bounds(), zoom in 0..20_u32, filter in filter(), clusters in 0..30_usize, pins in 0..60_usize,
    ) {
        let (pet_index, oracle, most) = (built(world.values()), Oracle::of(&world), Most { clusters, pins });
        for filter in [&filter, &IndexFilter::default(), &open_filter()] {
            let drawing = pet_index.draw(&bounds, zoom, filter, most);
            prop_assert_eq!(picture(drawing), oracle.draw(&bounds, zoom, filter, most));
        }
    }

    #[test]
    fn counts_add_up_to_all_placed_reports_at_every_zoom(world in world(250)) {
        let pet_index = built(world.values());
        let placed = world.values().filter(|pin| pin.point.is_some()).count();
        for zoom in 0..=22 {
            let drawing = pet_index.draw(&whole_world(), zoom, &IndexFilter::default(), EVERYTHING);
            let kinds: u32 = drawing.clusters.iter().flat_map(|cluster| cluster.counts).sum();
            prop_assert_eq!(kinds as usize + drawing.pins.len(), placed);
            prop_assert_eq!(drawing.total, placed);
        }
    }

    #[test]
    fn a_sieve_that_lets_everything_pass_draws_as_none(world in world(250), bounds in bounds(), zoom in 0..20_u32) {
        let pet_index = built(world.values());
        let without = picture(pet_index.draw(&bounds, zoom, &IndexFilter::default(), EVERYTHING));
        for filter in [open_filter(), both_states()] {
            prop_assert_eq!(&picture(pet_index.draw(&bounds, zoom, &filter, EVERYTHING)), &without);
        }
    }

    #[test]
    fn a_cluster_parts_at_its_expansion_zoom_and_not_before(world in world(250), zoom in 0..17_u32) {
        let pet_index = built(world.values());
        for cluster in pet_index.draw(&whole_world(), zoom, &IndexFilter::default(), EVERYTHING).clusters {
            let shown_at = |zoom: u32| {
                let drawing = pet_index.draw(&whole_world(), zoom, &IndexFilter::default(), EVERYTHING);
                drawing.clusters.iter().any(|other| (other.center, other.counts) == (cluster.center, cluster.counts))
            };
            prop_assert!(shown_at(cluster.expansion_zoom - 1));
            prop_assert!(cluster.expansion_zoom == 17 || !shown_at(cluster.expansion_zoom));
        }
    }
}

/// Reports at one position or within a few metres of it.
fn heap() -> impl Strategy<Value = Vec<Pin>> {
    prop::collection::vec(pin(), 200..260).prop_map(|pins| {
        let home = geometry::Point::new(30.27, -97.74).unwrap();
        let nearby = geometry::Point::new(30.270_04, -97.74).unwrap();
        let placed = pins.into_iter().enumerate();
        placed
            .map(|(number, pin)| Pin {
                point: Some(if number % 5 == 0 { nearby } else { home }),
                ..pin
            })
            .collect()
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn a_heap_may_grow_and_shrink(pins in heap()) {
        let (mut pet_index, mut world) = (PetIndex::default(), World::new());
        for pin in &pins {
            take(&mut pet_index, &mut world, &Step::Put(pin.clone()));
        }
        for pin in pins.iter().step_by(2) {
            take(&mut pet_index, &mut world, &Step::Remove(pin.id));
        }
        let oracle = Oracle::of(&world);
        for zoom in 0..=18 {
            let drawing = pet_index.draw(&whole_world(), zoom, &IndexFilter::default(), EVERYTHING);
            prop_assert_eq!(picture(drawing), oracle.draw(&whole_world(), zoom, &IndexFilter::default(), EVERYTHING));
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(4))]

    #[test]
    fn a_worn_atlas_is_as_good_as_new_once_it_is_rebuilt(pins in prop::collection::vec(pin(), 300)) {
        let mut pet_index = built(&pins);
        let before = pet_index.memory_bytes();
        prop_assert!(!pet_index.is_worn());
        while !pet_index.is_worn() {
            for (number, pin) in pins.iter().enumerate() {
                let name = Some(format!("Biscuit {number} {before}"));
                pet_index.put(&Pin { name, point: None, ..pin.clone() });
                pet_index.put(pin);
            }
        }

        let anew = pet_index.rebuilt();

        prop_assert!(!anew.is_worn());
        prop_assert!(before < pet_index.memory_bytes() && anew.memory_bytes() <= before);
        prop_assert_eq!(anew.len(), pet_index.len());
        prop_assert!(pins.iter().all(|pin| anew.get(pin.id) == pet_index.get(pin.id)));
    }
}

#[test]
fn an_empty_atlas_draws_nothing() {
    let pet_index = PetIndex::default();
    for zoom in [0, 16, 17, 22, u32::MAX] {
        let drawing = pet_index.draw(&whole_world(), zoom, &IndexFilter::default(), EVERYTHING);
        assert_eq!((drawing.total, drawing.zoom), (0, zoom));
    }
    assert!(pet_index.is_empty() && !pet_index.is_worn());
}

#[test]
fn what_lies_at_a_pole_is_drawn_on_the_edge_of_the_map() {
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    let mut at = |latitude: f64, longitude: f64| {
        let pin = pin().new_tree(&mut runner).unwrap();
        let point = Some(geometry::Point::new(latitude, longitude).unwrap());
        Pin {
            point,
            ..proptest::strategy::ValueTree::current(&pin)
        }
    };
    let pet_index = built(&[at(90.0, 179.9), at(89.0, -179.9), at(-90.0, 0.0)]);

    let north = Bounds::new(86.0, 170.0, 90.0, -170.0).unwrap();
    let drawing = pet_index.draw(&north, 3, &IndexFilter::default(), EVERYTHING);
    assert_eq!((drawing.clusters.len(), drawing.total), (1, 2));
    assert!(179.999_999 < drawing.clusters[0].center.longitude.abs());

    let drawing = pet_index.draw(&north, 16, &IndexFilter::default(), EVERYTHING);
    assert_eq!((drawing.pins.len(), drawing.total), (2, 2));
}
