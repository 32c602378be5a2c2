//! Queries for imports. Only viewers who may import for the shelter see them.

use entity::{
    Timestamp,
    id::{ImportId, ShelterId},
    import, import_error, import_warning,
    vocabulary::ImportState,
};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect, Select,
    sea_query::Expr,
};

use crate::{
    deps::{Direction, Keyset},
    domain::{shelters::keys, staff::Actor},
    kernel::{
        Error, Result, Viewer,
        page::{KeyValue, Page, Slice},
    },
};

/// Maximum number of running imports that are listed.
const MOST_RUNNING: u64 = 100;

/// A shelter's imports; `None` for viewers who may not import for it.
fn visible_to(actor: &Actor, shelter: ShelterId) -> Option<Select<import::Entity>> {
    let imports = import::Entity::find().filter(import::COLUMN.shelter_id.eq(shelter));
    actor.may_see_imports(shelter).then_some(imports)
}

/// An import, checked against the viewer's rights at that time; a key that has ended meanwhile has none.
pub async fn find_import(
    db: &impl ConnectionTrait,
    viewer: &Viewer,
    id: ImportId,
    now: Timestamp,
) -> Result<import::Model> {
    let import = load(db, id).await?;
    if let Viewer::Key { id, .. } = viewer
        && !keys::is_live(db, *id, now).await?
    {
        return Err(Error::Unauthenticated);
    }
    let actor = Actor::of(db, viewer).await?;
    if actor.may_see_imports(import.shelter_id) {
        Ok(import)
    } else {
        Err(Error::NotFound("import"))
    }
}

/// The imports with those ids that the viewer may see, in no particular order.
pub async fn by_ids(db: &impl ConnectionTrait, actor: &Actor, ids: &[ImportId]) -> Result<Vec<import::Model>> {
    let found = import::Entity::find().filter(import::COLUMN.id.is_in(ids.iter().copied()));
    let mut found = found.all(db).await?;
    found.retain(|import| actor.may_see_imports(import.shelter_id));
    Ok(found)
}

/// An import by id, without a check.
pub(in crate::domain::shelters) async fn load(db: &impl ConnectionTrait, id: ImportId) -> Result<import::Model> {
    let found = import::Entity::find_by_id(id).one(db).await?;
    found.ok_or(Error::NotFound("import"))
}

/// A page of a shelter's imports, newest first; `None` for viewers who may not see them.
pub async fn imports_of(
    db: &impl ConnectionTrait,
    actor: &Actor,
    shelter: ShelterId,
    page: &Page,
) -> Result<Option<Slice<import::Model>>> {
    let Some(select) = visible_to(actor, shelter) else {
        return Ok(None);
    };
    let order = Keyset {
        list: "imports",
        columns: vec![Expr::col(import::Column::CreatedAt), Expr::col(import::Column::Id)],
        direction: Direction::Descending,
    };
    let key = |import: &import::Model| vec![KeyValue::Int(import.created_at.0), KeyValue::Id(import.id.0)];
    Ok(Some(order.page(db, select, page, key).await?))
}

/// Number of imports that a shelter has made.
pub async fn count_imports(db: &impl ConnectionTrait, actor: &Actor, shelter: ShelterId) -> Result<u64> {
    match visible_to(actor, shelter) {
        Some(select) => Ok(select.count(db).await?),
        None => Ok(0),
    }
}

/// The imports of a shelter that are going on, also those that are being taken back, the oldest first; `None` for viewers who
/// may not see them.
pub async fn running_imports_of(
    db: &impl ConnectionTrait,
    actor: &Actor,
    shelter: ShelterId,
) -> Result<Option<Vec<import::Model>>> {
    match actor.may_see_imports(shelter) {
        true => Ok(Some(running_imports(db, shelter).await?)),
        false => Ok(None),
    }
}

/// The same without a check.
pub(in crate::domain::shelters) async fn running_imports(
    db: &impl ConnectionTrait,
    shelter: ShelterId,
) -> Result<Vec<import::Model>> {
    let running = [ImportState::Queued, ImportState::Running, ImportState::Undoing];
    let found = import::Entity::find()
        .filter(import::COLUMN.shelter_id.eq(shelter))
        .filter(import::COLUMN.state.is_in(running))
        .order_by_asc(import::Column::CreatedAt)
        .order_by_asc(import::Column::Id)
        .limit(MOST_RUNNING);
    Ok(found.all(db).await?)
}

/// A page of an import's errors, in the order of the file. The caller checks that the viewer may see the import.
pub async fn errors_of(
    db: &impl ConnectionTrait,
    import: &import::Model,
    page: &Page,
) -> Result<Slice<import_error::Model>> {
    let order = Keyset {
        list: "import errors",
        columns: vec![Expr::col(import_error::Column::Number)],
        direction: Direction::Ascending,
    };
    let key = |error: &import_error::Model| vec![KeyValue::Int(i64::from(error.number))];
    order.page(db, errors(import.id), page, key).await
}

/// Number of entries in the errors of an import.
pub async fn count_errors(db: &impl ConnectionTrait, import: ImportId) -> Result<u64> {
    Ok(errors(import).count(db).await?)
}

fn errors(import: ImportId) -> Select<import_error::Entity> {
    import_error::Entity::find().filter(import_error::COLUMN.import_id.eq(import))
}

/// A page of an import's warnings, in the order of the file. The caller checks that the viewer may see the import.
pub async fn warnings_of(
    db: &impl ConnectionTrait,
    import: &import::Model,
    page: &Page,
) -> Result<Slice<import_warning::Model>> {
    let order = Keyset {
        list: "import warnings",
        columns: vec![Expr::col(import_warning::Column::Number)],
        direction: Direction::Ascending,
    };
    let key = |warning: &import_warning::Model| vec![KeyValue::Int(i64::from(warning.number))];
    order.page(db, warnings(import.id), page, key).await
}

/// Number of entries in the warnings of an import.
pub async fn count_warnings(db: &impl ConnectionTrait, import: ImportId) -> Result<u64> {
    Ok(warnings(import).count(db).await?)
}

fn warnings(import: ImportId) -> Select<import_warning::Entity> {
    import_warning::Entity::find().filter(import_warning::COLUMN.import_id.eq(import))
}

/// Titles of the file's columns that are not read.
pub fn ignored_columns(import: &import::Model) -> Result<Vec<String>> {
    Ok(serde_json::from_str(&import.ignored_columns)?)
}

/// Whether nothing goes on any more: no rows are applied, and nothing is being taken back.
pub(super) fn is_over(import: &import::Model) -> bool {
    match import.state {
        ImportState::Queued | ImportState::Running | ImportState::Undoing => false,
        ImportState::Done | ImportState::Failed | ImportState::Canceled | ImportState::Undone => true,
    }
}

/// Whether rows are still to be applied.
pub(in crate::domain::shelters) fn is_importing(import: &import::Model) -> bool {
    matches!(import.state, ImportState::Queued | ImportState::Running)
}
