//! Splits a colour cell into base colours, a pattern, and whether it is dilute.

mod words;

use entity::{
    ColorSet,
    vocabulary::{CoatPattern, Color},
};

use self::words::{are_blue_cream, are_dilute, color_word, patterns_of_words};
use super::spelling::{clipped, fold};

/// The content of a colour cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct NormalisedColors {
    /// Base colours; empty if the text names none.
    pub colors: ColorSet,
    /// Coat pattern, if the text names one.
    pub pattern: Option<CoatPattern>,
    /// Whether the colours are dilute, such as in a dilute calico or a lilac point.
    pub dilute: bool,
}

/// Parses text such as `Brown/White`, `Blue Tabby`, `TORTIE-B\O` or `Tricolor (Brown, Black, & White)`.
///
/// The colours are those that a person sees: blue is gray, and a pattern adds what its name implies. The order of a
/// colour and a pattern does not matter.
pub fn normalise_colors(raw: &str) -> NormalisedColors {
    let raw = clipped(raw);
    let folded = fold(raw);
    if matches!(folded.as_str(), "b w" | "b and w" | "w b" | "bw") {
        return normalise_colors("black/white");
    }
    let parts = parts(raw);
    let mut result = NormalisedColors {
        colors: parts.iter().flat_map(|part| part.colors.colors()).collect(),
        pattern: parts
            .iter()
            .flat_map(|part| part.patterns.iter().copied())
            .fold(None, stronger),
        dilute: parts.iter().any(|part| part.is_dilute) && is_dilute_throughout(&folded),
    };
    // Two colours in one part are a shade: `Black Smoke`.
    let are_single = parts.iter().all(|part| part.colors.len() < 2);
    if result.pattern.is_none() && result.colors.len() == 2 && are_single && names_two(raw, &folded) {
        result.pattern = Some(CoatPattern::Bicolor);
    }
    result.fill_in_pattern_colors(&parts);
    result
}

/// Parses a pattern column, such as `Tuxedo`, `Merle (Blue)` or `Tabby (Tiger Striped)`.
pub fn parse_pattern(raw: &str) -> Option<CoatPattern> {
    normalise_colors(raw).pattern
}

/// What the words between two separators say.
struct Part {
    colors: ColorSet,
    patterns: Vec<CoatPattern>,
    is_dilute: bool,
}

impl Part {
    fn read(words: &[&str]) -> Self {
        let mut colors: ColorSet = words.iter().filter_map(|word| color_word(word)).collect();
        let mut patterns = patterns_of_words(words);
        if are_blue_cream(words) {
            patterns.push(CoatPattern::Tortoiseshell);
        }
        // Both are brown if no other colour is given in the same part; the white of `Sable/White` is a second colour.
        let is_brown = |pattern: &CoatPattern| matches!(pattern, CoatPattern::Sable | CoatPattern::Brindle);
        if colors.is_empty() && patterns.iter().any(is_brown) {
            colors = colors.with(Color::Brown);
        }
        Self {
            colors,
            patterns,
            is_dilute: are_dilute(words),
        }
    }
}

/// The parts between separators; alternatives behind an `or` are parts, too.
fn parts(raw: &str) -> Vec<Part> {
    let pieces = raw.split(['/', '\\', '|', '&', ',', '+', ';']).map(fold);
    let parts = pieces.flat_map(|piece| {
        let words: Vec<&str> = piece.split(' ').collect();
        let parts = words.split(|word| matches!(*word, "and" | "with" | "w" | "or"));
        parts.map(Part::read).collect::<Vec<_>>()
    });
    parts.collect()
}

/// Whether all alternatives are dilute: `Calico or Dilute Calico` leaves it open.
fn is_dilute_throughout(folded: &str) -> bool {
    let alternatives = folded.split(" or ");
    alternatives
        .map(|one| one.split(' ').collect::<Vec<_>>())
        .all(|words| are_dilute(&words))
}

/// Listing services use names such as `White / Cream` and `Tan or Beige` for either colour, not for both.
fn names_two(raw: &str, folded: &str) -> bool {
    let either = ["white / cream", "apricot / beige", "yellow / tan / blond / fawn"];
    !either.contains(&raw.trim().to_lowercase().as_str()) && !folded.contains(" or ")
}

