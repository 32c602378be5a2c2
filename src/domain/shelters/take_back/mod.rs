//! The job that takes an import back.
//!
//! First go the animals that the import made: their stays end as ones that never were, and their reports are closed. They
//! are found in the order in which they were made, and the import remembers the last one. Then the animals that it changed
//! become what they were before, as `import_changes` has it. Whatever somebody changed since stays as it is and is counted.
//! A batch is one transaction that also advances the revision of the import, provided that it still has the one that this
//! runner expects: so every animal is looked at once, even if a runner is killed, or if two of them work at the same time.
//! Nothing is deleted but the rows of `import_changes`: matches, claims, conversations and favourites may refer to the rest.

mod changed;
mod held;
mod made;
mod stage;

use entity::{id::ImportId, import, vocabulary::ImportState};

use self::stage::Counts;
use super::{
    imports,
    turn::{self, TURN},
};
use crate::{
    deps::Deps,
    kernel::{OrGone, Outcome, Result},
};

/// Maximum number of animals per batch, which is one transaction: on SQLite all other writers wait for it.
const BATCH: u64 = 64;

/// What came of a batch.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Batch {
    Applied,
    /// Another runner was faster.
    Overtaken,
    /// Nothing was left to do.
    Last,
}

/// Job: takes an import back, or goes on with that. Does nothing unless somebody asked for it.
pub async fn take_back(deps: &Deps, id: ImportId) -> Result<Outcome> {
    run(deps, id).await.or_gone("the import is gone")
}

async fn run(deps: &Deps, id: ImportId) -> Result<Outcome> {
    let begun = deps.clock.now();
    loop {
        let import = imports::load(deps.db.read(), id).await?;
        if import.state != ImportState::Undoing {
            return Ok(Outcome::Done);
        }
        match batch(deps, &import).await? {
            Batch::Applied => {}
            Batch::Overtaken => return Ok(Outcome::Snooze(TURN)),
            Batch::Last => return Ok(Outcome::Done),
        }
        if turn::is_over(deps, import.shelter_id, begun).await? {
            return Ok(Outcome::Snooze(std::time::Duration::ZERO));
        }
    }
}

async fn batch(deps: &Deps, import: &import::Model) -> Result<Batch> {
    deps.write(async |tx| {
        let made = made::next(tx, import).await?;
        if !stage::advance(tx, import, made.last().copied()).await? {
            return Ok(Batch::Overtaken);
        }
        let counts: Option<Counts> = match made.is_empty() {
            false => Some(made::take_back(tx, import, &made).await?),
            true => changed::take_back(deps, tx, import).await?,
        };
        match counts {
            Some(counts) => counts.add(tx, import.id).await?,
            None => {
                stage::finish(tx, import.id).await?;
                return Ok(Batch::Last);
            }
        }
        Ok(Batch::Applied)
    })
    .await
}
