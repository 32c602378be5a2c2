//! Finds the postal code or the town that an address in free text names.

mod codes;
mod words;

use self::words::{Parts, bare, is_direction, is_of_a_street};
use super::{
    states,
    table::{Code, Town, table},
};

/// Maximum number of words in a town's name.
const TOWN_WORDS: usize = 5;
/// Maximum number of words in a state's name.
const STATE_WORDS: usize = 3;
/// Codes of states that are words, directions or kinds of streets as well: they count at the end of an address only.
const AMBIGUOUS: [&str; 18] = [
    "al", "as", "co", "ct", "de", "fl", "hi", "id", "in", "la", "ma", "me", "mt", "ne", "oh", "ok", "or", "pa",
];

/// What an address was understood to name.
#[derive(Debug, Clone, Copy)]
pub(super) enum Found {
    /// A postal code.
    Code(Code),
    /// A town.
    Town(Town),
}

/// The postal code of an address, wherever it stands, or else its town and state: at its end, or before further parts or
/// words.
pub(super) fn find(text: &str) -> Option<Found> {
    let plain = words::plain(text);
    let parts = words::parts(&plain);
    let code = codes::code_of(&parts).map(Found::Code);
    code.or_else(|| {
        town_before_a_part(&parts)
            .or_else(|| town_within(&parts))
            .map(Found::Town)
    })
}

/// The same for an address of a state, which it may leave out after a town that is a part of it, or follows a street or
/// `in`.
pub(super) fn find_in(text: &str, state: u8) -> Option<Found> {
    let plain = words::plain(text);
    let parts = words::parts(&plain);
    let town = || {
        parts
            .iter()
            .rev()
            .find_map(|part| town_of_part(part, state))
            .map(Found::Town)
    };
    find(text).or_else(town)
}

/// What a text names that consists of nothing but a postal code, or a town and its state, or all of them.
pub(super) fn find_whole(text: &str) -> Option<Found> {
    let plain = words::plain(text);
    let address = read(words::parts(&plain), true);
    let rest = address.rest?;
    let town = address.state.and_then(|state| table().town(state, &rest));
    match address.postal_code {
        Some(code) if rest.is_empty() || town.is_some() => table().code(code).map(Found::Code),
        Some(_) => None,
        None => town.map(Found::Town),
    }
}

/// `12345` or `12345-6789`.
pub(super) fn postal_code(word: &str) -> Option<u32> {
    let (code, extension) = word.split_once(['-', '–']).unwrap_or((word, "0000"));
    let is_number = |text: &str, length| text.len() == length && text.bytes().all(|byte| byte.is_ascii_digit());
    (is_number(code, 5) && is_number(extension, 4)).then(|| code.parse().ok())?
}

/// The parts recognised at the end of an address.
#[derive(Debug, Default, PartialEq, Eq)]
struct Address {
    /// Five digits at the end, whether or not such a code exists.
    postal_code: Option<u32>,
    /// Index of the state.
    state: Option<u8>,
    /// Candidates for the town before the state, longest name first.
    towns: Vec<String>,
    /// Everything before the state, unless it is several parts.
    rest: Option<String>,
}

/// Reads an address from its end: country, postal code, state, town. A town's name never crosses from one part to the
/// next. What was cut off before its end does not end with an ambiguous state.
fn read(mut parts: Parts<'_>, is_whole: bool) -> Address {
    if ends_with_country(&parts) {
        drop_last_word(&mut parts);
    }
    let postal_code = last_word(&parts).and_then(|word| postal_code(word.trim_end_matches('.')));
    if postal_code.is_some() {
        drop_last_word(&mut parts);
    }
    let may_be_court = postal_code.is_none() && last_word(&parts).is_some_and(|word| bare(word) == "ct");
    let state = take_state(&mut parts, is_whole);
    let stands_apart = parts.last().is_none_or(Vec::is_empty);
    drop_empty(&mut parts);
    let last = parts.last().map(Vec::as_slice).unwrap_or_default();
    // "3600 Block Bridgeport Ct" is a court, "Bridgeport Ct" may be the town.
    let shortest = if may_be_court && !stands_apart { last.len() } else { 1 };
    Address {
        postal_code,
        state,
        towns: endings(last)
            .filter(|words| shortest <= words.len())
            .map(|words| words.join(" "))
            .collect(),
        rest: (parts.len() <= 1).then(|| last.join(" ")),
    }
}

