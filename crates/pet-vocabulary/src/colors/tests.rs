use proptest::prelude::*;

use super::*;

fn read(raw: &str) -> (Vec<Color>, Option<CoatPattern>) {
    let result = normalise_colors(raw);
    (result.colors.colors(), result.pattern)
}

#[test]
fn plain_colours_form_a_set() {
    assert_eq!(
        read("Brown/White"),
        (vec![Color::White, Color::Brown], Some(CoatPattern::Bicolor))
    );
    assert_eq!(read("Black/Black"), (vec![Color::Black], None));
    assert_eq!(read("Gray / Blue / Silver"), (vec![Color::Gray], None));
    assert_eq!(read("Red / Chestnut / Orange"), (vec![Color::Red], None));
    assert_eq!(read("White / Cream"), (vec![Color::White, Color::Cream], None));
    assert_eq!(read("Unknown"), (vec![], None));
    assert_eq!(read("Chocolte"), (vec![Color::Brown], None));
}

#[test]
fn two_colours_are_two_only_with_something_between_them() {
    let bicolor = Some(CoatPattern::Bicolor);
    for raw in [
        "Black/White",
        "Black & White",
        "black and white",
        "Black with White",
        "Black, White",
    ] {
        assert_eq!(read(raw), (vec![Color::Black, Color::White], bicolor), "{raw}");
    }
    assert_eq!(read("Black Smoke"), (vec![Color::Black, Color::Gray], None));
    assert_eq!(read("Blue Smoke/White"), (vec![Color::White, Color::Gray], bicolor));
}

#[test]
fn blue_cream_is_a_dilute_tortoiseshell() {
    let blue_cream = normalise_colors("Blue Cream");
    assert!(blue_cream.dilute);
    assert_eq!(blue_cream.pattern, Some(CoatPattern::Tortoiseshell));
    assert_eq!(blue_cream.colors.colors(), [Color::Gray, Color::Cream]);
    assert_eq!(read("Blue/Cream").1, Some(CoatPattern::Bicolor));
}

#[test]
fn patterns_are_told_from_colours() {
    assert_eq!(read("Blue Tabby"), (vec![Color::Gray], Some(CoatPattern::Tabby)));
    assert_eq!(read("TABBY-BRN"), (vec![Color::Brown], Some(CoatPattern::Tabby)));
    assert_eq!(
        read("Black & White / Tuxedo"),
        (vec![Color::Black, Color::White], Some(CoatPattern::Tuxedo))
    );
    assert_eq!(read("Tuxedo").0, [Color::Black, Color::White]);
    assert_eq!(read("Calico").0, [Color::Black, Color::White, Color::Red]);
    assert_eq!(read("CALICO-TRI").1, Some(CoatPattern::Calico));
    assert_eq!(read("Tricolor").1, Some(CoatPattern::Tricolor));
    assert_eq!(read("Merle (Blue)"), (vec![Color::Gray], Some(CoatPattern::Merle)));
    assert_eq!(read("Brown Brindle/White").1, Some(CoatPattern::Brindle));
    assert_eq!(read("TORTIE-B\\O").1, Some(CoatPattern::Tortoiseshell));
    assert_eq!(
        read("PT-SEAL"),
        (vec![Color::Brown, Color::Cream], Some(CoatPattern::Point))
    );
}

#[test]
fn sable_and_brindle_are_brown_beside_another_colour() {
    let white_and_brown = vec![Color::White, Color::Brown];
    assert_eq!(read("Sable/White"), (white_and_brown.clone(), Some(CoatPattern::Sable)));
    assert_eq!(read("White/Brindle"), (white_and_brown, Some(CoatPattern::Brindle)));
    assert_eq!(read("Brindle"), (vec![Color::Brown], Some(CoatPattern::Brindle)));
    assert_eq!(read("Blue Brindle").0, [Color::Gray]);
}

