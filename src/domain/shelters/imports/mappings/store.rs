//! Queries for saved mappings. Only viewers who may import for the shelter see them.

use entity::{
    id::{ImportMappingId, ShelterId},
    import, import_mapping,
};
use import_reader::{MappedColumn, Mapping};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, Select};

use crate::{
    domain::staff::Actor,
    kernel::{Error, Result},
};

fn of_shelter(shelter: ShelterId) -> Select<import_mapping::Entity> {
    import_mapping::Entity::find().filter(import_mapping::COLUMN.shelter_id.eq(shelter))
}

/// A shelter's mappings, the one that was saved last first; `None` for viewers who may not import for it. They are few:
/// see `MOST_MAPPINGS`.
pub async fn mappings_of(
    db: &impl ConnectionTrait,
    actor: &Actor,
    shelter: ShelterId,
) -> Result<Option<Vec<import_mapping::Model>>> {
    if !actor.may_import(shelter) {
        return Ok(None);
    }
    let mappings = of_shelter(shelter)
        .order_by_desc(import_mapping::Column::UpdatedAt)
        .order_by_desc(import_mapping::Column::Id);
    Ok(Some(mappings.all(db).await?))
}

/// A mapping of a shelter that the viewer may import for.
pub(super) async fn find(
    db: &impl ConnectionTrait,
    actor: &Actor,
    id: ImportMappingId,
) -> Result<import_mapping::Model> {
    let found = import_mapping::Entity::find_by_id(id).one(db).await?;
    found
        .filter(|mapping| actor.may_import(mapping.shelter_id))
        .ok_or(Error::NotFound("import mapping"))
}

/// The mapping for headers with that fingerprint.
pub(super) async fn with_fingerprint(
    db: &impl ConnectionTrait,
    shelter: ShelterId,
    fingerprint: &str,
) -> Result<Option<import_mapping::Model>> {
    let found = of_shelter(shelter).filter(import_mapping::COLUMN.fingerprint.eq(fingerprint));
    Ok(found.one(db).await?)
}

/// Number of a shelter's mappings.
pub(super) async fn count(db: &impl ConnectionTrait, shelter: ShelterId) -> Result<u64> {
    Ok(of_shelter(shelter).count(db).await?)
}

/// The titles of the files that a mapping is for.
pub fn titles_of(mapping: &import_mapping::Model) -> Result<Vec<String>> {
    Ok(serde_json::from_str(&mapping.titles)?)
}

/// What a mapping says of columns.
pub fn columns_of(mapping: &import_mapping::Model) -> Result<Vec<MappedColumn>> {
    Ok(serde_json::from_str(&mapping.columns)?)
}

/// What the shelter said of the columns of an import's file.
pub fn mapping_of(import: &import::Model) -> Result<Mapping> {
    match &import.columns {
        Some(columns) => Ok(serde_json::from_str(columns)?),
        None => Ok(Mapping::default()),
    }
}
