//! `GET /shelters/{shelter}/imports/{import}`: where an import stands, at once or when it is over.

use std::time::Duration;

use axum::{
    extract::{Path, Request, State, rejection::PathRejection},
    response::Response,
};
use entity::{
    id::{ImportId, ShelterId},
    import,
};
use futures_util::StreamExt;

use super::{door::ImportDoor, parameters::Parameters, report::report, user_errors::not_done};
use crate::{
    domain::shelters,
    http::auth::Caller,
    kernel::{Error, Result},
};

/// Answers with the import's present state, or with its last one if it ends within `wait`.
pub async fn follow(
    State(door): State<ImportDoor>,
    path: Result<Path<(String, String)>, PathRejection>,
    request: Request,
) -> Response {
    let (parts, _) = request.into_parts();
    let caller = match door.admit(&parts).await {
        Ok(caller) => caller,
        Err(refused) => return *refused,
    };
    let (shelter, import) = path.map(|Path(names)| names).unwrap_or_default();
    let query = parts.uri.query().unwrap_or_default();
    let told = respond(&door, caller, (&shelter, &import), query).await;
    told.unwrap_or_else(|error| not_done(&error))
}

async fn respond(door: &ImportDoor, caller: Caller, (shelter, import): (&str, &str), query: &str) -> Result<Response> {
    let wait = Parameters::of_import(query)?.wait;
    let gone = || Error::NotFound("import");
    let shelter: ShelterId = shelter.parse().map_err(|_| gone())?;
    let id: ImportId = import.parse().map_err(|_| gone())?;
    let Caller { viewer, deps, .. } = &caller;
    let import = shelters::find_import(deps.db.read(), viewer, id, deps.clock.now()).await?;
    if import.shelter_id != shelter {
        return Err(gone());
    }
    let import = later(door, &caller, import, wait).await?;
    report(&caller.deps, &import, caller.headers).await
}

/// The import when it is over, or as it is after that time.
pub async fn later(door: &ImportDoor, caller: &Caller, import: import::Model, wait: Duration) -> Result<import::Model> {
    if wait.is_zero() {
        return Ok(import);
    }
    let Caller { viewer, deps, .. } = caller;
    let changes = shelters::import_progress(deps, viewer, import.id, Some(import.revision)).await?;
    let (mut changes, mut latest) = (changes.boxed(), import);
    let end = tokio::time::sleep(wait);
    tokio::pin!(end);
    loop {
        tokio::select! {
            change = changes.next() => match change {
                Some(import) => latest = import?,
                None => return Ok(latest),
            },
            () = &mut end => return Ok(latest),
            () = door.drain.cancelled() => return Ok(latest),
        }
    }
}
