//! Which of the numbers in an address is its postal code.

use super::{
    super::{
        states,
        table::{Code, table},
    },
    TOWN_WORDS, is_country, postal_code, state_at_end,
    words::{Parts, bare, is_of_a_street},
};

/// What has a number of its own.
const NUMBERED: [&str; 7] = ["apartment", "apt", "box", "lot", "room", "suite", "unit"];
/// What a postal code is called.
const ZIP: [&str; 3] = ["zip", "zipcode", "code"];

/// A number that is a postal code of the table, and the words around it in its part of the address.
struct Candidate<'a> {
    code: Code,
    state: u8,
    before: &'a [&'a str],
    after: &'a [&'a str],
}

/// The postal code of an address. One next to its own town or state counts most, then one at the end of a part, then one
/// within a part that nothing of a street follows; among equals the last. The number of a house is none.
pub(super) fn code_of(parts: &Parts<'_>) -> Option<Code> {
    let candidates: Vec<Candidate<'_>> = parts.iter().rev().flat_map(|part| candidates(part)).collect();
    let kinds = [Candidate::is_named, Candidate::is_last, Candidate::is_within];
    let likeliest = kinds
        .iter()
        .find_map(|is_kind| candidates.iter().find(|candidate| is_kind(candidate)));
    likeliest.map(|candidate| candidate.code)
}

fn candidates<'a>(part: &'a [&'a str]) -> Vec<Candidate<'a>> {
    let found = part.iter().enumerate().rev().filter_map(|(at, word)| {
        let code = table().code(postal_code(word.trim_end_matches('.'))?)?;
        let candidate = Candidate {
            code,
            state: states::by_code(code.state)?,
            before: part.get(..at)?,
            after: part.get(at + 1..)?,
        };
        let is_numbered = candidate
            .previous()
            .is_some_and(|word| NUMBERED.contains(&word.as_str()));
        (!is_numbered).then_some(candidate)
    });
    found.collect()
}

impl Candidate<'_> {
    fn previous(&self) -> Option<String> {
        self.before.last().map(|word| bare(word))
    }

    fn is_named(&self) -> bool {
        let is_zip = self.previous().is_some_and(|word| ZIP.contains(&word.as_str()));
        let state = state_at_end(self.before).map(|(state, _)| state);
        is_zip || state == Some(self.state) || self.is_by_its_town()
    }

    fn is_by_its_town(&self) -> bool {
        let is_town = |words: Option<&[&str]>| {
            let name = words.filter(|words| words.iter().any(|word| !is_of_a_street(word)));
            name.is_some_and(|name| table().town(self.state, &name.join(" ")).is_some())
        };
        (1..=TOWN_WORDS).any(|count| {
            let start = self.before.len().checked_sub(count);
            is_town(start.and_then(|start| self.before.get(start..))) || is_town(self.after.get(..count))
        })
    }

    fn is_last(&self) -> bool {
        self.after.iter().all(|word| is_country(word))
    }

    fn is_within(&self) -> bool {
        !self.before.is_empty() && !self.after.iter().any(|word| is_of_a_street(word))
    }
}
