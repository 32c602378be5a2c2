//! Visually similar animals: search by picture, similar reports, and breed suggestions from a picture.
//!
//! Promises: results contain only open reports and are based only on public data: photos, public words, masked points.
//! Without a configured model, copies of a picture are found, and no breed is suggested.
//!
//! Refuses: pictures of other members, files that are not pictures, and more than a limited number of pictures per
//! hour.

mod evaluation;
mod photo_search;
mod similar;
mod suggest_breed;

pub use evaluation::{Evaluation, Figures};
pub use photo_search::photo_search;
pub use similar::{Basis, Similar, similar};
pub use suggest_breed::{BreedSuggestion, suggest_breed};

use crate::kernel::{Error, Result};

/// Maximum number of reports in a result.
const MOST: i32 = 50;

/// Checks the requested number of reports.
fn checked_first(first: i32) -> Result<usize> {
    let within = usize::try_from(first).ok().filter(|_| (1..=MOST).contains(&first));
    within.ok_or_else(|| Error::BadInput(format!("first is {first}; it must be from 1 to {MOST}").into()))
}
