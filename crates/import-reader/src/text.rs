//! Cleans shelters' free text: names without decoration, descriptions without markup, photo URLs.

/// Characters that shelters put around names: a star for "named by us", and the like.
const DECORATION: [char; 11] = ['*', '$', '#', '!', '~', '_', '-', '.', ',', '+', ' '];

/// Placeholders for unknown names.
const PLACEHOLDERS: [&str; 22] = [
    "unknown",
    "unidentified",
    "stray",
    "unnamed",
    "no name",
    "noname",
    "none",
    "n/a",
    "na",
    "null",
    "not named",
    "tbd",
    "tba",
    "dog",
    "cat",
    "kitten",
    "puppy",
    "male",
    "female",
    "found",
    "unk",
    "a stray",
];

/// As many letters of a text as there are, up to the limit.
pub(super) fn beginning(text: &str, letters: usize) -> &str {
    // A text has at least as many bytes as letters, so most need not be counted.
    let end = match letters < text.len() {
        true => text.char_indices().nth(letters).map(|(end, _)| end),
        false => None,
    };
    end.and_then(|end| text.get(..end)).unwrap_or(text)
}

/// The animal's name; `None` for blanks, placeholders such as `(unknown)`, and numbers.
pub(super) fn pet_name(raw: &str) -> Option<String> {
    let mut name = undecorated(raw);
    for (open, close) in [('(', ')'), ('"', '"'), ('[', ']')] {
        if let Some(inner) = name.strip_prefix(open).and_then(|rest| rest.strip_suffix(close))
            && !inner.contains(open)
        {
            name = undecorated(inner);
        }
    }
    let letters = name.chars().any(char::is_alphabetic);
    let placeholder = PLACEHOLDERS.contains(&name.trim_end_matches('.').to_lowercase().as_str());
    (letters && !placeholder).then(|| beginning(&decode_entities(name), 100).to_owned())
}

/// Removes decoration; a single full stop at the end belongs to the name, as in `Will Jr.`.
fn undecorated(raw: &str) -> &str {
    let name = raw.trim_start_matches(DECORATION);
    let bare = name.trim_end_matches(DECORATION).len();
    let behind = name.get(bare..).unwrap_or_default();
    let stop = usize::from(behind.starts_with('.') && !behind.starts_with(".."));
    name.get(..bare + stop).unwrap_or(name)
}

/// Text without tags and entities, with single blanks and at most one empty line; `None` if nothing is left.
pub(super) fn plain_text(raw: &str) -> Option<String> {
    // Some systems encode twice: `&amp;#39;`.
    let text = decode_entities(&without_tags(&decode_entities(raw)));
    let mut plain = String::with_capacity(text.len());
    let mut empty = 0;
    for line in text.lines() {
        let words = line.split_whitespace().collect::<Vec<_>>().join(" ");
        empty = if words.is_empty() { empty + 1 } else { 0 };
        if empty < 2 && !(words.is_empty() && plain.is_empty()) {
            plain.push_str(&words);
            plain.push('\n');
        }
    }
    let plain = plain.trim();
    (!plain.is_empty()).then(|| plain.to_owned())
}

/// Parts of the addresses of pictures that systems show where there is no photo.
const PLACEHOLDER_PICTURES: [&str; 14] = [
    "default_images/",
    "no-photo",
    "nophoto",
    "no_photo",
    "no-image",
    "noimage",
    "no_image",
    "no-picture",
    "nopicture",
    "no_picture",
    "placeholder",
    "photo-coming-soon",
    "photocomingsoon",
    "photo_coming_soon",
];

/// Whether an address is that of a picture which stands where there is no photo.
pub(super) fn is_placeholder_picture(raw: &str) -> bool {
    let lower = raw.to_ascii_lowercase();
    PLACEHOLDER_PICTURES.iter().any(|part| lower.contains(part))
}

/// Accepts complete URLs only, not paths, embedded images, or pictures that stand where there is no photo.
pub(super) fn photo_url(raw: &str) -> Option<String> {
    let lower = raw.get(..8).unwrap_or(raw).to_ascii_lowercase();
    let web = lower.starts_with("http://") || lower.starts_with("https://");
    let clean = !is_placeholder_picture(raw)
        && raw.len() <= 2000
        && !raw.chars().any(|letter| letter.is_whitespace() || letter.is_control());
    (web && clean).then(|| raw.to_owned())
}

/// The addresses in a cell, which may list several.
pub(super) fn addresses(cell: &str) -> impl Iterator<Item = &str> {
    let is_between = |letter: char| letter.is_whitespace() || matches!(letter, ',' | ';' | '|');
    let begins = |at: &usize| {
        let (before, rest) = cell.split_at(*at);
        let scheme = rest.get(..8).unwrap_or(rest).to_ascii_lowercase();
        let is_web = scheme.starts_with("http://") || scheme.starts_with("https://");
        is_web && before.chars().next_back().is_none_or(is_between)
    };
    let starts: Vec<usize> = cell.char_indices().map(|(at, _)| at).filter(begins).collect();
    // Whatever stands before the first address makes the cell something else than a list of them.
    let is_list = starts.first() == Some(&0);
    let ends = starts.iter().skip(1).copied().chain([cell.len()]);
    let parts: Vec<&str> = match is_list {
        true => starts
            .iter()
            .zip(ends)
            .filter_map(|(from, to)| cell.get(*from..to))
            .collect(),
        false => vec![cell],
    };
    parts.into_iter().map(move |part| part.trim_end_matches(is_between))
}

