//! Pages of a search from the index in memory: the same rows, order and cursors as from the tables.

use entity::id::PetId;
use pet_index::{Everybody, LivePetIndex, PinRef, Run, Window};

use super::{
    PetSummary, Search,
    order::{NEAREST, NEWEST, Order},
};
use crate::{
    deps::Deps,
    kernel::{
        Result,
        page::{Cursor, KeyValue, Page, Slice, unknown_cursor},
    },
};

impl Search {
    /// One page of summaries, from memory if possible and from the tables otherwise.
    pub async fn summaries(&self, deps: &Deps, page: &Page) -> Result<Slice<PetSummary>> {
        match self.in_memory(deps, page).await? {
            Some(slice) => Ok(slice),
            None => self.page_of_summaries(deps.db.read(), page).await,
        }
    }

    /// Total number of reports.
    pub async fn total(&self, deps: &Deps) -> Result<u64> {
        let Some(index_filter) = self.index_filter() else {
            return self.count(deps.db.read()).await;
        };
        let count = deps
            .read_model::<LivePetIndex>()
            .look(deps, |live_index| live_index.pet_index(Everybody).count(index_filter))
            .await?;
        Ok(u64::try_from(count).unwrap_or(u64::MAX))
    }

    /// One page from memory; None if only the tables can answer, for example because the search includes hidden
    /// reports.
    async fn in_memory(&self, deps: &Deps, page: &Page) -> Result<Option<Slice<PetSummary>>> {
        if self.index_filter().is_none() {
            return Ok(None);
        }
        deps.read_model::<LivePetIndex>()
            .look(deps, |live_index| self.page_of(live_index, page))
            .await?
            .transpose()
    }

    fn page_of(&self, live_index: &LivePetIndex, page: &Page) -> Option<Result<Slice<PetSummary>>> {
        let (index_filter, pet_index) = (self.index_filter()?, live_index.pet_index(Everybody));
        match self.order() {
            Order::Newest => Some(window(page, NEWEST, by_time).map(|window| {
                slice(page, pet_index.newest(index_filter, &window), |pin_ref| {
                    let key = [KeyValue::Int(pin_ref.reported_at().0), KeyValue::Id(pin_ref.id().0)];
                    (cursor(NEWEST, key), PetSummary::from(pin_ref))
                })
            })),
            Order::Nearest(from) => Some(window(page, NEAREST, by_distance).map(|window| {
                slice(page, pet_index.nearest(*from, index_filter, &window), |pin_ref| {
                    let chord = pin_ref.point().map_or(0.0, |point| point.chord_squared_to(*from));
                    let key = [KeyValue::Float(chord), KeyValue::Id(pin_ref.id().0)];
                    (cursor(NEAREST, key), PetSummary::from(pin_ref))
                })
            })),
            Order::Relevance(_) => None,
        }
    }
}

fn slice(page: &Page, run: Run<'_>, make: impl Fn(PinRef<'_>) -> (String, PetSummary)) -> Slice<PetSummary> {
    let (has_next, has_previous) = match (page.limit, page.backward) {
        (0, _) => (false, false),
        (_, true) => (page.before.is_some(), run.more),
        (_, false) => (run.more, page.after.is_some()),
    };
    Slice {
        items: run.items.into_iter().map(make).collect(),
        has_next,
        has_previous,
    }
}

/// The cursors of a page request as keys of that list.
fn window<K>(page: &Page, list: &str, key: impl Fn(&[KeyValue]) -> Option<K>) -> Result<Window<K>> {
    let place = |text: &Option<String>| -> Result<Option<K>> {
        let Some(text) = text else { return Ok(None) };
        let cursor = Cursor::decode(text, list)?;
        key(&cursor.values).map(Some).ok_or_else(unknown_cursor)
    };
    Ok(Window {
        after: place(&page.after)?,
        before: place(&page.before)?,
        limit: page.limit as usize,
        backward: page.backward,
    })
}

fn by_time(values: &[KeyValue]) -> Option<(i64, PetId)> {
    match values {
        [KeyValue::Int(time), KeyValue::Id(id)] => Some((*time, PetId(*id))),
        _ => None,
    }
}

fn by_distance(values: &[KeyValue]) -> Option<(f64, PetId)> {
    match values {
        [KeyValue::Float(chord), KeyValue::Id(id)] if chord.is_finite() => Some((*chord, PetId(*id))),
        _ => None,
    }
}

fn cursor(list: &str, key: [KeyValue; 2]) -> String {
    Cursor { values: key.to_vec() }.encode(list)
}
