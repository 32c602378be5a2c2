//! Applies batches of rows, as many in one transaction as nobody minds.

use std::{sync::Arc, time::Duration};

use import_reader::Row;
use tokio::time::Instant;
use tokio_util::task::AbortOnDropHandle;

use super::{
    batch::Run,
    findings::Counters,
    prepare::{Prepared, prepare},
};
use crate::{
    deps::Deps,
    domain::shelters::run_import::{reading::Batches, stage},
    events::ShelterEvent,
    kernel::{Error, Result},
};

/// How long a transaction goes on with further batches. A commit writes every page of every index that its rows fall into, so
/// thousands of rows at once cost half as much as a hundred at a time.
const OPEN_FOR: Duration = Duration::from_millis(800);

/// Applies a batch and, while nobody waits on this node, those that have been read by then, in one transaction. Returns false
/// if the import was stopped, or if another runner has done these rows.
pub(in crate::domain::shelters::run_import) async fn apply(
    deps: &Deps,
    run: &mut Run,
    first: Vec<Row>,
    batches: &mut Batches,
) -> Result<bool> {
    let (processed, is_ours) = deps
        .write_alone(async |tx| {
            let (id, begun, mut processed) = (run.import.id, Instant::now(), run.processed);
            let (mut counters, mut is_ours) = (Counters::default(), true);
            let (mut on, mut before, mut next) = (None, None::<Prepared>, Some(first));
            while let Some(batch) = next {
                let count = i32::try_from(batch.len()).unwrap_or(i32::MAX);
                is_ours = stage::advance(tx, id, processed, count).await?;
                if !is_ours {
                    break;
                }
                processed += count;
                let on = match &mut on {
                    Some(on) => on,
                    none => none.insert(Arc::new(run.occasion(tx).await?)),
                };
                let apart = before.take_if(|before| !before.lists_any_of(&batch));
                if let Some(before) = before.take() {
                    before.write(tx, on).await?;
                }
                let prepared = match apart {
                    // A batch is worked out while the database writes the one before it.
                    Some(apart) => {
                        let (own_tx, own_on) = (tx.clone(), on.clone());
                        let written = tokio::spawn(async move { apart.write(&own_tx, &own_on).await });
                        let written = AbortOnDropHandle::new(written);
                        let prepared = prepare(deps, tx, run, on, batch).await?;
                        written.await.map_err(Error::internal)??;
                        prepared
                    }
                    None => prepare(deps, tx, run, on, batch).await?,
                };
                counters.sum(&prepared.counters);
                before = Some(prepared);
                let may_go_on = !deps.foreground.is_waited_for() && begun.elapsed() < OPEN_FOR;
                next = may_go_on.then(|| batches.next_ready()).flatten();
            }
            if let (Some(before), Some(on)) = (before, &on) {
                before.write(tx, on).await?;
                counters.add(tx, id).await?;
                tx.announce(ShelterEvent::ImportProgressed { import_id: id });
            }
            Ok((processed, is_ours))
        })
        .await?;
    run.processed = processed;
    Ok(is_ours)
}
