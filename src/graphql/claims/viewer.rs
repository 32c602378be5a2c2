//! Private data of the caller: their claims.

use std::sync::Arc;

use async_graphql::{Context, Object};
use entity::member;

use super::{Claim, object::claims_of_viewer};
use crate::{
    graphql::{connection::Connection, schema::ViewerPart},
    kernel::{Result, page::Page},
};

/// Fields of `Viewer` about claims.
pub struct ClaimViewer;

impl ViewerPart for ClaimViewer {
    async fn of(_: &Context<'_>, _: &Arc<member::Model>) -> Result<Self> {
        Ok(Self)
    }
}

/// Fields of `Viewer` about claims.
#[Object]
impl ClaimViewer {
    /// Claims of the member's own reports and of shelters that they work for, in both directions, latest first.
    async fn claims(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many from the beginning, 0 to 100.")] first: Option<i32>,
        #[graphql(desc = "Only what comes after this cursor.")] after: Option<String>,
        #[graphql(desc = "How many from the end, 0 to 100.")] last: Option<i32>,
        #[graphql(desc = "Only what comes before this cursor.")] before: Option<String>,
    ) -> async_graphql::Result<Connection<Claim>> {
        Ok(claims_of_viewer(ctx, Page::new(first, after, last, before)?).await?)
    }
}
