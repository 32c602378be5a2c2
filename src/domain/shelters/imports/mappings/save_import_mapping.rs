//! Saves what a shelter says of the columns of its files.

use entity::{
    id::{ImportMappingId, ShelterId},
    import_mapping,
};
use import_reader::{Mapping, header_fingerprint};
use sea_orm::{ActiveValue::Set, EntityTrait, sea_query::OnConflict};

use super::{
    check::{check, check_size, check_titles},
    store,
};
use crate::{
    deps::{Deps, Tx},
    domain::shelters::{access, store as shelters},
    kernel::{Error, FieldCode, Result, Viewer},
};

/// Maximum number of mappings that a shelter keeps: one for each of its reports is a handful.
const MOST_MAPPINGS: u64 = 50;

/// Input for saving a mapping.
#[derive(Debug)]
pub struct SaveImportMapping {
    /// The shelter whose files they are.
    pub shelter_id: ShelterId,
    /// All titles of such a file, in any order.
    pub titles: Vec<String>,
    /// What some of them mean.
    pub columns: Mapping,
}

/// Keeps a mapping for all files with these titles, instead of an earlier one for them.
pub async fn save_import_mapping(
    deps: &Deps,
    viewer: &Viewer,
    input: SaveImportMapping,
) -> Result<import_mapping::Model> {
    let SaveImportMapping {
        shelter_id,
        titles,
        columns,
    } = input;
    access::importing(deps.db.read(), viewer, shelter_id).await?;
    check_titles("titles", &titles)?;
    check_size(&columns)?;
    if columns.is_empty() {
        let message = "columns must not be empty: to forget a mapping, use deleteImportMapping";
        return Err(Error::field("columns", FieldCode::Required, message));
    }
    check(&columns, &titles)?;
    deps.write(async |tx| keep(deps, tx, viewer, shelter_id, (titles.as_slice(), &columns)).await)
        .await
}

/// Keeps a mapping for files with those titles; both were checked.
pub(in crate::domain::shelters::imports) async fn keep(
    deps: &Deps,
    tx: &Tx,
    viewer: &Viewer,
    shelter_id: ShelterId,
    (titles, columns): (&[String], &Mapping),
) -> Result<import_mapping::Model> {
    // Two requests at once would both see room for one more.
    shelters::lock(tx, shelter_id).await?;
    let fingerprint = header_fingerprint(titles);
    let is_new = store::with_fingerprint(tx, shelter_id, &fingerprint).await?.is_none();
    if is_new && MOST_MAPPINGS <= store::count(tx, shelter_id).await? {
        let message = format!("a shelter keeps at most {MOST_MAPPINGS} mappings: delete one with deleteImportMapping");
        return Err(Error::field("shelterId", FieldCode::LimitReached, message));
    }
    let row = import_mapping::ActiveModel {
        id: Set(ImportMappingId(deps.ids.uuid(tx.now()))),
        shelter_id: Set(shelter_id),
        fingerprint: Set(fingerprint),
        titles: Set(serde_json::to_string(titles)?),
        columns: Set(serde_json::to_string(columns)?),
        created_by: Set(viewer.actor()),
        created_at: Set(tx.now()),
        updated_at: Set(tx.now()),
    };
    let anew = OnConflict::columns([import_mapping::Column::ShelterId, import_mapping::Column::Fingerprint])
        .update_columns([
            import_mapping::Column::Titles,
            import_mapping::Column::Columns,
            import_mapping::Column::CreatedBy,
            import_mapping::Column::UpdatedAt,
        ])
        .to_owned();
    let kept = import_mapping::Entity::insert(row)
        .on_conflict(anew)
        .exec_with_returning(tx)
        .await?;
    Ok(kept)
}
