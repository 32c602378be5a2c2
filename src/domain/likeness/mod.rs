//! Animals that look alike: search by a picture, reports that are like another, breeds that a picture shows.
//!
//! Promises: only open reports are answered, and only by what everybody may know of them: photos, public words, masked
//! points. Without models that look at pictures, copies of a picture are found and no breed is suggested.
//!
//! Refuses: pictures of others, what is no picture, more than a bounded number of pictures an hour.

mod photo_search;
mod similar;
mod suggest_breed;

pub use photo_search::photo_search;
pub use similar::{Basis, Similar, similar};
pub use suggest_breed::{BreedSuggestion, suggest_breed};

use crate::kernel::{Error, Result};

/// Most reports of one answer.
const MOST: i32 = 50;

/// How many reports are asked for.
fn checked_first(first: i32) -> Result<usize> {
    let within = usize::try_from(first).ok().filter(|_| (1..=MOST).contains(&first));
    within.ok_or_else(|| Error::BadInput(format!("first is {first}; it must be from 1 to {MOST}").into()))
}