fn without_tags(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(open) = rest.find('<') {
        let (before, tag) = rest.split_at(open);
        plain.push_str(before);
        match tag_length(tag) {
            Some(length) => {
                let (tag, after) = tag.split_at(length);
                plain.push_str(if breaks_line(tag) { "\n" } else { "" });
                rest = after;
            }
            None => {
                plain.push('<');
                rest = tag.get(1..).unwrap_or_default();
            }
        }
    }
    plain.push_str(rest);
    plain
}

/// Length of the tag at the start of the text in bytes; `None` if it is only a sign, as in `<3`.
fn tag_length(text: &str) -> Option<usize> {
    let named = text
        .get(1..)?
        .starts_with(|first: char| first.is_ascii_alphabetic() || matches!(first, '/' | '!'));
    let close = text.bytes().take(1000).position(|byte| byte == b'>')?;
    named.then_some(close + 1)
}

fn breaks_line(tag: &str) -> bool {
    let name: String = tag
        .chars()
        .filter(char::is_ascii_alphanumeric)
        .take(3)
        .collect::<String>()
        .to_ascii_lowercase();
    matches!(name.as_str(), "br" | "p" | "div" | "li" | "tr" | "ul") || name.starts_with('p') && tag.len() <= 4
}

fn decode_entities(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        let (before, entity) = rest.split_at(at);
        plain.push_str(before);
        let end = entity.bytes().take(12).position(|byte| byte == b';');
        let decoded = end.and_then(|end| Some((entity_letter(entity.get(1..end)?)?, entity.get(end + 1..)?)));
        match decoded {
            Some((letter, after)) => {
                plain.push(letter);
                rest = after;
            }
            None => {
                plain.push('&');
                rest = entity.get(1..).unwrap_or_default();
            }
        }
    }
    plain.push_str(rest);
    plain
}

fn entity_letter(name: &str) -> Option<char> {
    if let Some(number) = name.strip_prefix('#') {
        let code = match number.strip_prefix(['x', 'X']) {
            Some(hex) => u32::from_str_radix(hex, 16).ok()?,
            None => number.parse().ok()?,
        };
        return char::from_u32(code).filter(|letter| !letter.is_control() || *letter == '\n');
    }
    Some(match name {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        "nbsp" => ' ',
        "rsquo" => '’',
        "lsquo" => '‘',
        "rdquo" => '”',
        "ldquo" => '“',
        "ndash" => '–',
        "mdash" => '—',
        "hellip" => '…',
        "bull" => '•',
        "eacute" => 'é',
        "ntilde" => 'ñ',
        "deg" => '°',
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn names_lose_their_decoration() {
        for (raw, name) in [
            ("*Toño*", Some("Toño")),
            ("$Kittlez", Some("Kittlez")),
            ("Melody \"Mel\"", Some("Melody \"Mel\"")),
            ("Will Jr.", Some("Will Jr.")),
            ("*T.J.*", Some("T.J.")),
            ("..Max...", Some("Max")),
            ("(unknown)", None),
            ("Unknown.", None),
            ("STRAY", None),
            ("#2", None),
            ("  ", None),
        ] {
            assert_eq!(pet_name(raw).as_deref(), name, "{raw}");
        }
    }

    #[test]
    fn markup_becomes_plain_text() {
        let plain = |raw| plain_text(raw).unwrap_or_default();
        assert_eq!(
            plain("Found Near: 4th St<p></p>Shy &amp; sweet, I <3 her<br/>ok"),
            "Found Near: 4th St\n\nShy & sweet, I <3 her\nok"
        );
        assert_eq!(plain("She&amp;#39;s <b>good</b>"), "She's good");
        assert_eq!(plain("<script>alert(1)</script>"), "alert(1)");
        assert_eq!(plain_text("<p></p> \n"), None);
    }

    #[test]
    fn photos_need_a_whole_web_address() {
        assert!(photo_url("https://example.org/a.jpg").is_some());
        assert!(photo_url("data:image/png;base64,AAAA").is_none());
        assert!(photo_url("/pictures/1.jpg").is_none());
        assert!(photo_url("http://exa mple.org").is_none());
        let two: Vec<&str> = addresses("https://example.org/a,1.jpg, https://example.org/b.jpg;").collect();
        assert_eq!(two, ["https://example.org/a,1.jpg", "https://example.org/b.jpg"]);
        assert_eq!(addresses("see https://example.org/a.jpg").count(), 1);
        for placeholder in [
            "default_images/default_cat.png",
            "img/NoImage.gif",
            "no-picture.png",
            "Placeholder-dog.jpg",
            "photo-coming-soon.jpg?v=2",
        ] {
            assert!(
                photo_url(&format!("https://example.org/{placeholder}")).is_none(),
                "{placeholder}"
            );
        }
    }

    proptest! {
        #[test]
        fn any_text_can_be_plain(text in "[<>&;#xa-p/ñ \n]{0,60}") {
            let _ = (plain_text(&text), pet_name(&text), photo_url(&text));
        }
    }
}
