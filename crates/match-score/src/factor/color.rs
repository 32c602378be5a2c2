//! Colours and patterns.

use entity::{
    ColorSet,
    vocabulary::{CoatPattern, Color, Species},
};

use crate::{
    Factor, Reading, Wording,
    description::source,
    frequency::{color_share, weight_of_agreement},
};

/// Share of the reports of one animal that name the same set of colours.
const SAME_SET: f64 = 0.6;
/// Minimum and maximum weight of equal sets.
const COLORS_EQUAL: (f64, f64) = (1.0, 3.4);
/// One set holds the other: a report leaves out colours that the other names.
const COLORS_WITHIN: f64 = -0.3;
/// A colour other than white is shared.
const COLORS_SHARED: f64 = -0.5;
/// Nothing but white is shared, or some are often confused with each other.
const COLORS_NEAR: f64 = -1.5;
/// The colours have nothing in common.
const COLORS_APART: f64 = -4.6;
/// A rare pattern.
const PATTERN_RARE: f64 = 1.6;
/// The patterns are often confused with each other.
const PATTERN_NEAR: f64 = -0.5;
/// The patterns differ. Not a strong sign, because many reports name only one of an animal's two patterns.
const PATTERN_APART: f64 = -2.8;

/// The most that colours and patterns weigh.
pub const MOST: (f64, f64) = (COLORS_EQUAL.1, PATTERN_RARE);

/// Compares the sets of colours, if both are known. The order in which colours were entered does not matter; rare sets
/// weigh more than common ones.
pub fn color<W: Wording>(lost: &Reading, other: &Reading) -> Option<Factor<W>> {
    if is_colorless(lost) || is_colorless(other) {
        return None;
    }
    let ((one, trust), (two, others)) = (lost.colors_told()?, other.colors_told()?);
    let (weight, agreement) = compare(lost.species, one, two);
    let trust = trust * others;
    let sentence = || {
        let (shared, source) = (listed(one.intersection(two)), source(trust));
        match agreement {
            Agreement::Equal => format!("The colors match: {shared}{source}."),
            Agreement::Some => format!("Some of the colors match: {shared}{source}."),
            Agreement::Near => format!(
                "The colors are easily confused: {} and {}{source}.",
                listed(one),
                listed(two)
            ),
            Agreement::Apart => format!("The colors differ: {} and {}{source}.", listed(one), listed(two)),
        }
    };
    Some(Factor::new("color", weight * trust, sentence))
}

/// How two sets of colours agree.
enum Agreement {
    Equal,
    Some,
    Near,
    Apart,
}

fn compare(species: Species, one: ColorSet, two: ColorSet) -> (f64, Agreement) {
    let shared = one.intersection(two);
    let white = ColorSet::default().with(Color::White);
    match () {
        () if one == two => {
            let weight = weight_of_agreement(SAME_SET, color_share(species, one), COLORS_EQUAL);
            (weight, Agreement::Equal)
        }
        () if shared == white => (COLORS_NEAR, Agreement::Some),
        () if shared == one || shared == two => (COLORS_WITHIN, Agreement::Some),
        () if !shared.is_empty() => (COLORS_SHARED, Agreement::Some),
        () if are_near(one, two) => (COLORS_NEAR, Agreement::Near),
        () => (COLORS_APART, Agreement::Apart),
    }
}

fn is_colorless(reading: &Reading) -> bool {
    reading.colors.is_empty() && reading.description.is_none()
}

/// Compares the patterns, if both are known. A shared rare pattern has more weight.
pub fn pattern<W: Wording>(lost: &Reading, other: &Reading) -> Option<Factor<W>> {
    if is_plain(lost) || is_plain(other) {
        return None;
    }
    let ((one, trust), (two, others)) = (lost.pattern_told()?, other.pattern_told()?);
    let trust = trust * others;
    let source = source(trust);
    Some(if one == two {
        let sentence = || format!("Both are {}{source}.", adjective(one));
        Factor::new("pattern", rarity(one) * trust, sentence)
    } else if are_confused(one, two) {
        let sentence = || {
            format!(
                "{} and {} are often confused{source}.",
                capital(adjective(one)),
                adjective(two)
            )
        };
        Factor::new("pattern", PATTERN_NEAR * trust, sentence)
    } else {
        let sentence = || format!("One is {}, the other {}{source}.", adjective(one), adjective(two));
        Factor::new("pattern", PATTERN_APART * trust, sentence)
    })
}

fn is_plain(reading: &Reading) -> bool {
    [CoatPattern::Unknown, CoatPattern::Other].contains(&reading.pattern) && reading.description.is_none()
}

/// Whether people call a colour of one set by the name of a colour of the other.
fn are_near(one: ColorSet, two: ColorSet) -> bool {
    use Color::{Black, Brown, Cream, Golden, Gray, Red, Tan, White, Yellow};
    const NEAR: [(Color, Color); 13] = [
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
        (Golden, Yellow),
    ];
    let has = |set: ColorSet, color| set.with(color) == set;
    let both = |first, second| has(one, first) && has(two, second);
    NEAR.into_iter()
        .any(|(first, second)| both(first, second) || both(second, first))
}

/// The weight of a shared pattern: the rarer it is beside the colours, the greater.
fn rarity(pattern: CoatPattern) -> f64 {
    match pattern {
        CoatPattern::Solid | CoatPattern::Bicolor | CoatPattern::Tabby => 0.3,
        CoatPattern::Tuxedo | CoatPattern::Brindle | CoatPattern::Tricolor => 1.4,
        CoatPattern::Tortoiseshell
        | CoatPattern::Calico
        | CoatPattern::Torbie
        | CoatPattern::Point
        | CoatPattern::Merle
        | CoatPattern::Harlequin
        | CoatPattern::Sable
        | CoatPattern::Spotted => PATTERN_RARE,
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
