//! Properties of the score that hold for any pair of reports.

use entity::vocabulary::{Color, MatchBand};
use proptest::{option, prelude::*, sample::select};

use super::*;
use geometry::destination;

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
        seen_at in prop_oneof![4 => -100 * DAY..100 * DAY, 1 => any::<i64>()],
    ) -> Subject {
        let (name, breed_primary, breed_secondary, markings, collar, description) = texts;
        let point = point.map(|(latitude, longitude)| Point::new(latitude, longitude).unwrap());
        Subject {
            kind, species, name, breed_primary, breed_secondary, markings, collar, description, microchip, point, precision,
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
        _ => subject.microchip = None,
    }
}

const FORGETTABLE: [&str; 12] = [
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
        prop_assert_eq!(standing(scored.score, scored.same_chip, &[99.0]).band, MatchBand::Chip);
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
    fn likelihood_grows_with_the_score_and_falls_with_rivals(score in -20.0..30.0_f64, more in 0.0..10.0_f64, mut rivals in prop::collection::vec(-20.0..30.0_f64, 0..40), rival in -20.0..30.0_f64) {
        let of = |score, rivals: &[f64]| standing(score, false, rivals);
        let before = of(score, &rivals);
        prop_assert!((0.0..=1.0).contains(&before.likelihood));
        prop_assert!(before.likelihood <= of(score + more, &rivals).likelihood && before.band <= of(score + more, &rivals).band);
        rivals.push(rival);
        prop_assert!(of(score, &rivals).likelihood <= before.likelihood && of(score, &rivals).band <= before.band);
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
        let sketch = |of: &Subject| Subject { markings: None, collar: None, description: None, weight_grams: None, ..of.clone() };
        let most = at_most_with(&lost, &sketch(&other), photo).min(at_most_with(&other, &sketch(&lost), photo));
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

#[test]
fn only_a_lost_and_another_report_are_a_pair() {
    let (lost, found) = pair();
    assert!(score(&lost, &found).is_some());
    assert_eq!(score(&found, &lost), None);
    assert_eq!(score(&lost, &lost), None);
    assert!(!in_ring(&found, &lost) && !in_ring(&lost, &lost));
}

#[test]
fn another_species_or_a_find_long_before_the_loss_is_out() {
    let (lost, mut found) = pair();
    found.species = Species::Cat;
    assert_eq!(score(&lost, &found), None);

    found.species = Species::Dog;
    found.seen_at = Timestamp(lost.seen_at.0 - 14 * DAY);
    assert_eq!(weight(&lost, &found, "time"), Some(-1.0));
    found.seen_at = Timestamp(lost.seen_at.0 - 14 * DAY - 1);
    assert_eq!(score(&lost, &found), None);
}

#[test]
fn a_cat_may_take_longer_than_a_dog() {
    let (mut lost, mut found) = pair();
    found.seen_at = Timestamp(lost.seen_at.0 + 45 * DAY);
    let dog = weight(&lost, &found, "time").unwrap();
    (lost.species, found.species) = (Species::Cat, Species::Cat);
    assert!(dog < weight(&lost, &found, "time").unwrap());
}

#[test]
fn a_town_or_a_shelter_says_next_to_nothing_of_the_place_and_says_so() {
    let (lost, mut found) = pair();
    for precision in [PlacePrecision::City, PlacePrecision::Shelter] {
        found.precision = precision;
        let scored = score(&lost, &found).unwrap();
        let distance = scored.factors.iter().find(|factor| factor.name == "distance").unwrap();
        assert_eq!(distance.weight, 0.5);
        assert!(
            distance.explanation.ends_with("only the town or the shelter is known."),
            "{}",
            distance.explanation
        );
    }
}

#[test]
fn places_nearer_than_a_third_of_a_mile_cannot_be_told_apart() {
    let (lost, mut found) = pair();
    let home = lost.point.unwrap();
    let near = score(&lost, &found);
    found.point = Some(destination(home, 40.0, 450.0));
    assert_eq!(score(&lost, &found), near);
    found.point = Some(destination(home, 40.0, 700.0));
    let scored = score(&lost, &found).unwrap();
    assert!(
        scored
            .factors
            .iter()
            .any(|factor| factor.explanation == "Seen about 0.4 miles apart."),
        "{scored:?}"
    );
}

#[test]
fn a_better_description_ranks_higher() {
    let (mut lost, mut found) = pair();
    lost.sex = Sex::Female;
    lost.breed_primary = Some("Beagle".into());
    lost.markings = Some("White left front paw, torn right ear".into());
    let total = |found: &Subject| score(&lost, found).unwrap().score;

    let silent = total(&found);
    found.sex = Sex::Female;
    let sex = total(&found);
    found.breed_primary = Some("beagle".into());
    let breed = total(&found);
    found.markings = Some("front left paw white; ear is torn".into());
    let marks = total(&found);
    assert!(
        silent < sex && sex < breed && breed < marks,
        "{silent} {sex} {breed} {marks}"
    );

    found.sex = Sex::Male;
    assert!(total(&found) < marks - 2.5);
}

#[test]
fn names_that_say_that_there_is_no_name_do_not_agree() {
    let (mut lost, mut found) = pair();
    for (name, weight_of_name) in [
        ("Unknown", None),
        ("stray", None),
        ("N/A", None),
        ("Sweetie", Some(1.0)),
    ] {
        (lost.name, found.name) = (Some(name.into()), Some(name.to_uppercase()));
        assert_eq!(weight(&lost, &found, "name"), weight_of_name, "{name}");
    }
    found.name = Some("Biscuit".into());
    assert_eq!(weight(&lost, &found, "name"), None);
}

#[test]
fn what_stands_out_is_possible_and_what_has_equals_is_less_likely() {
    assert_eq!(standing(3.0, false, &[]).band, MatchBand::Weak);
    assert_eq!(standing(5.0, false, &[]).band, MatchBand::Possible);
    assert_eq!(standing(9.0, false, &[]).band, MatchBand::Strong);
    assert_eq!(standing(5.0, false, &[5.0, 5.0]).band, MatchBand::Weak);
    assert_eq!(standing(9.0, false, &[9.0, 9.0]).band, MatchBand::Possible);
    assert_eq!(standing(9.0, false, &[9.0; 19]).band, MatchBand::Weak);
    assert!(0.98 < standing(-9.0, true, &[9.0]).likelihood);
}

#[test]
fn a_summary_names_what_agrees_and_what_does_not() {
    let (mut lost, mut found) = pair();
    (lost.colors, lost.pattern) = (ColorSet::from_iter([Color::Black, Color::White]), CoatPattern::Merle);
    (found.colors, found.pattern) = (lost.colors, lost.pattern);
    (lost.sex, found.sex) = (Sex::Female, Sex::Male);
    found.point = Some(destination(lost.point.unwrap(), 40.0, 700.0));
    found.seen_at = Timestamp(lost.seen_at.0 + 2 * DAY);
    assert_eq!(
        summary(&score(&lost, &found).unwrap().factors),
        "Same pattern and colors, 0.4 miles apart, 2 days after the loss; but the sexes differ."
    );
    assert_eq!(summary(&[]), "Little is known of either report.");
}

#[test]
fn a_text_tells_what_the_fields_leave_out_but_weighs_less() {
    let (mut lost, mut found) = pair();
    (lost.sex, found.sex) = (Sex::Female, Sex::Female);
    let field = weight(&lost, &found, "sex").unwrap();
    (found.sex, found.description) = (Sex::Unknown, Some("A shy girl, call 555 0100".into()));
    let text = weight(&lost, &found, "sex").unwrap();
    assert!(0.0 < text && text < field, "{text} {field}");
    lost.colors = ColorSet::from_iter([Color::Brown]);
    assert_eq!(weight(&lost, &found, "color"), None);
    found.description = Some("Brown. Red collar".into());
    lost.collar = Some("red".into());
    assert!(0.0 < weight(&lost, &found, "color").unwrap() && 0.0 < weight(&lost, &found, "marks").unwrap());
}

#[test]
fn the_same_picture_is_named_and_weighs_more_than_likeness() {
    let (lost, found) = pair();
    let of = |cosine, is_copy| {
        let scored = score_with(&lost, &found, Some(PhotoEvidence { cosine, is_copy })).unwrap();
        scored.factors.into_iter().find(|factor| factor.name == "photo")
    };
    let copy = of(Some(0.99), true).unwrap();
    assert_eq!(copy.explanation, "Both reports show the same picture.");
    assert!(of(Some(1.0), false).unwrap().weight < copy.weight);
    assert_eq!(of(None, false), None);
    assert_eq!(of(Some(f32::NAN), false), None);
}

#[test]
fn a_rare_coat_says_more_than_a_common_one() {
    let (mut lost, mut found) = pair();
    let mut of = |colors: &[Color], breed: &str| {
        lost.colors = colors.iter().copied().collect();
        lost.breed_primary = Some(breed.to_owned());
        (found.colors, found.breed_primary) = (lost.colors, lost.breed_primary.clone());
        (
            weight(&lost, &found, "color").unwrap(),
            weight(&lost, &found, "breed").unwrap(),
        )
    };
    let common = of(&[Color::Black, Color::White], "Labrador Retriever");
    let rare = of(&[Color::Cream, Color::Red], "Saluki");
    assert!(common.0 < rare.0 && common.1 < rare.1);
}

#[test]
fn an_old_pair_far_apart_is_not_compared() {
    let (lost, mut found) = pair();
    let home = lost.point.unwrap();
    for (meters, days, expected) in [
        (79_000.0, 29, true),
        (79_000.0, 31, false),
        (19_000.0, 400, true),
        (81_000.0, 1, false),
        (1_000.0, -15, false),
    ] {
        found.point = Some(destination(home, 90.0, meters));
        found.seen_at = Timestamp(lost.seen_at.0 + days * DAY);
        assert_eq!(in_ring(&lost, &found), expected, "{meters} m, {days} days");
    }
    found.point = None;
    assert!(!in_ring(&lost, &found));
}
