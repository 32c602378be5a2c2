//! Properties of the score that hold for any pair of reports.

use entity::vocabulary::{Color, MatchBand};
use proptest::{option, prelude::*, sample::select};

use super::*;
use geometry::destination;

mod examples;

const DAY: i64 = 86_400_000;

/// A report with only species, place and time.
fn silent(kind: PetKind) -> Subject {
    Subject {
        id: Uuid::from_u128(kind as u128),
        kind,
        species: Species::Dog,
        name: None,
        breed_primary: None,
        breed_secondary: None,
        mixed: false,
        sex: Sex::Unknown,
        altered: Altered::Unknown,
        size: PetSize::Unknown,
        age_group: AgeGroup::Unknown,
        coat: CoatLength::Unknown,
        colors: ColorSet::default(),
        pattern: CoatPattern::Unknown,
        markings: None,
        collar: None,
        description: None,
        weight_grams: None,
        microchip: None,
        second_microchip: None,
        point: Some(Point::new(47.6, -122.3).unwrap()),
        precision: PlacePrecision::Point,
        address: None,
        seen_at: Timestamp(1_700_000_000_000),
    }
}

fn pair() -> (Subject, Subject) {
    (silent(PetKind::Lost), silent(PetKind::Found))
}

/// The weight of one factor; `None` if it was not compared.
fn weight(lost: &Subject, other: &Subject, name: &str) -> Option<f64> {
    let scored = score(lost, other).expect("near and fresh");
    scored
        .factors
        .iter()
        .find(|factor| factor.name == name)
        .map(|factor| factor.weight)
}

fn text() -> impl Strategy<Value = Option<String>> {
    let words = select(vec![
        "white left front paw",
        "white right front paw",
        "scar on nose, docked tail",
        "red collar",
        "chip 982000123456789",
        "982000123456789",
        "Biscuit",
        "unknown",
        "Labrador Retriever",
        "Domestic Shorthair",
        "",
        "…",
        "no collar",
        "sweet girl, brown tabby, green collar",
        "he is black with a white left front paw",
    ]);
    option::of(prop_oneof![3 => words.prop_map(str::to_owned), 1 => ".{0,30}"])
}

fn chip() -> impl Strategy<Value = Option<String>> {
    option::of(select(vec!["982000123456789", "982000123456788", "0A1B2C3D4E", ""]).prop_map(str::to_owned))
}

fn evidence() -> impl Strategy<Value = Option<PhotoEvidence>> {
    let cosine = option::of(prop_oneof![4 => -1.0..1.0_f32, 1 => any::<f32>()]);
    option::of((cosine, any::<bool>()).prop_map(|(cosine, is_copy)| PhotoEvidence { cosine, is_copy }))
}

prop_compose! {
    fn body()(
        sex in select(vec![Sex::Female, Sex::Male, Sex::Unknown]),
        altered in select(vec![Altered::Yes, Altered::No, Altered::Unknown]),
        size in select(vec![PetSize::ExtraSmall, PetSize::Small, PetSize::Medium, PetSize::Large, PetSize::Unknown]),
        age_group in select(vec![AgeGroup::Baby, AgeGroup::Young, AgeGroup::Adult, AgeGroup::Senior, AgeGroup::Unknown]),
        coat in select(vec![CoatLength::Hairless, CoatLength::Short, CoatLength::Long, CoatLength::Wire, CoatLength::Unknown]),
        colors in 0..2048_i32,
        pattern in select(vec![CoatPattern::Solid, CoatPattern::Tuxedo, CoatPattern::Tabby, CoatPattern::Torbie, CoatPattern::Unknown]),
        weight_grams in option::of(any::<i32>()),
        mixed: bool,
    ) -> Subject {
        let colors = ColorSet(colors);
        Subject { sex, altered, size, age_group, coat, colors, pattern, weight_grams, mixed, ..silent(PetKind::Lost) }
    }
}

