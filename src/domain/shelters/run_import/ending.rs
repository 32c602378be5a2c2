//! Ends an import and cleans up after it.

use entity::{id::ImportId, import, vocabulary::ImportState};
use import_reader::FileError;
use sea_orm::{
    ActiveEnum, ColumnTrait, EntityTrait, QueryFilter,
    sea_query::{Expr, ExprTrait},
};

use super::{errors, reading::MOST_ROWS};
use crate::{
    deps::{Deps, Tx},
    domain::shelters::imports,
    events::ShelterEvent,
    kernel::{Error, Result},
};

/// Reasons why a file as a whole is refused.
#[derive(Debug, thiserror::Error)]
pub(super) enum Failure {
    /// Its bytes are no longer there.
    #[error("the file is no longer there: upload it again")]
    Gone,
    /// It is unusable.
    #[error(transparent)]
    File(#[from] FileError),
    /// It has too many rows.
    #[error("the file has more than {MOST_ROWS} rows: send it in several parts, without SNAPSHOT")]
    TooManyRows,
    /// An admin has taken the verification of its shelter back.
    #[error("the shelter is not verified any more: ask an admin to verify it, and send the file again")]
    Unverified,
    /// A snapshot would remove too many animals.
    #[error("{0}")]
    Guarded(String),
}

/// Reasons why a run ends early.
pub(super) enum Stop {
    /// The file or the request is at fault: trying again would not help.
    Failed(Failure),
    /// Something else is at fault: the job is tried again.
    Broken(Error),
}

impl<E: Into<Error>> From<E> for Stop {
    fn from(error: E) -> Self {
        Self::Broken(error.into())
    }
}

impl From<Failure> for Stop {
    fn from(failure: Failure) -> Self {
        Self::Failed(failure)
    }
}

/// Marks an import as done, with what there is to say about its file as a whole; does nothing if it is over.
pub(super) async fn finish(deps: &Deps, id: ImportId, remark: Option<&'static str>) -> Result<()> {
    deps.write(async |tx| {
        if close(tx, id, ImportState::Done).await?
            && let Some(remark) = remark
        {
            errors::record_of_file(tx, id, remark.to_owned()).await?;
        }
        Ok(())
    })
    .await
}

/// Marks an import as failed and records the reason. If the blob store cannot be read, the file is not at fault: then
/// the error is returned, and the job is tried again.
pub(super) async fn fail(deps: &Deps, id: ImportId, failure: &Failure) -> Result<()> {
    if let Failure::File(FileError::Source(source)) = failure {
        return Err(Error::broken(format!(
            "the file of an import could not be read: {source}"
        )));
    }
    deps.write(async |tx| {
        if close(tx, id, ImportState::Failed).await? {
            errors::record_of_file(tx, id, failure.to_string()).await?;
        }
        Ok(())
    })
    .await
}

async fn close(tx: &Tx, id: ImportId, state: ImportState) -> Result<bool> {
    let closed = import::Entity::update_many()
        .col_expr(import::Column::State, Expr::value(state.to_value()))
        .col_expr(import::Column::FinishedAt, Expr::value(tx.now()))
        .col_expr(import::Column::Revision, Expr::col(import::Column::Revision).add(1))
        .filter(import::COLUMN.id.eq(id))
        .filter(import::COLUMN.state.is_in([ImportState::Queued, ImportState::Running]))
        .exec(tx)
        .await?;
    if closed.rows_affected == 1 {
        tx.announce(ShelterEvent::ImportFinished { import_id: id });
    }
    Ok(closed.rows_affected == 1)
}

/// Deletes the file of an import that is over, if it was sent within the request; an upload belongs to its member.
pub(super) async fn forget_file(deps: &Deps, id: ImportId) -> Result<()> {
    let import = imports::load(deps.db.read(), id).await?;
    if !imports::is_importing(&import) && import.blob_key == imports::inline_blob_key(id) {
        deps.blobs.delete(&import.blob_key).await.map_err(Error::internal)?;
    }
    Ok(())
}
