//! What is found out about the rows of a batch: their counts, warnings, and likely copies.

mod copies;
mod counters;
mod warnings;

pub(in crate::domain::shelters::run_import) use copies::may_be as may_have_copies;

pub(super) use copies::warnings as copies_among;
pub(super) use counters::Counters;
pub(super) use warnings::{Noted, record};
