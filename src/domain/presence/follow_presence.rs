//! Streams members' presence as it changes.

use std::{
    collections::{BTreeSet, HashSet},
    future::pending,
};

use entity::id::MemberId;
use futures_util::{Stream, stream};

use super::presences;
use crate::{
    deps::{Deps, patiently},
    events::{Listener, Topic},
    kernel::{Error, Result, Viewer},
};

/// Maximum number of members in one stream.
const MOST_FOLLOWED: usize = 100;

/// Yields a member whenever they come online or go offline, if the viewer may see their presence. At first everybody
/// counts as offline, so members who are online come first. The viewer's rights are checked before each item; members
/// whose presence the viewer may no longer see are silently skipped. The stream rests while nothing changes.
pub async fn follow_presence(
    deps: &Deps,
    viewer: &Viewer,
    members: Vec<MemberId>,
) -> Result<impl Stream<Item = Result<MemberId>> + Send + use<>> {
    viewer.require_member()?;
    if MOST_FOLLOWED < members.len() {
        let message = format!("presence takes at most {MOST_FOLLOWED} members: follow only those on the screen");
        return Err(Error::BadInput(message.into()));
    }
    let members: BTreeSet<MemberId> = members.into_iter().collect();
    let topics: Vec<Topic> = members.iter().copied().map(Topic::Presence).collect();
    let following = Following {
        listener: deps.bells.listen(&topics),
        members: members.into_iter().collect(),
        told_online: deps.hibernation().left().unwrap_or_default(),
        last_told: None,
        access: (deps.clone(), viewer.clone()),
    };
    Ok(stream::unfold(Some(following), |following| async move {
        match following?.next().await {
            Ok((member, following)) => Some((Ok(member), Some(following))),
            Err(error) => Some((Err(error), None)),
        }
    }))
}

struct Following {
    listener: Listener,
    members: Vec<MemberId>,
    told_online: HashSet<MemberId>,
    last_told: Option<MemberId>,
    access: (Deps, Viewer),
}

impl Following {
    /// One member at a time, so that rights and presence are current when the item is yielded.
    async fn next(mut self) -> Result<(MemberId, Self)> {
        if let Some(member) = self.last_told.filter(|_| self.access.0.hibernation().is_to_repeat()) {
            self.turn(member);
        }
        loop {
            self.listener.mark_heard();
            let found = patiently(|| presences(&self.access.0, &self.access.1, &self.members)).await?;
            let is_news = |member: &&MemberId| {
                let was_online = self.told_online.contains(member);
                found
                    .get(member)
                    .is_some_and(|presence| presence.is_online != was_online)
            };
            if let Some(member) = self.members.iter().find(is_news).copied() {
                self.turn(member);
                self.last_told = Some(member);
                return Ok((member, self));
            }
            self = self.wait().await;
        }
    }

    /// Toggles whether a member was last reported as online.
    fn turn(&mut self, member: MemberId) {
        if !self.told_online.remove(&member) {
            self.told_online.insert(member);
        }
    }

    /// Waits for a bell. If the stream rests instead, it ends here; its successor knows which members were reported.
    async fn wait(mut self) -> Self {
        if !self.access.0.hibernation().is_watched() {
            self.listener.wait().await;
            return self;
        }
        let Self {
            mut listener,
            told_online,
            access,
            ..
        } = self;
        access.0.hibernation().suspend(async move {
            listener.wait().await;
            told_online
        });
        pending().await
    }
}
