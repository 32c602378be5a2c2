//! What was left out of the animals of a file, or changed, written down for the shelter.

use entity::{id::ImportId, import_warning};
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, QueryOrder};

use super::animal::without_zero;
use crate::{
    deps::Tx,
    domain::shelters::import_file::{Row, RowWarning},
    kernel::Result,
};

/// Most entries of one import; one more then says that there are others.
const MOST: i32 = 10_000;
/// Entries of one statement.
const CHUNK: usize = 100;

/// Writes down the warnings of the rows that have any.
pub(super) async fn record(tx: &Tx, id: ImportId, rows: &[&Row]) -> Result<()> {
    if rows.is_empty() {
        return Ok(());
    }
    let last = last(tx, id).await?;
    for chunk in entries(id, last, rows).chunks(CHUNK) {
        import_warning::Entity::insert_many(chunk.to_vec())
            .exec_without_returning(tx)
            .await?;
    }
    Ok(())
}

/// The rows of the table behind the last one, and the one that says that there are more.
fn entries(id: ImportId, last: i32, rows: &[&Row]) -> Vec<import_warning::ActiveModel> {
    let warnings = rows
        .iter()
        .flat_map(|row| std::iter::repeat(row.line).zip(&row.warnings));
    (last + 1..=MOST + 1)
        .zip(warnings)
        .map(|(number, (line, warning))| match number {
            ..=MOST => entry(id, number, line, warning),
            _ => entry(id, number, line, &overflow()),
        })
        .collect()
}

async fn last(tx: &Tx, id: ImportId) -> Result<i32> {
    let last = import_warning::Entity::find()
        .filter(import_warning::COLUMN.import_id.eq(id))
        .order_by_desc(import_warning::Column::Number)
        .one(tx)
        .await?;
    Ok(last.map_or(0, |warning| warning.number))
}

fn overflow() -> RowWarning {
    RowWarning {
        column: String::new(),
        value: String::new(),
        message: format!("from this row on there are more warnings than the {MOST} above"),
    }
}

fn entry(id: ImportId, number: i32, line: u32, warning: &RowWarning) -> import_warning::ActiveModel {
    import_warning::ActiveModel {
        import_id: Set(id),
        number: Set(number),
        row: Set(i32::try_from(line).unwrap_or(i32::MAX)),
        column_name: Set(without_zero(&warning.column)),
        value: Set(without_zero(&warning.value)),
        message: Set(without_zero(&warning.message)),
    }
}
