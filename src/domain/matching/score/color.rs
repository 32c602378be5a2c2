//! Colours and patterns.

use entity::{
    ColorSet,
    vocabulary::{CoatPattern, Color},
};

use super::{Factor, Subject, Wording};

/// All colours are shared.
const COLORS_EQUAL: f64 = 1.5;
/// Some colours are shared.
const COLORS_SHARED: f64 = 0.8;
/// No colours are shared, but some are often confused with each other.
const COLORS_NEAR: f64 = -0.3;
/// The colours have nothing in common.
const COLORS_APART: f64 = -2.0;
/// The patterns are often confused with each other.
const PATTERN_NEAR: f64 = 0.3;
/// The patterns differ. Not a strong sign, because many reports name only one of an animal's two patterns.
const PATTERN_APART: f64 = -0.8;

/// Compares the sets of colours, if both are known. The order in which colours were entered does not matter.
pub fn color<W: Wording>(lost: &Subject, other: &Subject) -> Option<Factor<W>> {
    let (one, two) = (lost.colors, other.colors);
    if one.is_empty() || two.is_empty() {
        return None;
    }
    let shared = one.intersection(two);
    Some(if one == two {
        Factor::new("color", COLORS_EQUAL, || {
            format!("The colors match: {}.", listed(shared))
        })
    } else if !shared.is_empty() {
        Factor::new("color", COLORS_SHARED, || {
            format!("Some of the colors match: {}.", listed(shared))
        })
    } else if are_near(one, two) {
        Factor::new("color", COLORS_NEAR, || {
            format!("The colors are easily confused: {} and {}.", listed(one), listed(two))
        })
    } else {
        Factor::new("color", COLORS_APART, || {
            format!("The colors differ: {} and {}.", listed(one), listed(two))
        })
    })
}

/// Compares the patterns, if both are known. A shared rare pattern has more weight.
pub fn pattern<W: Wording>(lost: &Subject, other: &Subject) -> Option<Factor<W>> {
    let vague = [CoatPattern::Unknown, CoatPattern::Other];
    let (one, two) = (lost.pattern, other.pattern);
    if vague.contains(&one) || vague.contains(&two) {
        return None;
    }
    Some(if one == two {
        Factor::new("pattern", rarity(one), || format!("Both are {}.", adjective(one)))
    } else if are_confused(one, two) {
        let sentence = || format!("{} and {} are often confused.", capital(adjective(one)), adjective(two));
        Factor::new("pattern", PATTERN_NEAR, sentence)
    } else {
        Factor::new("pattern", PATTERN_APART, || {
            format!("One is {}, the other {}.", adjective(one), adjective(two))
        })
    })
}

fn are_near(one: ColorSet, two: ColorSet) -> bool {
    one.colors()
        .into_iter()
        .any(|color| two.colors().into_iter().any(|other| is_near(color, other)))
}

/// Whether people call one colour by the name of the other.
fn is_near(one: Color, two: Color) -> bool {
    use Color::{Black, Brown, Cream, Golden, Gray, Red, Tan, White, Yellow};
    const NEAR: [(Color, Color); 12] = [
        (Brown, Red),
        (Brown, Tan),
        (Brown, Black),
        (Red, Golden),
        (Red, Tan),
        (Tan, Golden),
        (Tan, Cream),
        (Tan, Yellow),
        (Cream, Golden),
        (Cream, Yellow),
        (Cream, White),
        (Gray, Black),
    ];
    let golden_yellow = (Golden, Yellow);
    NEAR.into_iter()
        .chain([golden_yellow])
        .any(|pair| pair == (one, two) || pair == (two, one))
}

/// The weight of a shared pattern: the rarer it is, the greater.
fn rarity(pattern: CoatPattern) -> f64 {
    match pattern {
        CoatPattern::Solid => 0.3,
        CoatPattern::Bicolor => 0.4,
        CoatPattern::Tabby => 0.8,
        CoatPattern::Tuxedo | CoatPattern::Brindle | CoatPattern::Tricolor => 1.2,
        CoatPattern::Tortoiseshell
        | CoatPattern::Calico
        | CoatPattern::Torbie
        | CoatPattern::Point
        | CoatPattern::Merle
        | CoatPattern::Harlequin
        | CoatPattern::Sable
        | CoatPattern::Spotted => 1.8,
        CoatPattern::Other | CoatPattern::Unknown => 0.0,
    }
}

fn are_confused(one: CoatPattern, two: CoatPattern) -> bool {
    use CoatPattern::{
        Bicolor, Brindle, Calico, Harlequin, Merle, Sable, Solid, Spotted, Tabby, Torbie, Tortoiseshell, Tricolor,
        Tuxedo,
    };
    const CONFUSED: [(CoatPattern, CoatPattern); 14] = [
        (Tabby, Torbie),
        (Tabby, Brindle),
        (Tabby, Spotted),
        (Tortoiseshell, Torbie),
        (Tortoiseshell, Calico),
        (Torbie, Calico),
        (Calico, Tricolor),
        (Bicolor, Tuxedo),
        (Bicolor, Tricolor),
        (Bicolor, Solid),
        (Bicolor, Spotted),
        (Merle, Harlequin),
        (Merle, Spotted),
        (Sable, Solid),
    ];
    CONFUSED
        .into_iter()
        .any(|pair| pair == (one, two) || pair == (two, one))
}

fn listed(colors: ColorSet) -> String {
    colors
        .colors()
        .into_iter()
        .map(color_word)
        .collect::<Vec<_>>()
        .join(", ")
}

fn color_word(color: Color) -> &'static str {
    match color {
        Color::Black => "black",
        Color::White => "white",
        Color::Gray => "gray",
        Color::Brown => "brown",
        Color::Red => "red",
        Color::Tan => "tan",
        Color::Cream => "cream",
        Color::Golden => "golden",
        Color::Green => "green",
        Color::Yellow => "yellow",
        Color::Other => "another color",
    }
}

fn adjective(pattern: CoatPattern) -> &'static str {
    match pattern {
        CoatPattern::Solid => "of one color",
        CoatPattern::Bicolor => "of two colors",
        CoatPattern::Tuxedo => "tuxedo",
        CoatPattern::Tricolor => "of three colors",
        CoatPattern::Tabby => "tabby",
        CoatPattern::Tortoiseshell => "tortoiseshell",
        CoatPattern::Calico => "calico",
        CoatPattern::Torbie => "torbie",
        CoatPattern::Point => "color-pointed",
        CoatPattern::Merle => "merle",
        CoatPattern::Brindle => "brindle",
        CoatPattern::Harlequin => "harlequin",
        CoatPattern::Sable => "sable",
        CoatPattern::Spotted => "spotted",
        CoatPattern::Other | CoatPattern::Unknown => "of another pattern",
    }
}

/// Capitalises the first letter of a sentence.
fn capital(word: &str) -> String {
    let mut letters = word.chars();
    letters
        .next()
        .map(|first| first.to_uppercase().chain(letters).collect())
        .unwrap_or_default()
}
