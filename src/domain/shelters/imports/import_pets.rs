//! Accepts a file of animals and queues its import.

use std::sync::Arc;

use entity::{
    id::{ImportId, ShelterId, UploadId},
    import,
    vocabulary::{DateOrder, ImportMode, ImportState},
};
use import_reader::Mapping;
use sea_orm::{ActiveValue::Set, EntityTrait};

use super::{
    file::ImportFile,
    mappings::{check_titles, keep, resolve},
    store,
};
use crate::{
    deps::{Deps, HOUR, IdempotencyKey, Limit, Remembered, Tx, is_repeat, once},
    domain::{accounts, shelters::access},
    events::ShelterEvent,
    kernel::{Error, FieldCode, Result, Viewer},
};

/// Maximum number of imports per shelter and hour.
pub(in crate::domain::shelters) const IMPORTS: Limit =
    Limit::new("import-pets", 120, "imports", HOUR).of("for one shelter");

/// Input for importing a file.
pub struct ImportPets {
    /// The shelter whose animals they are.
    pub shelter_id: ShelterId,
    /// Content of the file, at most 900,000 bytes; alternative to `upload_id`.
    pub data: Option<String>,
    /// A file uploaded for an import; alternative to `data`.
    pub upload_id: Option<UploadId>,
    /// Treatment of animals that the file does not list.
    pub mode: ImportMode,
    /// The most animals that a snapshot may close; `None` for a fifth of them.
    pub confirm_removals: Option<i32>,
    /// Order of day and month in dates that end with the year; `None` to detect it from the file.
    pub date_order: Option<DateOrder>,
    /// Whether to only read, compare and count, without writing animals.
    pub dry_run: bool,
    /// What the shelter says of the columns, which counts before what it has saved.
    pub columns: Mapping,
    /// Whether to keep that for the next file with the same titles.
    pub save_mapping: bool,
    /// A repeat with the same key and input within 24 hours returns the first import.
    pub idempotency_key: Option<IdempotencyKey>,
}

/// Queues an import. Staff of an unverified shelter may only make dry runs, because imported animals are public at
/// once.
pub async fn import_pets(deps: &Deps, viewer: &Viewer, input: ImportPets) -> Result<import::Model> {
    refuse_early(deps, viewer, &input).await?;
    if !is_repeat(deps, viewer, "importPets", input.idempotency_key.as_ref()).await? {
        deps.limit(&IMPORTS, input.shelter_id).await?;
    }
    let id = ImportId(deps.ids.uuid(deps.clock.now()));
    let ImportPets {
        shelter_id,
        data,
        upload_id,
        mode,
        confirm_removals,
        date_order,
        dry_run,
        columns,
        save_mapping,
        idempotency_key,
    } = input;
    if save_mapping && columns.is_empty() {
        let message = "give the columns that saveMapping is to keep";
        return Err(Error::field("columns", FieldCode::Required, message));
    }
    let file = ImportFile::given(deps, viewer, data, upload_id).await?;
    let read_as = resolve(deps, shelter_id, &file, columns).await?;
    if save_mapping {
        check_titles("columns", &read_as.titles)?;
    }
    let blob_key = store_file(deps, id, file).await?;
    let mut row = queued(viewer.actor(), id, shelter_id, &blob_key, mode, dry_run);
    row.date_order = Set(date_order);
    row.confirmed_removals = Set(confirm_removals);
    if !read_as.mapping.is_empty() {
        row.columns = Set(Some(serde_json::to_string(&read_as.mapping)?));
    }
    let queued = deps
        .write(
            async |tx| match once(tx, viewer, "importPets", idempotency_key.as_ref()).await? {
                Remembered::Done(first) => store::load(tx, first.parse().map_err(Error::internal)?).await,
                Remembered::New(reservation) => {
                    reservation.fulfil(tx, id).await?;
                    if save_mapping {
                        keep(
                            deps,
                            tx,
                            viewer,
                            shelter_id,
                            (read_as.titles.as_slice(), &read_as.mapping),
                        )
                        .await?;
                    }
                    queue(deps, tx, viewer.actor(), row).await
                }
            },
        )
        .await;
    if upload_id.is_none() && queued.as_ref().map_or(true, |import| import.id != id) {
        // Best effort: a file without an import only costs space.
        let _ = deps.blobs.delete(&blob_key).await;
    }
    queued
}

/// Refuses what can be refused without the file.
pub(super) async fn refuse_early(deps: &Deps, viewer: &Viewer, input: &ImportPets) -> Result<()> {
    let shelter = access::importing(deps.db.read(), viewer, input.shelter_id).await?;
    if !shelter.verified && !input.dry_run {
        let message = "this shelter is not verified: try the file with dryRun, and ask an admin to verify the shelter";
        return Err(Error::field("shelterId", FieldCode::NotAllowed, message));
    }
    check_removals(input.mode, input.confirm_removals)
}

/// Only a snapshot closes animals that the file does not list, and it closes no negative number of them.
fn check_removals(mode: ImportMode, confirmed: Option<i32>) -> Result<()> {
    let (code, message) = match confirmed {
        Some(_) if mode != ImportMode::Snapshot => (
            FieldCode::NotAllowed,
            "only a SNAPSHOT closes animals: leave confirmRemovals out",
        ),
        Some(count) if count < 0 => (FieldCode::OutOfRange, "confirmRemovals is a number of animals, from 0"),
        _ => return Ok(()),
    };
    Err(Error::field("confirmRemovals", code, message))
}

/// The key of the file: an upload stays where it is, so that it can be tried first and then imported.
pub(super) async fn store_file(deps: &Deps, id: ImportId, file: ImportFile) -> Result<String> {
    match file {
        ImportFile::Inline(data) => {
            let key = inline_blob_key(id);
            let put = deps.blobs.put(&key, data).await;
            put.map_err(|error| Error::Unavailable(Arc::new(error)))?;
            Ok(key)
        }
        ImportFile::Uploaded(key) => Ok(key),
    }
}

/// Key of an import file that was sent within the request.
pub(in crate::domain::shelters) fn inline_blob_key(id: ImportId) -> String {
    format!("imports/{id}")
}

/// The row of an import that waits for its job.
pub(super) fn queued(
    started_by: String,
    id: ImportId,
    shelter_id: ShelterId,
    blob_key: &str,
    mode: ImportMode,
    dry_run: bool,
) -> import::ActiveModel {
    import::ActiveModel {
        id: Set(id),
        shelter_id: Set(shelter_id),
        started_by: Set(started_by),
        blob_key: Set(blob_key.to_owned()),
        format: Set(String::new()),
        mode: Set(mode),
        dry_run: Set(dry_run),
        state: Set(ImportState::Queued),
        total: Set(0),
        processed: Set(0),
        created: Set(0),
        updated: Set(0),
        unchanged: Set(0),
        failed: Set(0),
        warned: Set(0),
        ignored_columns: Set("[]".to_owned()),
        closed: Set(0),
        finished_at: Set(None),
        revision: Set(1),
        ..Default::default()
    }
}

/// Stores the row of an import, which calls for its job.
pub(super) async fn queue(deps: &Deps, tx: &Tx, actor: String, mut row: import::ActiveModel) -> Result<import::Model> {
    row.created_at = Set(tx.now());
    let import = import::Entity::insert(row).exec_with_returning(tx).await?;
    let subject = Some(import.id.to_string());
    accounts::audit(deps, tx, actor, "import_queued", subject, None).await?;
    tx.announce(ShelterEvent::ImportQueued {
        import_id: import.id,
        shelter_id: Some(import.shelter_id),
    });
    Ok(import)
}