impl NormalisedColors {
    /// Adds the colours implied by the names of patterns. A `Tortie Point` also has those of a tortoiseshell, and a
    /// `Blue Merle/Tricolor` the white and the brown of a tricolor.
    fn fill_in_pattern_colors(&mut self, parts: &[Part]) {
        let patterns = parts.iter().flat_map(|part| part.patterns.iter().copied());
        let beneath = patterns
            .clone()
            .filter(|pattern| *pattern != CoatPattern::Point)
            .fold(None, stronger);
        for pattern in [beneath, self.pattern].into_iter().flatten() {
            // The colours that the text gives to this pattern, such as the red of `Red Tricolor/White`.
            let own = parts.iter().filter(|part| part.patterns.contains(&pattern));
            let own: ColorSet = own.flat_map(|part| part.colors.colors()).collect();
            self.add_colors_of(pattern, own);
            if pattern == CoatPattern::Merle && patterns.clone().any(|other| other == CoatPattern::Tricolor) {
                self.add_colors_of(CoatPattern::Tricolor, own);
            }
        }
    }

    fn add_colors_of(&mut self, pattern: CoatPattern, own: ColorSet) {
        let implied = self.implied_by(pattern, own);
        self.colors = implied.iter().fold(self.colors, |colors, color| colors.with(*color));
    }

    /// The colours implied by a pattern that the text gives some of its `own`.
    fn implied_by(self, pattern: CoatPattern, own: ColorSet) -> &'static [Color] {
        let has_dark = |colors: ColorSet| {
            let dark = [Color::Black, Color::Brown, Color::Gray].into_iter().collect();
            !colors.intersection(dark).is_empty()
        };
        let is_only_white = self.colors.colors().iter().all(|color| *color == Color::White);
        match pattern {
            CoatPattern::Calico if self.dilute => &[Color::White, Color::Gray, Color::Cream],
            CoatPattern::Tortoiseshell | CoatPattern::Torbie if self.dilute => &[Color::Gray, Color::Cream],
            CoatPattern::Calico => &[Color::White, Color::Black, Color::Red],
            // A chocolate tortoiseshell is brown where others are black.
            CoatPattern::Tortoiseshell | CoatPattern::Torbie if has_dark(own) => &[Color::Red],
            CoatPattern::Tortoiseshell => &[Color::Black, Color::Red],
            CoatPattern::Torbie => &[Color::Brown, Color::Red],
            CoatPattern::Tuxedo | CoatPattern::Harlequin if is_only_white => &[Color::Black, Color::White],
            CoatPattern::Tuxedo | CoatPattern::Harlequin => &[Color::White],
            // A red tricolor is red where others are black.
            CoatPattern::Tricolor if has_dark(own) || own == ColorSet::default().with(Color::Red) => {
                &[Color::White, Color::Brown]
            }
            CoatPattern::Tricolor => &[Color::Black, Color::White, Color::Brown],
            CoatPattern::Point => &[Color::Cream],
            _ => &[],
        }
    }
}

/// Tabby and tortoiseshell together are a torbie; otherwise the stronger pattern counts, and the first of equals.
fn stronger(known: Option<CoatPattern>, next: CoatPattern) -> Option<CoatPattern> {
    match known {
        Some(CoatPattern::Tabby) if next == CoatPattern::Tortoiseshell => Some(CoatPattern::Torbie),
        Some(CoatPattern::Tortoiseshell) if next == CoatPattern::Tabby => Some(CoatPattern::Torbie),
        Some(first) if strength(next) <= strength(first) => known,
        _ => Some(next),
    }
}

/// A pattern of the whole animal outweighs a partial one: `Calico Tabby` is a calico, `Tortie Point` a point. How many
/// colours there are says least.
fn strength(pattern: CoatPattern) -> u8 {
    match pattern {
        CoatPattern::Unknown | CoatPattern::Other | CoatPattern::Solid | CoatPattern::Bicolor => 0,
        CoatPattern::Torbie => 2,
        CoatPattern::Tricolor => 3,
        CoatPattern::Calico | CoatPattern::Merle | CoatPattern::Tuxedo => 4,
        CoatPattern::Point => 5,
        _ => 1,
    }
}

#[cfg(test)]
mod tests;