#[test]
fn a_point_has_the_colours_of_the_pattern_on_it() {
    assert_eq!(
        read("Tortie Point"),
        (vec![Color::Black, Color::Red, Color::Cream], Some(CoatPattern::Point))
    );
    assert_eq!(
        read("Calico Point").0,
        [Color::Black, Color::White, Color::Red, Color::Cream]
    );
    assert_eq!(read("Seal Point").0, [Color::Brown, Color::Cream]);
}

#[test]
fn dilute_is_a_flag() {
    let dilute = normalise_colors("CALICO-DIL");
    assert!(dilute.dilute);
    assert_eq!(dilute.pattern, Some(CoatPattern::Calico));
    assert!(!normalise_colors("Calico").dilute);
}

#[test]
fn washed_out_patterns_have_washed_out_colours() {
    assert_eq!(
        read("Dilute Tortoiseshell"),
        (vec![Color::Gray, Color::Cream], Some(CoatPattern::Tortoiseshell))
    );
    assert_eq!(read("CALICO-DIL").0, [Color::White, Color::Gray, Color::Cream]);
}

#[test]
fn short_spellings_are_known() {
    assert_eq!(read("SLVR TABBY"), (vec![Color::Gray], Some(CoatPattern::Tabby)));
    assert_eq!(read("Blu Brindl"), (vec![Color::Gray], Some(CoatPattern::Brindle)));
}

#[test]
fn a_pattern_column_may_say_solid() {
    assert_eq!(parse_pattern("Solid"), Some(CoatPattern::Solid));
    assert_eq!(parse_pattern("Unknown"), None);
    assert_eq!(parse_pattern("Tabby (Tiger Striped)"), Some(CoatPattern::Tabby));
}

#[test]
fn shades_have_the_colours_that_a_person_sees() {
    use CoatPattern::{Brindle, Merle, Point, Sable, Tabby};
    use Color::{Black, Brown, Cream, Golden, Gray, Red, Tan, White, Yellow};
    for (raw, colors, pattern) in [
        ("Blue Point", vec![Gray, Cream], Some(Point)),
        ("SEAL PT", vec![Brown, Cream], Some(Point)),
        ("Silver Lynx Point", vec![Gray, Cream], Some(Point)),
        ("Torti Point", vec![Black, Red, Cream], Some(Point)),
        ("Seal Tabby", vec![Brown], Some(Tabby)),
        ("Silver Tabby", vec![Gray], Some(Tabby)),
        ("Gray Tiger", vec![Gray], Some(Tabby)),
        ("Blue Merle", vec![Gray], Some(Merle)),
        ("Brown Brindle", vec![Brown], Some(Brindle)),
        ("BR BRINDLE", vec![Brown], Some(Brindle)),
        ("Yellow Brindle", vec![Yellow], Some(Brindle)),
        ("Black Smoke", vec![Black, Gray], None),
        ("Agouti", vec![Brown], None),
        ("Sable", vec![Brown], Some(Sable)),
        ("Buff", vec![Tan], None),
        ("Apricot", vec![Golden], None),
        ("Liver", vec![Brown], None),
        ("Ruddy/Cream", vec![Red, Cream], Some(CoatPattern::Bicolor)),
        ("Salt & Pepper", vec![Gray], None),
        ("BLK/WHT", vec![Black, White], Some(CoatPattern::Bicolor)),
        ("B/W", vec![Black, White], Some(CoatPattern::Bicolor)),
        ("Solid Black", vec![Black], Some(CoatPattern::Solid)),
        // No shade of anything, and no colour with a typing error.
        ("LIGHT", vec![], None),
        ("Blank", vec![], None),
    ] {
        assert_eq!(read(raw), (colors, pattern), "{raw}");
    }
}

