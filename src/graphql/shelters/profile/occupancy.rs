//! How many animals of each species a shelter houses.

use async_graphql::{Context, SimpleObject};

use crate::{
    domain::shelters,
    graphql::{context::ContextExt, shelters::Shelter, vocabulary::Species},
    kernel::Result,
};

/// A species in a shelter; public.
#[derive(SimpleObject)]
pub struct SpeciesOccupancy {
    /// The species.
    species: Species,
    /// How many the shelter houses now; those in foster homes are not counted.
    present: i32,
    /// How many it can house; null when it did not say.
    capacity: Option<i32>,
    /// How many it houses in percent of that; null without a capacity.
    percent: Option<f64>,
}

impl Shelter {
    /// The species that it houses or has places for.
    pub(in crate::graphql::shelters) async fn occupancy_of_species(
        &self,
        ctx: &Context<'_>,
    ) -> Result<Vec<SpeciesOccupancy>> {
        let occupied = shelters::occupancy_by_species(ctx.deps()?.db.read(), &self.0).await?;
        let listed = occupied.into_iter().map(|occupied| SpeciesOccupancy {
            species: occupied.species.into(),
            present: i32::try_from(occupied.present).unwrap_or(i32::MAX),
            capacity: occupied.capacity,
            percent: occupied.percent(),
        });
        Ok(listed.collect())
    }
}
