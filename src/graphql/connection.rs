//! Connections: pages of a list in the shape of the Relay specification, with `nodes` and `totalCount`.

use std::{borrow::Cow, sync::Arc};

use async_graphql::{Object, OutputType, TypeName, connection::PageInfo};
use futures_util::future::BoxFuture;

use crate::kernel::{Result, page::Slice};

/// Counts the rows of the whole list; runs only when somebody asks.
pub type Count = Arc<dyn Fn() -> BoxFuture<'static, Result<u64>> + Send + Sync>;

/// A page of a list.
pub struct Connection<T> {
    edges: Vec<Edge<T>>,
    has_next: bool,
    has_previous: bool,
    count: Count,
}

/// One row of a page.
pub struct Edge<T> {
    cursor: String,
    node: T,
}

/// A page as a connection.
pub fn connection<T>(slice: Slice<T>, count: Count) -> Connection<T> {
    let Slice {
        items,
        has_next,
        has_previous,
    } = slice;
    let edges = items.into_iter().map(|(cursor, node)| Edge { cursor, node }).collect();
    Connection {
        edges,
        has_next,
        has_previous,
        count,
    }
}

/// A page of a list.
#[Object(name_type)]
impl<T: OutputType + 'static> Connection<T> {
    /// The rows of the page, each with its cursor.
    fn edges(&self) -> &[Edge<T>] {
        &self.edges
    }

    /// The rows of the page.
    fn nodes(&self) -> Vec<&T> {
        self.edges.iter().map(|edge| &edge.node).collect()
    }

    /// Where the page lies in the list.
    fn page_info(&self) -> PageInfo {
        PageInfo {
            has_previous_page: self.has_previous,
            has_next_page: self.has_next,
            start_cursor: self.edges.first().map(|edge| edge.cursor.clone()),
            end_cursor: self.edges.last().map(|edge| edge.cursor.clone()),
        }
    }

    /// How many there are in the whole list; null when it could not be counted.
    async fn total_count(&self) -> Option<i32> {
        (self.count)().await.ok().and_then(|count| i32::try_from(count).ok())
    }
}

/// One row of a page.
#[Object(name_type)]
impl<T: OutputType + 'static> Edge<T> {
    /// Place of the row in the list, for `after` and `before`.
    fn cursor(&self) -> &str {
        &self.cursor
    }

    /// The row.
    fn node(&self) -> &T {
        &self.node
    }
}

impl<T: OutputType + 'static> TypeName for Connection<T> {
    fn type_name() -> Cow<'static, str> {
        format!("{}Connection", T::type_name()).into()
    }
}

impl<T: OutputType + 'static> TypeName for Edge<T> {
    fn type_name() -> Cow<'static, str> {
        format!("{}Edge", T::type_name()).into()
    }
}

/// A counting query over what the use cases may touch.
#[macro_export]
macro_rules! count {
    ($($moved:ident),* ; $body:expr) => {{
        $(let $moved = $moved.clone();)*
        std::sync::Arc::new(move || {
            $(let $moved = $moved.clone();)*
            let counting: futures_util::future::BoxFuture<'static, $crate::kernel::Result<u64>> =
                Box::pin(async move { $body.await });
            counting
        }) as $crate::graphql::connection::Count
    }};
}
