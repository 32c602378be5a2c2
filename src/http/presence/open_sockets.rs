//! Members with open sockets on this node.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use entity::id::MemberId;
use tokio::{sync::Notify, time::Instant};

/// Tracks the members with open sockets on this node; cheap to clone.
#[derive(Clone, Default)]
pub struct OpenSockets(Arc<Inner>);

#[derive(Default)]
struct Inner {
    book: Mutex<Book>,
    news: Notify,
}

#[derive(Default)]
struct Book {
    sockets: HashMap<MemberId, u32>,
    arrived: Vec<MemberId>,
    /// Members whose last socket has closed, and when.
    leaving: HashMap<MemberId, Instant>,
}

/// An open socket; dropped when it closes.
pub struct Attending {
    open_sockets: OpenSockets,
    member: MemberId,
}

impl OpenSockets {
    /// Records that a member has opened a socket.
    pub fn enter(&self, member: MemberId) -> Attending {
        let mut book = self.book();
        *book.sockets.entry(member).or_default() += 1;
        // A member who returns during the grace period was never away.
        if book.leaving.remove(&member).is_none() && book.sockets.get(&member) == Some(&1) {
            book.arrived.push(member);
            self.0.news.notify_one();
        }
        Attending {
            open_sockets: self.clone(),
            member,
        }
    }

    /// Waits until somebody has arrived or started to leave.
    pub(super) async fn news(&self) {
        self.0.news.notified().await;
    }

    /// All members with a socket, including those who are leaving.
    pub(super) fn present(&self) -> Vec<MemberId> {
        let book = self.book();
        book.sockets.keys().chain(book.leaving.keys()).copied().collect()
    }

    /// Members who have arrived since the last call.
    pub(super) fn take_arrived(&self) -> Vec<MemberId> {
        std::mem::take(&mut self.book().arrived)
    }

    /// Members whose last socket closed at least `after` ago, and when the next one is due.
    pub(super) fn take_gone(&self, after: Duration, now: Instant) -> (Vec<MemberId>, Option<Instant>) {
        let mut book = self.book();
        let gone = book
            .leaving
            .extract_if(|_, since| *since + after <= now)
            .map(|(member, _)| member);
        let gone = gone.collect();
        let next = book.leaving.values().min().map(|since| *since + after);
        (gone, next)
    }

    fn leave(&self, member: MemberId) {
        let mut book = self.book();
        let Some(sockets) = book.sockets.get_mut(&member) else {
            return;
        };
        *sockets -= 1;
        if *sockets == 0 {
            book.sockets.remove(&member);
            book.leaving.insert(member, Instant::now());
            self.0.news.notify_one();
        }
    }

    fn book(&self) -> MutexGuard<'_, Book> {
        self.0.book.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Attending {
    fn drop(&mut self) {
        self.open_sockets.leave(self.member);
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    const GRACE: Duration = Duration::from_secs(2);

    fn gone(open_sockets: &OpenSockets, later: Duration) -> Vec<MemberId> {
        open_sockets.take_gone(GRACE, Instant::now() + later).0
    }

    #[test]
    fn a_member_is_there_from_the_first_socket_to_a_moment_after_the_last() {
        let (open_sockets, ann) = (OpenSockets::default(), MemberId(Uuid::from_u128(1)));
        let (one, two) = (open_sockets.enter(ann), open_sockets.enter(ann));
        assert_eq!(open_sockets.take_arrived(), [ann], "arrived once");
        drop(one);
        assert_eq!(
            (gone(&open_sockets, GRACE), open_sockets.present()),
            (vec![], vec![ann])
        );
        drop(two);
        assert_eq!(gone(&open_sockets, Duration::ZERO), []);
        assert_eq!(open_sockets.present(), [ann]);
        assert_eq!(gone(&open_sockets, GRACE), [ann]);
        assert_eq!(open_sockets.present(), []);
    }

    #[test]
    fn whoever_reconnects_at_once_was_never_away() {
        let (open_sockets, ann) = (OpenSockets::default(), MemberId(Uuid::from_u128(1)));
        drop(open_sockets.enter(ann));
        open_sockets.take_arrived();
        let _again = open_sockets.enter(ann);
        assert_eq!(gone(&open_sockets, GRACE * 2), []);
        assert_eq!(open_sockets.take_arrived(), []);
    }
}
