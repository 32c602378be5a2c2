//! Records values that were left out or changed, for the shelter.

use entity::{id::ImportId, import_warning};
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, QueryOrder};

use crate::{
    deps::Tx,
    kernel::{Result, text::storable},
};
use import_reader::RowWarning;

/// Maximum number of entries per import; one more then says that there are others.
const MOST: i32 = 10_000;
/// Maximum number of entries per statement.
const CHUNK: usize = 100;

/// A warning and the line of its row.
pub(in crate::domain::shelters::run_import::rows) type Noted = (u32, RowWarning);

/// Records the warnings of one batch, in the order of the file.
pub(in crate::domain::shelters::run_import::rows) async fn record(
    tx: &Tx,
    id: ImportId,
    warnings: &[Noted],
) -> Result<()> {
    if warnings.is_empty() {
        return Ok(());
    }
    let last = last(tx, id).await?;
    for chunk in entries(id, last, warnings).chunks(CHUNK) {
        import_warning::Entity::insert_many(chunk.to_vec())
            .exec_without_returning(tx)
            .await?;
    }
    Ok(())
}

/// The rows to insert after the last one, including the one that says that there are more.
fn entries(id: ImportId, last: i32, warnings: &[Noted]) -> Vec<import_warning::ActiveModel> {
    (last + 1..=MOST + 1)
        .zip(warnings)
        .map(|(number, (line, warning))| match number {
            ..=MOST => entry(id, number, *line, warning),
            _ => entry(id, number, *line, &overflow()),
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
        column_name: Set(storable(&warning.column)),
        value: Set(storable(&warning.value)),
        message: Set(storable(&warning.message)),
    }
}
