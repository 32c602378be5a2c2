//! Finds and hides phone numbers and e-mail addresses in public text, including those disguised to get past a program.

mod email;
mod phone;
mod signs;

use crate::Masked;

/// Replaces a contact detail.
const HIDDEN: &str = "[contact hidden]";

/// Hides e-mail addresses, and digit runs of 7 or more that are written like phone numbers. Some of these runs are
/// longer than any phone number, or are microchip numbers; those do not belong in public text either, so they are
/// hidden too.
pub fn mask_contacts(text: &str) -> Masked {
    let mut masked = Masked {
        text: String::with_capacity(text.len()),
        hidden: 0,
    };
    let mut rest = text;
    while !rest.is_empty() {
        let before = text.get(..text.len() - rest.len()).unwrap_or_default();
        let taken = match email::length(rest).or_else(|| phone::length_behind(before, rest)) {
            Some(length) => {
                masked.text.push_str(HIDDEN);
                masked.hidden += 1;
                length
            }
            None => copied(rest, &mut masked.text),
        };
        rest = rest.get(taken..).unwrap_or_default();
    }
    masked
}

/// Copies up to the next place where a detail could begin: a whole date or word, or a single non-word character.
fn copied(rest: &str, out: &mut String) -> usize {
    let word = rest.find(|c: char| !c.is_alphanumeric()).unwrap_or(rest.len());
    let length = match (phone::date_length(rest), word) {
        (Some(date), _) => date,
        (None, 0) => rest.chars().next().map_or(0, char::len_utf8),
        (None, word) => word,
    };
    out.push_str(rest.get(..length).unwrap_or_default());
    length
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn phone_numbers_and_addresses_are_hidden() {
        let masked = mask_contacts("Call (512) 555-0142, or +1 512 555 0143; write to ann@example.org.");
        assert_eq!(
            masked.text,
            "Call [contact hidden], or [contact hidden]; write to [contact hidden]."
        );
        assert_eq!(masked.hidden, 3);
    }

    #[test]
    fn phone_numbers_are_hidden_in_whatever_signs_they_are_written() {
        for number in [
            "５１２５５５０１４２",
            "٥١٢-٥٥٥-٠١٤٢",
            "۵۱۲ ۵۵۵ ۰۱۴۲",
            "५१२ ५५५ ०१४२",
            "5\u{fe0f}\u{20e3}1\u{fe0f}\u{20e3}2\u{fe0f}\u{20e3}5\u{fe0f}\u{20e3}5\u{fe0f}\u{20e3}5\u{fe0f}\u{20e3}0\u{fe0f}\u{20e3}1\u{fe0f}\u{20e3}",
            "512–555—0142",
            "512\u{a0}555\u{2009}0142",
            "512_555_0142",
            "512 · 555 · 0142",
            "512 dot 555 dot 0142",
            "512 (dash) 555 [dash] 0142",
            "512-dash-555-dash-0142",
            "five one two 555 zero one four two",
            "５１２．５５５．０１４２",
            "（512）555－0142",
            "＋１ 512 555 0142",
            "5125550142 5125550143",
        ] {
            let masked = mask_contacts(&format!("Call {number}, please"));
            assert_eq!(masked.text, "Call [contact hidden], please", "{number}");
        }
    }

    #[test]
    fn addresses_are_hidden_in_whatever_words_they_are_written() {
        for address in [
            "ann(at)example.org",
            "ann (at) example (dot) org",
            "ann [AT] mail [DOT] example [DOT] org",
            "ann{at}example{dot}org",
            "ann at example dot org",
            "ann.lee AT gmail DOT com",
            "ann at gmail.com",
            "ann＠example．org",
            "ann @ example . org",
            "ann@ example.org",
            "ann @example.org",
            "ann@example(dot)org",
            "ann (at) example.de",
            "ann@example[.]org",
            "ann -at- example -dot- org",
            "ann_at_example_dot_org",
        ] {
            let masked = mask_contacts(&format!("Write to {address}, please"));
            assert_eq!(masked.text, "Write to [contact hidden], please", "{address}");
        }
    }

    #[test]
    fn dates_weights_and_house_numbers_stay() {
        for text in [
            "Lost on 2026-11-20 at 10:30.",
            "Seen 11/20/2026",
            "Seen 11/20/2026 10:30, and 2026-11-21 18:00",
            "Between 20.11.2026 and 21.11.2026",
            "Weighs 12 kg, 3 years",
            "12345 Main St",
            "13404 SE 236TH PL",
            "near 13404 236TH AVE SE",
            "12411 116 AVE NE",
            "21800 148 SE St",
            "1200 W 6th St, Austin, TX 78703",
            "Look at the dot on her nose. It is white",
            "Dash is one of two: he answers to Dot, too",
            "Seen at the park, at 5.30 pm",
            "She looked at me. Dot is her name",
            "Seen @ St.Mary's, 3 or 4 times",
            "one two three, here she comes",
            "٣ كلاب في ١٢ شارع",
            "He ran (at speed) to the (dot) on the map",
        ] {
            assert_eq!(mask_contacts(text).text, text);
        }
    }

    #[test]
    fn codes_of_letters_and_seven_digits_stay() {
        for text in ["Sc-100918-1", "found as A-12345-67, shy"] {
            assert_eq!(mask_contacts(text).text, text);
        }
        for (text, masked) in [
            ("call 512-555-0100", "call [contact hidden]"),
            ("call-512-555-0100", "call-[contact hidden]"),
            ("call-555-0100", "call-[contact hidden]"),
            ("call-5550100", "call-[contact hidden]"),
            ("call-5125550100", "call-[contact hidden]"),
            ("100918-1", "[contact hidden]"),
        ] {
            assert_eq!(mask_contacts(text).text, masked);
        }
    }

    #[test]
    fn any_text_is_taken_without_panic() {
        for text in [
            "",
            "@",
            "é@é.é",
            "+",
            "((((",
            "🐕 5125550142 🐕",
            "(at",
            "a(at)",
            "a at b dot",
            "５",
            "[dot]",
            "a (",
        ] {
            mask_contacts(text);
        }
    }
}
