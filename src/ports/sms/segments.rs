//! Number of segments in a text message (3GPP TS 23.038 and 23.040).

/// The non-ASCII characters of the GSM-7 basic table; `is_basic` covers the ASCII ones.
const BASIC_BEYOND_ASCII: &str = "£¥èéùìòÇØøÅåΔΦΓΛΩΠΨΣΘΞÆæßÉ¤¡ÄÖÑÜ§¿äöñüà";

/// The characters of the extension table. Each needs an escape as well, so it takes two units.
const EXTENSION: &str = "^{}\\[~]|€\u{c}";

/// Character encoding of a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Encoding {
    /// Seven bits per unit: 160 units in a single segment, 153 in each of several.
    Gsm7,
    /// Sixteen bits per unit (UTF-16): 70 units in a single segment, 67 in each of several.
    Ucs2,
}

/// The size of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Segments {
    /// A single character outside GSM-7 makes the whole message UCS-2.
    pub encoding: Encoding,
    /// Length in the units of the encoding.
    pub units: usize,
    /// Number of segments, 1 for an empty text.
    pub count: u32,
}

/// Measures a text as a gateway does: a character of two units (extension, emoji) is never split between segments.
pub fn segments(text: &str) -> Segments {
    let widths: Option<Vec<usize>> = text.chars().map(gsm7_width).collect();
    match widths {
        Some(widths) => measure(Encoding::Gsm7, widths.into_iter(), 160, 153),
        None => measure(Encoding::Ucs2, text.chars().map(char::len_utf16), 70, 67),
    }
}

fn measure(encoding: Encoding, widths: impl Iterator<Item = usize>, single: usize, each: usize) -> Segments {
    let (mut units, mut count, mut filled) = (0, 1, 0);
    for width in widths {
        units += width;
        filled += width;
        if each < filled {
            count += 1;
            filled = width;
        }
    }
    if units <= single {
        count = 1;
    }
    Segments { encoding, units, count }
}

fn gsm7_width(character: char) -> Option<usize> {
    match character {
        _ if is_basic(character) => Some(1),
        _ if EXTENSION.contains(character) => Some(2),
        _ => None,
    }
}

fn is_basic(character: char) -> bool {
    match character {
        '\n' | '\r' | ' '..='_' => !matches!(character, '[' | '\\' | ']' | '^'),
        'a'..='z' => true,
        _ => BASIC_BEYOND_ASCII.contains(character),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn measured(text: &str) -> (Encoding, usize, u32) {
        let Segments { encoding, units, count } = segments(text);
        (encoding, units, count)
    }

    #[test]
    fn gsm_7_has_160_units_alone_and_153_in_company() {
        use Encoding::Gsm7;
        for (length, count) in [(0, 1), (160, 1), (161, 2), (306, 2), (307, 3), (459, 3), (460, 4)] {
            assert_eq!(measured(&"a".repeat(length)), (Gsm7, length, count));
        }
    }

    #[test]
    fn ucs_2_has_70_units_alone_and_67_in_company() {
        use Encoding::Ucs2;
        for (length, count) in [(1, 1), (70, 1), (71, 2), (134, 2), (135, 3)] {
            assert_eq!(measured(&"ё".repeat(length)), (Ucs2, length, count));
        }
    }

    #[test]
    fn extension_characters_and_emoji_count_twice_and_stay_whole() {
        assert_eq!(measured("^{}\\[~]|€"), (Encoding::Gsm7, 18, 1));
        assert_eq!(measured(&"€".repeat(80)), (Encoding::Gsm7, 160, 1));
        // 76 of them fill 152 of the 153 units of a segment: 153 do not fit into two.
        assert_eq!(measured(&"€".repeat(152)), (Encoding::Gsm7, 304, 2));
        assert_eq!(measured(&"€".repeat(153)), (Encoding::Gsm7, 306, 3));
        assert_eq!(measured("🐾"), (Encoding::Ucs2, 2, 1));
        assert_eq!(measured(&"🐾".repeat(67)), (Encoding::Ucs2, 134, 3));
    }

    #[test]
    fn one_emoji_turns_a_text_of_one_segment_into_two() {
        let text = "a".repeat(106);
        assert_eq!(segments(&text).count, 1);
        assert_eq!(segments(&format!("🐾{text}")).count, 2);
    }

    #[test]
    fn what_looks_like_latin_is_not_always_gsm_7() {
        for outside in ["ç", "`", "“", "–", "á", "\t", "\u{a0}"] {
            assert_eq!(segments(outside).encoding, Encoding::Ucs2, "{outside:?}");
        }
        for inside in ["@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ", "¡¿ÄÖÑÜ§äöñüà¤"] {
            assert_eq!(
                measured(inside),
                (Encoding::Gsm7, inside.chars().count(), 1),
                "{inside:?}"
            );
        }
    }
}
