//! Removes stored bytes that no row names: what a process that was killed left between the bytes and their row.

use std::{collections::HashSet, sync::Arc, time::Duration};

use futures_util::{StreamExt, TryStreamExt};

use super::Deps;
use crate::{
    kernel::{Error, Result},
    ports::{Swept, blobs::StoredObject},
};

/// Younger bytes may belong to what is under way.
pub const YOUNGEST_ORPHAN: Duration = Duration::from_secs(24 * 60 * 60);
/// Keys that are looked up at once.
const AT_ONCE: usize = 500;

/// Goes through all objects below a first part of their keys; `named` says which of some keys a row names.
pub async fn sweep_orphans<F: Future<Output = Result<HashSet<String>>> + Send>(
    deps: &Deps,
    first_part: &str,
    named: impl Fn(Deps, Vec<String>) -> F,
) -> Result<Swept> {
    let before = deps.clock.now().minus(YOUNGEST_ORPHAN);
    let mut some = deps.blobs.list(first_part).try_chunks(AT_ONCE);
    let mut swept = Swept::default();
    while let Some(objects) = some.next().await {
        let mut old: Vec<StoredObject> = objects.map_err(|error| away(error.1))?;
        old.retain(|object| object.put_at < before);
        let keys = old.iter().map(|object| object.key.clone()).collect();
        let named = named(deps.clone(), keys).await?;
        for object in old.iter().filter(|object| !named.contains(&object.key)) {
            deps.blobs.delete(&object.key).await.map_err(away)?;
            swept += Swept {
                files: 1,
                bytes: object.bytes,
            };
        }
    }
    Ok(swept)
}

fn away(error: std::io::Error) -> Error {
    Error::Unavailable(Arc::new(error))
}
