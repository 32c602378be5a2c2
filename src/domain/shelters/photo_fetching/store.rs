//! Queries for the addresses from which photos are fetched.

use entity::{
    Timestamp, api_key,
    id::{ApiKeyId, ImportId, MemberId, PetId, ShelterId},
    import, photo_fetch,
    vocabulary::PhotoFetchState,
};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait,
    Select,
    sea_query::{Expr, ExprTrait},
};

use crate::{
    deps::{Direction, Keyset},
    domain::shelters::imports,
    kernel::{
        Error, Result,
        page::{KeyValue, Page, Slice},
    },
};

/// What became of the photos that an import wants.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct PhotoCounts {
    /// All of them.
    pub wanted: i64,
    /// Those that were fetched.
    pub fetched: i64,
    /// Those that were given up.
    pub failed: i64,
    /// Those that were placeholders.
    pub placeholders: i64,
}

/// Counts the photos that the import wants. The caller checks that the viewer may see the import.
pub async fn photo_counts(db: &impl ConnectionTrait, import: ImportId) -> Result<PhotoCounts> {
    let counts = photo_fetch::Entity::find()
        .select_only()
        .column(photo_fetch::Column::State)
        .column_as(photo_fetch::Column::Position.count(), "photos")
        .filter(photo_fetch::COLUMN.import_id.eq(import))
        .group_by(photo_fetch::Column::State);
    let mut counted = PhotoCounts::default();
    for (state, photos) in counts.into_tuple::<(PhotoFetchState, i64)>().all(db).await? {
        counted.wanted += photos;
        match state {
            PhotoFetchState::Waiting => {}
            PhotoFetchState::Fetched => counted.fetched = photos,
            PhotoFetchState::Failed => counted.failed = photos,
            PhotoFetchState::Placeholder => counted.placeholders = photos,
        }
    }
    Ok(counted)
}

/// A page of the photos that the import wants and that were left out. The caller checks that the viewer may see the import.
pub async fn photo_failures_of(
    db: &impl ConnectionTrait,
    import: ImportId,
    page: &Page,
) -> Result<Slice<photo_fetch::Model>> {
    let order = Keyset {
        list: "photo failures",
        columns: vec![
            Expr::col(photo_fetch::Column::PetId),
            Expr::col(photo_fetch::Column::Position),
        ],
        direction: Direction::Ascending,
    };
    let key = |row: &photo_fetch::Model| vec![KeyValue::Id(row.pet_id.0), KeyValue::Int(i64::from(row.position))];
    order.page(db, left_out(import), page, key).await
}

/// Number of the photos that the import wants and that were left out.
pub async fn count_photo_failures(db: &impl ConnectionTrait, import: ImportId) -> Result<u64> {
    Ok(left_out(import).count(db).await?)
}

fn left_out(import: ImportId) -> Select<photo_fetch::Entity> {
    photo_fetch::Entity::find()
        .filter(photo_fetch::COLUMN.import_id.eq(import))
        .filter(
            photo_fetch::COLUMN
                .state
                .is_in([PhotoFetchState::Failed, PhotoFetchState::Placeholder]),
        )
}

/// Everything about these reports, in the order of the files.
pub(super) async fn of_pets(db: &impl ConnectionTrait, pets: &[PetId]) -> Result<Vec<photo_fetch::Model>> {
    Ok(about(pets).all(db).await?)
}

/// What is due about these reports.
pub(super) async fn due(db: &impl ConnectionTrait, pets: &[PetId], now: Timestamp) -> Result<Vec<photo_fetch::Model>> {
    let due = about(pets)
        .filter(photo_fetch::COLUMN.state.eq(PhotoFetchState::Waiting))
        .filter(photo_fetch::COLUMN.next_try_at.lte(now));
    Ok(due.all(db).await?)
}

/// When the next of these reports is due; none if none is waiting.
pub(super) async fn next_try(db: &impl ConnectionTrait, pets: &[PetId]) -> Result<Option<Timestamp>> {
    let waiting = photo_fetch::Entity::find()
        .filter(photo_fetch::COLUMN.pet_id.is_in(pets.iter().copied()))
        .filter(photo_fetch::COLUMN.state.eq(PhotoFetchState::Waiting))
        .order_by_asc(photo_fetch::Column::NextTryAt)
        .limit(1);
    Ok(waiting.one(db).await?.and_then(|row| row.next_try_at))
}

fn about(pets: &[PetId]) -> Select<photo_fetch::Entity> {
    photo_fetch::Entity::find()
        .filter(photo_fetch::COLUMN.pet_id.is_in(pets.iter().copied()))
        .order_by_asc(photo_fetch::Column::PetId)
        .order_by_asc(photo_fetch::Column::Position)
}

/// Whether a picture is known to stand for many animals of the shelter.
pub(super) async fn is_placeholder(db: &impl ConnectionTrait, shelter: ShelterId, digest: &str) -> Result<bool> {
    let known = same_picture(shelter, digest)
        .filter(photo_fetch::COLUMN.state.eq(PhotoFetchState::Placeholder))
        .limit(1);
    Ok(known.one(db).await?.is_some())
}

/// The pictures that these reports show, and more than so many reports of the shelter do.
pub(super) async fn shared(
    db: &impl ConnectionTrait,
    shelter: ShelterId,
    pets: &[PetId],
    most: i64,
) -> Result<Vec<String>> {
    let theirs = photo_fetch::Entity::find()
        .select_only()
        .column(photo_fetch::Column::Digest)
        .filter(photo_fetch::COLUMN.pet_id.is_in(pets.iter().copied()))
        .filter(photo_fetch::COLUMN.state.eq(PhotoFetchState::Fetched))
        .into_query();
    let shared = photo_fetch::Entity::find()
        .select_only()
        .column(photo_fetch::Column::Digest)
        .filter(photo_fetch::COLUMN.shelter_id.eq(shelter))
        .filter(photo_fetch::COLUMN.state.eq(PhotoFetchState::Fetched))
        .filter(photo_fetch::Column::Digest.in_subquery(theirs))
        .group_by(photo_fetch::Column::Digest)
        .having(Expr::col(photo_fetch::Column::PetId).count_distinct().gte(most + 1));
    Ok(shared.into_tuple().all(db).await?)
}

/// The reports of the shelter that show the picture.
pub(super) async fn showing(db: &impl ConnectionTrait, shelter: ShelterId, digest: &str) -> Result<Vec<PetId>> {
    let showing = same_picture(shelter, digest)
        .select_only()
        .column(photo_fetch::Column::PetId)
        .filter(photo_fetch::COLUMN.state.eq(PhotoFetchState::Fetched))
        .distinct();
    Ok(showing.into_tuple().all(db).await?)
}

fn same_picture(shelter: ShelterId, digest: &str) -> Select<photo_fetch::Entity> {
    photo_fetch::Entity::find()
        .filter(photo_fetch::COLUMN.shelter_id.eq(shelter))
        .filter(photo_fetch::COLUMN.digest.eq(digest))
}

/// To whom the photos belong that an import has fetched: to the member who started it, or who made the key that did.
pub(super) async fn owner_of(db: &impl ConnectionTrait, import: ImportId) -> Result<MemberId> {
    let import: import::Model = imports::load(db, import).await?;
    if let Ok(member) = import.started_by.parse::<MemberId>() {
        return Ok(member);
    }
    let key: ApiKeyId = import.started_by.parse().map_err(Error::internal)?;
    let key = api_key::Entity::find_by_id(key).one(db).await?;
    Ok(key.ok_or(Error::NotFound("API key"))?.created_by)
}
