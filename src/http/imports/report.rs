//! An import as plain JSON, with the names that it has in the schema.

use axum::{
    Json,
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
};
use entity::{import, vocabulary::ImportState};
use serde::Serialize;
use serde_json::{Value, json};

use crate::{
    deps::Deps,
    domain::shelters::{self, Faults},
    kernel::{Result, page::Page},
};

/// The most errors that are told at once; `errorsUrl` has all of them.
const FIRST_ERRORS: u32 = 20;

/// The answer that tells of an import. It is accepted until it is over.
pub async fn report(deps: &Deps, import: &import::Model, headers: HeaderMap) -> Result<Response> {
    let status = match import.state {
        ImportState::Queued | ImportState::Running | ImportState::Undoing => StatusCode::ACCEPTED,
        ImportState::Done | ImportState::Failed | ImportState::Canceled | ImportState::Undone => StatusCode::OK,
    };
    let address = format!(
        "{}/shelters/{}/imports/{}",
        deps.public_url, import.shelter_id, import.id
    );
    let errors = shelters::errors_of(deps.db.read(), import, &Page::first(FIRST_ERRORS)).await?;
    let errors: Vec<Value> = errors
        .items
        .into_iter()
        .map(|(_, error)| {
            json!({
                "row": error.row,
                "column": error.column_name,
                "value": error.value,
                "remedy": shelters::remedy(&error.reason),
                "reason": error.reason,
            })
        })
        .collect();
    let body = json!({
        "id": import.id.to_string(),
        "url": address,
        "state": word(import.state),
        "mode": word(import.mode),
        "dryRun": import.dry_run,
        "format": import.format,
        "total": import.total,
        "processed": import.processed,
        "created": import.created,
        "updated": import.updated,
        "unchanged": import.unchanged,
        "earlierStays": import.earlier_stays,
        "failed": import.failed,
        "warned": import.warned,
        "closed": import.closed,
        "ignoredColumns": shelters::ignored_columns(import)?,
        "errors": errors,
        "errorsUrl": shelters::import_report_url(deps, import, Faults::Errors),
        "warningsUrl": shelters::import_report_url(deps, import, Faults::Warnings),
    });
    let own = [(header::CACHE_CONTROL, "no-store")];
    Ok((status, headers, own, Json(body)).into_response())
}

/// A term as the schema writes it.
fn word(term: impl Serialize) -> String {
    let stored = serde_json::to_value(term).unwrap_or_default();
    stored.as_str().unwrap_or_default().to_ascii_uppercase()
}
