//! A checked search: one condition and one order.

use entity::{
    ColorSet, pet,
    vocabulary::{PetStatus, Species},
};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, DbBackend, Iterable, QueryFilter, QuerySelect, Value,
    sea_query::{Expr, ExprTrait, SimpleExpr},
};

use super::{
    Area, Filter, Sort,
    index_filter::{index_filter, is_live},
    order::Order,
    text::{MOST_WORDS, Text},
    words::having_words,
};
use crate::{
    deps::Deps,
    domain::pets::{self, store::visible_to},
    kernel::{Error, Result, Viewer, text},
};
use pet_index::IndexFilter;
use pet_vocabulary::{normalise_breed, wanted_words};

/// The most values that one list of a filter holds.
const MOST_VALUES: usize = 20;

/// A search that was checked and whose words were looked up.
#[derive(Debug, Clone)]
pub struct Search {
    condition: Condition,
    text: Option<Text>,
    /// The condition without the one on the status.
    any_status: Condition,
    /// The condition in the form in which SQLite walks through the newest reports instead of sorting all of them.
    walking: Option<Condition>,
    order: Order,
    /// The same as the condition, where the index in memory can answer it.
    index_filter: Option<IndexFilter>,
    /// The statuses that it asks for; those of open reports when it names none.
    statuses: Option<Vec<PetStatus>>,
    /// Whether it asks for open reports only.
    is_live: bool,
    /// Whether it asks for no area.
    is_anywhere: bool,
}

impl Search {
    /// Checks a filter and an order. A list with more than 20 values, more than 10 words, an unknown place, or an order
    /// that the filter gives nothing to order by, is refused.
    pub fn new(deps: &Deps, filter: Filter, sort: Sort) -> Result<Self> {
        let area = filter.area.clone().map(|area| area.resolve(deps)).transpose()?;
        let backend = deps.db.read().get_database_backend();
        let text = Text::of(&filter)?;
        let order = order(sort, area.as_ref(), text.as_ref().map(|text| text.rank(backend)))?;
        let breed = breed(&filter)?;
        let index_filter = match &breed {
            _ if text.is_some() => None,
            Breed::Any => index_filter(&filter, None, area.as_ref()),
            Breed::Names(names) => index_filter(&filter, Some(names.clone()), area.as_ref()),
            Breed::Words(_) => None,
        };
        let any_status = columns(&filter)?
            .add_option(text.as_ref().map(|text| text.condition(backend)))
            .add_option(breed.condition(backend))
            .add_option(area.as_ref().map(Area::condition));
        let condition = any_status
            .clone()
            .add(status(&filter, Expr::col((pet::Entity, pet::Column::Status)))?);
        let is_walked = text.is_some() && area.is_none() && sort == Sort::Newest && backend != DbBackend::Postgres;
        let walked = status(&filter, Expr::cust("+pets.status"))?;
        let walking = is_walked.then(|| any_status.clone().add(walked));
        Ok(Self {
            condition,
            text,
            any_status,
            walking,
            order,
            index_filter,
            is_live: is_live(&filter),
            statuses: filter.statuses,
            is_anywhere: area.is_none(),
        })
    }

    /// The search as the index in memory asks it; None when only the tables can answer.
    pub fn index_filter(&self) -> Option<&IndexFilter> {
        self.index_filter.as_ref()
    }

    /// Whether it asks for open reports only, which the index in memory knows.
    pub fn is_live(&self) -> bool {
        self.is_live
    }

    /// Whether reports of that status fit, if nothing else speaks against it.
    pub fn asks_for(&self, status: PetStatus) -> bool {
        match &self.statuses {
            Some(statuses) => statuses.contains(&status),
            None => pets::is_live(status),
        }
    }

    /// What the rows must fulfil.
    pub fn condition(&self) -> Condition {
        self.condition.clone()
    }

    /// What the rows must fulfil, whatever their status.
    pub fn condition_of_any_status(&self) -> Condition {
        self.any_status.clone()
    }

    /// The same search within something more.
    pub fn within(mut self, condition: Condition) -> Self {
        self.any_status = self.any_status.add(condition.clone());
        self.walking = self.walking.map(|walking| walking.add(condition.clone()));
        self.condition = self.condition.add(condition);
        self.index_filter = None;
        self
    }

    /// What the rows must fulfil, said in the way in which all of them are found soonest.
    pub async fn condition_of_all(&self, db: &impl ConnectionTrait) -> Result<Condition> {
        Ok(self.condition().add_option(self.candidates(db, true).await?))
    }

    /// What the rows must fulfil, said in the way in which a page of them is found soonest.
    pub(super) async fn condition_of_page(&self, db: &impl ConnectionTrait) -> Result<Condition> {
        let whole = matches!(self.order, Order::Relevance(_));
        Ok(match (self.candidates(db, whole).await?, &self.walking) {
            (None, Some(walking)) => walking.clone(),
            (candidates, _) => self.condition().add_option(candidates),
        })
    }

