//! Typing indicators: signals that are never stored and expire by themselves.

use std::{collections::BTreeMap, future::pending, sync::Arc, time::Duration};

use entity::{
    Timestamp, conversation,
    id::{ConversationId, MemberId},
};
use futures_util::stream;
use serde::{Deserialize, Serialize};

use super::follow_messages::until_error;
use crate::{
    deps::{Deps, Following, patiently},
    domain::{chat::store, safety},
    events::{Hibernation, Listener, Topic},
    kernel::{Result, Viewer},
    ports::{
        bus::{Bell, Signals},
        clock::SynchronizedClock,
    },
};

/// A member counts as typing for this long after their last signal.
const EXPIRES_AFTER: Duration = Duration::from_secs(7);

/// A member started or stopped typing.
#[derive(Debug, Clone)]
pub struct Typing {
    /// The current state of the conversation.
    pub conversation: conversation::Model,
    /// The member who is typing.
    pub member_id: MemberId,
    /// `true` for started, `false` for stopped.
    pub is_typing: bool,
}

/// The message sent between nodes.
#[derive(Debug, Serialize, Deserialize)]
struct Signal {
    member_id: MemberId,
    is_typing: bool,
}

/// Name of the bus topic for a conversation's signals.
fn topic(id: ConversationId) -> String {
    format!("typing:{id}")
}

/// Tells subscribers that a member started or stopped typing. Nothing is stored.
pub(super) fn ring(deps: &Deps, id: ConversationId, member_id: MemberId, is_typing: bool) -> Result<()> {
    deps.bus.ring(Bell::Signal {
        topic: topic(id),
        body: serde_json::to_string(&Signal { member_id, is_typing })?,
    });
    Ok(())
}

/// Ends a member's typing because the message was sent or the member has left. Call it after the commit.
pub fn end_typing(deps: &Deps, id: ConversationId, member: MemberId) -> Result<()> {
    ring(deps, id, member, false)
}

/// The typing of the others in a conversation: each start, and each end because of a sent message, leaving, or 7
/// seconds without a signal. Members with a block between them and the viewer are left out. The viewer's access is
/// checked before every change and whenever it may have been lost; losing it ends the stream with an error. The stream
/// is suspended while nobody types.
pub async fn follow_typing(deps: &Deps, viewer: &Viewer, id: ConversationId) -> Result<Following<Typing>> {
    let hibernation = deps.hibernation().clone();
    let (listener, first) = match hibernation.left::<(TypingListener, Heard)>() {
        Some((listener, heard)) => (listener, Some(heard)),
        None => (TypingListener::open(deps, viewer, id).await?, None),
    };
    let access = (deps.clone(), viewer.clone());
    let changes = stream::unfold(
        (listener, access, hibernation, first, None),
        move |(mut listener, access, hibernation, first, last)| async move {
            let mut known = if hibernation.is_to_repeat() { last } else { first };
            loop {
                let heard;
                (listener, heard) = match known.take() {
                    Some(heard) => (listener, heard),
                    None => Box::pin(listener.hear_or_suspend(&hibernation)).await,
                };
                match Box::pin(patiently(|| told(&access, id, heard))).await.transpose() {
                    Some(change) => return Some((change, (listener, access, hibernation, None, Some(heard)))),
                    None => listener.forget(heard),
                }
            }
        },
    );
    Ok(until_error(changes))
}

/// Converts a signal to the change that the viewer sees; an error if they have lost access.
async fn told(access: &(Deps, Viewer), id: ConversationId, heard: Heard) -> Result<Option<Typing>> {
    match heard {
        Heard::Change(member, is_typing) => seen(access, id, (member, is_typing)).await,
        Heard::Rights => store::find(access.0.db.read(), &access.1, id).await.map(|_| None),
    }
}

/// The change as far as the viewer may see it now: members who have left do not start typing, and nothing crosses a
/// block.
async fn seen(
    (deps, viewer): &(Deps, Viewer),
    id: ConversationId,
    (member_id, is_typing): (MemberId, bool),
) -> Result<Option<Typing>> {
    let db = deps.db.read();
    let conversation = store::find(db, viewer, id).await?;
    let is_blocked = safety::either_has_blocked(db, viewer.require_member()?, member_id).await?;
    if is_blocked || (is_typing && !store::takes_part(db, id, member_id).await?) {
        return Ok(None);
    }
    Ok(Some(Typing {
        conversation,
        member_id,
        is_typing,
    }))
}

/// Something received by the listener.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Heard {
    /// A member started or stopped typing.
    Change(MemberId, bool),
    /// The viewer may have lost access.
    Rights,
}

/// Receives the typing signals of a conversation and keeps track of when they expire.
struct TypingListener {
    signals: Signals,
    rights: Listener,
    clock: Arc<SynchronizedClock>,
    me: MemberId,
    typing_members: TypingMembers,
}

