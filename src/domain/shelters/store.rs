//! Queries for shelters. They are public, so there is no viewer here.

use entity::{id::ShelterId, shelter, vocabulary::ShelterType};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, FromQueryResult, PaginatorTrait, QueryFilter, QueryOrder,
    QuerySelect, Select,
    sea_query::{Expr, ExprTrait},
};

use super::profile::ids_open;
use crate::{
    deps::{Deps, Direction, Keyset, Limit, MINUTE, Tx, containing},
    domain::{pets::search::Area, places::Asker},
    kernel::{
        Error, Result,
        page::{KeyValue, Page, Slice},
    },
};
use geometry::{Bounds, Point};

/// Maximum number of shelters in an area's bounding box that are checked one by one.
const MOST_IN_AREA: u64 = 10_000;
/// Maximum number of words in a text search; further words are ignored.
const MOST_WORDS: usize = 10;

/// Searches for words in the directory that one account or visitor makes.
pub(super) const SEARCHES: Limit = Limit::new("search-shelters", 120, "searches for shelters", MINUTE);

/// Filter for the directory.
#[derive(Debug, Clone, Default)]
pub struct ShelterFilter {
    /// Only shelters within this area.
    pub area: Option<Area>,
    /// Only these types; empty for all.
    pub kinds: Vec<ShelterType>,
    /// Only verified shelters, or only unverified ones.
    pub verified: Option<bool>,
    /// Each word must occur in the name or the place.
    pub text: Option<String>,
    /// Only shelters that are open now, or only those that are known to be closed.
    pub open_now: Option<bool>,
}

impl ShelterFilter {
    /// The filter for a search that somebody makes now. The words of its area are turned into a point; if it looks for
    /// words in the directory, it counts towards the asker's limit.
    pub async fn asked(mut self, deps: &Deps, asker: &Asker) -> Result<Self> {
        if let Some(area) = self.area.take() {
            self.area = Some(area.located(deps, asker).await?);
        }
        if self.text.as_ref().is_some_and(|text| !text.trim().is_empty()) {
            asker.count(deps, &SEARCHES).await?;
        }
        Ok(self)
    }
}

/// A shelter by id.
pub async fn find(db: &impl ConnectionTrait, id: ShelterId) -> Result<shelter::Model> {
    let found = shelter::Entity::find_by_id(id).one(db).await?;
    found.ok_or(Error::NotFound("shelter"))
}

/// Shelters by id, those that exist, in no particular order.
pub async fn by_ids(db: &impl ConnectionTrait, ids: &[ShelterId]) -> Result<Vec<shelter::Model>> {
    let found = shelter::Entity::find().filter(shelter::COLUMN.id.is_in(ids.iter().copied()));
    Ok(found.all(db).await?)
}

/// A page of the directory, oldest first.
pub(super) async fn oldest_first(deps: &Deps, filter: &ShelterFilter, page: &Page) -> Result<Slice<shelter::Model>> {
    let order = Keyset {
        list: "shelters",
        columns: vec![Expr::col(shelter::Column::CreatedAt), Expr::col(shelter::Column::Id)],
        direction: Direction::Ascending,
    };
    let select = filtered(deps, filter).await?;
    let key = |shelter: &shelter::Model| vec![KeyValue::Int(shelter.created_at.0), KeyValue::Id(shelter.id.0)];
    order.page(deps.db.read(), select, page, key).await
}

/// Number of shelters that match the filter.
pub async fn count(deps: &Deps, filter: &ShelterFilter) -> Result<u64> {
    Ok(filtered(deps, filter).await?.count(deps.db.read()).await?)
}

/// Locks a shelter until the transaction ends, so that counts for it stay correct.
pub(super) async fn lock(tx: &Tx, id: ShelterId) -> Result<()> {
    find_for_update(tx, id).await.map(drop)
}

/// A shelter, locked until the transaction ends.
pub(super) async fn find_for_update(tx: &Tx, id: ShelterId) -> Result<shelter::Model> {
    let held = shelter::Entity::find_by_id(id).lock_exclusive().one(tx).await?;
    held.ok_or(Error::NotFound("shelter"))
}

/// The shelters that match the filter, in no particular order.
pub(super) async fn filtered(deps: &Deps, filter: &ShelterFilter) -> Result<Select<shelter::Entity>> {
    let ShelterFilter {
        area,
        kinds,
        verified,
        text,
        open_now,
    } = filter;
    let mut all = Condition::all();
    if let Some(area) = area {
        let area = area.resolve(deps)?;
        all = all.add(shelter::COLUMN.id.is_in(ids_within(deps.db.read(), &area).await?));
    }
    if !kinds.is_empty() {
        all = all.add(shelter::COLUMN.kind.is_in(kinds.iter().copied()));
    }
    if let Some(verified) = verified {
        all = all.add(shelter::COLUMN.verified.eq(*verified));
    }
    for word in text.iter().flat_map(|text| text.split_whitespace()).take(MOST_WORDS) {
        all = all.add(Expr::col(shelter::Column::SearchText).like(containing(word)));
    }
    if let Some(open) = open_now {
        let (among, now) = (all.clone(), deps.clock.now());
        let ids = ids_open(deps.db.read(), among, *open, now).await?;
        all = all.add(shelter::COLUMN.id.is_in(ids));
    }
    Ok(shelter::Entity::find().filter(all))
}

/// Where a shelter stands.
#[derive(FromQueryResult)]
pub(super) struct Standpoint {
    pub(super) id: ShelterId,
    latitude: f64,
    longitude: f64,
}

impl Standpoint {
    pub(super) fn point(&self) -> Option<Point> {
        Point::new(self.latitude, self.longitude).ok()
    }
}

/// The shelters inside an area: the query checks its bounding box, and the outline is checked here.
async fn ids_within(db: &impl ConnectionTrait, area: &pet_index::Area) -> Result<Vec<ShelterId>> {
    let near = standpoints(db, shelter::Entity::find(), &area.bounding_box()).await?;
    let is_inside = |place: &Standpoint| place.point().is_some_and(|point| area.contains(point));
    Ok(near.into_iter().filter(is_inside).map(|place| place.id).collect())
}

/// Where those of the selected shelters stand that are in that rectangle.
pub(super) async fn standpoints(
    db: &impl ConnectionTrait,
    select: Select<shelter::Entity>,
    bounds: &Bounds,
) -> Result<Vec<Standpoint>> {
    let select = select
        .select_only()
        .columns([
            shelter::Column::Id,
            shelter::Column::Latitude,
            shelter::Column::Longitude,
        ])
        .filter(in_box(bounds))
        .order_by_asc(shelter::Column::Id)
        .limit(MOST_IN_AREA);
    Ok(select.into_model::<Standpoint>().all(db).await?)
}

fn in_box(bounds: &Bounds) -> Condition {
    let longitude = bounds
        .longitude_ranges()
        .into_iter()
        .fold(Condition::any(), |any, (from, to)| {
            any.add(shelter::COLUMN.longitude.between(from, to))
        });
    Condition::all()
        .add(shelter::COLUMN.latitude.between(bounds.south, bounds.north))
        .add(longitude)
}
