//! Detects members coming online or going offline on any node, for those who follow them on this one.

use std::{collections::HashMap, time::Duration};

use entity::id::MemberId;
use tokio_util::sync::CancellationToken;

use super::moment;
use crate::{
    deps::{Deps, hear_presence},
    events::Topic,
};

/// Runs until shutdown. Expired leases and lost signals are noticed within a moment.
pub async fn watch(deps: Deps, lease: Duration, shutdown: CancellationToken) {
    let mut signals = hear_presence(&deps);
    let mut known: HashMap<MemberId, bool> = HashMap::new();
    let mut look_at = tokio::time::Instant::now() + moment(lease);
    loop {
        let told = tokio::select! {
            () = shutdown.cancelled() => return,
            () = tokio::time::sleep_until(look_at) => None,
            members = signals.next() => Some(members),
        };
        let followed = deps.bells.followed_members();
        match told {
            Some(members) => {
                let members: Vec<MemberId> = members.into_iter().filter(|member| followed.contains(member)).collect();
                look(&deps, &members, &mut known).await;
                // The members who may see it can have changed, even if presence has not.
                members
                    .iter()
                    .for_each(|member| deps.bells.ring(Topic::Presence(*member)));
            }
            None => {
                look_at = tokio::time::Instant::now() + moment(lease);
                known.retain(|member, _| followed.contains(member));
                look(&deps, &followed.into_iter().collect::<Vec<_>>(), &mut known).await;
            }
        }
    }
}

/// Rings for members who have come online or gone offline since the last check.
async fn look(deps: &Deps, members: &[MemberId], known: &mut HashMap<MemberId, bool>) {
    if members.is_empty() {
        return;
    }
    let online = deps.presence.online(members).await;
    for member in members {
        let is_online = online.contains(member);
        if known.insert(*member, is_online) != Some(is_online) {
            deps.bells.ring(Topic::Presence(*member));
        }
    }
}
