//! Pages of a search out of the index in memory: the same rows, order and cursors as from the tables.

use entity::id::PetId;

use super::{
    Card, Search,
    order::{NEAREST, NEWEST, Order},
};
use crate::{
    deps::Deps,
    kernel::{
        Everybody, Result,
        atlas::{Glimpse, Run, Window},
        chart::Chart,
        page::{Cursor, KeyValue, Page, Slice, unknown_cursor},
    },
};

impl Search {
    /// One page as cards, from memory where that can answer and from the tables otherwise.
    pub async fn cards(&self, deps: &Deps, page: &Page) -> Result<Slice<Card>> {
        match self.in_memory(deps, page).await? {
            Some(slice) => Ok(slice),
            None => self.page_of_cards(deps.db.read(), page).await,
        }
    }

    /// How many reports there are in all.
    pub async fn total(&self, deps: &Deps) -> Result<u64> {
        let Some(sieve) = self.sieve() else {
            return self.count(deps.db.read()).await;
        };
        let count = deps.chart.look(deps, |chart| chart.atlas(Everybody).count(sieve));
        let count = count.await?;
        Ok(u64::try_from(count).unwrap_or(u64::MAX))
    }

    /// One page out of memory; None when only the tables can answer, as for all that is not for everybody.
    async fn in_memory(&self, deps: &Deps, page: &Page) -> Result<Option<Slice<Card>>> {
        if self.sieve().is_none() {
            return Ok(None);
        }
        deps.chart
            .look(deps, |chart| self.page_of(chart, page))
            .await?
            .transpose()
    }

    fn page_of(&self, chart: &Chart, page: &Page) -> Option<Result<Slice<Card>>> {
        let (sieve, atlas) = (self.sieve()?, chart.atlas(Everybody));
        match self.order() {
            Order::Newest => Some(window(page, NEWEST, by_time).map(|window| {
                slice(page, atlas.newest(sieve, &window), |glimpse| {
                    let key = [KeyValue::Int(glimpse.reported_at().0), KeyValue::Id(glimpse.id().0)];
                    (cursor(NEWEST, key), Card::from(glimpse))
                })
            })),
            Order::Nearest(from) => Some(window(page, NEAREST, by_distance).map(|window| {
                slice(page, atlas.nearest(*from, sieve, &window), |glimpse| {
                    let chord = glimpse.point().map_or(0.0, |point| point.chord_squared_to(*from));
                    let key = [KeyValue::Float(chord), KeyValue::Id(glimpse.id().0)];
                    (cursor(NEAREST, key), Card::from(glimpse))
                })
            })),
            Order::Relevance(_) => None,
        }
    }
}

fn slice(page: &Page, run: Run<'_>, make: impl Fn(Glimpse<'_>) -> (String, Card)) -> Slice<Card> {
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
