//! What single pairs score.

use super::*;

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
        assert_eq!(distance.weight, 0.8);
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
        ("Sweetie", Some(1.4)),
    ] {
        (lost.name, found.name) = (Some(name.into()), Some(name.to_uppercase()));
        assert_eq!(weight(&lost, &found, "name"), weight_of_name, "{name}");
    }
    found.name = Some("Biscuit".into());
    assert_eq!(weight(&lost, &found, "name"), None);
}

#[test]
fn what_stands_out_is_possible_and_what_has_equals_is_less_likely() {
    let of = |score, exclusive: &[f64]| {
        let rivals = Rivals {
            exclusive,
            ..Rivals::default()
        };
        standing(score, false, rivals, 5)
    };
    assert_eq!(of(3.0, &[]).band, MatchBand::Weak);
    assert_eq!(of(5.5, &[]).band, MatchBand::Possible);
    assert_eq!(of(10.0, &[]).band, MatchBand::Strong);
    assert_eq!(of(5.5, &[5.5, 5.5]).band, MatchBand::Weak);
    assert_eq!(of(10.0, &[10.0, 10.0]).band, MatchBand::Possible);
    assert_eq!(of(10.0, &[10.0; 19]).band, MatchBand::Weak);
    let rivals = Rivals {
        exclusive: &[9.0],
        ..Rivals::default()
    };
    assert!(0.98 < standing(-9.0, true, rivals, 0).likelihood);
}

#[test]
fn several_reports_of_one_animal_take_little_from_each_other() {
    let seen_and_taken_in = Rivals {
        compatible: &[12.0],
        ..Rivals::default()
    };
    assert!(0.85 < standing(12.0, false, seen_and_taken_in, 5).likelihood);
    let littermates = Rivals {
        exclusive: &[12.0],
        ..Rivals::default()
    };
    assert!(standing(12.0, false, littermates, 5).likelihood < 0.5);
}

#[test]
fn the_more_reports_there_are_around_the_more_it_takes() {
    let band = |score, around| standing(score, false, Rivals::default(), around).band;
    assert_eq!(band(6.0, 5), MatchBand::Possible);
    assert_eq!(band(6.0, 50), MatchBand::Weak);
    assert_eq!(band(9.0, 50), MatchBand::Possible);
    assert_eq!(band(12.0, 50), MatchBand::Strong);
}

#[test]
fn a_street_that_a_shelter_names_counts_where_only_the_town_is_known() {
    let (mut lost, mut other) = pair();
    lost.address = Some("1204 Elm Street, Austin, TX".into());
    other.address = Some("Elm St in Austin (TX)".into());
    other.precision = PlacePrecision::City;
    assert_eq!(weight(&lost, &other, "street"), None, "a member's find is not compared");
    other.kind = PetKind::Sheltered;
    assert_eq!(weight(&lost, &other, "street"), Some(3.0));
    other.precision = PlacePrecision::Point;
    assert_eq!(weight(&lost, &other, "street"), None, "the points tell more");
    (other.precision, other.address) = (PlacePrecision::City, Some("Oak St in Austin (TX)".into()));
    assert_eq!(weight(&lost, &other, "street"), None);
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

#[test]
fn two_shared_breeds_count_the_same_in_either_order() {
    let (mut lost, mut found) = pair();
    (lost.mixed, found.mixed) = (true, true);
    let mut weigh = |one: &str, two: &str, three: &str, four: &str| {
        (lost.breed_primary, lost.breed_secondary) = (Some(one.to_owned()), Some(two.to_owned()));
        (found.breed_primary, found.breed_secondary) = (Some(three.to_owned()), Some(four.to_owned()));
        weight(&lost, &found, "breed")
    };
    let (common, rare) = ("Domestic Shorthair", "Vizsla");
    assert_eq!(weigh(common, rare, rare, common), weigh(rare, common, common, rare));
}
