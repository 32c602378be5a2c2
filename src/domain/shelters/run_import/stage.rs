//! State changes of an import: start and progress. Each is one conditional update, so that it happens once.

use entity::{id::ImportId, import, shelter, vocabulary::ImportState};
use sea_orm::{
    ActiveEnum, ColumnTrait, EntityTrait, QueryFilter, QuerySelect, QueryTrait,
    sea_query::{Expr, ExprTrait, Func},
};

use super::plan::Plan;
use crate::{
    deps::{Deps, Tx},
    domain::shelters::imports,
    events::ShelterEvent,
    kernel::{Result, text::storable},
};

/// Marks an import as running and stores the result of the survey; `None` if it was stopped meanwhile.
pub(super) async fn begin(deps: &Deps, id: ImportId, plan: &Plan) -> Result<Option<import::Model>> {
    let ignored = storable(&serde_json::to_string(&plan.ignored_columns)?);
    deps.write(async |tx| {
        let begun = import::Entity::update_many()
            .col_expr(import::Column::State, Expr::value(ImportState::Running.to_value()))
            .col_expr(import::Column::Format, Expr::value(plan.format))
            .col_expr(import::Column::IgnoredColumns, Expr::value(ignored.as_str()))
            .col_expr(
                import::Column::Total,
                Expr::value(i32::try_from(plan.total).unwrap_or(i32::MAX)),
            )
            .col_expr(import::Column::Revision, Expr::col(import::Column::Revision).add(1))
            .filter(import::COLUMN.id.eq(id))
            .filter(import::COLUMN.state.is_in([ImportState::Queued, ImportState::Running]))
            .exec(tx)
            .await?;
        if begun.rows_affected == 0 {
            return Ok(None);
        }
        tx.announce(ShelterEvent::ImportProgressed { import_id: id });
        Ok(Some(imports::load(tx, id).await?))
    })
    .await
}

/// Advances `processed`, and notes when that began, if the import is still running, has the value that this runner expects, and
/// may publish animals. On PostgreSQL a second runner waits here for the first one's transaction and then finds that it was overtaken.
pub(super) async fn advance(tx: &Tx, id: ImportId, from: i32, rows: i32) -> Result<bool> {
    let verified = shelter::Entity::find()
        .select_only()
        .column(shelter::Column::Id)
        .filter(shelter::COLUMN.verified.eq(true))
        .into_query();
    let started = Func::coalesce([Expr::col(import::Column::StartedAt), Expr::value(tx.now())]);
    let moved = import::Entity::update_many()
        .col_expr(
            import::Column::Processed,
            Expr::col(import::Column::Processed).add(rows),
        )
        .col_expr(import::Column::StartedAt, Expr::expr(started))
        .col_expr(import::Column::Revision, Expr::col(import::Column::Revision).add(1))
        .filter(import::COLUMN.id.eq(id))
        .filter(import::COLUMN.state.eq(ImportState::Running))
        .filter(import::COLUMN.processed.eq(from))
        .filter(
            import::COLUMN
                .dry_run
                .eq(true)
                .or(import::COLUMN.shelter_id.in_subquery(verified)),
        )
        .exec(tx)
        .await?;
    Ok(moved.rows_affected == 1)
}
