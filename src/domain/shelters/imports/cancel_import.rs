//! Cancels an import.

use entity::{id::ImportId, import, vocabulary::ImportState};
use sea_orm::{
    ActiveEnum, ColumnTrait, EntityTrait, QueryFilter,
    sea_query::{Expr, ExprTrait},
};

use super::store;
use crate::{
    deps::Deps,
    domain::accounts,
    events::ShelterEvent,
    kernel::{AtField, Error, Result, Viewer},
};

/// Stops an import after the rows in progress. Imported rows stay; an import that is over does not change.
pub async fn cancel_import(deps: &Deps, viewer: &Viewer, id: ImportId) -> Result<import::Model> {
    if *viewer == Viewer::Visitor {
        return Err(Error::Unauthenticated);
    }
    deps.write(async |tx| {
        store::find_import(tx, viewer, id, tx.now()).await.at("importId")?;
        let stopped = import::Entity::update_many()
            .col_expr(import::Column::State, Expr::value(ImportState::Canceled.to_value()))
            .col_expr(import::Column::FinishedAt, Expr::value(tx.now()))
            .col_expr(import::Column::Revision, Expr::col(import::Column::Revision).add(1))
            .filter(import::COLUMN.id.eq(id))
            .filter(import::COLUMN.state.is_in([ImportState::Queued, ImportState::Running]))
            .exec(tx)
            .await?;
        if stopped.rows_affected == 1 {
            accounts::audit(deps, tx, viewer.actor(), "import_canceled", Some(id.to_string()), None).await?;
            tx.announce(ShelterEvent::ImportFinished { import_id: id });
        }
        store::load(tx, id).await
    })
    .await
}
