//! The read model of open reports, which maps and lists are served from. Every node has it in memory.
//!
//! Guarantees: It contains only public values of reports that everybody may see, so nothing private can be read from
//! it; a report that is hidden is removed like one that is closed. It equals the tables as of some event number,
//! whatever the order in which a node learned of the changes. Readers see what was written on the same node.

mod changes;
mod listeners;
mod load;

use std::collections::HashSet;

use entity::id::PetId;
use pet_index::{LivePetIndex, Pin};

pub use changes::{follow_changes, look_at};
pub(super) use load::of;

use crate::{
    deps::{Deps, FollowsLog},
    events::{Event, PetEvent, ShelterEvent, Topic},
    kernel::Result,
};

/// Number of reports that are applied at once.
const PIECE: usize = 64;

/// The new state of some reports: the pin of each open one, and whether it was edited.
pub struct News(Vec<(PetId, Option<Pin>, bool)>);

impl FollowsLog for LivePetIndex {
    type News = News;

    const NAME: &'static str = "map";

    const TOPIC: Option<Topic> = Some(Topic::Map);

    async fn build(deps: &Deps) -> Result<Self> {
        Ok(Self::new(load::all(deps.db.scan()).await?))
    }

    async fn read(deps: &Deps, events: &[Event]) -> Result<Vec<News>> {
        let mut ids: Vec<PetId> = events.iter().flat_map(concerned).collect();
        ids.sort_unstable();
        ids.dedup();
        let mut open = load::some(deps.db.read(), &ids).await?;
        let changed: HashSet<PetId> = events.iter().filter_map(changed).collect();
        let mut news_of = |id: &PetId| (*id, open.remove(id), changed.contains(id));
        Ok(ids
            .chunks(PIECE)
            .map(|ids| News(ids.iter().map(&mut news_of).collect()))
            .collect())
    }

    fn apply(&mut self, News(news): News) -> Vec<Topic> {
        let before = self.last_change();
        for (id, now, is_changed) in news {
            self.take_in(id, now, is_changed);
        }
        listeners::concerned(self, before)
    }

    fn succeed(&mut self, old: &Self) {
        LivePetIndex::succeed(self, old);
    }

    fn renewed(&self) -> Option<Self> {
        LivePetIndex::renewed(self)
    }
}

/// The report that was edited.
fn changed(event: &Event) -> Option<PetId> {
    match event {
        Event::Pets(PetEvent::PetChanged { pet_id }) => Some(*pet_id),
        _ => None,
    }
}

/// The reports that an event is about.
fn concerned(event: &Event) -> Vec<PetId> {
    match event {
        Event::Pets(event) => match event {
            PetEvent::PetReported { pet_id } | PetEvent::PetChanged { pet_id } | PetEvent::PetClosed { pet_id } => {
                vec![*pet_id]
            }
            PetEvent::PetStatusChanged { pet_ids } => pet_ids.clone(),
            PetEvent::SightingAdded { .. } => Vec::new(),
        },
        Event::Shelters(ShelterEvent::PetsImported { pet_ids, .. }) => pet_ids.clone(),
        _ => Vec::new(),
    }
}
