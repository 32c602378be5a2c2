//! A run of an import, and the rows of a batch by animal.

use entity::import;
use import_reader::{ImportedAnimal, zone::Zone};

use super::{known::Known, occasion::Occasion, places::Places};
use crate::{
    deps::Tx,
    domain::{custody::hold_rules_of, shelters::run_import::plan::Plan},
    kernel::Result,
};

/// The state of a run.
pub(in crate::domain::shelters::run_import) struct Run {
    /// The import as it was when the run started.
    pub(in crate::domain::shelters::run_import) import: import::Model,
    /// Number of rows done.
    pub(in crate::domain::shelters::run_import) processed: i32,
    /// Result of the survey.
    pub(in crate::domain::shelters::run_import) plan: Plan,
    /// Places looked up for this file.
    pub(in crate::domain::shelters::run_import) places: Places,
    /// Whether the shelter had animals before.
    pub(in crate::domain::shelters::run_import) may_have_copies: bool,
    /// The shelter's time zone.
    pub(in crate::domain::shelters::run_import) zone: Zone,
}

/// A row that is written.
#[derive(Clone, Copy)]
pub(super) struct Told<'a> {
    pub(super) line: u32,
    pub(super) animal: &'a ImportedAnimal,
    /// Whether another row of the file is about a later stay of the animal.
    pub(super) is_past: bool,
}

/// The rows about one animal.
pub(super) struct Group<'a> {
    /// In the order in which they happened.
    pub(super) rows: Vec<Told<'a>>,
    /// The animal, if the shelter sent it before.
    pub(super) known: Option<&'a Known>,
}

impl Run {
    /// The rules about holds are prepared for a whole batch, in its transaction: a change of them counts from the next batch
    /// on, and what was written before is computed anew by the job that follows the change.
    pub(super) async fn occasion(&self, tx: &Tx) -> Result<Occasion> {
        Ok(Occasion {
            import_id: self.import.id,
            shelter_id: self.import.shelter_id,
            source: self.plan.source.to_owned(),
            zone: self.zone,
            requested_at: self.import.created_at,
            now: tx.now(),
            holds: hold_rules_of(tx, self.import.shelter_id).await?,
        })
    }
}

impl<'a> Group<'a> {
    /// The row about the present or latest stay, with its line.
    pub(super) fn current(&self) -> Option<(u32, &'a ImportedAnimal)> {
        let last = self.rows.last().filter(|told| !told.is_past)?;
        Some((last.line, last.animal))
    }
}
