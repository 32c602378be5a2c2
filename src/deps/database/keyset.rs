//! Paging by key: stable under inserts, the same cost on every page.

use sea_orm::{
    ConnectionTrait, EntityTrait, FromQueryResult, Order, QueryFilter, QueryOrder, QuerySelect, Select,
    sea_query::{Expr, ExprTrait, SimpleExpr},
};

use crate::kernel::{
    Result,
    page::{Cursor, KeyValue, Page, Slice, unknown_cursor},
};

/// Which way a list is ordered; all its columns go the same way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    /// Smallest first.
    Ascending,
    /// Greatest first.
    Descending,
}

/// The total order of a list: its columns, the last of them unique.
pub struct Keyset {
    /// Name of the list; part of its cursors.
    pub list: &'static str,
    /// Ordering expressions, the unique one last.
    pub columns: Vec<SimpleExpr>,
    /// Which way.
    pub direction: Direction,
}

impl Keyset {
    /// Reads one page of `select`. `key` gives a row's values of the ordering columns, in their order.
    pub async fn page<E: EntityTrait, M: FromQueryResult + Send + Sync>(
        &self,
        db: &impl ConnectionTrait,
        select: Select<E>,
        page: &Page,
        key: impl Fn(&M) -> Vec<KeyValue>,
    ) -> Result<Slice<M>> {
        let (after, before) = (self.place(page.after.as_deref())?, self.place(page.before.as_deref())?);
        let mut select = select;
        for (place, is_after) in [(&after, true), (&before, false)] {
            if let Some(place) = place {
                select = select.filter(self.beyond(place, is_after));
            }
        }
        let ascending = (self.direction == Direction::Ascending) != page.backward;
        for column in &self.columns {
            select = select.order_by(column.clone(), if ascending { Order::Asc } else { Order::Desc });
        }
        if page.limit == 0 {
            return Ok(Slice {
                items: Vec::new(),
                has_next: false,
                has_previous: false,
            });
        }
        let mut rows = select
            .limit(u64::from(page.limit) + 1)
            .into_model::<M>()
            .all(db)
            .await?;
        let more = page.limit as usize + 1 == rows.len();
        rows.truncate(page.limit as usize);
        if page.backward {
            rows.reverse();
        }
        if let (Some(row), Some(place)) = (rows.first(), after.as_ref().or(before.as_ref())) {
            place.is_like(&key(row)).then_some(()).ok_or_else(unknown_cursor)?;
        }
        let items = rows
            .into_iter()
            .map(|row| (Cursor { values: key(&row) }.encode(self.list), row))
            .collect();
        let (has_next, has_previous) = if page.backward {
            (before.is_some(), more)
        } else {
            (more, after.is_some())
        };
        Ok(Slice {
            items,
            has_next,
            has_previous,
        })
    }

    fn place(&self, cursor: Option<&str>) -> Result<Option<Cursor>> {
        let Some(text) = cursor else { return Ok(None) };
        let cursor = Cursor::decode(text, self.list)?;
        let fits = cursor.values.len() == self.columns.len() && cursor.is_like(&cursor.values);
        if fits { Ok(Some(cursor)) } else { Err(unknown_cursor()) }
    }

    fn beyond(&self, place: &Cursor, is_after: bool) -> SimpleExpr {
        let left = Expr::tuple(self.columns.clone());
        let right = Expr::tuple(place.values.iter().map(bound));
        if (self.direction == Direction::Ascending) == is_after {
            left.gt(right)
        } else {
            left.lt(right)
        }
    }
}

fn bound(value: &KeyValue) -> SimpleExpr {
    match value {
        KeyValue::Int(value) => Expr::val(*value),
        KeyValue::Float(value) => Expr::val(*value),
        KeyValue::Id(value) => Expr::val(*value),
    }
}