prop_compose! {
    /// Any report of this kind.
    fn subject(kind: PetKind)(
        body in body(),
        species in select(vec![Species::Dog, Species::Dog, Species::Cat, Species::Bird]),
        texts in (text(), text(), text(), text(), text(), text()),
        microchip in chip(),
        point in option::of((-90.0..=90.0, -180.0..=180.0)),
        precision in select(vec![
            PlacePrecision::Point, PlacePrecision::Postcode, PlacePrecision::City, PlacePrecision::Shelter, PlacePrecision::Unresolved,
        ]),
        address in option::of(select(vec!["12 Elm St in Austin (TX)", "ELM STREET", "Oak Ave & Elm St", "Austin, TX"])),
        kind in select(match kind {
            PetKind::Lost => vec![PetKind::Lost],
            _ => vec![kind, PetKind::Sheltered],
        }),
        seen_at in prop_oneof![4 => -100 * DAY..100 * DAY, 1 => any::<i64>()],
    ) -> Subject {
        let (name, breed_primary, breed_secondary, markings, collar, description) = texts;
        let point = point.map(|(latitude, longitude)| Point::new(latitude, longitude).unwrap());
        Subject {
            kind, species, name, breed_primary, breed_secondary, markings, collar, description, microchip, point, precision, address: address.map(str::to_owned),
            seen_at: Timestamp(seen_at), ..body
        }
    }
}

/// Makes one field of [`FORGETTABLE`] unknown.
fn forget(subject: &mut Subject, field: usize) {
    match field {
        0 => (subject.sex, subject.description) = (Sex::Unknown, None),
        1 => subject.altered = Altered::Unknown,
        2 => (subject.size, subject.weight_grams) = (PetSize::Unknown, None),
        3 => subject.age_group = AgeGroup::Unknown,
        4 => subject.coat = CoatLength::Unknown,
        5 => (subject.colors, subject.description) = (ColorSet::default(), None),
        6 => (subject.pattern, subject.description) = (CoatPattern::Unknown, None),
        7 => (subject.breed_primary, subject.breed_secondary) = (None, None),
        8 => (subject.markings, subject.collar, subject.description) = (None, None, None),
        9 => subject.name = None,
        10 => subject.point = None,
        11 => subject.address = None,
        _ => subject.microchip = None,
    }
}

const FORGETTABLE: [&str; 13] = [
    "sex",
    "altered",
    "size",
    "age",
    "coat",
    "color",
    "pattern",
    "breed",
    "marks",
    "name",
    "distance",
    "street",
    "microchip",
];

