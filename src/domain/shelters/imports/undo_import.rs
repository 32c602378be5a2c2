//! Asks for an import to be taken back. The work itself is in `take_back`.

use std::time::Duration;

use entity::{Timestamp, id::ImportId, import, import_change, vocabulary::ImportState};
use sea_orm::{
    ActiveEnum, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect, Statement,
    sea_query::{Expr, ExprTrait},
};

use super::store;
use crate::{
    deps::{DAY, Deps, Tx},
    domain::accounts,
    events::ShelterEvent,
    kernel::{AtField, Error, FieldCode, Result, Viewer},
};

/// How long after its end an import can be taken back.
pub(super) const UNDOABLE_FOR: Duration = DAY;

/// An import that touched animals of another one after it.
const TOUCHED_LATER: &str = "SELECT later.import_id FROM import_changes own
    JOIN import_changes later ON later.animal_id = own.animal_id AND later.import_id <> own.import_id
    WHERE own.import_id = $1 AND (own.recorded_at < later.recorded_at
        OR (own.recorded_at = later.recorded_at AND own.import_id < later.import_id))
    LIMIT 1";

/// Begins to take an import back; a job does the work. Repeating the call changes nothing. It is refused while files of the
/// shelter are imported, and once a later import has touched the same animals: what such a file says rests on what it
/// found, so that one is taken back first.
pub async fn undo_import(deps: &Deps, viewer: &Viewer, id: ImportId) -> Result<import::Model> {
    viewer.refuse_visitor()?;
    deps.write(async |tx| {
        let import = store::find_import(tx, viewer, id, tx.now()).await.at("importId")?;
        if matches!(import.state, ImportState::Undoing | ImportState::Undone) {
            return Ok(import);
        }
        check(&import, tx.now())?;
        if let Some(other) = busy(tx, &import).await? {
            return Err(refused(
                FieldCode::Conflict,
                format!("the import {other} of this shelter is not over: wait for it, or cancel it first"),
            ));
        }
        if let Some(later) = later(tx, id).await? {
            return Err(refused(
                FieldCode::Conflict,
                format!("the later import {later} has changed the same animals: take that one back first"),
            ));
        }
        let begun = import::Entity::update_many()
            .col_expr(import::Column::State, Expr::value(ImportState::Undoing.to_value()))
            .col_expr(import::Column::UndoneBy, Expr::value(viewer.actor()))
            .col_expr(import::Column::Revision, Expr::col(import::Column::Revision).add(1))
            .filter(import::COLUMN.id.eq(id))
            .filter(import::COLUMN.state.eq(import.state))
            .exec(tx)
            .await?;
        if begun.rows_affected == 1 {
            accounts::audit(deps, tx, viewer.actor(), "import_undone", Some(id.to_string()), None).await?;
            tx.announce(ShelterEvent::ImportUndoRequested {
                import_id: id,
                shelter_id: import.shelter_id,
            });
        }
        store::load(tx, id).await
    })
    .await
}

/// Refuses imports that wrote nothing, that go on, or that ended too long ago.
fn check(import: &import::Model, now: Timestamp) -> Result<()> {
    let Some(ended_at) = import.finished_at else {
        let message = "the import is not over: cancel it first".to_owned();
        return Err(refused(FieldCode::NotAllowed, message));
    };
    if import.dry_run {
        let message = "this import only tried, so there is nothing to take back".to_owned();
        return Err(refused(FieldCode::NotAllowed, message));
    }
    if ended_at.plus(UNDOABLE_FOR) <= now {
        let message = format!(
            "the import ended on {ended_at}, more than 24 hours ago: correct its animals with updatePet and endStays, or \
             import a corrected file"
        );
        return Err(refused(FieldCode::Expired, message));
    }
    Ok(())
}

fn refused(code: FieldCode, message: String) -> Error {
    Error::field("importId", code, message)
}

/// Another import of the shelter that is writing, or is about to.
async fn busy(tx: &Tx, import: &import::Model) -> Result<Option<ImportId>> {
    let busy = import::Entity::find()
        .select_only()
        .column(import::Column::Id)
        .filter(import::COLUMN.shelter_id.eq(import.shelter_id))
        .filter(import::COLUMN.id.ne(import.id))
        .filter(import::COLUMN.dry_run.eq(false))
        .filter(
            import::COLUMN
                .state
                .is_in([ImportState::Queued, ImportState::Running, ImportState::Undoing]),
        )
        .limit(1);
    Ok(busy.into_tuple().one(tx).await?)
}

/// A later import that touched animals which this one made or changed.
async fn later(tx: &Tx, id: ImportId) -> Result<Option<ImportId>> {
    let listed = import_change::Entity::find()
        .select_only()
        .column(import_change::Column::ImportId)
        .filter(import_change::COLUMN.former_import_id.eq(id))
        .filter(import_change::COLUMN.import_id.ne(id))
        .limit(1);
    if let Some(later) = listed.into_tuple().one(tx).await? {
        return Ok(Some(later));
    }
    let statement = Statement::from_sql_and_values(tx.get_database_backend(), TOUCHED_LATER, [id.into()]);
    let found = tx.query_one_raw(statement).await?;
    Ok(found.map(|row| row.try_get("", "import_id")).transpose()?)
}
