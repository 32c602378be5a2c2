//! The words for single colours and patterns, with the abbreviations of shelter software.

use entity::vocabulary::{CoatPattern, Color};

use crate::spelling::distance;

/// The colour that a folded word names, with at most one typing error in a long word.
pub(super) fn color_word(word: &str) -> Option<Color> {
    exact_color(word).or_else(|| near_color(word))
}

fn exact_color(word: &str) -> Option<Color> {
    Some(match word {
        "black" | "blk" | "blck" | "bl" | "ebony" | "noir" => Color::Black,
        "white" | "wht" | "whte" | "wh" | "snow" | "albino" => Color::White,
        "gray" | "grey" | "gry" | "blue" | "blu" | "silver" | "slv" | "slvr" | "slate" | "smoke" | "smk" | "smoky"
        | "smokey" | "grullo" | "grulla" | "charcoal" | "pewter" => Color::Gray,
        // The salt and pepper of schnauzers is black and white hair that looks gray.
        "salt" | "pepper" => Color::Gray,
        "lilac" | "lilic" | "lavender" | "frost" => Color::Gray,
        "brown" | "brn" | "brwn" | "br" | "bn" | "chocolate" | "choc" | "liver" | "lv" | "seal" | "agouti"
        | "mahogany" | "bay" | "mocha" => Color::Brown,
        // Ruddy cats are called after the reddish coat of Abyssinians.
        "red" | "rd" | "orange" | "org" | "ginger" | "chestnut" | "sorrel" | "rust" | "rufous" | "flame"
        | "cinnamon" | "copper" | "marmalade" | "ruddy" | "auburn" => Color::Red,
        "tan" | "tn" | "fawn" | "fwn" | "buff" | "beige" | "blond" | "blonde" | "buckskin" | "dun" | "wheaten"
        | "sand" | "tawny" | "isabella" | "lemon" => Color::Tan,
        "cream" | "crm" | "ivory" | "cremello" | "perlino" | "champagne" => Color::Cream,
        "gold" | "gld" | "golden" | "apricot" | "palomino" => Color::Golden,
        "green" | "grn" | "olive" => Color::Green,
        "yellow" | "yel" => Color::Yellow,
        "purple" | "violet" | "pink" | "iridescent" | "other" => Color::Other,
        _ => return None,
    })
}

/// A colour with one typing error, such as `chocolte`. Short words are too similar to each other for this.
fn near_color(word: &str) -> Option<Color> {
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
    // A cell that says that it is blank names no colour.
    if word.len() < 5 || word == "blank" || pattern_word(word).is_some() {
        return None;
    }
    LONG.iter()
        .find(|long| distance(word, long, 1).is_some())
        .and_then(|long| exact_color(long))
}

/// The pattern that a folded word names.
fn pattern_word(word: &str) -> Option<CoatPattern> {
    Some(match word {
        "tabby" | "tab" | "tby" | "tabbie" | "tiger" | "mackerel" | "striped" | "ticked" => CoatPattern::Tabby,
        "tortie" | "torti" | "torty" | "tortoiseshell" | "tortoise" | "tort" | "tor" => CoatPattern::Tortoiseshell,
        "calico" | "cali" | "calic" => CoatPattern::Calico,
        "torbie" | "torbi" | "torby" => CoatPattern::Torbie,
        "tricolor" | "tricolored" | "tricolour" | "tri" => CoatPattern::Tricolor,
        "bicolor" | "bicolour" | "bicolored" | "bi" => CoatPattern::Bicolor,
        "tuxedo" | "tux" => CoatPattern::Tuxedo,
        "point" | "pt" | "points" | "pointed" | "lynx" => CoatPattern::Point,
        "merle" | "dapple" | "dappled" => CoatPattern::Merle,
        "brindle" | "brindl" | "brind" | "brndl" | "brdl" | "brindled" => CoatPattern::Brindle,
        "harlequin" => CoatPattern::Harlequin,
        "sable" | "sbl" => CoatPattern::Sable,
        "spotted" | "spots" | "leopard" | "tick" | "piebald" | "skewbald" | "appaloosa" => CoatPattern::Spotted,
        "paint" | "pinto" | "roan" | "shade" | "shaded" => CoatPattern::Other,
        "solid" => CoatPattern::Solid,
        _ => return None,
    })
}

/// The patterns that the words of one part name, in their order. Gray horses have dapples, which are spots.
pub(super) fn patterns_of_words(words: &[&str]) -> Vec<CoatPattern> {
    let is_dapple_gray = words
        .windows(2)
        .any(|pair| matches!(pair, ["dapple" | "dappled", "gray" | "grey"]));
    let patterns = words.iter().filter_map(|word| pattern_word(word));
    patterns
        .map(|pattern| match pattern {
            CoatPattern::Merle if is_dapple_gray => CoatPattern::Spotted,
            _ => pattern,
        })
        .collect()
}

/// Whether words of one part of a cell name a washed-out shade: outright, by the name of one (lilac is washed-out
/// chocolate), or because blue and cream are the washed-out black and red of the patterns of cats. Blue alone is
/// not: it can be a dog's or a bird's.
pub(super) fn are_dilute(words: &[&str]) -> bool {
    let has = |wanted: &[&str]| words.iter().any(|word| wanted.contains(word));
    let has_pattern = |wanted: &[CoatPattern]| {
        words
            .iter()
            .any(|word| pattern_word(word).is_some_and(|pattern| wanted.contains(&pattern)))
    };
    let blue = ["blue", "blu"];
    has(&[
        "dilute", "diluted", "dil", "muted", "lilac", "lilic", "lavender", "frost", "isabella",
    ]) || are_blue_cream(words)
        || has(&blue) && has_pattern(&[CoatPattern::Tabby, CoatPattern::Point])
        || has(&["cream", "crm"]) && has_pattern(&[CoatPattern::Tabby, CoatPattern::Point])
        || (has(&blue) || has(&["gray", "grey", "gry"]))
            && has_pattern(&[CoatPattern::Tortoiseshell, CoatPattern::Torbie, CoatPattern::Calico])
}

/// The name for cats whose black and red are both washed out.
pub(super) fn are_blue_cream(words: &[&str]) -> bool {
    words.windows(2).any(|pair| pair == ["blue", "cream"])
}
