//! Parses phone numbers as people write them.

use phonenumber::{PhoneNumber, country};
use unicode_normalization::UnicodeNormalization;

/// Maximum length of the text in bytes; longer text is not a phone number.
const LONGEST: usize = 60;

/// Parses a phone number; `None` if the text is not one. Spaces, hyphens, dots, slashes and brackets are ignored, as
/// are invisible characters that come along when a number is copied. A number without a country code belongs to `home`.
pub fn read(raw: &str, home: Option<country::Id>) -> Option<PhoneNumber> {
    if LONGEST < raw.len() {
        return None;
    }
    let bare: String = raw.nfkc().filter(|sign| !is_separator(*sign)).collect();
    let dialled = match bare.strip_prefix("00") {
        Some(abroad) => format!("+{abroad}"),
        None => bare,
    };
    let digits = dialled.strip_prefix('+').unwrap_or(&dialled);
    let is_number = !digits.is_empty() && digits.bytes().all(|digit| digit.is_ascii_digit());
    // Even if the number has a country code, the library would look for a prefix of `home`.
    let home = home.filter(|_| !dialled.starts_with('+'));
    let number = is_number.then(|| phonenumber::parse(home, &dialled).ok());
    number.flatten()
}

fn is_separator(sign: char) -> bool {
    let is_hyphen = matches!(sign, '-' | '\u{ad}' | '\u{2010}'..='\u{2015}' | '\u{2212}');
    let is_invisible =
        matches!(sign, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}');
    sign.is_whitespace() || is_hyphen || is_invisible || matches!(sign, '.' | '/' | '(' | ')' | '[' | ']' | '·')
}

#[cfg(test)]
mod tests {
    use phonenumber::Mode;

    use super::*;

    fn reads(raw: &str, home: country::Id) -> Option<String> {
        Some(read(raw, Some(home))?.format().mode(Mode::E164).to_string())
    }

    #[test]
    fn signs_between_the_digits_mean_nothing() {
        for raw in [
            "+15205550142",
            "+1 520-555-0142",
            "+1 (520) 555-0142",
            "+1.520.555.0142",
            "+1/520/555 0142",
            "[+1] 520\u{2011}555\u{2013}0142",
            "\u{202a}+1\u{a0}520\u{a0}555\u{a0}0142\u{202c}",
            "＋１５２０５５５０１４２",
            "001 520 555 0142",
        ] {
            assert_eq!(reads(raw, country::Id::GB).as_deref(), Some("+15205550142"), "{raw}");
        }
    }

    #[test]
    fn a_number_without_a_country_code_is_one_of_home() {
        for (raw, home, number) in [
            ("(520) 555-0142", country::Id::US, "+15205550142"),
            ("1-520-555-0142", country::Id::US, "+15205550142"),
            ("011 44 7400 123456", country::Id::US, "+447400123456"),
            ("07400 123456", country::Id::GB, "+447400123456"),
            ("+55 11 8123-4567", country::Id::US, "+551181234567"),
            ("+49 1511 2345678", country::Id::US, "+4915112345678"),
        ] {
            assert_eq!(reads(raw, home).as_deref(), Some(number), "{raw}");
        }
        assert!(read("520 555 0142", None).is_none());
    }

    #[test]
    fn words_are_no_number() {
        for raw in ["", "+", "hello", "call +15205550142", "+1520x555", &"1 ".repeat(100)] {
            assert!(read(raw, Some(country::Id::US)).is_none(), "{raw}");
        }
    }
}
