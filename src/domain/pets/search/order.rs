//! Orders of a list of reports.

use entity::{Timestamp, id::PetId, pet};
use sea_orm::{
    ConnectionTrait, FromQueryResult, QuerySelect, Select,
    sea_query::{Expr, SimpleExpr},
};

use super::area::chord;
use crate::{
    deps::{Direction, Keyset},
    kernel::{
        Result,
        page::{KeyValue, Page, Slice},
    },
};
use geometry::Point;

/// How a list is ordered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Sort {
    /// Last reported first.
    #[default]
    Newest,
    /// Nearest to the middle of the area first.
    Nearest,
    /// Best fit of the text first.
    Relevance,
}

/// A row of a page by time.
#[derive(FromQueryResult)]
struct Timed {
    id: PetId,
    reported_at: Timestamp,
}

/// A row of a page by distance.
#[derive(FromQueryResult)]
struct Measured {
    id: PetId,
    chord: f64,
}

/// A row of a page by fit.
#[derive(FromQueryResult)]
struct Ranked {
    id: PetId,
    rank: i32,
    reported_at: Timestamp,
}

/// The ids of one page. Only ids and ordering values are read here, so that the database sorts small rows and can stay
/// in an index; whoever asks loads the rows of the page.
pub(super) async fn page_of_ids(
    db: &impl ConnectionTrait,
    order: &Order,
    select: Select<pet::Entity>,
    page: &Page,
) -> Result<Slice<PetId>> {
    let select = select.select_only().column(pet::Column::Id);
    match order {
        Order::Newest => {
            let select = select.column(pet::Column::ReportedAt);
            let keyset = newest();
            let found = keyset.page::<_, Timed>(db, select, page, |row| {
                vec![KeyValue::Int(row.reported_at.0), KeyValue::Id(row.id.0)]
            });
            Ok(found.await?.map(|row| row.id))
        }
        Order::Nearest(from) => {
            let select = select.column_as(chord(*from), "chord");
            let keyset = nearest(*from);
            let found = keyset.page::<_, Measured>(db, select, page, |row| {
                vec![KeyValue::Float(row.chord), KeyValue::Id(row.id.0)]
            });
            Ok(found.await?.map(|row| row.id))
        }
        Order::Relevance(rank) => {
            let select = select.column(pet::Column::ReportedAt).column_as(rank.clone(), "rank");
            let keyset = relevance(rank);
            let found = keyset.page::<_, Ranked>(db, select, page, |row| {
                let rank = KeyValue::Int(i64::from(row.rank));
                vec![rank, KeyValue::Int(row.reported_at.0), KeyValue::Id(row.id.0)]
            });
            Ok(found.await?.map(|row| row.id))
        }
    }
}

/// An order with what it needs.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Order {
    /// Last reported first.
    Newest,
    /// From that point.
    Nearest(Point),
    /// By that rank, the higher the better.
    Relevance(SimpleExpr),
}

/// Name of the list by time; its cursors hold the time of the report and its id.
pub(super) const NEWEST: &str = "pets-newest";
/// Name of the list by distance; its cursors hold the squared chord and the id.
pub(super) const NEAREST: &str = "pets-nearest";

fn newest() -> Keyset {
    Keyset {
        list: NEWEST,
        columns: vec![column(pet::Column::ReportedAt), column(pet::Column::Id)],
        direction: Direction::Descending,
    }
}

fn nearest(from: Point) -> Keyset {
    Keyset {
        list: NEAREST,
        columns: vec![chord(from), column(pet::Column::Id)],
        direction: Direction::Ascending,
    }
}

fn relevance(rank: &SimpleExpr) -> Keyset {
    Keyset {
        list: "pets-relevance",
        columns: vec![rank.clone(), column(pet::Column::ReportedAt), column(pet::Column::Id)],
        direction: Direction::Descending,
    }
}

fn column(column: pet::Column) -> SimpleExpr {
    Expr::col((pet::Entity, column))
}
