//! The shelters around a report.

use std::sync::{
    Arc,
    atomic::{AtomicU32, Ordering},
};

use async_graphql::{Context, Object};

use crate::{
    domain::shelters,
    graphql::{
        context::ContextExt,
        pets::{DistanceUnit, Pet},
        shelters::Shelter,
    },
    kernel::{Error, Result},
};

/// Maximum number of reports in one request around which shelters are looked for.
const MOST_SEARCHES: u32 = 10;

/// How many were looked at in this request.
#[derive(Default)]
struct Searches(AtomicU32);

/// A verified shelter near a report.
pub struct NearbyShelter {
    shelter: Shelter,
    meters: f64,
}

/// A verified shelter near a report.
#[Object]
impl NearbyShelter {
    /// The shelter, with its hours, its phone number and how to visit it.
    async fn shelter(&self) -> &Shelter {
        &self.shelter
    }

    /// How far it is from the report's public place, rounded to 0.1 mile, 0.1 kilometre or 100 metres; the same for
    /// everybody.
    async fn distance(
        &self,
        #[graphql(desc = "Unit of the answer.", default_with = "Some(DistanceUnit::Mile)")] unit: Option<DistanceUnit>,
    ) -> f64 {
        geometry::DistanceUnit::from(unit.unwrap_or(DistanceUnit::Mile)).rounded(self.meters)
    }
}

impl Pet {
    /// The verified shelters around its public place.
    pub(in crate::graphql) async fn shelters_nearby(
        &self,
        ctx: &Context<'_>,
        first: Option<i32>,
    ) -> Result<Vec<NearbyShelter>> {
        let searches = ctx.loaders()?.counted::<Searches>();
        if MOST_SEARCHES <= searches.0.fetch_add(1, Ordering::Relaxed) {
            let message = "nearbyShelters can be queried for at most 10 reports in one request: split the query into several requests";
            return Err(Error::BadInput(message.into()));
        }
        let found = shelters::nearby_shelters(ctx.deps()?.db.read(), &self.0, first.unwrap_or(5)).await?;
        let nearby = found.into_iter().map(|nearby| NearbyShelter {
            shelter: Shelter(Arc::new(nearby.shelter)),
            meters: nearby.meters,
        });
        Ok(nearby.collect())
    }

    /// The shelter in whose care it is.
    pub(in crate::graphql) async fn caring_shelter(&self, ctx: &Context<'_>) -> Result<Option<Shelter>> {
        match self.0.shelter_id {
            Some(id) => Shelter::load(ctx, id).await,
            None => Ok(None),
        }
    }
}
