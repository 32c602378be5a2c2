//! Root fields of shelters.

use std::sync::Arc;

use async_graphql::{Context, Enum, ID, InputObject, Object};

use super::Shelter;
use crate::{
    count,
    domain::shelters,
    graphql::{
        connection::{Connection, connection},
        context::ContextExt,
        error::nullable,
        pets::AreaInput,
        vocabulary::ShelterType,
    },
    kernel::{Error, Result, page::Page},
};

/// Which shelters; what is left out does not matter.
#[derive(InputObject, Default)]
pub struct ShelterFilter {
    /// Only within this area; of more than 10,000 there, the first registered are looked at.
    area: Option<AreaInput>,
    /// Any of these kinds, at most 20.
    types: Option<Vec<ShelterType>>,
    /// Only verified ones, or only others.
    verified: Option<bool>,
    /// Up to 10 words, all of which occur in the name or the place; at most 200 characters. At most 120 such searches a
    /// minute for each caller.
    text: Option<String>,
    /// Only those that are open now, or only those that are known to be closed; of more than 10,000 that match otherwise, the
    /// first registered are looked at.
    open_now: Option<bool>,
}

/// Orders of the directory.
#[derive(Enum, Copy, Clone, Debug, PartialEq, Eq, Hash)]
#[graphql(remote = "shelters::Sort")]
pub enum ShelterSort {
    /// First registered first.
    Oldest,
    /// Nearest to the middle of the area first; needs area.circle or area.near. Of more than 10,000 shelters, the first
    /// registered are listed.
    Nearest,
    /// By name. Of more than 10,000 shelters, the first registered are listed.
    Name,
}

impl ShelterFilter {
    fn filter(self) -> Result<shelters::ShelterFilter> {
        let Self {
            area,
            types,
            verified,
            text,
            open_now,
        } = self;
        let types = types.unwrap_or_default();
        if 20 < types.len() {
            return Err(Error::BadInput("filter.types takes at most 20 values".into()));
        }
        if text.as_ref().is_some_and(|text| 200 < text.chars().count()) {
            return Err(Error::BadInput("filter.text has at most 200 characters".into()));
        }
        Ok(shelters::ShelterFilter {
            area: area.map(AreaInput::area).transpose()?,
            kinds: types.into_iter().map(Into::into).collect(),
            verified,
            text,
            open_now,
        })
    }
}

/// Root fields of shelters.
#[derive(Default)]
pub struct ShelterQuery;

#[Object]
impl ShelterQuery {
    /// The shelter with that id; null if there is none.
    async fn shelter(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which shelter.")] id: ID,
    ) -> Option<async_graphql::Result<Shelter>> {
        nullable(Shelter::find(ctx, &id)).await
    }

    /// The directory of shelters.
    #[allow(clippy::too_many_arguments, reason = "the arguments of a connection")]
    async fn shelters(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Only those that match.")] filter: Option<ShelterFilter>,
        #[graphql(desc = "Order.", default_with = "Some(ShelterSort::Oldest)")] sort: Option<ShelterSort>,
        #[graphql(desc = "How many from the beginning, 0 to 100.")] first: Option<i32>,
        #[graphql(desc = "Only what comes after this cursor.")] after: Option<String>,
        #[graphql(desc = "How many from the end, 0 to 100.")] last: Option<i32>,
        #[graphql(desc = "Only what comes before this cursor.")] before: Option<String>,
    ) -> async_graphql::Result<Connection<Shelter>> {
        let page = Page::new(first, after, last, before)?;
        let (deps, filter) = (ctx.deps()?, filter.unwrap_or_default().filter()?);
        let filter = filter.asked(deps, &ctx.asker()?).await?;
        let slice = shelters::list(deps, &filter, sort.unwrap_or(ShelterSort::Oldest).into(), &page).await?;
        let total = count!(deps, filter; shelters::count(&deps, &filter));
        Ok(connection(slice.map(|row| Shelter(Arc::new(row))), total))
    }
}
