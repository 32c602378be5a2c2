//! Long lists of reports.

use std::borrow::Cow;

use async_graphql::{
    ContextSelectionSet, OutputType, Positioned, ServerResult, Value, parser::types::Field, registry::Registry,
};

use crate::{
    domain::pets::search::PetSummary,
    graphql::{
        connection::Connection,
        pets::{
            Pet,
            plan::{Part, PetPart, Plan},
        },
    },
    kernel::page::Slice,
};

/// A page of reports, in one of two forms.
pub enum PetList {
    /// Every field can be asked for.
    Whole(Connection<Pet>),
    /// Only what the plan says.
    Plain(Plan<ListPart>, Slice<PetSummary>),
}

/// The plain fields of a list.
pub enum ListPart {
    Nodes(Plan<PetPart>),
    Edges(Plan<EdgePart>),
    PageInfo(Plan<PageInfoPart>),
}

impl Part for ListPart {
    const TYPE: &'static str = "PetConnection";

    fn of(field: &Field) -> Option<Self> {
        Some(match field.name.node.as_str() {
            "nodes" => Self::Nodes(Plan::of(field)?),
            "edges" => Self::Edges(Plan::of(field)?),
            "pageInfo" => Self::PageInfo(Plan::of(field)?),
            _ => return None,
        })
    }
}

impl Plan<ListPart> {
    /// Whether a place is asked for anywhere.
    pub fn names_places(&self) -> bool {
        self.parts().any(|part| match part {
            ListPart::Nodes(plan) => plan.names_places(),
            ListPart::Edges(plan) => plan
                .parts()
                .any(|part| matches!(part, EdgePart::Node(plan) if plan.names_places())),
            ListPart::PageInfo(_) => false,
        })
    }

    fn value(&self, slice: &Slice<PetSummary>) -> Value {
        let rows = || slice.items.iter();
        self.object(|part| match part {
            ListPart::Nodes(plan) => Value::List(rows().map(|(_, summary)| plan.value(summary)).collect()),
            ListPart::Edges(plan) => Value::List(rows().map(|(cursor, summary)| plan.value(cursor, summary)).collect()),
            ListPart::PageInfo(plan) => plan.value(slice),
        })
    }
}

/// The plain fields of a row of a list.
pub enum EdgePart {
    Node(Plan<PetPart>),
    Cursor,
}

impl Part for EdgePart {
    const TYPE: &'static str = "PetEdge";

    fn of(field: &Field) -> Option<Self> {
        Some(match field.name.node.as_str() {
            "node" => Self::Node(Plan::of(field)?),
            "cursor" => Self::Cursor,
            _ => return None,
        })
    }
}

impl Plan<EdgePart> {
    fn value(&self, cursor: &str, summary: &PetSummary) -> Value {
        self.object(|part| match part {
            EdgePart::Node(plan) => plan.value(summary),
            EdgePart::Cursor => Value::from(cursor),
        })
    }
}

/// The plain fields of a list's page info.
pub enum PageInfoPart {
    HasNextPage,
    HasPreviousPage,
    StartCursor,
    EndCursor,
}

impl Part for PageInfoPart {
    const TYPE: &'static str = "PageInfo";

    fn of(field: &Field) -> Option<Self> {
        Some(match field.name.node.as_str() {
            "hasNextPage" => Self::HasNextPage,
            "hasPreviousPage" => Self::HasPreviousPage,
            "startCursor" => Self::StartCursor,
            "endCursor" => Self::EndCursor,
            _ => return None,
        })
    }
}

impl Plan<PageInfoPart> {
    fn value(&self, slice: &Slice<PetSummary>) -> Value {
        self.object(|part| match part {
            PageInfoPart::HasNextPage => slice.has_next.into(),
            PageInfoPart::HasPreviousPage => slice.has_previous.into(),
            PageInfoPart::StartCursor => slice.items.first().map(|(cursor, _)| cursor.as_str()).into(),
            PageInfoPart::EndCursor => slice.items.last().map(|(cursor, _)| cursor.as_str()).into(),
        })
    }
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
            Self::Plain(plan, slice) => Ok(plan.value(slice)),
        }
    }
}
