//! Extracts the postal code, state and town from an address in free text.

use super::states;

/// Maximum number of words in a town's name.
const TOWN_WORDS: usize = 5;

/// The parts recognised at the end of an address.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Address {
    /// Five digits at the end, whether or not such a code exists.
    pub(super) postal_code: Option<u32>,
    /// Index of the state.
    pub(super) state: Option<u8>,
    /// Candidates for the town before the state, longest name first.
    pub(super) towns: Vec<String>,
    /// Everything before the state, unless it contains a comma.
    pub(super) rest: Option<String>,
}

/// Reads an address from its end: country, postal code, state, town. Brackets and commas are mere separators, but a
/// town's name never crosses a comma.
pub(super) fn read(text: &str) -> Address {
    let mut parts: Vec<Vec<&str>> = text.split([',', '(', ')', ';', '\n']).map(words).collect();
    if ends_with_country(&parts) {
        drop_last_word(&mut parts);
    }
    let postal_code = last_word(&parts).and_then(postal_code);
    if postal_code.is_some() {
        drop_last_word(&mut parts);
    }
    let may_be_court = postal_code.is_none() && last_word(&parts).is_some_and(is_court);
    let state = take_state(&mut parts);
    let stands_apart = parts.last().is_none_or(Vec::is_empty);
    drop_empty(&mut parts);
    let last = parts.last().map(Vec::as_slice).unwrap_or_default();
    let longest = last.len().min(TOWN_WORDS);
    // "3600 Block Bridgeport Ct" is a court, "Bridgeport Ct" may be the town.
    let shortest = if may_be_court && !stands_apart { last.len() } else { 1 };
    let towns = (shortest..=longest)
        .rev()
        .filter_map(|count| last.get(last.len() - count..))
        .map(|words| words.join(" "))
        .collect();
    let rest = parts.len() <= 1;
    Address {
        postal_code,
        state,
        towns,
        rest: rest.then(|| last.join(" ")),
    }
}

/// `12345` or `12345-6789`.
pub(super) fn postal_code(word: &str) -> Option<u32> {
    let (code, extension) = word.split_once('-').unwrap_or((word, "0000"));
    let is_number = |text: &str, length| text.len() == length && text.bytes().all(|byte| byte.is_ascii_digit());
    (is_number(code, 5) && is_number(extension, 4)).then(|| code.parse().ok())?
}

fn words(part: &str) -> Vec<&str> {
    part.split_whitespace().collect()
}

fn ends_with_country(parts: &[Vec<&str>]) -> bool {
    last_word(parts).is_some_and(|word| ["us", "usa", "u.s.a.", "u.s."].contains(&word.to_lowercase().as_str()))
}

/// Removes the state at the end, written as two letters or as a name of one to three words.
fn take_state(parts: &mut Vec<Vec<&str>>) -> Option<u8> {
    drop_empty(parts);
    let last = parts.last_mut()?;
    let (state, count) = (1..=last.len().min(3)).rev().find_map(|count| {
        let name = last
            .get(last.len() - count..)?
            .join(" ")
            .to_lowercase()
            .replace('.', "");
        let state = states::by_name(&name).or_else(|| states::by_code(&name))?;
        Some((state, count))
    })?;
    last.truncate(last.len() - count);
    Some(state)
}

/// Whether a word abbreviates both "court" and Connecticut.
fn is_court(word: &str) -> bool {
    word.trim_end_matches('.').eq_ignore_ascii_case("ct")
}

fn last_word<'a>(parts: &[Vec<&'a str>]) -> Option<&'a str> {
    parts.iter().rev().find_map(|part| part.last().copied())
}

fn drop_last_word(parts: &mut Vec<Vec<&str>>) {
    drop_empty(parts);
    parts.last_mut().and_then(Vec::pop);
}

fn drop_empty(parts: &mut Vec<Vec<&str>>) {
    while parts.pop_if(|part| part.is_empty()).is_some() {}
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_read_from_its_end() {
        let address = read("12 Elm St, Santa Fe, New Mexico 87501-0001 USA");
        assert_eq!(address.postal_code, Some(87501));
        assert_eq!(address.state, states::by_code("NM"));
        assert_eq!(address.towns, ["Santa Fe", "Fe"]);
        assert_eq!(address.rest, None);
        assert_eq!(read("Elm (TX)").rest.as_deref(), Some("Elm"));
        assert_eq!(read(" ,() , "), read(""));
    }

    #[test]
    fn a_court_is_not_in_connecticut() {
        for (text, towns) in [
            ("3600 BLOCK BRIDGEPORT CT", &["3600 BLOCK BRIDGEPORT"][..]),
            ("12 Elm St at the Big Oak near Bridgeport Ct.", &[]),
            ("Bridgeport CT", &["Bridgeport"]),
            ("12 Elm, Bridgeport, CT", &["Bridgeport"]),
            ("12 Elm, Bridgeport (CT)", &["Bridgeport"]),
            ("Elm Bridgeport CT 06601", &["Elm Bridgeport", "Bridgeport"]),
            ("Elm Bridgeport Connecticut", &["Elm Bridgeport", "Bridgeport"]),
        ] {
            assert_eq!(read(text).towns, towns, "{text}");
        }
    }
}
