//! Checks that a text is exactly one emoji.
//!
//! The grammar follows Unicode Technical Standard 51, section 1.4.9: a flag, a keycap, or one or more joined
//! pictographs, each with an optional skin tone or presentation selector. The ranges are those of `emoji-data.txt`,
//! version 16. The block to which new emojis are still being added is included as a whole.

/// Maximum number of code points in an emoji; the longest in use has ten.
const MOST: usize = 20;
/// Selects the coloured presentation; it has no other meaning.
const PRESENTATION: char = '\u{fe0f}';
const JOINER: char = '\u{200d}';
const KEYCAP: char = '\u{20e3}';
const END_OF_TAGS: char = '\u{e007f}';

/// A single emoji.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Emoji {
    /// Equal for emojis that differ only in presentation.
    pub key: String,
    /// The text as the client sent it.
    pub shown: String,
}

impl Emoji {
    /// Parses the text; `None` unless it is exactly one emoji.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let symbols: Vec<char> = text.chars().take(MOST + 1).collect();
        let is_one = symbols.len() <= MOST && (is_flag(&symbols) || is_keycap(&symbols) || is_joined(&symbols));
        is_one.then(|| Self {
            key: text.chars().filter(|symbol| *symbol != PRESENTATION).collect(),
            shown: text.to_owned(),
        })
    }
}

fn is_flag(symbols: &[char]) -> bool {
    let is_letter = |symbol: &char| ('\u{1f1e6}'..='\u{1f1ff}').contains(symbol);
    symbols.len() == 2 && symbols.iter().all(is_letter)
}

fn is_keycap(symbols: &[char]) -> bool {
    let is_key = |symbol: char| symbol.is_ascii_digit() || symbol == '#' || symbol == '*';
    match symbols {
        [key, KEYCAP] | [key, PRESENTATION, KEYCAP] => is_key(*key),
        _ => false,
    }
}

fn is_joined(symbols: &[char]) -> bool {
    symbols.split(|symbol| *symbol == JOINER).all(is_picture)
}

/// A pictograph with an optional skin tone or presentation selector or, for regional flags, the tags that name the
/// region.
fn is_picture(symbols: &[char]) -> bool {
    let Some((picture, rest)) = symbols.split_first() else {
        return false;
    };
    let rest = match rest {
        [PRESENTATION | '\u{1f3fb}'..='\u{1f3ff}', rest @ ..] => rest,
        rest => rest,
    };
    let is_tag = |symbol: &char| ('\u{e0020}'..='\u{e007e}').contains(symbol);
    let tags_are_whole = match rest.split_last() {
        None => true,
        Some((last, tags)) => *last == END_OF_TAGS && !tags.is_empty() && tags.iter().all(is_tag),
    };
    tags_are_whole && is_pictographic(u32::from(*picture))
}

fn is_pictographic(code: u32) -> bool {
    let place = PICTURES.partition_point(|(_, last)| *last < code);
    PICTURES.get(place).is_some_and(|(first, _)| *first <= code)
}

