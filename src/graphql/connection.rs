//! Connections: pages of a list in the shape of the Relay specification, with `nodes` and `totalCount`.

use std::sync::Arc;

use async_graphql::{
    Object, OutputType,
    connection::{Connection as Shape, Edge, EmptyFields},
};
use futures_util::future::BoxFuture;

use crate::kernel::{Result, page::Slice};

/// Counts the rows of the whole list; runs only when somebody asks.
pub type Count = Arc<dyn Fn() -> BoxFuture<'static, Result<u64>> + Send + Sync>;

/// A page of a list.
pub type Connection<T> = Shape<String, T, Total, EmptyFields>;

/// What a connection tells beside its page.
pub struct Total(Count);

#[Object]
impl Total {
    /// How many there are in the whole list; null when it could not be counted.
    async fn total_count(&self) -> Option<i32> {
        (self.0)().await.ok().and_then(|count| i32::try_from(count).ok())
    }
}

/// A page as a connection.
pub fn connection<T: OutputType>(slice: Slice<T>, count: Count) -> Connection<T> {
    let mut page = Shape::with_additional_fields(slice.has_previous, slice.has_next, Total(count));
    page.edges
        .extend(slice.items.into_iter().map(|(cursor, item)| Edge::new(cursor, item)));
    page
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