proptest! {
    #[test]
    fn a_score_is_the_finite_sum_of_its_factors(lost in subject(PetKind::Lost), other in subject(PetKind::Found)) {
        if let Some(scored) = score(&lost, &other) {
            prop_assert!(scored.score.is_finite());
            let sum: f64 = scored.factors.iter().map(|factor| factor.weight).sum();
            prop_assert_eq!(scored.score, sum);
            let order: Vec<_> = scored.factors.iter().map(|factor| FACTOR_NAMES.iter().position(|name| *name == factor.name)).collect();
            prop_assert!(order.is_sorted() && order.iter().all(Option::is_some));
        }
    }

    #[test]
    fn equal_chips_always_give_a_chip_match(mut lost in subject(PetKind::Lost), mut other in subject(PetKind::Sheltered), is_second: bool) {
        other.microchip = Some("982000123456789".into());
        lost.second_microchip = other.microchip.clone().filter(|_| is_second);
        lost.microchip = if is_second { Some("982000123456788".into()) } else { other.microchip.clone() };
        let scored = score(&lost, &other).unwrap();
        prop_assert!(scored.same_chip);
        prop_assert_eq!(standing(scored.score, scored.same_chip, Rivals { exclusive: &[99.0], ..Rivals::default() }, 0).band, MatchBand::Chip);
        let is_flagged = scored.factors.iter().any(|factor| factor.explanation.starts_with("The species differ"));
        prop_assert_eq!(is_flagged, lost.species != other.species);
        prop_assert!(in_ring(&lost, &other));
    }

    #[test]
    fn no_explanation_holds_a_chip_number(lost in subject(PetKind::Lost), other in subject(PetKind::Found)) {
        for factor in score(&lost, &other).into_iter().flat_map(|scored| scored.factors) {
            let said: String = factor.explanation.to_uppercase().chars().filter(|letter| letter.is_alphanumeric()).collect();
            for number in [&lost.microchip, &other.microchip].into_iter().flatten().filter(|number| !number.is_empty()) {
                prop_assert!(!said.contains(number.as_str()), "{}", factor.explanation);
            }
        }
    }

    #[test]
    fn what_is_unknown_on_either_side_is_no_factor(lost in subject(PetKind::Lost), other in subject(PetKind::Found), field in 0..FORGETTABLE.len()) {
        for (forgets_lost, forgets_other) in [(true, false), (false, true), (true, true)] {
            let (mut lost, mut other) = (lost.clone(), other.clone());
            if forgets_lost { forget(&mut lost, field) }
            if forgets_other { forget(&mut other, field) }
            if let Some(scored) = score(&lost, &other) {
                prop_assert!(scored.factors.iter().all(|factor| factor.name != FORGETTABLE[field]));
            }
        }
    }

    #[test]
    fn to_forget_what_agreed_never_raises(lost in subject(PetKind::Lost), field in 0..FORGETTABLE.len()) {
        let mut other = Subject { kind: PetKind::Found, ..lost.clone() };
        let Some(full) = score(&lost, &other) else { return Ok(()) };
        forget(&mut other, field);
        if let Some(less) = score(&lost, &other) {
            prop_assert!(less.score <= full.score + 1e-9);
        }
    }

    #[test]
    fn farther_never_scores_more(other in subject(PetKind::Found), bearing in 0.0..360.0, near in 0.0..200_000.0, more in 0.0..200_000.0) {
        let home = Point::new(47.6, -122.3).unwrap();
        let lost = Subject { kind: PetKind::Lost, point: Some(home), ..other.clone() };
        let at = |meters| Subject { point: Some(destination(home, bearing, meters)), ..other.clone() };
        let total = |meters| score(&lost, &at(meters)).map_or(f64::NEG_INFINITY, |scored| scored.score);
        prop_assert!(total(near + more) <= total(near) + 1e-9);
    }

    #[test]
    fn later_never_scores_more(other in subject(PetKind::Found), days in 0..400_i64, more in 0..400_i64) {
        let lost = Subject { kind: PetKind::Lost, seen_at: Timestamp(0), ..other.clone() };
        let total = |days| score(&lost, &Subject { seen_at: Timestamp(days * DAY), age_group: AgeGroup::Unknown, ..other.clone() }).unwrap().score;
        prop_assert!(total(days + more) <= total(days) + 1e-9);
    }

    #[test]
    fn what_two_reports_say_of_one_animal_may_be_exchanged(lost in subject(PetKind::Lost), mut other in subject(PetKind::Found)) {
        other.species = lost.species;
        let exchanged = |own: &Subject, from: &Subject| Subject {
            kind: own.kind, point: own.point, seen_at: own.seen_at, precision: own.precision, ..from.clone()
        };
        let total = |lost: &Subject, other: &Subject| score(lost, other).map(|scored| scored.score);
        let (before, after) = (total(&lost, &other), total(&exchanged(&lost, &other), &exchanged(&other, &lost)));
        prop_assert_eq!(before.is_some(), after.is_some());
        prop_assert!(before.zip(after).is_none_or(|(before, after)| (before - after).abs() < 1e-9), "{:?} {:?}", before, after);
        prop_assert!((resemblance(&lost, &other) - resemblance(&other, &lost)).abs() < 1e-9);
    }

    #[test]
    fn likelihood_grows_with_the_score_and_falls_with_rivals(score in -20.0..30.0_f64, more in 0.0..10.0_f64, exclusive in prop::collection::vec(-20.0..30.0_f64, 0..40), compatible in prop::collection::vec(-20.0..30.0_f64, 0..40), rival in -20.0..30.0_f64, around in 0..100_000_u32) {
        let of = |score, exclusive: &[f64], compatible: &[f64], around| standing(score, false, Rivals { exclusive, compatible }, around);
        let before = of(score, &exclusive, &compatible, around);
        prop_assert!((0.0..=1.0).contains(&before.likelihood));
        let better = of(score + more, &exclusive, &compatible, around);
        prop_assert!(before.likelihood <= better.likelihood && before.band <= better.band);
        let with = |rivals: &[f64]| [rivals, &[rival]].concat();
        for less in [
            of(score, &exclusive, &compatible, around + 1),
            of(score, &with(&exclusive), &compatible, around),
            of(score, &exclusive, &with(&compatible), around),
        ] {
            prop_assert!(less.likelihood <= before.likelihood && less.band <= before.band);
        }
    }

    #[test]
    fn the_order_of_colors_does_nothing(mut colors in prop::collection::vec(select(vec![Color::Black, Color::White, Color::Tan, Color::Red]), 1..4), theirs in 1..2048_i32) {
        let (mut lost, mut other) = pair();
        other.colors = ColorSet(theirs);
        lost.colors = colors.iter().copied().collect();
        let before = score(&lost, &other);
        colors.reverse();
        lost.colors = colors.into_iter().collect();
        prop_assert_eq!(score(&lost, &other), before);
    }

    #[test]
    fn a_ring_asks_for_everything_that_is_in_the_ring(mut lost in subject(PetKind::Lost), mut other in subject(PetKind::Found), bearing in 0.0..360.0, meters in 0.0..120_000.0) {
        let here = lost.point.get_or_insert(Point::new(0.0, 179.9).unwrap());
        other.point = Some(destination(*here, bearing, meters));
        for (ring, candidate) in [(Ring::around_lost(&lost), &other), (Ring::around_other(&other), &lost)] {
            let holds = |bounds: Option<geometry::Bounds>, (from, to): (Timestamp, Timestamp)| {
                bounds.zip(candidate.point).is_some_and(|(bounds, point)| bounds.contains(point))
                    && (from..=to).contains(&candidate.seen_at)
            };
            let asked = holds(ring.near, ring.any_time)
                || holds(ring.far, ring.fresh)
                || (ring.microchip.is_some() && ring.microchip == candidate.microchip);
            prop_assert!(asked || !in_ring(&lost, &other));
        }
    }

    #[test]
    fn no_pair_scores_more_than_the_sketch_of_a_side_allows(mut lost in subject(PetKind::Lost), mut other in subject(PetKind::Found), photo in evidence()) {
        (lost.microchip, other.microchip, other.species) = (None, None, lost.species);
        let photos = photo.map_or(0.0, |photo| photo.weight().max(0.0));
        let most = UpperBound::of(&lost).with(&Sketch::of(&other)).min(UpperBound::of(&other).with(&Sketch::of(&lost))) + photos;
        if let Some(scored) = score_with(&lost, &other, photo) {
            prop_assert!(scored.score <= most, "{} > {most}", scored.score);
        }
    }

    #[test]
    fn a_score_survives_being_stored(lost in subject(PetKind::Lost), other in subject(PetKind::Found)) {
        if let Some(scored) = score(&lost, &other) {
            let stored = serde_json::to_string(&scored).unwrap();
            let read: Scored = serde_json::from_str(&stored).unwrap();
            prop_assert_eq!(read.same_chip, scored.same_chip);
            prop_assert_eq!(read.factors.len(), scored.factors.len());
            for (read, written) in read.factors.iter().zip(&scored.factors) {
                prop_assert_eq!((read.name, &read.explanation), (written.name, &written.explanation));
                prop_assert!((read.weight - written.weight).abs() < 1e-9);
            }
        }
    }
}
