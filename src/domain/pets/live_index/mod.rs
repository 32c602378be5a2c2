//! The read model of open reports: what maps and lists show to everybody, in memory on every node.
//!
//! Promises: it holds public values only, so nothing private can be asked out of it; it equals the tables as of a
//! number of the log, whatever the order in which a node learned of the changes; whoever has written on this node sees
//! it here.

mod changes;
mod listeners;
mod load;

use std::collections::HashSet;

use entity::id::PetId;

pub use changes::{follow_changes, look_at};
pub(super) use load::of;

use crate::{
    deps::{Deps, FollowsLog, ReadModel},
    events::{Event, Topic},
    kernel::Result,
};
use pet_index::{LivePetIndex, Pin};

/// Reports that are taken in at once.
const PIECE: usize = 64;

/// What became of some reports: the pin of those that are open, and whether somebody changed them.
pub struct News(Vec<(PetId, Option<Pin>, bool)>);

impl FollowsLog for LivePetIndex {
    type News = News;

    const TOPIC: Option<Topic> = Some(Topic::Map);

    fn model(deps: &Deps) -> &ReadModel<Self> {
        &deps.live_index
    }

    async fn build(deps: &Deps) -> Result<Self> {
        Ok(Self::new(load::all(deps.db.scan()).await?))
    }

    async fn read(deps: &Deps, events: &[Event]) -> Result<Vec<News>> {
        let mut ids: Vec<PetId> = events.iter().flat_map(concerned).collect();
        ids.sort_unstable();
        ids.dedup();
        let mut open = load::some(deps.db.read(), &ids).await?;
        let changed: HashSet<PetId> = events.iter().filter_map(changed).collect();
        let news = ids.into_iter().map(|id| (id, open.remove(&id), changed.contains(&id)));
        let news: Vec<_> = news.collect();
        Ok(news.chunks(PIECE).map(|piece| News(piece.to_vec())).collect())
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

/// The report that somebody changed.
fn changed(event: &Event) -> Option<PetId> {
    match event {
        Event::PetChanged { pet_id } => Some(*pet_id),
        _ => None,
    }
}

/// The reports that an event is about.
fn concerned(event: &Event) -> Vec<PetId> {
    match event {
        Event::PetReported { pet_id } | Event::PetChanged { pet_id } | Event::PetClosed { pet_id } => vec![*pet_id],
        Event::PetStatusChanged { pet_ids } | Event::PetsImported { pet_ids, .. } => pet_ids.clone(),
        Event::MemberRegistered { .. }
        | Event::EmailVerificationRequested { .. }
        | Event::SessionRevoked { .. }
        | Event::RoleChanged { .. }
        | Event::ApiKeyRevoked { .. }
        | Event::PhotosShown { .. }
        | Event::PhotosLearned { .. }
        | Event::MessageChanged { .. }
        | Event::ParticipantsChanged { .. }
        | Event::ParticipantsAdded { .. }
        | Event::ParticipantRemoved { .. }
        | Event::SightingAdded { .. }
        | Event::MatchFound { .. }
        | Event::MatchDecided { .. }
        | Event::MatchAlerted { .. }
        | Event::NotificationsChanged { .. }
        | Event::ConversationStarted { .. }
        | Event::MessageSent { .. }
        | Event::ConversationRead { .. }
        | Event::ShelterVerified { .. }
        | Event::StaffInvited { .. }
        | Event::StaffChanged { .. }
        | Event::ImportQueued { .. }
        | Event::ImportProgressed { .. }
        | Event::ImportFinished { .. }
        | Event::SmsQueued { .. }
        | Event::MailRefused { .. } => Vec::new(),
    }
}
