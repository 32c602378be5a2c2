//! What appears, changes and closes in a part of the map.

use entity::{id::PetId, pet};
use futures_util::{Stream, StreamExt};
use sea_orm::{ColumnTrait, QueryFilter, QuerySelect};

use crate::{
    deps::{Deps, follow},
    domain::pets::{
        search::Search,
        store::{find_many, visible_to},
    },
    events::{Rest, Topic},
    kernel::{Result, Viewer, atlas::Pin, chart::Change, geo::Bounds},
};

/// Where somebody looks, and at what.
struct View {
    bounds: Bounds,
    search: Search,
}

impl View {
    /// Whether it shows the change: the report is in it now, or was before.
    fn shows(&self, change: &Change) -> bool {
        [&change.before, &change.after]
            .into_iter()
            .flatten()
            .any(|pin| self.holds(pin))
    }

    /// What only the tables can say is left to [`View::fitting`].
    fn holds(&self, pin: &Pin) -> bool {
        let fits = self.search.sieve().is_none_or(|sieve| sieve.admits(pin));
        fits && pin.point.is_some_and(|point| self.bounds.contains(point))
    }

    /// Those that fit a search which the memory cannot answer.
    async fn fitting(&self, deps: &Deps, viewer: &Viewer, ids: Vec<PetId>) -> Result<Vec<PetId>> {
        if self.search.sieve().is_some() || ids.is_empty() {
            return Ok(ids);
        }
        let fitting = visible_to(viewer)
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

/// Reports that appear, change or close in a viewport from now on, as they are then; one that was moved out of it, or no
/// longer fits, comes a last time. Ends with [`crate::kernel::Error::ResumeUnavailable`] for who falls far behind.
pub async fn follow_changes(
    deps: &Deps,
    viewer: &Viewer,
    search: Search,
    bounds: Bounds,
) -> Result<impl Stream<Item = Result<pet::Model>> + use<>> {
    let start = deps.chart.look(deps, |chart| chart.last_change()).await?;
    let view = std::sync::Arc::new(View { bounds, search });
    let (own, viewer) = (deps.clone(), viewer.clone());
    let read = move |after: u64| {
        let (deps, viewer, view) = (own.clone(), viewer.clone(), view.clone());
        async move { changes(&deps, &viewer, &view, after).await }
    };
    let batches = follow(&deps.bells, &[Topic::Map], (start, Rest::default()), read);
    Ok(batches.flat_map(|batch| {
        let items: Vec<Result<pet::Model>> = match batch {
            Ok(pets) => pets.into_iter().map(Ok).collect(),
            Err(error) => vec![Err(error)],
        };
        futures_util::stream::iter(items)
    }))
}

/// What changed after that number in the view: one batch, with the number up to which it goes.
async fn changes(deps: &Deps, viewer: &Viewer, view: &View, after: u64) -> Result<Vec<(u64, Vec<pet::Model>)>> {
    let seen = deps.chart.look(deps, |chart| -> Result<(u64, Vec<PetId>)> {
        let news = chart.changes_after(after)?.filter(|(_, change)| view.shows(change));
        let mut ids: Vec<PetId> = news.filter_map(|(_, change)| change.id()).collect();
        // A report that changed several times is told once, as it is now.
        let mut told = std::collections::HashSet::new();
        ids.retain(|id| told.insert(*id));
        Ok((chart.last_change(), ids))
    });
    let (last, ids) = seen.await??;
    if last == after {
        return Ok(Vec::new());
    }
    let ids = view.fitting(deps, viewer, ids).await?;
    let mut pets = find_many(deps.db.read(), viewer, &ids).await?;
    pets.sort_by_key(|pet| ids.iter().position(|id| *id == pet.id));
    Ok(vec![(last, pets)])
}
