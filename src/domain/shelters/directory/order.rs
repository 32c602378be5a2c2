//! Orders of the directory.

use std::cmp::Ordering;

use entity::{id::ShelterId, shelter};
use sea_orm::{FromQueryResult, QueryOrder, QuerySelect};

use crate::{
    deps::Deps,
    domain::shelters::store::{ShelterFilter, by_ids, filtered, find, oldest_first},
    kernel::{
        Error, Result,
        page::{Cursor, KeyValue, Page, Slice, unknown_cursor},
    },
};
use geometry::Point;

/// Maximum number of shelters that are ordered here; of more, the first registered.
const MOST_ORDERED: u64 = 10_000;

/// How the directory is ordered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Sort {
    /// First registered first.
    #[default]
    Oldest,
    /// Nearest to the middle of the area first.
    Nearest,
    /// By name.
    Name,
}

/// What the order of a shelter depends on.
#[derive(FromQueryResult)]
struct Entry {
    id: ShelterId,
    name: String,
    latitude: Option<f64>,
    longitude: Option<f64>,
}

/// An order that is no order of a column.
enum Order {
    Nearest(Point),
    Name,
}

/// A page of the directory.
pub async fn list(deps: &Deps, filter: &ShelterFilter, sort: Sort, page: &Page) -> Result<Slice<shelter::Model>> {
    let order = match sort {
        Sort::Oldest => return oldest_first(deps, filter, page).await,
        Sort::Nearest => Order::Nearest(middle(deps, filter)?),
        Sort::Name => Order::Name,
    };
    let mut entries = filtered(deps, filter)
        .await?
        .select_only()
        .columns([
            shelter::Column::Id,
            shelter::Column::Name,
            shelter::Column::Latitude,
            shelter::Column::Longitude,
        ])
        .order_by_asc(shelter::Column::Id)
        .limit(MOST_ORDERED)
        .into_model::<Entry>()
        .all(deps.db.read())
        .await?;
    entries.sort_by_cached_key(|entry| order.key(entry));
    let after = place(deps, &order, page.after.as_deref()).await?;
    let before = place(deps, &order, page.before.as_deref()).await?;
    slice(deps, &order, entries, (after, before), page).await
}

/// The middle of the area.
fn middle(deps: &Deps, filter: &ShelterFilter) -> Result<Point> {
    let area = filter.area.as_ref().map(|area| area.resolve(deps)).transpose()?;
    match area {
        Some(pet_index::Area::Circle(circle)) => Ok(circle.center),
        _ => {
            let message = "sort: NEAREST needs filter.area.circle or filter.area.near";
            Err(Error::BadInput(message.into()))
        }
    }
}

/// What is compared: distances or names, and among equals the id.
#[derive(Debug, Clone, PartialEq)]
struct Key {
    distance: f64,
    name: String,
    id: ShelterId,
}

impl Eq for Key {}

impl PartialOrd for Key {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Key {
    fn cmp(&self, other: &Self) -> Ordering {
        let by_distance = self.distance.total_cmp(&other.distance);
        by_distance
            .then_with(|| self.name.cmp(&other.name))
            .then(self.id.cmp(&other.id))
    }
}

impl Order {
    /// Name of the list; part of its cursors.
    fn list(&self) -> &'static str {
        match self {
            Self::Nearest(_) => "shelters-nearest",
            Self::Name => "shelters-name",
        }
    }

    fn key(&self, entry: &Entry) -> Key {
        let point = || Point::new(entry.latitude?, entry.longitude?).ok();
        let (distance, name) = match self {
            Self::Nearest(from) => {
                let distance = point().map_or(f64::MAX, |point| point.chord_squared_to(*from));
                (distance, String::new())
            }
            Self::Name => (0.0, entry.name.to_lowercase()),
        };
        Key {
            distance,
            name,
            id: entry.id,
        }
    }
}

/// The place of a cursor in the order. The cursor holds the id alone, so that it stands where its shelter does, also when
/// that no longer matches the filter.
async fn place(deps: &Deps, order: &Order, cursor: Option<&str>) -> Result<Option<Key>> {
    let Some(text) = cursor else { return Ok(None) };
    let cursor = Cursor::decode(text, order.list())?;
    let [KeyValue::Id(id)] = cursor.values.as_slice() else {
        return Err(unknown_cursor());
    };
    let found = find(deps.db.read(), ShelterId(*id)).await;
    let shelter = found.map_err(|error| match error {
        Error::NotFound(_) => unknown_cursor(),
        other => other,
    })?;
    let entry = Entry {
        id: shelter.id,
        name: shelter.name,
        latitude: shelter.latitude,
        longitude: shelter.longitude,
    };
    Ok(Some(order.key(&entry)))
}

/// The page between two places.
async fn slice(
    deps: &Deps,
    order: &Order,
    entries: Vec<Entry>,
    (after, before): (Option<Key>, Option<Key>),
    page: &Page,
) -> Result<Slice<shelter::Model>> {
    let beyond = |entry: &&Entry| {
        let key = order.key(entry);
        after.as_ref().is_none_or(|after| *after < key) && before.as_ref().is_none_or(|before| key < *before)
    };
    let mut ids: Vec<ShelterId> = entries.iter().filter(beyond).map(|entry| entry.id).collect();
    let limit = page.limit as usize;
    let more = limit < ids.len() && 0 < limit;
    if page.backward {
        ids.drain(..ids.len().saturating_sub(limit));
    } else {
        ids.truncate(limit);
    }
    let shelters = by_ids(deps.db.read(), &ids).await?;
    let items = ids.into_iter().filter_map(|id| {
        let shelter = shelters.iter().find(|shelter| shelter.id == id)?.clone();
        let values = vec![KeyValue::Id(id.0)];
        Some((Cursor { values }.encode(order.list()), shelter))
    });
    let (has_next, has_previous) = match (limit, page.backward) {
        (0, _) => (false, false),
        (_, true) => (before.is_some(), more),
        (_, false) => (more, after.is_some()),
    };
    Ok(Slice {
        items: items.collect(),
        has_next,
        has_previous,
    })
}
