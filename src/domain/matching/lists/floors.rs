//! The scores above which another report enters the lists of lost ones, in this node's memory.
//!
//! In a large town thousands of lists are full, and a new report enters a few of them. Memory tells which ones it may enter;
//! only of those are the floors read from the tables. The floor of a list rises with every report that enters, which is
//! noted when it is read again; it falls when a pair leaves, which is announced. So a floor in memory is never above the
//! one in the tables, and a list whose floor is not in memory is looked up.

use std::{
    collections::{BTreeSet, HashMap},
    sync::{Mutex, MutexGuard, PoisonError},
};

use entity::id::PetId;
use futures_util::TryStreamExt;

use crate::{
    deps::{Deps, FollowsLog},
    domain::matching::{candidates::Prospect, store},
    events::{Event, MatchEvent, Topic},
    kernel::Result,
};

/// The floors of full lists.
pub struct ListFloors(Mutex<Floors>);

#[derive(Default)]
struct Floors {
    /// The lowest score in the list of each lost report whose list is full.
    of_lost: HashMap<PetId, f64>,
    /// Number of lists of which pairs have left so far.
    shortened: u64,
}

impl FollowsLog for ListFloors {
    /// Lost reports of whose lists pairs have left.
    type News = Vec<PetId>;

    const NAME: &'static str = "lists";

    /// Nobody waits for floors.
    const TOPIC: Option<Topic> = None;

    async fn build(deps: &Deps) -> Result<Self> {
        let mut of_lost = HashMap::new();
        let mut rows = store::all_floors(deps.db.scan()).await?;
        while let Some((lost, floor)) = rows.try_next().await? {
            of_lost.insert(lost, floor);
        }
        tracing::info!(lists = of_lost.len(), "full lists of matches are known");
        Ok(Self(Mutex::new(Floors { of_lost, shortened: 0 })))
    }

    async fn read(_deps: &Deps, events: &[Event]) -> Result<Vec<Vec<PetId>>> {
        let shortened = events.iter().filter_map(|event| match event {
            Event::Matching(MatchEvent::ListsShortened { pet_ids }) => Some(pet_ids.clone()),
            _ => None,
        });
        Ok(shortened.collect())
    }

    fn apply(&mut self, shortened: Vec<PetId>) -> Vec<Topic> {
        let mut floors = self.floors();
        floors.shortened += 1;
        for lost in shortened {
            floors.of_lost.remove(&lost);
        }
        Vec::new()
    }

    fn succeed(&mut self, old: &Self) {
        self.floors().shortened = old.floors().shortened + 1;
    }

    fn renewed(&self) -> Option<Self> {
        None
    }
}

impl ListFloors {
    fn floors(&self) -> MutexGuard<'_, Floors> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Those that may score more than the floor, and how many lists were shortened so far.
    fn above(&self, mut all_prospects: Vec<Vec<Prospect>>) -> (Vec<Vec<Prospect>>, u64) {
        let floors = self.floors();
        for prospects in &mut all_prospects {
            prospects.retain(|prospect| is_above(&floors.of_lost, prospect));
        }
        (all_prospects, floors.shortened)
    }

    /// Notes floors that were read when so many lists had been shortened. If more were since, they may be out of date.
    fn note(&self, read: HashMap<PetId, f64>, shortened: u64) {
        let mut floors = self.floors();
        if floors.shortened == shortened {
            floors.of_lost.extend(read);
        }
    }
}

/// Of the prospects of each report, the lost ones whose lists it may enter with the most that the pair can score; and the
/// floors of these lists, as far as they are full.
pub async fn enterable(
    deps: &Deps,
    all_prospects: Vec<Vec<Prospect>>,
) -> Result<(Vec<Vec<Prospect>>, HashMap<PetId, f64>)> {
    let list_floors = deps.read_model::<ListFloors>();
    let above = list_floors.look_long(deps, move |list_floors| list_floors.above(all_prospects));
    let (mut all_prospects, shortened) = above.await?;
    let ids: BTreeSet<PetId> = all_prospects.iter().flatten().map(|prospect| prospect.id).collect();
    let floors = store::floors(deps.db.read(), &Vec::from_iter(ids)).await?;
    for prospects in &mut all_prospects {
        prospects.retain(|prospect| is_above(&floors, prospect));
    }
    let read = floors.clone();
    list_floors
        .look(deps, |list_floors| list_floors.note(read, shortened))
        .await?;
    Ok((all_prospects, floors))
}

fn is_above(floors: &HashMap<PetId, f64>, prospect: &Prospect) -> bool {
    floors.get(&prospect.id).is_none_or(|floor| *floor < prospect.at_most)
}
