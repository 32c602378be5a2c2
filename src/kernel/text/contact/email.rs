//! E-mail addresses.

use super::signs::{spelled, word};

/// Domain endings that are not words of a sentence. A spelled-out address has to end in one of them.
const ENDS: [&str; 17] = [
    "com", "org", "net", "edu", "gov", "info", "biz", "io", "co", "uk", "ca", "de", "fr", "eu", "mx", "app", "dev",
];
/// Common mail providers.
const PROVIDERS: [&str; 12] = [
    "gmail",
    "googlemail",
    "yahoo",
    "ymail",
    "hotmail",
    "outlook",
    "live",
    "icloud",
    "aol",
    "gmx",
    "proton",
    "protonmail",
];

/// Maximum length of the local part in characters (RFC 5321). Anything longer is not an address and is not examined.
const LONGEST_LOCAL: usize = 64;
/// Maximum length of a domain label (RFC 1035).
const LONGEST_LABEL: usize = 63;

/// Confidence that something between two words stands for `@` or a dot.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Sureness {
    /// A word between blanks, which may be part of an ordinary sentence.
    Word,
    /// The sign itself with blanks around it.
    Near,
    /// The sign itself, or its name in brackets.
    Sure,
}

/// Length of an e-mail address at the beginning of the text.
pub(super) fn length(text: &str) -> Option<usize> {
    let local = run_length(text, LONGEST_LOCAL, |c| c.is_alphanumeric() || "._%+-".contains(c));
    let written = text.get(..local)?.to_ascii_lowercase();
    // An address spelled with underscores or hyphens looks like one long name.
    let joined = ["_at_", "-at-"].into_iter().filter_map(|at| written.find(at));
    [local]
        .into_iter()
        .chain(joined)
        .find_map(|local| address_length(text, local))
}

fn address_length(text: &str, local: usize) -> Option<usize> {
    if local == 0 {
        return None;
    }
    let (at, of_at) = at_sign(text.get(local..)?)?;
    let domain = text.get(local + at..)?;
    let (length, of_dots) = domain_length(domain)?;
    let last = domain.get(..length)?.rsplit(|c: char| !c.is_alphanumeric()).next()?;
    // "Look at the dot on her nose" is not an address.
    let is_told = of_dots < Sureness::Sure || Sureness::Word < of_at || word(domain, &PROVIDERS).is_some();
    let is_address = of_at.min(of_dots) == Sureness::Sure || (is_told && word(last, &ENDS).is_some());
    is_address.then_some(local + at + length)
}

/// Length of a domain, and the confidence in the least certain of its dots.
fn domain_length(text: &str) -> Option<(usize, Sureness)> {
    let (mut end, mut sureness, mut dots) = (label_length(text), Sureness::Sure, 0);
    while let Some((dot, of_dot)) = dot(text.get(end..)?) {
        let next = text.get(end + dot..)?;
        let label = label_length(next);
        // A sentence may continue after the address.
        if label == 0 || (0 < dots && of_dot < Sureness::Sure && word(next, &ENDS).is_none()) {
            break;
        }
        (end, sureness, dots) = (end + dot + label, sureness.min(of_dot), dots + 1);
    }
    (0 < dots).then_some((end, sureness))
}

/// Length of a label: letters, digits and hyphens, up to a spelled-out `-dot-`.
fn label_length(text: &str) -> usize {
    let length = run_length(text, LONGEST_LABEL, |c| c.is_alphanumeric() || c == '-');
    let label = text.get(..length).unwrap_or_default();
    let told = label.to_ascii_lowercase().find("-dot-");
    told.unwrap_or_else(|| label.trim_end_matches('-').len())
}

/// Length in bytes of the leading run of at most `most` characters that satisfy the predicate.
fn run_length(text: &str, most: usize, is_part: impl Fn(char) -> bool) -> usize {
    let part = text.char_indices().take(most).take_while(|(_, c)| is_part(*c));
    part.last().map_or(0, |(at, c)| at + c.len_utf8())
}

fn at_sign(text: &str) -> Option<(usize, Sureness)> {
    let behind = text.trim_start_matches(' ');
    let Some(rest) = behind.strip_prefix(['@', '＠', '﹫']) else {
        return told(text, &["at", "@"]);
    };
    let (name, sign) = (rest.trim_start_matches(' '), behind.len() - rest.len());
    let length = text.len() - name.len();
    Some((length, if length == sign { Sureness::Sure } else { Sureness::Near }))
}

fn dot(text: &str) -> Option<(usize, Sureness)> {
    let name = text.trim_start_matches(['.', '．', '。', '｡']);
    match text.len() - name.len() {
        0 => told(text, &["dot", "."]),
        length => Some((length, Sureness::Sure)),
    }
}

fn told(text: &str, words: &[&str]) -> Option<(usize, Sureness)> {
    let told = spelled(text, words)?;
    Some((
        told.length,
        if told.is_framed { Sureness::Sure } else { Sureness::Word },
    ))
}
