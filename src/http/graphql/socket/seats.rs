//! How many sockets somebody may have open.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

/// Seats by key (an address, an account).
#[derive(Clone)]
pub(super) struct Seats {
    most: usize,
    taken: Arc<Mutex<HashMap<String, usize>>>,
}

impl Seats {
    /// So many for each key.
    pub(super) fn new(most: usize) -> Self {
        Self {
            most,
            taken: Arc::default(),
        }
    }

    /// Takes a seat; `None` if all of this key's are taken.
    pub(super) fn take(&self, key: &str) -> Option<Seat> {
        let mut taken = self.lock();
        let count = taken.entry(key.to_owned()).or_default();
        if self.most <= *count {
            return None;
        }
        *count += 1;
        Some(Seat {
            seats: self.clone(),
            key: key.to_owned(),
        })
    }

    fn free(&self, key: &str) {
        let mut taken = self.lock();
        if let Some(count) = taken.get_mut(key) {
            *count = count.saturating_sub(1);
            if *count == 0 {
                taken.remove(key);
            }
        }
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<String, usize>> {
        self.taken.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A seat; free again when dropped.
pub(super) struct Seat {
    seats: Seats,
    key: String,
}

impl Drop for Seat {
    fn drop(&mut self) {
        self.seats.free(&self.key);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_seat_is_free_again_when_its_owner_leaves() {
        let seats = Seats::new(1);
        let seat = seats.take("ann");
        assert!(seat.is_some() && seats.take("ann").is_none() && seats.take("bob").is_some());
        drop(seat);
        assert!(seats.take("ann").is_some());
        assert!(seats.lock().is_empty());
    }
}
