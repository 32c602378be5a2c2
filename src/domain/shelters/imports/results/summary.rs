//! What became of the columns of a file.

use std::collections::HashMap;

use entity::{id::ImportId, import, import_warning};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, FromQueryResult, QueryFilter, QueryOrder, QuerySelect};

use crate::domain::shelters::imports::store;
use crate::kernel::Result;

/// Maximum number of columns.
const MOST_COLUMNS: usize = 200;
/// Maximum number of sample values of a column.
const MOST_SAMPLES: usize = 3;
/// The entry after this one only says that there are more.
const LAST_WARNING: i32 = 10_000;

/// What became of a column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ColumnSummary {
    /// Its title; `None` for what concerns rows as a whole.
    pub column: Option<String>,
    /// Whether it is not read, or not kept.
    pub is_ignored: bool,
    /// Number of its values that were changed or left out.
    pub changed: i64,
    /// Some of these values, each once.
    pub samples: Vec<String>,
}

/// A value of a column, and how often something was changed in it.
#[derive(FromQueryResult)]
struct Value {
    column_name: String,
    value: String,
    times: i64,
}

/// The columns that are ignored, then those with values that were changed or left out, in the order of the file; of both
/// together at most 200. The import keeps 10,000 warnings, and those are counted. The caller checks that the viewer may see
/// the import.
pub async fn summary(db: &impl ConnectionTrait, import: &import::Model) -> Result<Vec<ColumnSummary>> {
    let ignored = store::ignored_columns(import)?.into_iter();
    let mut columns: Vec<ColumnSummary> = ignored
        .map(|title| ColumnSummary {
            column: Some(title),
            is_ignored: true,
            changed: 0,
            samples: Vec::new(),
        })
        .collect();
    let mut places: HashMap<String, usize> = HashMap::new();
    for (place, column) in columns.iter().enumerate() {
        places.extend(column.column.clone().map(|title| (title, place)));
    }
    for found in values(db, import.id).await? {
        let Value {
            column_name,
            value,
            times,
        } = found;
        let place = *places.entry(column_name.clone()).or_insert_with(|| {
            columns.push(ColumnSummary {
                column: (!column_name.is_empty()).then_some(column_name),
                is_ignored: false,
                changed: 0,
                samples: Vec::new(),
            });
            columns.len() - 1
        });
        let Some(column) = columns.get_mut(place) else { continue };
        column.changed += times;
        if column.samples.len() < MOST_SAMPLES && !value.is_empty() {
            column.samples.push(value);
        }
    }
    columns.truncate(MOST_COLUMNS);
    Ok(columns)
}

/// The values with warnings, each once, in the order in which the file first has them.
async fn values(db: &impl ConnectionTrait, import: ImportId) -> Result<Vec<Value>> {
    let found = import_warning::Entity::find()
        .select_only()
        .columns([import_warning::Column::ColumnName, import_warning::Column::Value])
        .column_as(import_warning::Column::Number.count(), "times")
        .filter(import_warning::COLUMN.import_id.eq(import))
        .filter(import_warning::Column::Number.lte(LAST_WARNING))
        .group_by(import_warning::Column::ColumnName)
        .group_by(import_warning::Column::Value)
        .order_by_asc(import_warning::Column::Number.min());
    Ok(found.into_model::<Value>().all(db).await?)
}
