//! Records errors in rows, for the shelter.

use entity::{id::ImportId, import_error};
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, QueryOrder};

use crate::{
    deps::Tx,
    kernel::{Result, text::storable},
};
use import_reader::{CellError, Row};

/// Maximum number of entries per import; one more then says that there are others.
const MOST: i32 = 10_000;
/// Maximum number of entries per statement.
const CHUNK: usize = 100;

/// Records the errors of the rows that have any.
pub(super) async fn record(tx: &Tx, id: ImportId, rows: &[&Row]) -> Result<()> {
    let Some(first) = rows.first() else {
        return Ok(());
    };
    let last = last(tx, id).await?;
    if MOST < last {
        return Ok(());
    }
    let faults = rows.iter().flat_map(|row| {
        row.result
            .as_ref()
            .err()
            .into_iter()
            .flatten()
            .map(move |fault| (row, fault))
    });
    let mut entries: Vec<_> = (last + 1..=MOST + 1)
        .zip(faults)
        .map(|(number, (row, fault))| entry(id, number, line(row), fault.clone()))
        .collect();
    if usize::try_from(MOST - last).is_ok_and(|room| room < entries.len()) {
        entries.pop();
        entries.push(entry(id, MOST + 1, line(first), overflow()));
    }
    for chunk in entries.chunks(CHUNK) {
        import_error::Entity::insert_many(chunk.to_vec())
            .exec_without_returning(tx)
            .await?;
    }
    Ok(())
}

/// Records an error in the file as a whole, as row 0.
pub(super) async fn record_of_file(tx: &Tx, id: ImportId, reason: String) -> Result<()> {
    let fault = CellError {
        column: None,
        value: None,
        reason,
    };
    // Goes after the last entry, even beyond the maximum: it says why the import failed.
    let number = last(tx, id).await? + 1;
    let row = entry(id, number, 0, fault);
    import_error::Entity::insert(row).exec_without_returning(tx).await?;
    Ok(())
}

/// The line number in the type of the column.
fn line(row: &Row) -> i32 {
    i32::try_from(row.line).unwrap_or(i32::MAX)
}

async fn last(tx: &Tx, id: ImportId) -> Result<i32> {
    let last = import_error::Entity::find()
        .filter(import_error::COLUMN.import_id.eq(id))
        .order_by_desc(import_error::Column::Number)
        .one(tx)
        .await?;
    Ok(last.map_or(0, |error| error.number))
}

fn overflow() -> CellError {
    CellError {
        column: None,
        value: None,
        reason: format!(
            "more is wrong, somewhere from this row on, than the {MOST} entries above: correct those and import the file again"
        ),
    }
}

fn entry(id: ImportId, number: i32, line: i32, fault: CellError) -> import_error::ActiveModel {
    let CellError { column, value, reason } = fault;
    import_error::ActiveModel {
        import_id: Set(id),
        number: Set(number),
        row: Set(line),
        column_name: Set(column.as_deref().map(storable)),
        value: Set(value.as_deref().map(storable)),
        reason: Set(reason),
    }
}
