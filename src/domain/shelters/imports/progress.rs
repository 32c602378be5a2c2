//! Streams the progress of an import.

use entity::{id::ImportId, import};
use futures_util::{Stream, StreamExt, stream};

use super::store::{self, is_over};
use crate::{
    deps::{Deps, follow},
    events::Topic,
    kernel::{Error, Result, Viewer},
};

/// The import in its present state, then after every change; the stream ends with the import. With `after`, a revision
/// seen before, only newer ones are yielded. The viewer's rights are checked again for every item. It rests while
/// nothing changes.
pub async fn import_progress(
    deps: &Deps,
    viewer: &Viewer,
    id: ImportId,
    after: Option<i64>,
) -> Result<impl Stream<Item = Result<import::Model>> + use<>> {
    let now = store::find_import(deps.db.read(), viewer, id, deps.clock.now()).await?;
    let after = deps.hibernation().left().or(after).unwrap_or(0);
    if after < 0 || now.revision < after {
        return Err(Error::ResumeUnavailable);
    }
    let ended = is_over(&now) && now.revision == after;
    let (reader, viewer) = (deps.clone(), viewer.clone());
    let changes = follow(deps, &[Topic::Import(id)], after, move |seen| {
        let (deps, viewer) = (reader.clone(), viewer.clone());
        async move {
            let import = store::find_import(deps.db.read(), &viewer, id, deps.clock.now()).await?;
            Ok(Some((import.revision, import))
                .filter(|(revision, _)| seen < *revision)
                .into_iter()
                .collect())
        }
    });
    Ok(until_over(changes.boxed(), ended))
}

/// Ends after the item that says that the import is over.
fn until_over(
    changes: stream::BoxStream<'static, Result<import::Model>>,
    ended: bool,
) -> impl Stream<Item = Result<import::Model>> {
    stream::unfold((changes, ended), |(mut changes, ended)| async move {
        if ended {
            return None;
        }
        let next = changes.next().await?;
        let ends = next.as_ref().map_or(true, is_over);
        Some((next, (changes, ends)))
    })
}
