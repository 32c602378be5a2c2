//! Cleans and measures text typed by people.

use crate::kernel::{FieldCode, FieldError};

/// A single line: cleaned, trimmed, not empty.
pub type Line = String;
/// Several lines: cleaned, trimmed, not empty.
pub type Prose = String;

/// A line of 1 to `max` characters. Control characters, zero-width characters and direction overrides are removed, and
/// runs of white space become one space.
pub fn line(field: &str, raw: &str, max: usize) -> Result<Line, FieldError> {
    let text = raw
        .split_whitespace()
        .map(visible)
        .filter(|word| !word.is_empty())
        .collect::<Vec<_>>()
        .join(" ");
    measured(field, text, max)
}

/// Text of 1 to `max` characters that may have several lines, each cleaned as in [`line`].
pub fn prose(field: &str, raw: &str, max: usize) -> Result<Prose, FieldError> {
    let lines = raw
        .lines()
        .map(|line| visible(line).trim_end().to_owned())
        .collect::<Vec<_>>();
    measured(field, lines.join("\n").trim().to_owned(), max)
}

/// Like [`line`], but missing or empty text is allowed.
pub fn optional_line(field: &str, raw: Option<&str>, max: usize) -> Result<Option<Line>, FieldError> {
    optional(raw, |raw| line(field, raw, max))
}

/// Like [`prose`], but missing or empty text is allowed.
pub fn optional_prose(field: &str, raw: Option<&str>, max: usize) -> Result<Option<Prose>, FieldError> {
    optional(raw, |raw| prose(field, raw, max))
}

/// Text from a file as it can be stored: PostgreSQL accepts no zero characters.
pub fn storable(text: &str) -> String {
    text.replace('\0', "\u{fffd}")
}

/// A lower-cased e-mail address: one `@`, a local part of at most 64 characters and a dotted domain, 254 characters in
/// all.
pub fn email(field: &str, raw: &str) -> Result<String, FieldError> {
    let address = raw.trim().to_lowercase();
    let fault = |message: &str| FieldError::new(field, FieldCode::Invalid, message);
    if 254 < address.len() {
        return Err(FieldError::new(
            field,
            FieldCode::TooLong,
            "an e-mail address has at most 254 characters",
        ));
    }
    let (local, domain) = address
        .split_once('@')
        .ok_or_else(|| fault("an e-mail address looks like name@example.org"))?;
    let is_local = |c: char| {
        c.is_ascii_alphanumeric() || "!#$%&'*+/=?^_`{|}~.-".contains(c) || (!c.is_ascii() && c.is_alphanumeric())
    };
    let is_label = |label: &str| {
        (1..=63).contains(&label.len())
            && label.chars().all(|c| c.is_alphanumeric() || c == '-')
            && !label.starts_with('-')
            && !label.ends_with('-')
    };
    let well_formed = (1..=64).contains(&local.len())
        && local.chars().all(is_local)
        && !local.starts_with('.')
        && !local.ends_with('.')
        && !local.contains("..")
        && domain.contains('.')
        && domain.split('.').all(is_label);
    if well_formed {
        Ok(address)
    } else {
        Err(fault("an e-mail address looks like name@example.org"))
    }
}

/// An absolute http or https URL without credentials, at most 2,000 characters.
pub fn url(field: &str, raw: &str) -> Result<String, FieldError> {
    let fault = || {
        FieldError::new(
            field,
            FieldCode::Invalid,
            "a web address begins with https:// or http://",
        )
    };
    if 2_000 < raw.len() {
        return Err(FieldError::new(
            field,
            FieldCode::TooLong,
            "a web address can have at most 2,000 characters",
        ));
    }
    let parsed = url::Url::parse(raw.trim()).map_err(|_| fault())?;
    let is_web =
        matches!(parsed.scheme(), "http" | "https") && parsed.host_str().is_some() && parsed.username().is_empty();
    if is_web { Ok(parsed.to_string()) } else { Err(fault()) }
}

fn optional(
    raw: Option<&str>,
    check: impl Fn(&str) -> Result<String, FieldError>,
) -> Result<Option<String>, FieldError> {
    match raw.map(check).transpose() {
        Err(fault) if fault.code == FieldCode::Required => Ok(None),
        other => other,
    }
}

fn measured(field: &str, text: String, max: usize) -> Result<String, FieldError> {
    match text.chars().count() {
        0 => Err(FieldError::new(
            field,
            FieldCode::Required,
            format!("{field} must not be empty"),
        )),
        length if max < length => Err(FieldError::new(
            field,
            FieldCode::TooLong,
            format!("{field} has {length} characters; at most {max} are allowed: shorten it"),
        )),
        _ => Ok(text),
    }
}