#[test]
fn washed_out_shades_are_dilute() {
    for raw in [
        "Dilute Calico",
        "TORBI-DIL",
        "Lilac Point",
        "Isabella",
        "Blue Point",
        "Blue Tabby/White",
        "Cream Tabby",
        "Gray Tortie",
        "Blue Cream",
    ] {
        assert!(normalise_colors(raw).dilute, "{raw}");
    }
    // Blue alone may be a dog's or a bird's, a blue merle is black beneath, and silver is no washed-out black.
    for raw in [
        "Blue",
        "Blue/White",
        "Blue Merle",
        "Silver Tabby",
        "Gray Tabby",
        "Tabby/Blue",
    ] {
        assert!(!normalise_colors(raw).dilute, "{raw}");
    }
}

#[test]
fn alternatives_leave_open_what_only_one_of_them_says() {
    let calico = normalise_colors("Calico or Dilute Calico");
    assert_eq!((calico.pattern, calico.dilute), (Some(CoatPattern::Calico), false));
    assert_eq!(read("Brown or Black"), (vec![Color::Black, Color::Brown], None));
    assert_eq!(
        read("Black & White or Tuxedo"),
        (vec![Color::Black, Color::White], Some(CoatPattern::Tuxedo))
    );
}

#[test]
fn a_colour_given_to_a_pattern_replaces_its_usual_one() {
    assert_eq!(read("Gray Tuxedo").0, [Color::White, Color::Gray]);
    assert_eq!(read("Red Tri").0, [Color::White, Color::Brown, Color::Red]);
    assert_eq!(read("Chocolate Tortie").0, [Color::Brown, Color::Red]);
    assert_eq!(read("TORBI-BRN").0, [Color::Brown, Color::Red]);
    // The gray of another part is another colour.
    assert_eq!(read("Tortie/Gray").0, [Color::Black, Color::Gray, Color::Red]);
}

#[test]
fn the_stronger_pattern_counts_in_any_order() {
    for (raw, pattern) in [
        ("Blue Merle/Tricolor", CoatPattern::Merle),
        ("Tricolor/Blue Merle", CoatPattern::Merle),
        ("Brown Tabby/Tortie", CoatPattern::Torbie),
        ("Tortie/Brown Tabby", CoatPattern::Torbie),
        ("Orange Tabby/Calico", CoatPattern::Calico),
        ("Calico/Orange Tabby", CoatPattern::Calico),
        ("Lynx Point/Calico", CoatPattern::Point),
    ] {
        assert_eq!(read(raw).1, Some(pattern), "{raw}");
    }
    assert_eq!(read("Blue Merle/Tricolor").0, [Color::White, Color::Gray, Color::Brown]);
}

#[test]
fn the_dapples_of_a_gray_horse_are_spots() {
    assert_eq!(read("Dapple Gray"), (vec![Color::Gray], Some(CoatPattern::Spotted)));
    assert_eq!(read("Silver Dapple").1, Some(CoatPattern::Merle));
}

proptest! {
    #[test]
    fn any_text_is_read_in_the_same_way_whatever_its_case(raw in any::<String>()) {
        prop_assert_eq!(normalise_colors(&raw.to_ascii_uppercase()), normalise_colors(&raw.to_ascii_lowercase()));
    }

    #[test]
    fn a_colour_may_stand_before_or_behind_its_pattern(
        color in prop::sample::select(vec!["black", "BRN", "blue", "cream", "silver", "seal", "lilac", "red", "Gray", "chocolate"]),
        pattern in prop::sample::select(vec!["tabby", "PT", "Point", "tortie", "calico", "torbie", "merle", "brindle", "tricolor", "tuxedo", "smoke"]),
    ) {
        let usual = normalise_colors(&format!("{color} {pattern}"));
        prop_assert_eq!(normalise_colors(&format!("{pattern}-{color}")), usual);
        prop_assert_eq!(normalise_colors(&format!("{pattern} ({color})")), usual);
    }

    #[test]
    fn the_order_of_plain_colours_does_not_matter(
        one in prop::sample::select(vec!["black", "white", "BRN", "Cream", "fawn"]),
        two in prop::sample::select(vec!["red", "gray", "gold", "Blue"]),
    ) {
        prop_assert_eq!(normalise_colors(&format!("{one}/{two}")), normalise_colors(&format!("{two} and {one}")));
    }
}
