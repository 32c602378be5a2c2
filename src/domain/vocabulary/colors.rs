//! Splits a colour cell into base colours, a pattern, and whether it is dilute.

use entity::{
    ColorSet,
    vocabulary::{CoatPattern, Color},
};

use super::spelling::{distance, fold};

/// The content of a colour cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct NormalisedColors {
    /// Base colours; empty if the text names none.
    pub colors: ColorSet,
    /// Coat pattern, if the text names one.
    pub pattern: Option<CoatPattern>,
    /// Whether the colours are dilute, such as in a dilute calico.
    pub dilute: bool,
}

/// Parses text such as `Brown/White`, `Blue Tabby`, `TORTIE-B\O` or `Tricolor (Brown, Black, & White)`.
pub fn normalise_colors(raw: &str) -> NormalisedColors {
    let mut result = NormalisedColors::default();
    let parts: Vec<ColorSet> = parts(raw).iter().map(|words| result.read_part(words)).collect();
    result.colors = parts.iter().flat_map(|part| part.colors()).collect();
    // Two colours in one part are a shade: `Black Smoke`.
    if result.pattern.is_none() && result.colors.len() == 2 && parts.iter().all(|part| part.len() < 2) && names_two(raw)
    {
        result.pattern = Some(CoatPattern::Bicolor);
    }
    result.fill_in_pattern_colors(&fold(raw));
    result
}

/// The folded words between separators.
fn parts(raw: &str) -> Vec<Vec<String>> {
    let pieces = raw.split(['/', '\\', '|', '&', ',', '+', ';']).map(fold);
    let parts = pieces.flat_map(|piece| {
        let words: Vec<String> = piece.split(' ').map(str::to_owned).collect();
        let parts = words.split(|word| matches!(word.as_str(), "and" | "with" | "w"));
        parts.map(<[String]>::to_vec).collect::<Vec<_>>()
    });
    parts.collect()
}

/// Parses a pattern column, such as `Tuxedo`, `Merle (Blue)` or `Tabby (Tiger Striped)`.
pub fn parse_pattern(raw: &str) -> Option<CoatPattern> {
    match fold(raw).as_str() {
        "solid" => Some(CoatPattern::Solid),
        "" | "unknown" | "n a" => None,
        _ => normalise_colors(raw).pattern,
    }
}

/// Listing services use names such as `White / Cream` for either colour, not for both.
fn names_two(raw: &str) -> bool {
    let either = ["white / cream", "apricot / beige", "yellow / tan / blond / fawn"];
    !either.contains(&raw.trim().to_lowercase().as_str())
}

impl NormalisedColors {
    /// Reads the words between two separators and returns their colours.
    fn read_part(&mut self, words: &[String]) -> ColorSet {
        self.colors = ColorSet::default();
        for word in words {
            self.read_word(word);
        }
        if words.windows(2).any(|pair| pair == ["blue", "cream"]) {
            // The name for cats whose black and red are both dilute.
            self.dilute = true;
            self.pattern = stronger(self.pattern, CoatPattern::Tortoiseshell);
        }
        // Both are brown if no other colour is given in the same part; the white of `Sable/White` is a second colour.
        let is_brown = |word: &String| matches!(pattern_word(word), Some(CoatPattern::Sable | CoatPattern::Brindle));
        if self.colors.is_empty() && words.iter().any(is_brown) {
            self.colors = self.colors.with(Color::Brown);
        }
        self.colors
    }

    fn read_word(&mut self, word: &str) {
        if let Some(color) = color_word(word).or_else(|| near_color_word(word)) {
            self.colors = self.colors.with(color);
            return;
        }
        match word {
            "dilute" | "dil" | "muted" => self.dilute = true,
            "lilac" | "lilic" | "lavender" => {
                self.dilute = true;
                self.colors = self.colors.with(Color::Gray);
            }
            _ => {
                if let Some(pattern) = pattern_word(word) {
                    self.pattern = stronger(self.pattern, pattern);
                }
            }
        }
    }

    /// Adds the colours implied by the name of a pattern; a `Tortie Point` also has those of a tortoiseshell.
    fn fill_in_pattern_colors(&mut self, folded: &str) {
        let beneath = folded
            .split(' ')
            .filter_map(pattern_word)
            .filter(|pattern| *pattern != CoatPattern::Point)
            .fold(None, stronger);
        for pattern in [beneath, self.pattern].into_iter().flatten() {
            let own = self.colors_of(pattern);
            self.colors = own.iter().fold(self.colors, |colors, color| colors.with(*color));
        }
    }

