//! Applies the rows of a file: animals, their stays and their reports.

mod animal;
mod apply;
mod batch;
mod copies;
mod counters;
mod intake;
mod known;
mod occasion;
mod places;
mod step;
mod warnings;
mod write;

pub(super) use self::{apply::apply, batch::Run, copies::may_be as may_have_copies, places::Places};
