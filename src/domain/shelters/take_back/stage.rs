//! Progress of taking an import back.

use entity::{
    id::{ImportId, ShelterAnimalId},
    import,
    vocabulary::ImportState,
};
use sea_orm::{
    ActiveEnum, ColumnTrait, EntityTrait, QueryFilter,
    sea_query::{Expr, ExprTrait},
};

use crate::{deps::Tx, events::ShelterEvent, kernel::Result};

/// Number of animals of a batch.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Counts {
    /// Those that were taken back.
    pub(super) undone: i32,
    /// Those that changed since, and stay as they are.
    pub(super) left_changed: i32,
}

impl Counts {
    /// Adds the counts to those of the import.
    pub(super) async fn add(self, tx: &Tx, id: ImportId) -> Result<()> {
        let Self { undone, left_changed } = self;
        import::Entity::update_many()
            .col_expr(import::Column::Undone, Expr::col(import::Column::Undone).add(undone))
            .col_expr(
                import::Column::LeftChanged,
                Expr::col(import::Column::LeftChanged).add(left_changed),
            )
            .filter(import::COLUMN.id.eq(id))
            .exec(tx)
            .await?;
        Ok(())
    }
}

/// Advances the revision, and the place among the animals that the import made, if no other runner was faster. On
/// PostgreSQL a second runner waits here for the first one's transaction and then finds that it was overtaken.
pub(super) async fn advance(tx: &Tx, import: &import::Model, made: Option<ShelterAnimalId>) -> Result<bool> {
    let after = made.or(import.undo_after).map(|id| id.0);
    let moved = import::Entity::update_many()
        .col_expr(import::Column::Revision, Expr::col(import::Column::Revision).add(1))
        .col_expr(import::Column::UndoAfter, Expr::value(after))
        .filter(import::COLUMN.id.eq(import.id))
        .filter(import::COLUMN.state.eq(ImportState::Undoing))
        .filter(import::COLUMN.revision.eq(import.revision))
        .exec(tx)
        .await?;
    if moved.rows_affected == 1 {
        tx.announce(ShelterEvent::ImportProgressed { import_id: import.id });
    }
    Ok(moved.rows_affected == 1)
}

/// Marks the import as taken back.
pub(super) async fn finish(tx: &Tx, id: ImportId) -> Result<()> {
    import::Entity::update_many()
        .col_expr(import::Column::State, Expr::value(ImportState::Undone.to_value()))
        .col_expr(import::Column::UndoneAt, Expr::value(tx.now()))
        .filter(import::COLUMN.id.eq(id))
        .exec(tx)
        .await?;
    tx.announce(ShelterEvent::ImportFinished { import_id: id });
    Ok(())
}
