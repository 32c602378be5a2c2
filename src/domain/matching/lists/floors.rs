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
use match_score::KEPT;

use crate::{
    deps::{Deps, FollowsLog},
    domain::matching::{candidates::Prospect, pair::Pair, store},
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

    /// Notes floors that were read when so many lists had been shortened. If more were since, they may be out of date.
    fn note(&self, read: HashMap<PetId, f64>, shortened: u64) {
        let mut floors = self.floors();
        if floors.shortened == shortened {
            floors.of_lost.extend(read);
        }
    }
}

/// The scores in the lists of some lost reports.
pub struct Lists(HashMap<PetId, Vec<f64>>);

impl Lists {
    /// The score that a pair has to exceed, if the list is full.
    fn floor(&self, lost: PetId) -> Option<f64> {
        let scores = self.0.get(&lost).filter(|scores| KEPT <= scores.len())?;
        scores.iter().copied().reduce(f64::min)
    }

    /// Keeps those of these pairs that are in the lists once all are. Of equal ones more than a list takes may be left.
    pub fn keep_entering(mut self, pairs: &mut Vec<Pair>) {
        pairs.retain(|pair| self.floor(pair.lost_id).is_none_or(|floor| floor < pair.score()));
        for pair in pairs.iter() {
            self.0.entry(pair.lost_id).or_default().push(pair.score());
        }
        for scores in self.0.values_mut() {
            scores.sort_unstable_by(|one, two| two.total_cmp(one));
        }
        pairs.retain(|pair| {
            let scores = self.0.get(&pair.lost_id);
            let last = scores.and_then(|scores| scores.get(KEPT - 1));
            last.is_none_or(|last| *last <= pair.score())
        });
    }
}

/// Those of these lost reports whose lists another report may enter with the most that the pair can score, as far as memory
/// tells.
pub async fn above_floors(deps: &Deps, mut prospects: Vec<Prospect>) -> Result<Vec<Prospect>> {
    if prospects.is_empty() {
        return Ok(prospects);
    }
    let list_floors = deps.read_model::<ListFloors>();
    let above = list_floors.look_long(deps, move |list_floors| {
        let floors = list_floors.floors();
        prospects.retain(|prospect| is_above(&floors.of_lost, prospect));
        prospects
    });
    above.await
}

/// Leaves those whose lists may be entered as the tables have them, and returns these lists.
pub async fn enterable(deps: &Deps, all_prospects: &mut [Vec<Prospect>]) -> Result<Lists> {
    let list_floors = deps.read_model::<ListFloors>();
    let shortened = list_floors
        .look(deps, |list_floors| list_floors.floors().shortened)
        .await?;
    let ids: BTreeSet<PetId> = all_prospects.iter().flatten().map(|prospect| prospect.id).collect();
    let ids = Vec::from_iter(ids);
    let lists = Lists(store::list_scores(deps.db.read(), &ids).await?);
    let read: HashMap<PetId, f64> = ids.into_iter().filter_map(|id| Some((id, lists.floor(id)?))).collect();
    for prospects in all_prospects {
        prospects.retain(|prospect| is_above(&read, prospect));
    }
    list_floors
        .look(deps, |list_floors| list_floors.note(read, shortened))
        .await?;
    Ok(lists)
}

fn is_above(floors: &HashMap<PetId, f64>, prospect: &Prospect) -> bool {
    floors.get(&prospect.id).is_none_or(|floor| *floor < prospect.at_most)
}
