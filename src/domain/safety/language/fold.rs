//! Undoes the disguise of single characters.

use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

/// A folded character and its position in the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Folded {
    /// Lower case, without accents, and Latin if it looks like a Latin letter.
    pub c: char,
    /// Index of the original character in the text, in characters.
    pub at: usize,
}

/// The folded text. Zero-width characters vanish; every other character becomes one or more.
pub(super) fn fold(text: &str) -> Vec<Folded> {
    let mut folded = Vec::with_capacity(text.len());
    for (at, original) in text.chars().enumerate() {
        let plain = unboxed(original);
        for c in std::iter::once(plain).nfkd().filter(|c| !is_invisible(*c)) {
            folded.extend(c.to_lowercase().map(|c| Folded { c: latin(c), at }));
        }
    }
    folded
}

/// Combining marks and zero-width characters.
fn is_invisible(c: char) -> bool {
    is_combining_mark(c)
        || matches!(c, '\u{00ad}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
            | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{e0000}'..='\u{e01ef}')
}

/// Letters in boxes, circles and flags, which compatibility decomposition leaves alone.
fn unboxed(c: char) -> char {
    let first = match c {
        '\u{1f130}'..='\u{1f149}' => 0x1f130,
        '\u{1f150}'..='\u{1f169}' => 0x1f150,
        '\u{1f170}'..='\u{1f189}' => 0x1f170,
        '\u{1f1e6}'..='\u{1f1ff}' => 0x1f1e6,
        '\u{278a}'..='\u{2792}' => return digit_from(c, 0x278a - 1),
        '\u{2776}'..='\u{277e}' => return digit_from(c, 0x2776 - 1),
        _ => return c,
    };
    char::from_u32('a' as u32 + (c as u32 - first)).unwrap_or(c)
}

fn digit_from(c: char, zero: u32) -> char {
    char::from_digit(c as u32 - zero, 10).unwrap_or(c)
}

/// The Latin letter or digit that this character resembles (Unicode Technical Standard 39 calls them confusable).
fn latin(c: char) -> char {
    match c {
        'а' | 'α' | 'ɑ' => 'a',
        'в' | 'ь' | 'β' => 'b',
        'с' | 'ϲ' => 'c',
        'ԁ' => 'd',
        'е' | 'ε' | 'є' => 'e',
        'ɡ' => 'g',
        'һ' | 'н' => 'h',
        'і' | 'ι' | 'ı' | 'ɩ' => 'i',
        'ј' => 'j',
        'к' | 'κ' => 'k',
        'ӏ' | '|' => 'l',
        'м' => 'm',
        'η' | 'п' => 'n',
        'о' | 'ο' | 'ø' | 'σ' => 'o',
        'р' | 'ρ' => 'p',
        'ԛ' => 'q',
        'г' => 'r',
        'ѕ' => 's',
        'т' | 'τ' => 't',
        'υ' | 'ц' => 'u',
        'ν' | 'ѵ' => 'v',
        'ѡ' | 'ω' | 'ш' => 'w',
        'х' | 'χ' => 'x',
        'у' | 'γ' => 'y',
        '\u{0660}'..='\u{0669}' => digit_from(c, 0x0660),
        '\u{06f0}'..='\u{06f9}' => digit_from(c, 0x06f0),
        '\u{0966}'..='\u{096f}' => digit_from(c, 0x0966),
        '\u{2018}' | '\u{2019}' | '`' | '´' => '\'',
        '\u{2010}'..='\u{2015}' | '\u{2212}' => '-',
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folded(text: &str) -> String {
        fold(text).iter().map(|folded| folded.c).collect()
    }

    #[test]
    fn disguises_come_off() {
        for (worn, plain) in [
            ("Ｗｈａｔｓａｐｐ", "whatsapp"),
            ("𝐖𝓱𝖆𝚝𝘀𝗮𝗽𝗽", "whatsapp"),
            ("Wh\u{200b}at\u{00ad}sa\u{feff}pp", "whatsapp"),
            ("Ѕеnd thе сodе", "send the code"),
            ("ⓩⓔⓛⓛⓔ 🅿🅰🆈", "zelle pay"),
            ("ṕàýp̃al", "paypal"),
            ("4️⃣８𝟐⑨١", "48291"),
        ] {
            assert_eq!(folded(worn), plain, "{worn}");
        }
    }

    #[test]
    fn places_are_those_of_the_text() {
        let places: Vec<usize> = fold("a\u{200b}ﬁb").iter().map(|folded| folded.at).collect();
        assert_eq!(places, [0, 2, 2, 3]);
    }
}
