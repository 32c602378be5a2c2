//! A shelter's numbers.

use std::sync::Arc;

use async_graphql::{Context, Object};
use entity::{shelter, vocabulary as stored};

use super::figures::{ShelterDay, StageCount, StayLengths, count};
use crate::{
    domain::{matching, shelters},
    graphql::{
        connectors::Connector,
        context::ContextExt,
        custody::AdoptionSuccess,
        error::nullable,
        pets::Pet,
        shelters::{Import, Shelter, profile::SpeciesOccupancy},
        vocabulary::StayStage,
    },
    kernel::Result,
};

/// What a shelter's staff sees at a glance. Days are those of the shelter's time zone.
pub struct ShelterDashboard {
    shelter: Arc<shelter::Model>,
    board: shelters::Dashboard,
}

impl ShelterDashboard {
    /// The dashboard of a shelter for somebody who may see it.
    pub fn new(shelter: Arc<shelter::Model>, board: shelters::Dashboard) -> Self {
        Self { shelter, board }
    }

    async fn lengths(
        &self,
        ctx: &Context<'_>,
        days: Option<i32>,
        outcome: Option<stored::StayOutcome>,
    ) -> Result<StayLengths> {
        let days = days.unwrap_or(365);
        let until = (self.board.at, days);
        let lengths = shelters::stay_lengths(ctx.deps()?.db.read(), &self.shelter, until, outcome).await?;
        Ok(StayLengths::new(days, lengths))
    }
}

/// What a shelter's staff sees at a glance. Days are those of the shelter's time zone.
#[Object]
impl ShelterDashboard {
    /// Animals in the shelter's care.
    async fn total(&self) -> i32 {
        count(self.board.in_care.total())
    }

    /// Those of them that are not kept for their owners.
    async fn adoptable(&self) -> i32 {
        count(self.board.adoptable())
    }

    /// Animals that are kept for their owners by the shelter's rules and were not released: Stay.hold.lasts.
    async fn stray_hold(&self) -> i32 {
        count(self.board.in_care.held())
    }

    /// The animals in its care by stage: every stage, also those in which none is.
    async fn by_stage(&self) -> Vec<StageCount> {
        let of_stage = |stage: stored::StayStage| StageCount {
            stage: StayStage::from(stage),
            animals: count(self.board.in_care.in_stage(stage)),
        };
        [
            stored::StayStage::Intake,
            stored::StayStage::Hold,
            stored::StayStage::Treatment,
            stored::StayStage::Foster,
            stored::StayStage::Adoptable,
        ]
        .map(of_stage)
        .into()
    }

    /// How many animals the shelter can hold; null when it did not say.
    async fn capacity(&self) -> Option<i32> {
        self.board.capacity
    }

    /// The animals that it houses, those in foster homes not counted, in percent of the capacity; null without one.
    async fn occupancy_percent(&self) -> Option<f64> {
        self.board.occupancy_percent()
    }

    /// The same by species: those that it houses or has places for.
    async fn occupancy_by_species(&self, ctx: &Context<'_>) -> async_graphql::Result<Vec<SpeciesOccupancy>> {
        Ok(Shelter(self.shelter.clone()).occupancy_of_species(ctx).await?)
    }

    /// Animals whose hold ends within 24 hours, the first to end first, at most 20; without those whose end is open.
    async fn holds_ending_soon(&self, ctx: &Context<'_>) -> async_graphql::Result<Vec<Pet>> {
        let (db, viewer) = (ctx.deps()?.db.read(), ctx.viewer()?);
        let reports = shelters::holds_ending_soon(db, viewer, self.shelter.id, self.board.at).await?;
        Ok(reports.into_iter().map(|report| Pet(Arc::new(report))).collect())
    }

    /// Matches of its animals, POSSIBLE or better, that nobody has decided.
    async fn open_matches(&self, ctx: &Context<'_>) -> async_graphql::Result<i32> {
        let (db, viewer) = (ctx.deps()?.db.read(), ctx.viewer()?);
        let open = matching::open_matches_of_shelter(db, viewer, self.shelter.id).await?;
        Ok(count(open))
    }

    /// How many adopted animals are still in their new homes three and twelve months later.
    async fn adoption_success(&self) -> AdoptionSuccess {
        AdoptionSuccess(self.shelter.clone())
    }

    /// Its connectors, those whose last run failed first, at most 10; empty but for its ADMINs, its keys with
    /// `connectors:manage` and admins.
    async fn connectors(&self, ctx: &Context<'_>) -> async_graphql::Result<Vec<Connector>> {
        Ok(Connector::on_dashboard(ctx, self.shelter.id).await?)
    }

    /// Animals that came in today, where the shelter is.
    async fn intakes_today(&self) -> i32 {
        count(self.board.intakes_today)
    }

    /// Animals that left today, where the shelter is.
    async fn outcomes_today(&self) -> i32 {
        count(self.board.outcomes_today)
    }

    /// What came and went on each of the last days, the first day first and today last; days on which nothing happened are
    /// listed as well.
    async fn intakes_per_day(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many days, 1 to 366, today among them.", default_with = "Some(30)")] days: Option<i32>,
    ) -> async_graphql::Result<Vec<ShelterDay>> {
        let (db, days) = (ctx.deps()?.db.read(), days.unwrap_or(30));
        let counted = shelters::count_days(db, &self.shelter, self.board.at, days).await?;
        Ok(counted.into_iter().map(ShelterDay::from).collect())
    }

    /// How long it took until animals were back with their owners: the stays that ended so within the last days.
    async fn time_to_reunion(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many days, 1 to 366, today among them.", default_with = "Some(365)")] days: Option<i32>,
    ) -> async_graphql::Result<StayLengths> {
        let outcome = stored::StayOutcome::ReturnedToOwner;
        Ok(self.lengths(ctx, days, Some(outcome)).await?)
    }

    /// How long animals stayed: all stays that ended within the last days.
    async fn length_of_stay(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many days, 1 to 366, today among them.", default_with = "Some(365)")] days: Option<i32>,
    ) -> async_graphql::Result<StayLengths> {
        Ok(self.lengths(ctx, days, None).await?)
    }

    /// Its imports that wait, run or are being taken back, the oldest first, at most 100; null for those who may not import.
    async fn running_imports(&self, ctx: &Context<'_>) -> Option<async_graphql::Result<Vec<Import>>> {
        nullable(async {
            let deps = ctx.deps()?;
            let actor = ctx.loaders()?.actor(deps).await?;
            let running = shelters::running_imports_of(deps.db.read(), &actor, self.shelter.id).await?;
            Ok(running.map(|running| running.into_iter().map(Import).collect()))
        })
        .await
    }
}
