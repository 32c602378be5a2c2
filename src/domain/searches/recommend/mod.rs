//! Reports that a member may want to see, each with its reason.
//!
//! They come from what the member does: own reports that are still open, saved searches, the history of searches,
//! favourites, in this order of weight. The member's own reports and those that they keep an eye on already are left out,
//! and of several reasons for one report the best counts. One question reads at most 800 rows: 20 own reports and their
//! dismissed pairs, 50 saved searches, 20 searches of the history, 10 favourites, and for each of at most 30 of these 10 or
//! 20 reports. Places are the masked ones throughout, the member's own too.

mod by_search;
mod like_favorite;
mod near_own;

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
    kernel::{
        Error, Result, Viewer,
        geo::{Point, distance_meters},
        page::Page,
    },
};

/// Most recommendations of one question.
const MOST: usize = 50;
/// How far around a report others are near it, in metres.
const NEAR_METERS: f64 = 20_000.0;
/// After that many days a report is as little news as any older one.
const NEWS_DAYS: f64 = 30.0;
const DAY_MILLIS: f64 = 86_400_000.0;

/// A report and why the member may want to see it.
#[derive(Debug, Clone)]
pub struct Recommendation {
    /// The report.
    pub pet: pet::Model,
    /// From 0 to 1; more is better.
    pub score: f64,
    /// A sentence without a dot.
    pub reason: String,
}

/// The best recommendations for a member, best first, at most 50. The same state of things gives the same list.
pub async fn recommended_pets(deps: &Deps, viewer: &Viewer, first: i32) -> Result<Vec<Recommendation>> {
    let member_id = viewer.require_member()?;
    let most = usize::try_from(first).ok().filter(|most| *most <= MOST);
    let most = most.ok_or_else(|| Error::BadInput(format!("first must be from 0 to {MOST}").into()))?;
    let mut gathering = Gathering {
        deps,
        viewer,
        member_id,
        best: HashMap::new(),
    };
    gathering.near_own().await?;
    gathering.of_saved_searches().await?;
    gathering.of_history().await?;
    gathering.like_favorites().await?;
    gathering.finish(most).await
}

/// What was found so far.
struct Gathering<'a> {
    deps: &'a Deps,
    viewer: &'a Viewer,
    member_id: MemberId,
    best: HashMap<PetId, Recommendation>,
}

impl Gathering<'_> {
    /// The first reports of a search.
    async fn find(&self, filter: Filter, sort: Sort, most: u32) -> Result<Vec<pet::Model>> {
        let search = Search::new(self.deps, filter, sort)?;
        let cards = search.cards(self.deps, &Page::first(most)).await?.items;
        let ids: Vec<PetId> = cards.iter().map(|(_, card)| card.id).collect();
        let found = pets::find_many(self.deps.db.read(), self.viewer, &ids).await?;
        let mut found: HashMap<PetId, pet::Model> = found.into_iter().map(|pet| (pet.id, pet)).collect();
        Ok(ids.iter().filter_map(|id| found.remove(id)).collect())
    }

    /// Takes a report in, unless it is the member's own or there is a better reason for it.
    fn offer(&mut self, pet: pet::Model, score: f64, reason: impl Into<String>) {
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

    /// The best ones, without those that the member keeps an eye on.
    async fn finish(self, most: usize) -> Result<Vec<Recommendation>> {
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

    /// 1 for a report of this moment, 0 for one of 30 days or more.
    fn freshness(&self, pet: &pet::Model) -> f64 {
        let Timestamp(now) = self.deps.clock.now();
        let days = now.saturating_sub(pet.reported_at.0) as f64 / DAY_MILLIS;
        (1.0 - days / NEWS_DAYS).clamp(0.0, 1.0)
    }
}

/// The masked point of a report.
fn place(pet: &pet::Model) -> Option<Point> {
    Point::new(pet.public_latitude?, pet.public_longitude?).ok()
}

/// 1 at a place, 0 where nothing is near it any more.
fn closeness(from: Point, pet: &pet::Model) -> f64 {
    let meters = place(pet).map_or(NEAR_METERS, |there| distance_meters(from, there));
    (1.0 - meters / NEAR_METERS).clamp(0.0, 1.0)
}
