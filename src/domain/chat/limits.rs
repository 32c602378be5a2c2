//! Rate limits for members: general ones, and stricter ones for new accounts, which cause most abuse. They count across
//! all nodes.

use std::time::Duration;

use entity::{Timestamp, id::MemberId};

use crate::{
    deps::Deps,
    kernel::{Error, Result},
};

const MINUTE: Duration = Duration::from_secs(60);
const HOUR: Duration = Duration::from_secs(60 * 60);
const DAY: Duration = Duration::from_secs(24 * 60 * 60);

/// A maximum number of actions within a period.
#[derive(Debug, Clone, Copy)]
struct Limit {
    /// Part of the key of the counter.
    name: &'static str,
    most: u32,
    within: Duration,
    /// The limit as worded for users.
    words: &'static str,
}

const MESSAGES: Limit = Limit {
    name: "chat-send",
    most: 50,
    within: MINUTE,
    words: "at most 50 messages a minute",
};
const NEW_MESSAGES: Limit = Limit {
    name: "chat-send-new",
    most: 60,
    within: DAY,
    words: "at most 60 messages a day while an account is new",
};
const CONVERSATIONS: Limit = Limit {
    name: "chat-start",
    most: 20,
    within: HOUR,
    words: "at most 20 new conversations an hour",
};
const NEW_CONVERSATIONS: Limit = Limit {
    name: "chat-start-new",
    most: 10,
    within: DAY,
    words: "at most 10 new conversations a day while an account is new",
};
const LOST: Limit = Limit {
    name: "chat-lost",
    most: 10,
    within: HOUR,
    words: "at most 10 owners of lost pets an hour",
};
const NEW_LOST: Limit = Limit {
    name: "chat-lost-new",
    most: 3,
    within: HOUR,
    words: "at most 3 owners of lost pets an hour while an account is new",
};
const ADDITIONS: Limit = Limit {
    name: "chat-add",
    most: 60,
    within: HOUR,
    words: "at most 60 additions to groups an hour",
};
const NEW_ADDITIONS: Limit = Limit {
    name: "chat-add-new",
    most: 10,
    within: DAY,
    words: "at most 10 additions to groups a day while an account is new",
};

/// Counts one message by the member. A message refused by the limit per minute does not count towards the limit per
/// day.
pub(super) async fn count_message(deps: &Deps, me: MemberId) -> Result<()> {
    count(deps, me, MESSAGES).await?;
    match is_new(deps, me) {
        true => count(deps, me, NEW_MESSAGES).await,
        false => Ok(()),
    }
}

/// Counts one new conversation by the member, and whether it is about a lost pet's report. The strictest limit is
/// checked first, so what it refuses does not count towards the others.
pub(super) async fn count_conversation(deps: &Deps, me: MemberId, is_about_lost: bool) -> Result<()> {
    let is_new = is_new(deps, me);
    if is_about_lost {
        count(deps, me, if is_new { NEW_LOST } else { LOST }).await?;
    }
    count(deps, me, CONVERSATIONS).await?;
    match is_new {
        true => count(deps, me, NEW_CONVERSATIONS).await,
        false => Ok(()),
    }
}

/// Counts one addition of others to a group, all of whom are notified.
pub(super) async fn count_addition(deps: &Deps, me: MemberId) -> Result<()> {
    count(deps, me, ADDITIONS).await?;
    match is_new(deps, me) {
        true => count(deps, me, NEW_ADDITIONS).await,
        false => Ok(()),
    }
}

/// Whether the account is so new that the stricter limits apply.
fn is_new(deps: &Deps, me: MemberId) -> bool {
    made_at(me).is_some_and(|made_at| deps.clock.now().since(made_at) < deps.new_account_for)
}

/// Creation time of an account, taken from its id (a UUID version 7, RFC 9562), so that nothing has to be read.
fn made_at(me: MemberId) -> Option<Timestamp> {
    let (seconds, nanoseconds) = me.0.get_timestamp()?.to_unix();
    let seconds = i64::try_from(seconds).ok()?;
    Some(Timestamp(
        seconds.checked_mul(1_000)? + i64::from(nanoseconds / 1_000_000),
    ))
}

async fn count(deps: &Deps, me: MemberId, limit: Limit) -> Result<()> {
    let key = format!("{}:{me}", limit.name);
    let hit = deps.limiter.hit(&key, limit.most, limit.within, deps.clock.now());
    hit.await.map_err(|after| Error::RateLimited {
        what: limit.words.into(),
        after,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ports::ids::{Ids, RandomIds};

    #[test]
    fn an_account_is_as_old_as_its_id() {
        let now = Timestamp(1_780_000_000_123);
        assert_eq!(made_at(MemberId(RandomIds::default().uuid(now))), Some(now));
        assert_eq!(made_at(MemberId(uuid::Uuid::nil())), None);
    }

    #[test]
    fn a_limit_says_its_number() {
        let of_conversations = [CONVERSATIONS, NEW_CONVERSATIONS, LOST, NEW_LOST];
        for limit in of_conversations
            .into_iter()
            .chain([MESSAGES, NEW_MESSAGES, ADDITIONS, NEW_ADDITIONS])
        {
            assert!(limit.words.contains(&format!(" {} ", limit.most)), "{}", limit.words);
        }
    }
}
