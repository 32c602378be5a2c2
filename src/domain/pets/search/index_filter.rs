//! Conditions of a filter on the columns of a report, and their translation for the tables.
//!
//! The [`IndexFilter`] is the single definition. This file translates it to SQL; [`pet_index`] applies it to the index
//! in memory and to single reports. A test compares all three with filters and reports of every kind.

use entity::{ColorSet, pet};
use pet_index::IndexFilter;
use sea_orm::{
    ColumnTrait, Condition, Value,
    sea_query::{Expr, ExprTrait, SimpleExpr},
};

use super::{area::within, filter::Filter};
use crate::{
    domain::pets::live::LIVE,
    kernel::{Error, Result},
};

/// Maximum number of values in one list of a filter.
pub(super) const MOST_VALUES: usize = 20;

/// The conditions on the columns, except the breed, whose words must be parsed first. If the filter names no status,
/// open and matched reports are searched. Refuses a list with more than 20 values.
pub(super) fn index_filter(filter: &Filter, area: Option<pet_index::Area>) -> Result<IndexFilter> {
    let colors = some_of("colors", filter.colors.as_ref())?;
    Ok(IndexFilter {
        kinds: some_of("kinds", filter.kinds.as_ref())?,
        statuses: Some(some_of("statuses", filter.statuses.as_ref())?.unwrap_or_else(|| LIVE.to_vec())),
        species: some_of("species", filter.species.as_ref())?,
        sizes: some_of("sizes", filter.sizes.as_ref())?,
        sexes: some_of("sexes", filter.sexes.as_ref())?,
        age_groups: some_of("ageGroups", filter.age_groups.as_ref())?,
        colors: colors.map(|colors| colors.into_iter().collect::<ColorSet>()),
        microchipped: filter.microchipped,
        urgent: filter.urgent,
        seen_from: filter.seen_from,
        seen_to: filter.seen_to,
        breeds: None,
        shelter_id: filter.shelter_id,
        area,
        among: None,
    })
}

/// A list with at most 20 values; an empty one matches nothing.
fn some_of<V: Clone>(field: &str, values: Option<&Vec<V>>) -> Result<Option<Vec<V>>> {
    match values {
        Some(values) if MOST_VALUES < values.len() => {
            let message =
                format!("filter.{field} takes at most {MOST_VALUES} values: split the query into several requests");
            Err(Error::BadInput(message.into()))
        }
        values => Ok(values.cloned()),
    }
}

/// The condition on all columns except the status.
pub(super) fn columns(index_filter: &IndexFilter) -> Condition {
    // Destructured, so that a new field does not compile until it is handled here.
    let IndexFilter {
        kinds,
        statuses: _,
        species,
        sizes,
        sexes,
        age_groups,
        colors,
        microchipped,
        urgent,
        seen_from,
        seen_to,
        breeds,
        shelter_id,
        area,
        // Only used in memory: ids found in the tables.
        among: _,
    } = index_filter;
    let any_color = colors.map(|colors| Expr::col((pet::Entity, pet::Column::Colors)).bit_and(colors.0).ne(0));
    let of_breed = |breeds: &Vec<String>| {
        Condition::any()
            .add(pet::Column::BreedPrimary.is_in(breeds.iter().cloned()))
            .add(pet::Column::BreedSecondary.is_in(breeds.iter().cloned()))
    };
    Condition::all()
        .add_option(one_of(pet::Column::Kind, kinds.as_ref()))
        .add_option(one_of(pet::Column::Species, species.as_ref()))
        .add_option(one_of(pet::Column::Size, sizes.as_ref()))
        .add_option(one_of(pet::Column::Sex, sexes.as_ref()))
        .add_option(one_of(pet::Column::AgeGroup, age_groups.as_ref()))
        .add_option(any_color)
        .add_option(microchipped.map(|chipped| pet::COLUMN.microchipped.eq(chipped)))
        .add_option(urgent.map(|urgent| pet::COLUMN.urgent.eq(urgent)))
        .add_option(seen_from.map(|from| pet::COLUMN.seen_at.gte(from)))
        .add_option(seen_to.map(|to| pet::COLUMN.seen_at.lte(to)))
        .add_option(shelter_id.map(|id| pet::COLUMN.shelter_id.eq(id)))
        .add_option(breeds.as_ref().map(of_breed))
        .add_option(area.as_ref().map(within))
}

/// The condition on the status.
pub(super) fn status(index_filter: &IndexFilter, column: &SimpleExpr) -> Option<SimpleExpr> {
    let statuses = index_filter.statuses.as_ref();
    statuses.map(|statuses| column.clone().is_in(statuses.iter().copied()))
}

/// One of the values of a list, if there is a list.
fn one_of<V: Copy + Into<Value>>(column: pet::Column, values: Option<&Vec<V>>) -> Option<SimpleExpr> {
    values.map(|values| column.is_in(values.iter().copied()))
}