/// Removes control characters and characters that have no width or change the reading direction, because they make
/// look-alike names possible (Unicode Technical Report 36). Joiners and non-joiners between two non-ASCII characters
/// stay, because emoji and several scripts need them. So do the tags of a regional flag.
fn visible(text: &str) -> String {
    let mut kept = String::with_capacity(text.len());
    let mut rest = text.chars();
    while let Some(c) = rest.next() {
        let joins = matches!(c, '\u{200c}' | '\u{200d}')
            && kept.chars().next_back().is_some_and(|last| !last.is_ascii())
            && rest.clone().next().is_some_and(|next| !next.is_ascii());
        if joins || !is_hidden(c) {
            kept.push(c);
        }
        if let Some((tags, behind)) = region(c, rest.as_str()) {
            kept.push_str(tags);
            rest = behind.chars();
        }
    }
    kept
}

/// The tags that turn a black flag into that of a region, and the text after them: four to six letters or digits and an
/// end tag (Unicode Technical Standard 51, annex C). All other tag sequences are invisible text.
fn region(flag: char, rest: &str) -> Option<(&str, &str)> {
    let tags = rest.trim_start_matches(|c| matches!(c, '\u{e0030}'..='\u{e0039}' | '\u{e0061}'..='\u{e007a}'));
    let length = rest.len() - tags.len();
    let behind = tags.strip_prefix('\u{e007f}')?;
    let is_region = flag == '\u{1f3f4}' && (4..=6).contains(&(length / '\u{e0061}'.len_utf8()));
    is_region.then(|| rest.split_at(rest.len() - behind.len()))
}

fn is_hidden(c: char) -> bool {
    matches!(c, '\u{00ad}' | '\u{034f}' | '\u{061c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}' | '\u{180e}' | '\u{3164}' | '\u{feff}' | '\u{ffa0}'
        | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
        || (c.is_control() && c != '\t')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hidden_characters_vanish_from_a_line() {
        assert_eq!(
            line("name", " Swe\u{200b}e\u{202e}tie \n the\tdog ", 40).unwrap(),
            "Sweetie the dog"
        );
    }

    #[test]
    fn a_line_of_hidden_characters_is_empty() {
        assert_eq!(
            line("name", "\u{200b}\u{feff} ", 40).unwrap_err().code,
            FieldCode::Required
        );
    }

    #[test]
    fn length_is_counted_in_characters() {
        assert!(line("name", &"é".repeat(40), 40).is_ok());
        assert_eq!(line("name", &"é".repeat(41), 40).unwrap_err().code, FieldCode::TooLong);
    }

    #[test]
    fn joined_emoji_stay_whole() {
        assert_eq!(line("name", "👩\u{200d}🌾", 40).unwrap(), "👩\u{200d}🌾");
    }

    #[test]
    fn words_that_need_a_non_joiner_stay_whole() {
        let persian = "می\u{200c}خواهم";
        assert_eq!(prose("text", persian, 40).unwrap(), persian);
        assert_eq!(prose("text", "Swee\u{200c}tie\u{200c}", 40).unwrap(), "Sweetie");
    }

    #[test]
    fn the_flag_of_a_region_stays_and_other_tags_go() {
        let tagged = |letters: &str| -> String {
            let tag = |c: char| char::from_u32(0xe0000 + u32::from(c)).unwrap();
            letters.chars().map(tag).chain(['\u{e007f}']).collect()
        };
        let scotland = format!("🏴{} and on", tagged("gbsct"));
        assert_eq!(prose("text", &scotland, 40).unwrap(), scotland);
        for hidden in [
            format!("🏴{}", tagged("say")),
            format!("🏴{}", tagged("gbsctt1")),
            format!("🏴{}", tagged("gb ct")),
            format!("🏴{}", tagged("gbsct").trim_end_matches('\u{e007f}')),
        ] {
            assert_eq!(prose("text", &hidden, 40).unwrap(), "🏴");
        }
        assert_eq!(prose("text", &format!("a{}", tagged("gbsct")), 40).unwrap(), "a");
    }

    #[test]
    fn addresses_need_a_local_part_and_a_dotted_domain() {
        for good in [
            "ann@example.org",
            "ANN+pets@mail.example.co.uk",
            "ann_b@münchen.example",
        ] {
            assert!(email("email", good).is_ok(), "{good}");
        }
        for bad in [
            "",
            "ann",
            "ann@",
            "@example.org",
            "ann@example",
            "a b@example.org",
            "ann@-x.org",
            "ann@@example.org",
            "ann..b@example.org",
        ] {
            assert!(email("email", bad).is_err(), "{bad}");
        }
    }
}
