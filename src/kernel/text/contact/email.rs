//! E-mail addresses.

use super::signs::{spelled, word};

/// Ends of addresses that are no words of a sentence. What is told in words has to end in one.
const ENDS: [&str; 17] = [
    "com", "org", "net", "edu", "gov", "info", "biz", "io", "co", "uk", "ca", "de", "fr", "eu", "mx", "app", "dev",
];
/// Where most people have their mail.
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

/// Longest name before the `@` in characters (RFC 5321); what is longer is no address, and not looked through.
const LONGEST_LOCAL: usize = 64;
/// Longest part of a domain (RFC 1035).
const LONGEST_LABEL: usize = 63;

/// How sure it is that something between two words is a sign of an address.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Sureness {
    /// A word between blanks, which may be one of a sentence.
    Word,
    /// The sign with blanks around it.
    Near,
    /// The sign, or a word in brackets.
    Sure,
}

/// The length of an e-mail address at the beginning of a text.
pub(super) fn length(text: &str) -> Option<usize> {
    let local = run_length(text, LONGEST_LOCAL, |c| c.is_alphanumeric() || "._%+-".contains(c));
    let written = text.get(..local)?.to_ascii_lowercase();
    // What is written with underscores or hyphens looks like one long name.
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
    // "Look at the dot on her nose" is none.
    let is_told = of_dots < Sureness::Sure || Sureness::Word < of_at || word(domain, &PROVIDERS).is_some();
    let is_address = of_at.min(of_dots) == Sureness::Sure || (is_told && word(last, &ENDS).is_some());
    is_address.then_some(local + at + length)
}

/// Labels with dots between them, and how sure the least sure of the dots is.
fn domain_length(text: &str) -> Option<(usize, Sureness)> {
    let (mut end, mut sureness, mut dots) = (label_length(text), Sureness::Sure, 0);
    while let Some((dot, of_dot)) = dot(text.get(end..)?) {
        let next = text.get(end + dot..)?;
        let label = label_length(next);
        // Behind an address a sentence may go on.
        if label == 0 || (0 < dots && of_dot < Sureness::Sure && word(next, &ENDS).is_none()) {
            break;
        }
        (end, sureness, dots) = (end + dot + label, sureness.min(of_dot), dots + 1);
    }
    (0 < dots).then_some((end, sureness))
}

/// Letters, digits and hyphens, up to the `-dot-` that some write.
fn label_length(text: &str) -> usize {
    let length = run_length(text, LONGEST_LABEL, |c| c.is_alphanumeric() || c == '-');
    let label = text.get(..length).unwrap_or_default();
    let told = label.to_ascii_lowercase().find("-dot-");
    told.unwrap_or_else(|| label.trim_end_matches('-').len())
}

/// How many bytes at the beginning, of so many characters at most, are all of that kind.
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
