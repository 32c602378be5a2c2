//! A checked search: one condition and one order.

use entity::{pet, vocabulary::PetStatus};
use pet_index::{Area, IndexFilter};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, DbBackend, QueryFilter, QuerySelect, Select,
    sea_query::{Expr, SimpleExpr},
};

use super::{
    breed::Breed,
    filter::Filter,
    index_filter::{columns, index_filter, status},
    order::{Order, Sort},
    text::Text,
    words::having_words,
};
use crate::{
    deps::{Deps, Limit, MINUTE},
    domain::{
        pets::{self, store::visible_to},
        places::Asker,
    },
    kernel::{Error, Result, Viewer},
};

/// Searches for words that one account or visitor makes: four a second, more than people type and move a map, while each
/// walks through an index of all reports' words.
pub const SEARCHES: Limit = Limit::new("search-pets", 240, "searches for words", MINUTE);

/// A search that has been checked and whose words have been looked up.
#[derive(Debug, Clone)]
pub struct Search {
    condition: Condition,
    text: Option<Text>,
    /// Whether words are looked for, of a text or of a breed that has no name of its own.
    has_words: bool,
    /// The condition without the one on the status.
    any_status: Condition,
    /// The condition in a form that makes SQLite walk through the newest reports instead of sorting all of them.
    walking: Option<Condition>,
    order: Order,
    /// Conditions on the columns.
    index_filter: IndexFilter,
    /// Whether the index in memory can answer it: the index contains open reports only, and no words.
    in_memory: bool,
    /// The viewer who searches.
    viewer: Viewer,
}

impl Search {
    /// A search that somebody makes now. The words of its area are turned into a point; if it looks for words among the
    /// reports, it counts towards the asker's limit.
    pub async fn asked(deps: &Deps, asker: &Asker, filter: Filter, sort: Sort) -> Result<Self> {
        let search = Self::new(deps, filter.located(deps, asker).await?, sort)?;
        if search.has_words {
            asker.count(deps, &SEARCHES).await?;
        }
        Ok(search)
    }

    /// Checks a filter and an order; the search covers the reports that everybody may see. Refuses lists with more than
    /// 20 values, more than 10 words, unknown places, and orders for which the filter gives no criterion.
    pub fn new(deps: &Deps, filter: Filter, sort: Sort) -> Result<Self> {
        let area = filter.area.as_ref().map(|area| area.resolve(deps)).transpose()?;
        let backend = deps.db.read().get_database_backend();
        let text = Text::of(&filter)?;
        let order = order(sort, area.as_ref(), text.as_ref().map(|text| text.rank(backend)))?;
        let Breed { names, words } = Breed::of(&filter)?;
        let index_filter = IndexFilter {
            breeds: names,
            ..index_filter(&filter, area)?
        };
        let any_status = columns(&index_filter)
            .add_option(text.as_ref().map(|text| text.condition(backend)))
            .add_option(words.as_ref().map(|words| having_words(backend, words)));
        let of_status = |column| any_status.clone().add_option(status(&index_filter, &column));
        let is_walked =
            text.is_some() && index_filter.area.is_none() && sort == Sort::Newest && backend != DbBackend::Postgres;
        Ok(Self {
            condition: of_status(Expr::col((pet::Entity, pet::Column::Status))),
            walking: is_walked.then(|| of_status(Expr::cust("+pets.status"))),
            in_memory: text.is_none() && words.is_none() && is_live(&index_filter),
            has_words: text.is_some() || words.is_some(),
            text,
            any_status,
            order,
            index_filter,
            viewer: Viewer::Visitor,
        })
    }

    /// The same search among all reports that this viewer may see. Only the tables can answer it, because the index in
    /// memory has no hidden reports.
    pub fn seen_by(mut self, viewer: &Viewer) -> Self {
        self.viewer = viewer.clone();
        self.in_memory = false;
        self
    }

    /// The reports that are searched.
    pub(in crate::domain::pets) fn visible(&self) -> Select<pet::Entity> {
        visible_to(&self.viewer)
    }

    /// The filter for the index in memory; None if only the tables can answer.
    pub fn index_filter(&self) -> Option<&IndexFilter> {
        self.in_memory.then_some(&self.index_filter)
    }

    /// Whether it asks for open reports only, which the index in memory knows.
    pub fn is_live(&self) -> bool {
        is_live(&self.index_filter)
    }

    /// Whether the filter accepts that status.
    pub fn asks_for(&self, status: PetStatus) -> bool {
        self.index_filter
            .statuses
            .as_ref()
            .is_none_or(|statuses| statuses.contains(&status))
    }

    /// The condition on the rows.
    pub fn condition(&self) -> Condition {
        self.condition.clone()
    }

    /// The condition on the rows, whatever their status.
    pub fn condition_of_any_status(&self) -> Condition {
        self.any_status.clone()
    }

    /// The same search with an additional condition.
    pub fn within(mut self, condition: Condition) -> Self {
        self.any_status = self.any_status.add(condition.clone());
        self.walking = self.walking.map(|walking| walking.add(condition.clone()));
        self.condition = self.condition.add(condition);
        self.in_memory = false;
        self
    }

    /// The condition in the form that finds all rows fastest.
    pub async fn condition_of_all(&self, db: &impl ConnectionTrait) -> Result<Condition> {
        Ok(self.condition().add_option(self.candidates(db, true).await?))
    }

    /// The condition in the form that finds one page of rows fastest.
    pub(super) async fn condition_of_page(&self, db: &impl ConnectionTrait) -> Result<Condition> {
        let whole = matches!(self.order, Order::Relevance(_));
        Ok(match (self.candidates(db, whole).await?, &self.walking) {
            (None, Some(walking)) => walking.clone(),
            (candidates, _) => self.condition().add_option(candidates),
        })
    }

    async fn candidates(&self, db: &impl ConnectionTrait, whole: bool) -> Result<Option<SimpleExpr>> {
        match &self.text {
            Some(text) => text.candidates(db, whole && self.index_filter.area.is_none()).await,
            None => Ok(None),
        }
    }

    pub(super) fn order(&self) -> &Order {
        &self.order
    }

    /// Total number of rows.
    pub async fn count(&self, db: &impl ConnectionTrait) -> Result<u64> {
        let count = self
            .visible()
            .filter(self.condition_of_all(db).await?)
            .select_only()
            .column_as(pet::COLUMN.id.count(), "rows");
        let rows: Option<i64> = count.into_tuple().one(db).await?;
        Ok(rows.and_then(|rows| u64::try_from(rows).ok()).unwrap_or(0))
    }
}

fn order(sort: Sort, area: Option<&Area>, rank: Option<SimpleExpr>) -> Result<Order> {
    Ok(match sort {
        Sort::Newest => Order::Newest,
        Sort::Nearest => {
            let Some(Area::Circle(circle)) = area else {
                return Err(wrong("sort: NEAREST needs filter.area.circle or filter.area.near"));
            };
            Order::Nearest(circle.center)
        }
        Sort::Relevance => Order::Relevance(rank.ok_or_else(|| wrong("sort: RELEVANCE needs filter.text"))?),
    })
}

/// Whether the filter accepts open reports only.
fn is_live(index_filter: &IndexFilter) -> bool {
    let statuses = index_filter.statuses.as_ref();
    statuses.is_some_and(|statuses| statuses.iter().all(|status| pets::is_live(*status)))
}

fn wrong(message: &str) -> Error {
    Error::BadInput(message.to_owned().into())
}
