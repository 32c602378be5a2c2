//! A shelter's numbers.

use std::sync::Arc;

use async_graphql::{ComplexObject, Context, SimpleObject};
use entity::{id::ShelterId, shelter};

use crate::{
    domain::shelters,
    graphql::{connectors::Connector, custody::AdoptionSuccess, pets::Pet},
};

/// What a shelter's staff sees at a glance. Days are those of the shelter's time zone.
#[derive(SimpleObject)]
#[graphql(complex)]
pub struct ShelterDashboard {
    #[graphql(skip)]
    shelter: ShelterId,
    /// Animals in the shelter's care.
    total: i32,
    /// Those of them that are not kept for their owners.
    adoptable: i32,
    /// Animals that are kept for their owners by the shelter's rules and were not released: Stay.hold.lasts.
    stray_hold: i32,
    /// How many animals the shelter can hold; null when it did not say.
    capacity: Option<i32>,
    /// Animals in percent of the capacity; null without one.
    occupancy_percent: Option<f64>,
    /// Animals whose hold ends within 24 hours, the first to end first, at most 20; without those whose end is open.
    holds_ending_soon: Vec<Pet>,
    /// Matches of its animals, POSSIBLE or better, that nobody has decided.
    open_matches: i32,
    /// Animals that came in today, where the shelter is.
    intakes_today: i32,
    /// Animals that left today, where the shelter is.
    outcomes_today: i32,
    /// How many adopted animals are still in their new homes three and twelve months later.
    adoption_success: AdoptionSuccess,
}

#[ComplexObject]
impl ShelterDashboard {
    /// Its connectors, those whose last run failed first, at most 10; empty but for its ADMINs, its keys with
    /// `connectors:manage` and admins.
    async fn connectors(&self, ctx: &Context<'_>) -> async_graphql::Result<Vec<Connector>> {
        Ok(Connector::on_dashboard(ctx, self.shelter).await?)
    }
}

impl ShelterDashboard {
    /// The numbers of several features on one board, that of a shelter.
    pub(super) fn new(shelter: &Arc<shelter::Model>, dashboard: shelters::Dashboard, open_matches: u64) -> Self {
        let shelters::Dashboard {
            total,
            adoptable,
            stray_hold,
            capacity,
            occupancy_percent,
            holds_ending_soon,
            intakes_today,
            outcomes_today,
        } = dashboard;
        let count = |number: u64| i32::try_from(number).unwrap_or(i32::MAX);
        Self {
            shelter: shelter.id,
            total: count(total),
            adoptable: count(adoptable),
            stray_hold: count(stray_hold),
            capacity,
            occupancy_percent,
            holds_ending_soon: holds_ending_soon.into_iter().map(|pet| Pet(Arc::new(pet))).collect(),
            open_matches: count(open_matches),
            intakes_today: count(intakes_today),
            outcomes_today: count(outcomes_today),
            adoption_success: AdoptionSuccess(shelter.clone()),
        }
    }
}
