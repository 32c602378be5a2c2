//! Phone numbers and e-mail addresses in public text.

/// Text without contact details.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Masked {
    /// The text with every contact detail replaced by `[contact hidden]`.
    pub text: String,
    /// How many were replaced.
    pub hidden: usize,
}

/// What stands in for a contact detail.
const HIDDEN: &str = "[contact hidden]";

/// Hides e-mail addresses, and runs of 7 to 15 digits that are written like a phone number. A run of exactly 15 or 9
/// digits without separators is left alone only when it is no phone number by its length: nothing of that kind
/// belongs into public text either, so all of them go.
pub fn mask_contacts(text: &str) -> Masked {
    let mut masked = Masked {
        text: String::with_capacity(text.len()),
        hidden: 0,
    };
    let mut rest = text;
    while !rest.is_empty() {
        let taken = match email_length(rest).or_else(|| phone_length(rest)) {
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

/// Copies up to the next place where a detail could begin: the whole word, or one character that is no word.
fn copied(rest: &str, out: &mut String) -> usize {
    let word = rest.find(|c: char| !is_word(c)).unwrap_or(rest.len());
    let length = if word == 0 {
        rest.chars().next().map_or(0, char::len_utf8)
    } else {
        word
    };
    out.push_str(rest.get(..length).unwrap_or_default());
    length
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric()
}

fn email_length(text: &str) -> Option<usize> {
    let local = text.find(|c: char| !(c.is_ascii_alphanumeric() || "._%+-".contains(c)))?;
    if local == 0 || !text.get(local..)?.starts_with('@') {
        return None;
    }
    let domain = text.get(local + 1..)?;
    let end = domain
        .find(|c: char| !(c.is_alphanumeric() || c == '.' || c == '-'))
        .unwrap_or(domain.len());
    let name = domain.get(..end)?.trim_end_matches(['.', '-']);
    name.contains('.').then_some(local + 1 + name.len())
}

fn phone_length(text: &str) -> Option<usize> {
    let first = text.chars().next()?;
    if !(first.is_ascii_digit() || first == '+' || first == '(') {
        return None;
    }
    let (mut digits, mut end) = (0, 0);
    let mut gap = 0;
    for (at, c) in text.char_indices() {
        match c {
            '0'..='9' => (digits, end, gap) = (digits + 1, at + 1, 0),
            ' ' | '-' | '.' | '(' | ')' | '+' | '/' if gap < 3 => gap += 1,
            _ => break,
        }
    }
    let is_date = text.get(..end).is_some_and(looks_like_a_date);
    ((7..=15).contains(&digits) && !is_date).then_some(end)
}

/// `2026-11-20` and `11/20/2026` are no phone numbers.
fn looks_like_a_date(text: &str) -> bool {
    let parts: Vec<&str> = text.split(['-', '/', '.']).collect();
    let lengths: Vec<usize> = parts.iter().map(|part| part.len()).collect();
    let numeric = parts.iter().all(|part| part.bytes().all(|b| b.is_ascii_digit()));
    numeric && matches!(lengths.as_slice(), [4, 1..=2, 1..=2] | [1..=2, 1..=2, 4])
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
    fn dates_weights_and_house_numbers_stay() {
        for text in [
            "Lost on 2026-11-20 at 10:30.",
            "Seen 11/20/2026",
            "Weighs 12 kg, 3 years",
            "12345 Main St",
        ] {
            assert_eq!(mask_contacts(text).text, text);
        }
    }

    #[test]
    fn any_text_is_taken_without_panic() {
        for text in ["", "@", "é@é.é", "+", "((((", "🐕 5125550142 🐕"] {
            mask_contacts(text);
        }
    }
}
