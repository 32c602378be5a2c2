//! The changes in a part of the map: reports that appear, change or close.

use std::{
    collections::{HashMap, HashSet},
    future::ready,
    sync::Arc,
};

use entity::{id::PetId, pet};
use futures_util::{Stream, StreamExt};
use geometry::Bounds;
use pet_index::{Change, LivePetIndex, Pin};
use sea_orm::{ColumnTrait, QueryFilter, QuerySelect};

use super::listeners;
use crate::{
    deps::{Deps, follow},
    domain::pets::{search::Search, store::find_many},
    kernel::{Error, Result, Viewer},
};

/// The viewport and the search of a subscriber.
pub struct View {
    bounds: Bounds,
    search: Search,
}

impl View {
    /// Whether the change is in the view: the report is in it now, or was before.
    fn shows(&self, change: &Change) -> bool {
        [&change.before, &change.after]
            .into_iter()
            .flatten()
            .any(|pin| self.holds(pin))
    }

    /// Conditions that only the tables can answer are left to [`View::fitting`].
    fn holds(&self, pin: &Pin) -> bool {
        let fits = self
            .search
            .index_filter()
            .is_none_or(|index_filter| index_filter.admits(pin));
        fits && pin.point.is_some_and(|point| self.bounds.contains(point))
    }

    /// The reports that match, for a search that the index in memory cannot answer.
    async fn fitting(&self, deps: &Deps, ids: Vec<PetId>) -> Result<Vec<PetId>> {
        if self.search.index_filter().is_some() || ids.is_empty() {
            return Ok(ids);
        }
        let fitting = self
            .search
            .visible()
            .filter(self.search.condition_of_any_status())
            .filter(pet::COLUMN.id.is_in(ids.iter().copied()))
            .select_only()
            .column(pet::Column::Id)
            .into_tuple::<PetId>()
            .all(deps.db.read())
            .await?;
        Ok(ids.into_iter().filter(|id| fitting.contains(id)).collect())
    }
}

/// A position in the sequence of changes, with the view it belongs to; a stream that rests leaves it to its successor.
pub type Place = (u64, Arc<View>);

/// Starts watching a part of the map.
pub async fn look_at(deps: &Deps, search: Search, bounds: Bounds) -> Result<Place> {
    let now = deps
        .read_model::<LivePetIndex>()
        .look(deps, LivePetIndex::last_change)
        .await?;
    Ok((now, Arc::new(View { bounds, search })))
}

/// Reports that appear, change or close in a viewport after that place, in their current state. A report that was moved
/// out of the viewport or no longer fits is sent one last time, unless it no longer fits because of its words, which
/// the index does not store. Ends with [`Error::ResumeUnavailable`] if a subscriber falls too far behind, or if a
/// report in view is hidden: nothing more can be said about that report, but a map that is fetched again does not
/// contain it. Rests while nothing changes near the view.
pub fn follow_changes(deps: &Deps, start: Place) -> impl Stream<Item = Result<pet::Model>> + use<> {
    let topics = listeners::topics(&start.1.bounds);
    let own = deps.clone();
    let read = move |(after, view): Place| {
        let deps = own.clone();
        async move { changes(&deps, &view, after).await }
    };
    let steps = follow(deps, &topics, start, read);
    steps.filter_map(|step| ready(step.transpose()))
}

/// The changes in the view after that number, one per report. Each has the number of the report's last change, so that
/// continuing from any of these numbers misses nothing. The last step has no report if only other reports changed after
/// it.
async fn changes(deps: &Deps, view: &Arc<View>, after: u64) -> Result<Vec<(Place, Option<pet::Model>)>> {
    let seen = deps
        .read_model::<LivePetIndex>()
        .look(deps, |live_index| seen(live_index, view, after));
    let (last, changed, were_asked_for) = seen.await??;
    if last == after {
        return Ok(Vec::new());
    }
    let ids: Vec<PetId> = changed.iter().map(|(_, id)| *id).collect();
    let pets = find_many(deps.db.read(), &Viewer::Visitor, &ids).await?;
    let mut pets: HashMap<PetId, pet::Model> = pets.into_iter().map(|pet| (pet.id, pet)).collect();
    if !were_asked_for.iter().all(|id| pets.contains_key(id)) {
        return Err(Error::ResumeUnavailable);
    }
    let fitting: HashSet<PetId> = view.fitting(deps, ids).await?.into_iter().collect();
    let is_asked_for = |pet: &pet::Model| view.search.asks_for(pet.status) || were_asked_for.contains(&pet.id);
    pets.retain(|id, pet| fitting.contains(id) && is_asked_for(pet));
    let place = |number| (number, view.clone());
    let in_order = changed
        .iter()
        .filter_map(|(number, id)| Some((place(*number), Some(pets.remove(id)?))));
    let mut steps: Vec<_> = in_order.collect();
    if steps.last().is_none_or(|((number, _), _)| *number < last) {
        steps.push((place(last), None));
    }
    Ok(steps)
}

/// The number of the last change overall; the reports that changed in the view after a number, ordered by their last
/// change; and those of them that were in the view before.
type Seen = (u64, Vec<(u64, PetId)>, HashSet<PetId>);

fn seen(live_index: &LivePetIndex, view: &View, after: u64) -> Result<Seen> {
    let (mut changed, mut were_asked_for) = (HashMap::new(), HashSet::new());
    for (number, change) in live_index.changes_after(after).map_err(|_| Error::ResumeUnavailable)? {
        if !view.shows(change) {
            continue;
        }
        changed.extend(change.id().map(|id| (id, number)));
        let before = change.before.as_ref();
        were_asked_for.extend(before.filter(|pin| view.search.asks_for(pin.status)).map(|pin| pin.id));
    }
    let mut changed: Vec<(u64, PetId)> = changed.into_iter().map(|(id, number)| (number, id)).collect();
    changed.sort_unstable();
    Ok((live_index.last_change(), changed, were_asked_for))
}