    async fn candidates(&self, db: &impl ConnectionTrait, whole: bool) -> Result<Option<SimpleExpr>> {
        match &self.text {
            Some(text) => text.candidates(db, whole && self.is_anywhere).await,
            None => Ok(None),
        }
    }

    pub(super) fn order(&self) -> &Order {
        &self.order
    }

    /// How many rows there are in all.
    pub async fn count(&self, db: &impl ConnectionTrait, viewer: &Viewer) -> Result<u64> {
        let count = visible_to(viewer)
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
            let center = area.and_then(Area::center);
            Order::Nearest(center.ok_or_else(|| wrong("sort: NEAREST needs filter.area.circle or filter.area.near"))?)
        }
        Sort::Relevance => Order::Relevance(rank.ok_or_else(|| wrong("sort: RELEVANCE needs filter.text"))?),
    })
}

/// What the status must be: open and matched reports when nobody says.
fn status(filter: &Filter, column: SimpleExpr) -> Result<SimpleExpr> {
    let live = [PetStatus::Open, PetStatus::Matched];
    let statuses = some_of("statuses", filter.statuses.as_deref())?.unwrap_or(&live);
    Ok(column.is_in(statuses.iter().copied()))
}

/// What single columns must be, but for the status.
fn columns(filter: &Filter) -> Result<Condition> {
    let colors = some_of("colors", filter.colors.as_deref())?;
    let any_color = colors
        .map(|colors| colors.iter().copied().collect::<ColorSet>())
        .map(|colors| Expr::col((pet::Entity, pet::Column::Colors)).bit_and(colors.0).ne(0));
    let shelter = filter.shelter_id.map(|id| pet::COLUMN.shelter_id.eq(id));
    Ok(Condition::all()
        .add_option(one_of(pet::Column::Kind, "kinds", filter.kinds.as_deref())?)
        .add_option(one_of(pet::Column::Species, "species", filter.species.as_deref())?)
        .add_option(one_of(pet::Column::Size, "sizes", filter.sizes.as_deref())?)
        .add_option(one_of(pet::Column::Sex, "sexes", filter.sexes.as_deref())?)
        .add_option(one_of(
            pet::Column::AgeGroup,
            "ageGroups",
            filter.age_groups.as_deref(),
        )?)
        .add_option(any_color)
        .add_option(filter.microchipped.map(|chipped| pet::COLUMN.microchipped.eq(chipped)))
        .add_option(filter.urgent.map(|urgent| pet::COLUMN.urgent.eq(urgent)))
        .add_option(filter.seen_from.map(|from| pet::COLUMN.seen_at.gte(from)))
        .add_option(filter.seen_to.map(|to| pet::COLUMN.seen_at.lte(to)))
        .add_option(shelter))
}

/// One of the values of a list, if there is a list.
fn one_of<V: Copy + Into<Value>>(column: pet::Column, field: &str, values: Option<&[V]>) -> Result<Option<SimpleExpr>> {
    let values = some_of(field, values)?;
    Ok(values.map(|values| column.is_in(values.iter().copied())))
}

/// A list with at most 20 values; an empty one matches nothing.
fn some_of<'a, V>(field: &str, values: Option<&'a [V]>) -> Result<Option<&'a [V]>> {
    match values {
        Some(values) if MOST_VALUES < values.len() => Err(wrong(&format!(
            "filter.{field} takes at most {MOST_VALUES} values: split the query into several requests"
        ))),
        values => Ok(values),
    }
}

/// What a filter says of the breed.
pub(super) enum Breed {
    /// Nothing.
    Any,
    /// Names that breeds are stored by.
    Names(Vec<String>),
    /// Words that name no known breed; they are looked for in the text.
    Words(Vec<String>),
}

impl Breed {
    fn condition(&self, backend: DbBackend) -> Option<Condition> {
        match self {
            Self::Any => None,
            Self::Names(names) => Some(
                Condition::any()
                    .add(pet::Column::BreedPrimary.is_in(names.iter().cloned()))
                    .add(pet::Column::BreedSecondary.is_in(names.iter().cloned())),
            ),
            Self::Words(words) => Some(having_words(backend, words)),
        }
    }
}

/// The breed under the names that it is stored by, or the words of what is no known breed.
pub(super) fn breed(filter: &Filter) -> Result<Breed> {
    let line =
        text::optional_line("filter.breed", filter.breed.as_deref(), 100).map_err(|fault| wrong(&fault.message))?;
    let Some(line) = line else { return Ok(Breed::Any) };
    let species: Vec<Species> = match &filter.species {
        Some(species) => species.iter().copied().take(MOST_VALUES).collect(),
        None => Species::iter().collect(),
    };
    let names: Vec<String> = species
        .into_iter()
        .filter_map(|species| normalise_breed(species, &line).primary)
        .collect();
    if names.is_empty() {
        return Ok(Breed::Words(wanted_words(&line).into_iter().take(MOST_WORDS).collect()));
    }
    Ok(Breed::Names(names))
}

fn wrong(message: &str) -> Error {
    Error::BadInput(message.to_owned().into())
}
