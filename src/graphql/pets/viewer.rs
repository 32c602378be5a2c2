//! Private data of the caller: their own lists of reports.

use std::sync::Arc;

use async_graphql::{Context, Object};
use entity::{id::MemberId, member};

use super::{
    Pet,
    lists::{favorites_of_viewer, pets_of_viewer},
};
use crate::{
    graphql::{connection::Connection, schema::ViewerPart},
    kernel::{Result, page::Page},
};

/// Fields of `Viewer` about reports.
pub struct PetViewer(MemberId);

impl ViewerPart for PetViewer {
    async fn of(_: &Context<'_>, member: &Arc<member::Model>) -> Result<Self> {
        Ok(Self(member.id))
    }
}

/// Fields of `Viewer` about reports.
#[Object]
impl PetViewer {
    /// Reports that the viewer made, whatever their status, last reported first.
    async fn pets(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many from the beginning, 0 to 100; 20 when neither first nor last is given.")]
        first: Option<i32>,
        #[graphql(desc = "Only what comes after this cursor.")] after: Option<String>,
        #[graphql(desc = "How many from the end, 0 to 100.")] last: Option<i32>,
        #[graphql(desc = "Only what comes before this cursor.")] before: Option<String>,
    ) -> async_graphql::Result<Connection<Pet>> {
        let page = Page::new(first, after, last, before)?;
        Ok(pets_of_viewer(ctx, self.0, page).await?)
    }

    /// The viewer's favorite reports, last added first.
    async fn favorites(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many from the beginning, 0 to 100; 20 when neither first nor last is given.")]
        first: Option<i32>,
        #[graphql(desc = "Only what comes after this cursor.")] after: Option<String>,
        #[graphql(desc = "How many from the end, 0 to 100.")] last: Option<i32>,
        #[graphql(desc = "Only what comes before this cursor.")] before: Option<String>,
    ) -> async_graphql::Result<Connection<Pet>> {
        let page = Page::new(first, after, last, before)?;
        Ok(favorites_of_viewer(ctx, self.0, page).await?)
    }
}
