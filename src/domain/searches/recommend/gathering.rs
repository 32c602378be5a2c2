//! The recommendations that were found so far.

use std::collections::{HashMap, hash_map::Entry};

use entity::{
    Timestamp,
    id::{MemberId, PetId},
    pet,
};

use crate::{
    deps::Deps,
    domain::pets::{
        self,
        search::{Filter, Search, Sort},
    },
    kernel::{Result, Viewer, page::Page},
};
use geometry::{Point, distance_meters};

/// Maximum number of recommendations per request.
pub(super) const MOST: usize = 50;
/// Distance in metres within which reports count as nearby.
pub(super) const NEAR_METERS: f64 = 20_000.0;
/// Age in days from which a report gets no bonus for being recent.
const NEWS_DAYS: f64 = 30.0;
const DAY_MILLIS: f64 = 86_400_000.0;

/// A report and the reason for recommending it.
#[derive(Debug, Clone)]
pub struct Recommendation {
    /// The recommended report.
    pub pet: pet::Model,
    /// From 0 to 1; higher is better.
    pub score: f64,
    /// A sentence without a full stop.
    pub reason: String,
}

/// The recommendations found so far.
pub(super) struct Gathering<'a> {
    pub(super) deps: &'a Deps,
    pub(super) viewer: &'a Viewer,
    pub(super) member_id: MemberId,
    best: HashMap<PetId, Recommendation>,
}

impl<'a> Gathering<'a> {
    pub(super) fn new(deps: &'a Deps, viewer: &'a Viewer, member_id: MemberId) -> Self {
        Self {
            deps,
            viewer,
            member_id,
            best: HashMap::new(),
        }
    }

    /// The first reports of a search.
    pub(super) async fn find(&self, filter: Filter, sort: Sort, most: u32) -> Result<Vec<pet::Model>> {
        let search = Search::new(self.deps, filter, sort)?;
        let cards = search.summaries(self.deps, &Page::first(most)).await?.items;
        let ids: Vec<PetId> = cards.iter().map(|(_, card)| card.id).collect();
        let found = pets::find_many(self.deps.db.read(), self.viewer, &ids).await?;
        let mut found: HashMap<PetId, pet::Model> = found.into_iter().map(|pet| (pet.id, pet)).collect();
        Ok(ids.iter().filter_map(|id| found.remove(id)).collect())
    }

    /// Adds a report, unless it is the member's own or already has a better reason.
    pub(super) fn offer(&mut self, pet: pet::Model, score: f64, reason: impl Into<String>) {
        if pet.reporter_id == Some(self.member_id) {
            return;
        }
        let reason = reason.into();
        let offered = Recommendation { pet, score, reason };
        match self.best.entry(offered.pet.id) {
            Entry::Vacant(place) => drop(place.insert(offered)),
            Entry::Occupied(mut known) if known.get().score < score => drop(known.insert(offered)),
            Entry::Occupied(_) => {}
        }
    }

    /// The best recommendations, without the member's favourites.
    pub(super) async fn finish(self, most: usize) -> Result<Vec<Recommendation>> {
        let ids: Vec<PetId> = self.best.keys().copied().collect();
        let known = pets::favorites_among(self.deps.db.read(), self.member_id, &ids).await?;
        let mut found: Vec<Recommendation> = self.best.into_values().collect();
        found.retain(|one| !known.contains(&one.pet.id));
        found.sort_by(|one, other| {
            let (newer, older) = ((other.pet.reported_at, other.pet.id), (one.pet.reported_at, one.pet.id));
            other.score.total_cmp(&one.score).then(newer.cmp(&older))
        });
        found.truncate(most);
        Ok(found)
    }

    /// 1 for a report made now, falling to 0 at an age of 30 days.
    pub(super) fn freshness(&self, pet: &pet::Model) -> f64 {
        let Timestamp(now) = self.deps.clock.now();
        let days = now.saturating_sub(pet.reported_at.0) as f64 / DAY_MILLIS;
        (1.0 - days / NEWS_DAYS).clamp(0.0, 1.0)
    }
}

/// The masked point of a report.
pub(super) fn place(pet: &pet::Model) -> Option<Point> {
    Point::new(pet.public_latitude?, pet.public_longitude?).ok()
}

/// 1 at the same place, falling to 0 at the distance up to which reports count as nearby.
pub(super) fn closeness(from: Point, pet: &pet::Model) -> f64 {
    let meters = place(pet).map_or(NEAR_METERS, |there| distance_meters(from, there));
    (1.0 - meters / NEAR_METERS).clamp(0.0, 1.0)
}
