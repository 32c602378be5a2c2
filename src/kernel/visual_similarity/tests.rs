use proptest::prelude::*;

use super::{
    pictures::{Dice, PLAIN, Scene, View},
    *,
};

fn hash(scene: &Scene, view: View) -> PhotoHash {
    PhotoHash::of(&scene.seen(view)).expect("a scene is not plain")
}

/// A tenth cropped off: all of it on one side, or split between two.
fn any_cut() -> impl Strategy<Value = [f32; 4]> {
    let both = |share: f32| [share / 2.0; 2];
    prop_oneof![
        Just([0.0; 4]),
        (0..4_usize).prop_map(|side| std::array::from_fn(|at| if at == side { 0.1 } else { 0.0 })),
        (0.0..0.1_f32, 0.0..0.1_f32).prop_map(move |(across, down)| {
            let ([left, right], [top, bottom]) = (both(across), both(down));
            [left, right, top, bottom]
        }),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn a_copy_is_recognised(
        seed in any::<u64>(), cut in any_cut(), is_mirrored: bool, brighter in -15.0..15.0_f32, noise in 0..6_u64,
    ) {
        let scene = Scene::new(seed);
        let copy = hash(&scene, View { cut, is_mirrored, brighter, noise });
        let original = hash(&scene, PLAIN);

        let apart = original.bits_apart(&copy);

        prop_assert!(apart <= SAME_PICTURE, "{apart}");
        prop_assert_eq!(apart, copy.bits_apart(&original));
    }

    #[test]
    fn another_picture_is_not_taken_for_a_copy(seed in any::<u32>()) {
        let (one, other) = (hash(&Scene::new(seed.into()), PLAIN), hash(&Scene::new(u64::from(seed) + 1), PLAIN));

        prop_assert!(SAME_PICTURE < one.bits_apart(&other), "{}", one.bits_apart(&other));
    }
}

/// Any valid hash.
fn any_hash(dice: &mut Dice) -> PhotoHash {
    let bytes: Vec<u8> = (0..HASH_BYTES).map(|_| dice.next() as u8).collect();
    PhotoHash::from_bytes(&bytes).unwrap()
}

/// The same hash with some bits of every window flipped.
fn nearly(hash: &PhotoHash, bits: u64, dice: &mut Dice) -> PhotoHash {
    let mut bytes = hash.to_bytes();
    for window in bytes.chunks_mut(16) {
        for _ in 0..bits {
            let bit = dice.next() as usize % 128;
            window[bit / 8] ^= 1 << (bit % 8);
        }
    }
    PhotoHash::from_bytes(&bytes).unwrap()
}

proptest! {
    #[test]
    fn the_index_finds_what_a_plain_scan_finds(seed in any::<u64>(), photos in 0..5_000_usize, gone in 0..400_u64, most in 1..9_usize) {
        let mut dice = Dice::new(seed);
        let pictures: Vec<PhotoHash> = (0..40).map(|_| any_hash(&mut dice)).collect();
        let mut photos: Vec<(u64, PhotoHash)> = (0..photos)
            .map(|_| (dice.next() % 400, nearly(&pictures[dice.next() as usize % 40], dice.next() % 4, &mut dice)))
            .collect();
        let mut index = HashIndex::default();
        photos.iter().for_each(|(key, hash)| index.put(*key, (), *hash));
        index.remove(&gone);
        photos.retain(|(key, _)| *key != gone);
        index.put(gone, (), pictures[0]);
        photos.push((gone, pictures[0]));
        let query = nearly(&pictures[0], 3, &mut dice);

        let found = index.nearest(&query, SAME_PICTURE, most, |key, ()| key % 3 != 0);

        let mut expected: Vec<(u64, u32)> = Vec::new();
        for key in (0..400).filter(|key| key % 3 != 0) {
            let own = photos.iter().filter(|(of, _)| *of == key);
            let nearest = own.map(|(_, photo)| query.bits_apart(photo)).min();
            expected.extend(nearest.filter(|apart| *apart <= SAME_PICTURE).map(|apart| (key, apart)));
        }
        expected.sort_by_key(|(key, apart)| (*apart, std::cmp::Reverse(*key)));
        expected.truncate(most);
        prop_assert_eq!(found, expected);
        prop_assert_eq!(index.len(), photos.len());
    }
}

#[test]
fn what_is_too_plain_has_no_fingerprint() {
    let square = |brightness: fn(usize, usize) -> u8| -> Vec<u8> {
        (0..SIDE * SIDE).map(|at| brightness(at % SIDE, at / SIDE)).collect()
    };
    assert_eq!(PhotoHash::of(&square(|_, _| 200)), None);
    assert_eq!(PhotoHash::of(&square(|x, _| (x * 3) as u8)), None);
    assert_eq!(PhotoHash::of(&square(|x, y| (x + y) as u8)), None);
    assert_eq!(PhotoHash::of(&Scene::new(1).seen(PLAIN)[1..]), None);
}

#[test]
fn a_fingerprint_is_stored_whole() {
    let hash = hash(&Scene::new(5), PLAIN);

    let bytes = hash.to_bytes();

    assert_eq!(bytes.len(), HASH_BYTES);
    assert_eq!(PhotoHash::from_bytes(&bytes), Some(hash));
    assert_eq!(PhotoHash::from_bytes(&bytes[1..]), None);
    assert_eq!(PhotoHash::from_bytes(&[]), None);
}

#[test]
fn similarity_falls_from_the_same_to_nothing_in_common() {
    assert_eq!([0, SAME_PICTURE, 64, 128].map(similarity), [1.0, 0.5, 0.0, 0.0]);
}
