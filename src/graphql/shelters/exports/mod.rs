//! What leaves the system about a shelter's animals.

mod monthly;

use std::sync::Arc;

use async_graphql::{Context, Object};
use entity::shelter;

use self::monthly::MonthlyFigures;
use crate::{
    domain::shelters,
    graphql::{context::ContextExt, error::nullable, scalars::URL},
};

/// Files about a shelter's animals for other systems. Whoever has the address of one can fetch it for an hour.
pub struct ShelterExports(pub(super) Arc<shelter::Model>);

/// Files about a shelter's animals for other systems. Whoever has the address of one can fetch it for an hour.
#[Object]
impl ShelterExports {
    /// Address of a CSV file of all its animals with all their stays, which `importPets` reads back. It has exact places for
    /// those who work there and its keys with `pets:read`, and numbers of microchips for its ADMIN, STAFF and the same keys.
    async fn inventory_url(&self, ctx: &Context<'_>) -> async_graphql::Result<URL> {
        let deps = ctx.deps()?;
        let actor = ctx.loaders()?.actor(deps).await?;
        Ok(URL(shelters::inventory_url(deps, &actor, self.0.id).await?))
    }

    /// Address of a CSV file for Pet FBI of its open reports: lost and found animals, and strays in its care, with public
    /// values only.
    async fn pet_fbi_url(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The shelter's OrgID at Pet FBI, at most 40 characters; its id here if it is left out.")]
        organization: Option<String>,
    ) -> async_graphql::Result<URL> {
        let deps = ctx.deps()?;
        let actor = ctx.loaders()?.actor(deps).await?;
        let url = shelters::pet_fbi_url(deps, &actor, self.0.id, organization.as_deref())?;
        Ok(URL(url))
    }

    /// Address of a CSV file of the figures of a month in the terms of Shelter Animals Count, also by age.
    async fn monthly_url(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The month by the shelter's clocks, such as `2026-11`.")] month: String,
    ) -> async_graphql::Result<URL> {
        let deps = ctx.deps()?;
        let actor = ctx.loaders()?.actor(deps).await?;
        Ok(URL(shelters::monthly_url(deps, &actor, self.0.id, &month)?))
    }

    /// The figures of a month in the terms of Shelter Animals Count. A month that has not ended is counted as if nothing
    /// happened any more.
    async fn monthly(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The month by the shelter's clocks, such as `2026-11`.")] month: String,
    ) -> Option<async_graphql::Result<MonthlyFigures>> {
        nullable(async {
            let deps = ctx.deps()?;
            let actor = ctx.loaders()?.actor(deps).await?;
            let figures = shelters::monthly_figures(deps, &actor, &self.0, &month).await?;
            Ok(Some(MonthlyFigures::from(&figures)))
        })
        .await
    }
}
