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
pub struct Attendance(Arc<Inner>);

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
    attendance: Attendance,
    member: MemberId,
}

impl Attendance {
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
            attendance: self.clone(),
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
        self.attendance.leave(self.member);
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    const GRACE: Duration = Duration::from_secs(2);

    fn gone(attendance: &Attendance, later: Duration) -> Vec<MemberId> {
        attendance.take_gone(GRACE, Instant::now() + later).0
    }

    #[test]
    fn a_member_is_there_from_the_first_socket_to_a_moment_after_the_last() {
        let (attendance, ann) = (Attendance::default(), MemberId(Uuid::from_u128(1)));
        let (one, two) = (attendance.enter(ann), attendance.enter(ann));
        assert_eq!(attendance.take_arrived(), [ann], "arrived once");
        drop(one);
        assert_eq!((gone(&attendance, GRACE), attendance.present()), (vec![], vec![ann]));
        drop(two);
        assert_eq!(gone(&attendance, Duration::ZERO), []);
        assert_eq!(attendance.present(), [ann]);
        assert_eq!(gone(&attendance, GRACE), [ann]);
        assert_eq!(attendance.present(), []);
    }

    #[test]
    fn whoever_reconnects_at_once_was_never_away() {
        let (attendance, ann) = (Attendance::default(), MemberId(Uuid::from_u128(1)));
        drop(attendance.enter(ann));
        attendance.take_arrived();
        let _again = attendance.enter(ann);
        assert_eq!(gone(&attendance, GRACE * 2), []);
        assert_eq!(attendance.take_arrived(), []);
    }
}
