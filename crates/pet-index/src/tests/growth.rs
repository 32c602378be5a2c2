//! An index that grows a lot, as during a large import.

use proptest::{
    strategy::{Strategy, ValueTree},
    test_runner::TestRunner,
};
use uuid::Uuid;

use super::{
    super::{Everybody, IndexFilter, LivePetIndex, Most, PetIndex, Pin},
    worlds::{both_states, built, filter, open_filter, pin, whole_world},
};
use entity::id::PetId;

const EVERYTHING: Most = Most {
    clusters: usize::MAX,
    pins: usize::MAX,
};

/// Different reports.
fn pins(count: u128, runner: &mut TestRunner) -> Vec<Pin> {
    let id = |number: u128| {
        PetId(Uuid::from_u128(
            (number + 1).wrapping_mul(0x0123_4567_89ab_cdef_fedc_ba98_7654_3211),
        ))
    };
    (0..count)
        .map(|number| Pin {
            id: id(number),
            ..pin().new_tree(runner).unwrap().current()
        })
        .collect()
}

fn assert_same(one: &PetIndex, other: &PetIndex, filter: &IndexFilter) {
    for zoom in [0, 5, 9, 13, 16, 17] {
        let drawn = |pet_index: &PetIndex| {
            let drawing = pet_index.draw(&whole_world(), zoom, filter, EVERYTHING);
            let pins: Vec<PetId> = drawing.pins.iter().map(|pin| pin.id()).collect();
            (drawing.total, drawing.clusters, pins)
        };
        assert_eq!(drawn(one), drawn(other));
    }
    assert_eq!(one.count(filter), other.count(filter));
}

#[test]
fn an_index_that_grew_a_lot_shows_what_one_built_in_one_go_does() {
    let mut runner = TestRunner::deterministic();
    let pins = pins(7_000, &mut runner);
    let mut pet_index = PetIndex::default();
    for pin in &pins {
        pet_index.put(pin);
    }
    assert!(pet_index.is_scattered() && !pet_index.is_worn());

    let anew = built(&pins);
    assert!(!anew.is_scattered());
    for filter in [IndexFilter::default(), open_filter(), both_states()] {
        assert_same(&pet_index, &anew, &filter);
    }
    for _ in 0..20 {
        assert_same(&pet_index, &anew, &filter().new_tree(&mut runner).unwrap().current());
    }
}

#[test]
fn a_growing_index_is_laid_out_anew_once_it_rests_and_only_then() {
    let mut live_index = LivePetIndex::new(PetIndex::builder().finish());
    let pins = pins(7_000, &mut TestRunner::deterministic());
    for pin in &pins {
        live_index.take_in(pin.id, Some(pin.clone()), false);
        assert!(live_index.renewed().is_none());
    }

    let renewed = (0..100).find_map(|_| live_index.renewed()).unwrap();

    assert!((0..100).all(|_| renewed.renewed().is_none()));
    assert_eq!(renewed.last_change(), live_index.last_change());
    assert_same(
        renewed.pet_index(Everybody),
        live_index.pet_index(Everybody),
        &open_filter(),
    );
}
