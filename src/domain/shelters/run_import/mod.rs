//! The job that reads a file of animals into the tables.
//!
//! A file is read three times: to determine the order of day and month in its dates, unless the shelter says it; then, only
//! as far as that takes, to count the rows and decide which of several rows about one stay counts, and which stay of an
//! animal is the present one; and finally to apply them in batches. A transaction applies one
//! or several of them, and advances the import's `processed` provided that it still has the value that this runner expects.
//! So a row is applied exactly once, even if a runner is killed and the next one continues after the last batch, or if two of them
//! work at the same time. Memory holds a few batches and about fifty bytes per row, whatever the size of the file.

mod ending;
mod errors;
mod plan;
mod reading;
mod rows;
mod snapshot;
mod stage;

use std::{io::Read, time::Duration};

use entity::{id::ImportId, import, shelter, vocabulary::ImportMode};
use import_reader::{Calendar, Circumstances, zone::Zone};

use self::{
    ending::{Failure, Stop},
    plan::Plan,
    rows::{Places, Run, apply},
    snapshot::Closing,
};
use super::{
    imports, store,
    turn::{self, TURN},
};
use crate::{
    deps::Deps,
    domain::custody::time_zone,
    kernel::{Error, OrGone, Outcome, Result},
};

/// Numbers of rows after which the database's planner learns what is in the tables by now: it looks up the animals of each batch,
/// and without that reads all of the shelter's for it.
const LEARNT_AT: [i32; 4] = [1_000, 5_000, 25_000, 100_000];

/// Job: starts or continues an import. Does nothing if the import is over.
pub async fn run_import(deps: &Deps, id: ImportId) -> Result<Outcome> {
    run(deps, id).await.or_gone("the import is gone")
}

async fn run(deps: &Deps, id: ImportId) -> Result<Outcome> {
    let import = imports::load(deps.db.read(), id).await?;
    let mut outcome = Outcome::Done;
    let resumed = deps.suspended_work.resume(&id.to_string());
    if imports::is_importing(&import) {
        match read_and_apply(deps, import, resumed).await {
            Ok(went) => outcome = went,
            Err(Stop::Failed(failure)) => ending::fail(deps, id, &failure).await?,
            Err(Stop::Broken(error)) => return Err(error),
        }
    }
    ending::forget_file(deps, id).await?;
    Ok(outcome)
}

/// Another run stopped the import or applied its next rows, or its shelter is not verified any more. This run tries again after a
/// while: the other one may have lost its job to this one, and then nobody else would continue.
const OVERTAKEN: Outcome = Outcome::Snooze(TURN);

/// An import under way: its state and the rows that it has not applied yet.
struct Underway {
    run: Run,
    batches: reading::Batches,
}

async fn read_and_apply(deps: &Deps, import: import::Model, resumed: Option<Underway>) -> Result<Outcome, Stop> {
    let shelter = store::find(deps.db.read(), import.shelter_id).await?;
    if !shelter.verified && !import.dry_run {
        return Err(Failure::Unverified.into());
    }
    let resumed = resumed.filter(|underway| underway.run.processed == import.processed);
    let Underway { mut run, mut batches } = match resumed {
        Some(underway) => underway,
        None => match start(deps, import, &shelter).await? {
            Some(underway) => underway,
            None => return Ok(Outcome::Done),
        },
    };
    let begun = deps.clock.now();
    while let Some(batch) = batches.next().await {
        let before = run.processed;
        if !apply(deps, &mut run, batch.map_err(Failure::from)?, &mut batches).await? {
            return Ok(OVERTAKEN);
        }
        if LEARNT_AT.iter().any(|rows| (before..run.processed).contains(rows)) {
            deps.db.analyze_tables(&["pets", "shelter_animals", "stays"]).await?;
        }
        if turn::is_over(deps, run.import.shelter_id, begun).await? {
            let key = run.import.id.to_string();
            deps.suspended_work.suspend(&key, Underway { run, batches });
            return Ok(Outcome::Snooze(Duration::ZERO));
        }
    }
    let closing = match run.import.mode {
        ImportMode::Snapshot => snapshot::close_missing(deps, &run).await?,
        ImportMode::Upsert => Closing::Done,
    };
    let remark = match closing {
        Closing::Done => None,
        Closing::LeftOut(reason) => Some(reason),
        Closing::Overtaken => return Ok(OVERTAKEN),
    };
    ending::finish(deps, run.import.id, remark).await?;
    Ok(Outcome::Done)
}

/// Reads the file from its beginning, to apply the rows that have not been applied; `None` if the import was stopped.
async fn start(deps: &Deps, import: import::Model, shelter: &shelter::Model) -> Result<Option<Underway>, Stop> {
    let plan = survey(deps, &import, shelter).await?;
    let Some(import) = stage::begin(deps, import.id, &plan).await? else {
        return Ok(None);
    };
    let may_have_copies = rows::may_have_copies(deps, &import).await?;
    let done = usize::try_from(import.processed).unwrap_or(0);
    let file = open(deps, &import).await?;
    let mapping = imports::mapping_of(&import)?;
    let batches = reading::batches(file, (plan.calendar.clone(), mapping), done);
    let run = Run {
        processed: import.processed,
        import,
        places: Places::new(shelter),
        may_have_copies,
        zone: zone_of(shelter),
        plan,
    };
    Ok(Some(Underway { run, batches }))
}

/// The first two readings.
async fn survey(deps: &Deps, import: &import::Model, shelter: &shelter::Model) -> Result<Plan, Stop> {
    let (dates, rows) = (open(deps, import).await?, open(deps, import).await?);
    let zone = zone_of(shelter);
    let mapping = imports::mapping_of(import)?;
    let circumstances = Circumstances {
        today: import.created_at,
        zone,
        country: shelter.country.clone(),
        order: import.date_order,
    };
    let surveyed = tokio::task::spawn_blocking(move || {
        let calendar = Calendar::of_mapped(dates, &circumstances, &mapping).map_err(Failure::from)?;
        plan::survey(rows, calendar, &mapping, zone)
    });
    Ok(surveyed.await.map_err(Error::internal)??)
}

/// The time zone of the times in the files of a shelter.
fn zone_of(shelter: &shelter::Model) -> Zone {
    time_zone(shelter).unwrap_or(Zone::UTC)
}

async fn open(deps: &Deps, import: &import::Model) -> Result<Box<dyn Read + Send>, Stop> {
    let file = deps.blobs.open(&import.blob_key).await.map_err(Error::internal)?;
    Ok(file.ok_or(Failure::Gone)?)
}
