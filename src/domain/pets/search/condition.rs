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
    Filter, Sort,
    order::{self, Order},
    text::{MOST_WORDS, Text},
    words::having_words,
};
use crate::{
    deps::Deps,
    domain::{
        pets::{
            search_text::words,
            store::{find_many, visible_to},
        },
        vocabulary::normalise_breed,
    },
    kernel::{
        Error, Result, Viewer,
        page::{Page, Slice},
        text,
    },
};

/// The most values that one list of a filter holds.
const MOST_VALUES: usize = 20;

/// A search that was checked and whose words were looked up.
#[derive(Debug, Clone)]
pub struct Search {
    condition: Condition,
    text: Option<Text>,
    order: Order,
}

impl Search {
    /// Checks a filter and an order. A list with more than 20 values, more than 10 words, an unknown place, or an order
    /// that the filter gives nothing to order by, is refused.
    pub fn new(deps: &Deps, filter: Filter, sort: Sort) -> Result<Self> {
        let area = filter.area.clone().map(|area| area.resolve(deps)).transpose()?;
        let backend = deps.db.read().get_database_backend();
        let text = Text::of(&filter)?;
        let order = match sort {
            Sort::Newest => Order::Newest,
            Sort::Nearest => {
                let center = area.as_ref().and_then(super::Area::center);
                Order::Nearest(
                    center.ok_or_else(|| wrong("sort NEAREST needs filter.area.circle or filter.area.near"))?,
                )
            }
            Sort::Relevance => {
                let text = text.as_ref().ok_or_else(|| wrong("sort RELEVANCE needs filter.text"))?;
                Order::Relevance(text.rank(backend))
            }
        };
        let condition = columns(&filter)?
            .add_option(text.as_ref().map(|text| text.condition(backend)))
            .add_option(breed(&filter, backend)?)
            .add_option(area.map(|area| area.condition()));
        Ok(Self { condition, text, order })
    }

    /// What the rows must fulfil.
    pub fn condition(&self) -> Condition {
        self.condition.clone()
    }

    /// The same search within something more.
    pub fn within(mut self, condition: Condition) -> Self {
        self.condition = self.condition.add(condition);
        self
    }

    /// What a page of the list must fulfil: the same, said in the way that finds it soonest.
    pub(super) async fn condition_of_page(&self, db: &impl ConnectionTrait) -> Result<Condition> {
        self.narrowed(db, matches!(self.order, Order::Relevance(_))).await
    }

    async fn narrowed(&self, db: &impl ConnectionTrait, whole: bool) -> Result<Condition> {
        let candidates = match &self.text {
            Some(text) => text.candidates(db, whole).await?,
            None => None,
        };
        Ok(self.condition().add_option(candidates))
    }

    pub(super) fn order(&self) -> &Order {
        &self.order
    }

    /// One page of what the viewer may see.
    pub async fn page(&self, db: &impl ConnectionTrait, viewer: &Viewer, page: &Page) -> Result<Slice<pet::Model>> {
        let select = visible_to(viewer).filter(self.condition_of_page(db).await?);
        let ids = order::page_of_ids(db, self, select, page).await?;
        let wanted: Vec<_> = ids.items.iter().map(|(_, id)| *id).collect();
        let mut pets: std::collections::HashMap<_, _> = find_many(db, viewer, &wanted)
            .await?
            .into_iter()
            .map(|pet| (pet.id, pet))
            .collect();
        let items = ids
            .items
            .into_iter()
            .filter_map(|(cursor, id)| Some((cursor, pets.remove(&id)?)));
        Ok(Slice {
            items: items.collect(),
            has_next: ids.has_next,
            has_previous: ids.has_previous,
        })
    }

    /// How many rows there are in all.
    pub async fn count(&self, db: &impl ConnectionTrait, viewer: &Viewer) -> Result<u64> {
        let count = visible_to(viewer)
            .filter(self.narrowed(db, false).await?)
            .select_only()
            .column_as(pet::COLUMN.id.count(), "rows");
        let rows: Option<i64> = count.into_tuple().one(db).await?;
        Ok(rows.and_then(|rows| u64::try_from(rows).ok()).unwrap_or(0))
    }
}

/// What single columns must be.
fn columns(filter: &Filter) -> Result<Condition> {
    let live = [PetStatus::Open, PetStatus::Matched];
    let statuses = some_of("statuses", filter.statuses.as_deref())?.unwrap_or(&live);
    let colors = some_of("colors", filter.colors.as_deref())?;
    let any_color = colors
        .map(|colors| colors.iter().copied().collect::<ColorSet>())
        .map(|colors| Expr::col((pet::Entity, pet::Column::Colors)).bit_and(colors.0).ne(0));
    let shelter = filter.shelter_id.map(|id| pet::COLUMN.shelter_id.eq(id));
    Ok(Condition::all()
        .add(pet::Column::Status.is_in(statuses.iter().copied()))
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
            "filter.{field} takes at most {MOST_VALUES} values: ask in several requests"
        ))),
        values => Ok(values),
    }
}

/// The breed under the name that it is stored by; words that name no known breed are looked for in the text.
fn breed(filter: &Filter, backend: DbBackend) -> Result<Option<Condition>> {
    let line =
        text::optional_line("filter.breed", filter.breed.as_deref(), 100).map_err(|fault| wrong(&fault.message))?;
    let Some(line) = line else { return Ok(None) };
    let species: Vec<Species> = match &filter.species {
        Some(species) => species.iter().copied().take(MOST_VALUES).collect(),
        None => Species::iter().collect(),
    };
    let names: Vec<String> = species
        .into_iter()
        .filter_map(|species| normalise_breed(species, &line).primary)
        .collect();
    if names.is_empty() {
        let words: Vec<String> = words(&line).into_iter().take(MOST_WORDS).collect();
        return Ok(Some(having_words(backend, &words)));
    }
    let any = Condition::any()
        .add(pet::Column::BreedPrimary.is_in(names.iter().cloned()))
        .add(pet::Column::BreedSecondary.is_in(names));
    Ok(Some(any))
}

fn wrong(message: &str) -> Error {
    Error::BadInput(message.to_owned().into())
}
