//! Applies the rows of a file: animals, their stays and their reports.

mod animal;
mod apply;
mod batch;
mod findings;
mod insert;
mod intake;
mod known;
mod occasion;
mod places;
mod prepare;
mod step;
mod write;

pub(super) use self::{apply::apply, batch::Run, findings::may_have_copies, known::lock, places::Places};
