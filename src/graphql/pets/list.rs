//! Long lists of reports.

use std::borrow::Cow;

use async_graphql::{
    ContextSelectionSet, OutputType, Positioned, ServerResult, Value, parser::types::Field, registry::Registry,
};

use super::{
    Pet,
    plan::{Part, Plan, object, summary_value},
};
use crate::{domain::pets::search::PetSummary, graphql::connection::Connection, kernel::page::Slice};

/// A page of reports, in one of two forms.
pub enum PetList {
    /// Every field can be asked for.
    Whole(Connection<Pet>),
    /// Only what the plan says.
    Plain(Plan, Slice<PetSummary>),
}

fn page_value(plan: &Plan, slice: &Slice<PetSummary>) -> Value {
    let rows = || slice.items.iter();
    object(plan, |part| match part {
        Part::TypeName(name) => Value::from(*name),
        Part::Nodes(plan) => Value::List(rows().map(|(_, summary)| summary_value(plan, summary)).collect()),
        Part::Edges(plan) => Value::List(
            rows()
                .map(|(cursor, summary)| edge_value(plan, cursor, summary))
                .collect(),
        ),
        Part::PageInfo(plan) => object(plan, |part| match part {
            Part::TypeName(name) => Value::from(*name),
            Part::HasNextPage => slice.has_next.into(),
            Part::HasPreviousPage => slice.has_previous.into(),
            Part::StartCursor => slice.items.first().map(|(cursor, _)| cursor.as_str()).into(),
            Part::EndCursor => slice.items.last().map(|(cursor, _)| cursor.as_str()).into(),
            _ => Value::Null,
        }),
        _ => Value::Null,
    })
}

fn edge_value(plan: &Plan, cursor: &str, summary: &PetSummary) -> Value {
    object(plan, |part| match part {
        Part::TypeName(name) => Value::from(*name),
        Part::Cursor => Value::from(cursor),
        Part::Node(plan) => summary_value(plan, summary),
        _ => Value::Null,
    })
}

impl OutputType for PetList {
    fn type_name() -> Cow<'static, str> {
        Connection::<Pet>::type_name()
    }

    fn create_type_info(registry: &mut Registry) -> String {
        Connection::<Pet>::create_type_info(registry)
    }

    async fn resolve(&self, ctx: &ContextSelectionSet<'_>, field: &Positioned<Field>) -> ServerResult<Value> {
        match self {
            Self::Whole(connection) => connection.resolve(ctx, field).await,
            Self::Plain(plan, slice) => Ok(page_value(plan, slice)),
        }
    }
}