/// Inclusive ranges of pictographic code points, in ascending order.
#[rustfmt::skip]
const PICTURES: &[(u32, u32)] = &[
    (0xa9, 0xa9), (0xae, 0xae), (0x203c, 0x203c), (0x2049, 0x2049), (0x2122, 0x2122), (0x2139, 0x2139), (0x2194, 0x2199),
    (0x21a9, 0x21aa), (0x231a, 0x231b), (0x2328, 0x2328), (0x23cf, 0x23cf), (0x23e9, 0x23f3), (0x23f8, 0x23fa),
    (0x24c2, 0x24c2), (0x25aa, 0x25ab), (0x25b6, 0x25b6), (0x25c0, 0x25c0), (0x25fb, 0x25fe), (0x2600, 0x2604),
    (0x260e, 0x260e), (0x2611, 0x2611), (0x2614, 0x2615), (0x2618, 0x2618), (0x261d, 0x261d), (0x2620, 0x2620),
    (0x2622, 0x2623), (0x2626, 0x2626), (0x262a, 0x262a), (0x262e, 0x262f), (0x2638, 0x263a), (0x2640, 0x2640),
    (0x2642, 0x2642), (0x2648, 0x2653), (0x265f, 0x2660), (0x2663, 0x2663), (0x2665, 0x2666), (0x2668, 0x2668),
    (0x267b, 0x267b), (0x267e, 0x267f), (0x2692, 0x2697), (0x2699, 0x2699), (0x269b, 0x269c), (0x26a0, 0x26a1),
    (0x26a7, 0x26a7), (0x26aa, 0x26ab), (0x26b0, 0x26b1), (0x26bd, 0x26be), (0x26c4, 0x26c5), (0x26c8, 0x26c8),
    (0x26ce, 0x26cf), (0x26d1, 0x26d1), (0x26d3, 0x26d4), (0x26e9, 0x26ea), (0x26f0, 0x26f5), (0x26f7, 0x26fa),
    (0x26fd, 0x26fd), (0x2702, 0x2702), (0x2705, 0x2705), (0x2708, 0x270d), (0x270f, 0x270f), (0x2712, 0x2712),
    (0x2714, 0x2714), (0x2716, 0x2716), (0x271d, 0x271d), (0x2721, 0x2721), (0x2728, 0x2728), (0x2733, 0x2734),
    (0x2744, 0x2744), (0x2747, 0x2747), (0x274c, 0x274c), (0x274e, 0x274e), (0x2753, 0x2755), (0x2757, 0x2757),
    (0x2763, 0x2764), (0x2795, 0x2797), (0x27a1, 0x27a1), (0x27b0, 0x27b0), (0x27bf, 0x27bf), (0x2934, 0x2935),
    (0x2b05, 0x2b07), (0x2b1b, 0x2b1c), (0x2b50, 0x2b50), (0x2b55, 0x2b55), (0x3030, 0x3030), (0x303d, 0x303d),
    (0x3297, 0x3297), (0x3299, 0x3299), (0x1f004, 0x1f004), (0x1f0cf, 0x1f0cf), (0x1f170, 0x1f171), (0x1f17e, 0x1f17f),
    (0x1f18e, 0x1f18e), (0x1f191, 0x1f19a), (0x1f201, 0x1f202), (0x1f21a, 0x1f21a), (0x1f22f, 0x1f22f),
    (0x1f232, 0x1f23a), (0x1f250, 0x1f251), (0x1f300, 0x1f321), (0x1f324, 0x1f393), (0x1f396, 0x1f397),
    (0x1f399, 0x1f39b), (0x1f39e, 0x1f3f0), (0x1f3f3, 0x1f3f5), (0x1f3f7, 0x1f4fd), (0x1f4ff, 0x1f53d),
    (0x1f549, 0x1f54e), (0x1f550, 0x1f567), (0x1f56f, 0x1f570), (0x1f573, 0x1f57a), (0x1f587, 0x1f587),
    (0x1f58a, 0x1f58d), (0x1f590, 0x1f590), (0x1f595, 0x1f596), (0x1f5a4, 0x1f5a5), (0x1f5a8, 0x1f5a8),
    (0x1f5b1, 0x1f5b2), (0x1f5bc, 0x1f5bc), (0x1f5c2, 0x1f5c4), (0x1f5d1, 0x1f5d3), (0x1f5dc, 0x1f5de),
    (0x1f5e1, 0x1f5e1), (0x1f5e3, 0x1f5e3), (0x1f5e8, 0x1f5e8), (0x1f5ef, 0x1f5ef), (0x1f5f3, 0x1f5f3),
    (0x1f5fa, 0x1f64f), (0x1f680, 0x1f6c5), (0x1f6cb, 0x1f6d2), (0x1f6d5, 0x1f6d7), (0x1f6dc, 0x1f6e5),
    (0x1f6e9, 0x1f6e9), (0x1f6eb, 0x1f6ec), (0x1f6f0, 0x1f6f0), (0x1f6f3, 0x1f6fc), (0x1f7e0, 0x1f7eb),
    (0x1f7f0, 0x1f7f0), (0x1f90c, 0x1f93a), (0x1f93c, 0x1f945), (0x1f947, 0x1f9ff), (0x1fa70, 0x1faff),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_emoji_of_any_kind_is_taken() {
        for emoji in [
            "👍",
            "❤️",
            "❤",
            "👍🏽",
            "👩‍🌾",
            "👨‍👩‍👧‍👦",
            "❤️‍🔥",
            "🇦🇹",
            "🏴󠁧󠁢󠁳󠁣󠁴󠁿",
            "1️⃣",
            "#⃣",
            "🐕‍🦺",
            "☺️",
        ] {
            assert_eq!(Emoji::parse(emoji).map(|emoji| emoji.shown), Some(emoji.to_owned()));
        }
    }

    #[test]
    fn text_and_several_emojis_are_refused() {
        let many = "👩‍".repeat(11);
        for text in [
            "",
            "a",
            "1",
            "é",
            "ok👍",
            "👍👍",
            "🇦",
            "🇦🇹🇦",
            "\u{200d}",
            "👍\u{200d}",
            "\u{fe0f}",
            " 👍",
            "中",
            &many,
        ] {
            assert_eq!(Emoji::parse(text), None, "{text:?}");
        }
    }

    #[test]
    fn how_it_is_drawn_makes_no_other_emoji() {
        let key = |text| Emoji::parse(text).unwrap().key;
        assert_eq!(key("❤️"), key("❤"));
        assert_ne!(key("👍🏽"), key("👍"));
    }

    #[test]
    fn the_ranges_are_in_order() {
        assert!(PICTURES.is_sorted_by(|(_, last), (first, _)| last < first));
    }
}