impl TypingListener {
    /// Starts receiving signals, if the viewer takes part in the conversation.
    async fn open(deps: &Deps, viewer: &Viewer, id: ConversationId) -> Result<Self> {
        let me = viewer.require_member()?;
        let signals = deps.bus.listen_to(&topic(id));
        let rights = deps.bells.listen(&[Topic::Rights(me)]);
        store::find(deps.db.read(), viewer, id).await?;
        Ok(Self {
            signals,
            rights,
            clock: deps.clock.clone(),
            me,
            typing_members: TypingMembers::default(),
        })
    }

    /// The next signal. If the stream is suspended instead, it ends here, and its successor handles that signal first.
    async fn hear_or_suspend(mut self, hibernation: &Hibernation) -> (Self, Heard) {
        let is_silent = self.typing_members.is_empty();
        let next = async move {
            let heard = self.next().await;
            (self, heard)
        };
        if !hibernation.is_watched() || !is_silent {
            return next.await;
        }
        hibernation.suspend(next);
        pending().await
    }

    async fn next(&mut self) -> Heard {
        loop {
            let until = self.typing_members.next_expiry();
            let silence = async {
                match until {
                    Some(until) => self.clock.wait_until(until).await,
                    None => pending().await,
                }
            };
            tokio::select! {
                () = silence => {
                    if let Some(member) = self.typing_members.expire(self.clock.now()) {
                        return Heard::Change(member, false);
                    }
                }
                body = self.signals.next() => {
                    if let Some((member, is_typing)) = self.hear(&body) {
                        return Heard::Change(member, is_typing);
                    }
                }
                () = self.rights.wait() => return Heard::Rights,
            }
        }
    }

    /// Forgets a change that was not passed on, so that the member's next signal counts as a change again.
    fn forget(&mut self, heard: Heard) {
        if let Heard::Change(member, _) = heard {
            self.typing_members.forget(member);
        }
    }

    /// A signal that cannot be read, for example from a newer version, is ignored.
    fn hear(&mut self, body: &str) -> Option<(MemberId, bool)> {
        let signal: Signal = serde_json::from_str(body).ok()?;
        if signal.member_id == self.me {
            return None;
        }
        self.typing_members
            .hear(signal.member_id, signal.is_typing, self.clock.now())
            .then_some((signal.member_id, signal.is_typing))
    }
}

/// The members who are typing, with the time at which each expires.
#[derive(Default)]
struct TypingMembers(BTreeMap<MemberId, Timestamp>);

impl TypingMembers {
    fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Records a signal. Returns whether it changes anything.
    fn hear(&mut self, member: MemberId, is_typing: bool, now: Timestamp) -> bool {
        if is_typing {
            self.0.insert(member, now.plus(EXPIRES_AFTER)).is_none()
        } else {
            self.0.remove(&member).is_some()
        }
    }

    /// Forgets a member whose change was not passed on, so that their next signal counts as a change again.
    fn forget(&mut self, member: MemberId) {
        self.0.remove(&member);
    }

    fn next_expiry(&self) -> Option<Timestamp> {
        self.0.values().min().copied()
    }

    /// Removes a member who has been silent for too long.
    fn expire(&mut self, now: Timestamp) -> Option<MemberId> {
        let member = *self.0.iter().find(|(_, expiry)| **expiry <= now)?.0;
        self.0.remove(&member);
        Some(member)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    fn member(number: u128) -> MemberId {
        MemberId(Uuid::from_u128(number))
    }

    #[test]
    fn repeats_say_nothing_new_but_put_off_the_expiry() {
        let (mut typing_members, start) = (TypingMembers::default(), Timestamp(0));
        let at = |seconds| start.plus(Duration::from_secs(seconds));
        assert!(typing_members.hear(member(1), true, at(0)));
        assert!(!typing_members.hear(member(1), true, at(5)));
        assert_eq!(typing_members.next_expiry(), Some(at(12)));
        assert_eq!(typing_members.expire(at(11)), None);
        assert_eq!(typing_members.expire(at(12)), Some(member(1)));
        assert_eq!(typing_members.expire(at(12)), None);
        assert!(
            typing_members.hear(member(1), true, at(20)),
            "who expired may begin again"
        );
    }

    #[test]
    fn stopping_is_told_once() {
        let (mut typing_members, start) = (TypingMembers::default(), Timestamp(0));
        assert!(!typing_members.hear(member(1), false, start));
        assert!(typing_members.hear(member(1), true, start));
        assert!(typing_members.hear(member(1), false, start));
        assert!(!typing_members.hear(member(1), false, start));
        assert_eq!(typing_members.next_expiry(), None);
    }

    #[test]
    fn each_member_expires_alone() {
        let (mut typing_members, start) = (TypingMembers::default(), Timestamp(0));
        let at = |seconds| start.plus(Duration::from_secs(seconds));
        typing_members.hear(member(1), true, at(0));
        typing_members.hear(member(2), true, at(3));
        assert_eq!(typing_members.expire(at(8)), Some(member(1)));
        assert_eq!(typing_members.expire(at(8)), None);
        assert_eq!(typing_members.next_expiry(), Some(at(10)));
    }
}
