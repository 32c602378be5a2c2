//! Rate limits for members: general ones, and stricter ones for new accounts, which cause most abuse. They count across
//! all nodes.

use entity::{Timestamp, id::MemberId};

use super::{Settings, search_messages::SEARCHES};
use crate::{
    deps::{DAY, Deps, HOUR, Limit, MINUTE},
    kernel::Result,
};

const NEW: &str = "while an account is new";

const MESSAGES: Limit = Limit::new("chat-send", 50, "messages", MINUTE);
const NEW_MESSAGES: Limit = Limit::new("chat-send-new", 60, "messages", DAY).of(NEW);
const CONVERSATIONS: Limit = Limit::new("chat-start", 20, "new conversations", HOUR);
const NEW_CONVERSATIONS: Limit = Limit::new("chat-start-new", 10, "new conversations", DAY).of(NEW);
const LOST: Limit = Limit::new("chat-lost", 10, "owners of lost pets", HOUR);
const NEW_LOST: Limit = Limit::new("chat-lost-new", 3, "owners of lost pets", HOUR).of(NEW);
const ADDITIONS: Limit = Limit::new("chat-add", 60, "additions to groups", HOUR);
const NEW_ADDITIONS: Limit = Limit::new("chat-add-new", 10, "additions to groups", DAY).of(NEW);
/// One per second.
pub(super) const TYPING: Limit = Limit::new("chat-typing", 60, "typing signals", MINUTE);

/// Rate limits for chat.
pub const LIMITS: &[Limit] = &[
    MESSAGES,
    NEW_MESSAGES,
    CONVERSATIONS,
    NEW_CONVERSATIONS,
    LOST,
    NEW_LOST,
    ADDITIONS,
    NEW_ADDITIONS,
    TYPING,
    SEARCHES,
];

/// Counts one message by the member. A message refused by the limit per minute does not count towards the limit per
/// day.
pub(super) async fn count_message(deps: &Deps, me: MemberId) -> Result<()> {
    deps.limit(&MESSAGES, me).await?;
    match is_new(deps, me) {
        true => deps.limit(&NEW_MESSAGES, me).await,
        false => Ok(()),
    }
}

/// Counts one new conversation by the member, and whether it is about a lost pet's report. The strictest limit is
/// checked first, so what it refuses does not count towards the others.
pub(super) async fn count_conversation(deps: &Deps, me: MemberId, is_about_lost: bool) -> Result<()> {
    let is_new = is_new(deps, me);
    if is_about_lost {
        deps.limit(if is_new { &NEW_LOST } else { &LOST }, me).await?;
    }
    deps.limit(&CONVERSATIONS, me).await?;
    match is_new {
        true => deps.limit(&NEW_CONVERSATIONS, me).await,
        false => Ok(()),
    }
}

/// Counts one addition of others to a group, all of whom are notified.
pub(super) async fn count_addition(deps: &Deps, me: MemberId) -> Result<()> {
    deps.limit(&ADDITIONS, me).await?;
    match is_new(deps, me) {
        true => deps.limit(&NEW_ADDITIONS, me).await,
        false => Ok(()),
    }
}

/// Whether the account is so new that the stricter limits apply.
fn is_new(deps: &Deps, me: MemberId) -> bool {
    made_at(me).is_some_and(|made_at| deps.clock.now().since(made_at) < deps.settings::<Settings>().new_account_for)
}

/// Creation time of an account, taken from its id (a UUID version 7, RFC 9562), so that nothing has to be read.
fn made_at(me: MemberId) -> Option<Timestamp> {
    let (seconds, nanoseconds) = me.0.get_timestamp()?.to_unix();
    let seconds = i64::try_from(seconds).ok()?;
    Some(Timestamp(
        seconds.checked_mul(1_000)? + i64::from(nanoseconds / 1_000_000),
    ))
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
}