    fn colors_of(self, pattern: CoatPattern) -> &'static [Color] {
        match pattern {
            CoatPattern::Calico if self.dilute => &[Color::White, Color::Gray, Color::Cream],
            CoatPattern::Tortoiseshell | CoatPattern::Torbie if self.dilute => &[Color::Gray, Color::Cream],
            CoatPattern::Calico => &[Color::White, Color::Black, Color::Red],
            CoatPattern::Tortoiseshell => &[Color::Black, Color::Red],
            CoatPattern::Torbie => &[Color::Brown, Color::Red],
            CoatPattern::Tuxedo | CoatPattern::Harlequin if self.colors.len() < 2 => &[Color::Black, Color::White],
            CoatPattern::Tricolor => &[Color::Black, Color::White, Color::Brown],
            CoatPattern::Point => &[Color::Cream],
            _ => &[],
        }
    }
}

/// A pattern of the whole animal outweighs a partial one: `Calico Tabby` is a calico, `Tortie Point` a point.
fn stronger(known: Option<CoatPattern>, next: CoatPattern) -> Option<CoatPattern> {
    match (known, next) {
        (Some(CoatPattern::Tabby), CoatPattern::Tortoiseshell) => Some(CoatPattern::Torbie),
        (Some(CoatPattern::Tortoiseshell), CoatPattern::Tabby) => Some(CoatPattern::Torbie),
        (Some(CoatPattern::Calico), CoatPattern::Tricolor) => known,
        (_, CoatPattern::Calico | CoatPattern::Tricolor | CoatPattern::Point | CoatPattern::Tuxedo) => Some(next),
        (Some(first), _) => Some(first),
        (None, _) => Some(next),
    }
}

fn color_word(word: &str) -> Option<Color> {
    Some(match word {
        "black" | "blk" | "bl" | "ebony" | "noir" => Color::Black,
        "white" | "wht" | "wh" | "snow" | "albino" => Color::White,
        "gray" | "grey" | "gry" | "blue" | "blu" | "silver" | "slv" | "slvr" | "slate" | "smoke" | "smk" | "grullo" => {
            Color::Gray
        }
        "brown" | "brn" | "br" | "bn" | "chocolate" | "choc" | "liver" | "lv" | "seal" | "agouti" | "mahogany"
        | "bay" | "mocha" => Color::Brown,
        "red" | "rd" | "orange" | "org" | "ginger" | "chestnut" | "sorrel" | "rust" | "rufous" | "flame"
        | "cinnamon" | "copper" | "marmalade" => Color::Red,
        "tan" | "tn" | "fawn" | "buff" | "beige" | "blond" | "blonde" | "buckskin" | "dun" | "wheaten" | "sand" => {
            Color::Tan
        }
        "cream" | "crm" | "ivory" | "cremello" | "perlino" | "champagne" => Color::Cream,
        "gold" | "golden" | "apricot" | "palomino" => Color::Golden,
        "green" | "grn" | "olive" => Color::Green,
        "yellow" | "yel" => Color::Yellow,
        "purple" | "violet" | "pink" | "iridescent" | "other" => Color::Other,
        _ => return None,
    })
}

/// A colour with one typing error, such as `chocolte`. Short words are too similar to each other for this.
fn near_color_word(word: &str) -> Option<Color> {
    const LONG: [&str; 13] = [
        "black",
        "white",
        "silver",
        "brown",
        "chocolate",
        "orange",
        "ginger",
        "cream",
        "golden",
        "apricot",
        "yellow",
        "blonde",
        "chestnut",
    ];
    if word.len() < 5 || pattern_word(word).is_some() {
        return None;
    }
    LONG.iter()
        .find(|long| distance(word, long, 1).is_some())
        .and_then(|long| color_word(long))
}

fn pattern_word(word: &str) -> Option<CoatPattern> {
    Some(match word {
        "tabby" | "tab" | "tiger" | "mackerel" | "striped" | "ticked" => CoatPattern::Tabby,
        "tortie" | "tortoiseshell" | "tort" | "tor" => CoatPattern::Tortoiseshell,
        "calico" | "cali" => CoatPattern::Calico,
        "torbie" | "torbi" | "torby" => CoatPattern::Torbie,
        "tricolor" | "tricolored" | "tricolour" | "tri" => CoatPattern::Tricolor,
        "bicolor" | "bicolour" | "bicolored" => CoatPattern::Bicolor,
        "tuxedo" | "tux" => CoatPattern::Tuxedo,
        "point" | "pt" | "points" | "lynx" => CoatPattern::Point,
        "merle" | "dapple" => CoatPattern::Merle,
        "brindle" | "brindl" | "brind" | "brndl" | "brdl" => CoatPattern::Brindle,
        "harlequin" => CoatPattern::Harlequin,
        "sable" => CoatPattern::Sable,
        "spotted" | "spots" | "leopard" | "tick" | "piebald" | "appaloosa" => CoatPattern::Spotted,
        "paint" | "pinto" | "roan" | "shade" | "shaded" => CoatPattern::Other,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
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
}