/// The town and state at the end of the address, or else of as many of its first parts as possible, of which the last may
/// go on after the state.
fn town_before_a_part(parts: &Parts<'_>) -> Option<Town> {
    (1..=parts.len()).rev().find_map(|count| {
        let first = parts.get(..count)?;
        let town = town_at_end(read(first.to_vec(), count == parts.len()));
        town.or_else(|| town_at_end(read(until_state(first)?, false)))
    })
}

fn town_at_end(address: Address) -> Option<Town> {
    let state = address.state?;
    address.towns.iter().find_map(|name| table().town(state, name))
}

/// The parts with nothing after the state that the last of them begins with.
fn until_state<'a>(parts: &[Vec<&'a str>]) -> Option<Parts<'a>> {
    let last = parts.last()?;
    let is_state = |count: &usize| {
        last.get(..*count)
            .and_then(state_at_end)
            .is_some_and(|(_, words)| words == *count)
    };
    let count = (1..=STATE_WORDS).rev().find(is_state)?;
    let mut parts = parts.to_vec();
    parts.last_mut()?.truncate(count);
    Some(parts)
}

/// A town and state that further words of the same part follow: `Austin TX by the river`.
fn town_within(parts: &Parts<'_>) -> Option<Town> {
    parts.iter().rev().find_map(|part| {
        (2..part.len()).rev().find_map(|end| {
            let (state, count) = state_at_end(part.get(..end)?)?;
            let is_ambiguous = AMBIGUOUS.contains(&bare(part.get(end - 1)?).as_str());
            if is_ambiguous || is_of_a_street(part.get(end)?) {
                return None;
            }
            endings(part.get(..end - count)?).find_map(|words| table().town(state, &words.join(" ")))
        })
    })
}

/// The town of that state that a part is, with or without a direction, or that follows a street or `in` at its end.
fn town_of_part(part: &[&str], state: u8) -> Option<Town> {
    let town = |words: &[&str]| table().town(state, &words.join(" "));
    town(part).or_else(|| town(without_directions(part))).or_else(|| {
        (1..part.len()).find_map(|start| {
            let (before, words) = part.split_at_checked(start)?;
            let follows = before
                .last()
                .is_some_and(|word| is_of_a_street(word) || bare(word) == "in");
            let is_name = words.iter().any(|word| !is_of_a_street(word));
            (follows && is_name).then(|| town(words))?
        })
    })
}

/// Without directions at the beginning and at the end.
fn without_directions<'a>(words: &'a [&'a str]) -> &'a [&'a str] {
    let start = words.iter().take_while(|word| is_direction(word)).count();
    let end = words.len() - words.iter().rev().take_while(|word| is_direction(word)).count();
    words.get(start..end).unwrap_or_default()
}

/// The last words, as many as a town's name may have and fewer.
fn endings<'a>(words: &'a [&'a str]) -> impl Iterator<Item = &'a [&'a str]> {
    let longest = words.len().min(TOWN_WORDS);
    (1..=longest).rev().filter_map(|count| words.get(words.len() - count..))
}

/// The state that words end with, as two letters or as a name, and the number of its words.
fn state_at_end(words: &[&str]) -> Option<(u8, usize)> {
    (1..=words.len().min(STATE_WORDS)).rev().find_map(|count| {
        let name = words.get(words.len() - count..)?.join(" ");
        let state = states::by_name(&super::town_name::key(&name)).or_else(|| states::by_code(&bare(&name)))?;
        Some((state, count))
    })
}

/// Removes the state at the end.
fn take_state(parts: &mut Parts<'_>, is_whole: bool) -> Option<u8> {
    drop_empty(parts);
    let last = parts.last_mut()?;
    let (state, count) = state_at_end(last)?;
    let is_ambiguous = last.last().is_some_and(|word| AMBIGUOUS.contains(&bare(word).as_str()));
    if is_ambiguous && !is_whole {
        return None;
    }
    last.truncate(last.len() - count);
    Some(state)
}

fn ends_with_country(parts: &Parts<'_>) -> bool {
    last_word(parts).is_some_and(is_country)
}

fn is_country(word: &str) -> bool {
    ["us", "usa"].contains(&bare(word).as_str())
}

fn last_word<'a>(parts: &Parts<'a>) -> Option<&'a str> {
    parts.iter().rev().find_map(|part| part.last().copied())
}

fn drop_last_word(parts: &mut Parts<'_>) {
    drop_empty(parts);
    parts.last_mut().and_then(Vec::pop);
}

fn drop_empty(parts: &mut Parts<'_>) {
    while parts.pop_if(|part| part.is_empty()).is_some() {}
}

#[cfg(test)]
mod tests;
