//! The open reports in this node's memory, together with their recent changes.

use std::{
    collections::VecDeque,
    sync::{
        Arc,
        atomic::{AtomicU32, Ordering},
    },
};

use crate::{PetIndex, Pin};

/// Number of changes kept for subscribers. A subscriber that falls further behind has to fetch the map again.
const KEPT: usize = 8_192;

/// How often in a row it has to be asked for a renewed copy without any change, until it counts as being at rest. It is
/// asked every second and whenever something happens.
const REST: u32 = 30;

/// An index of open reports and the changes made to it since it was built.
pub struct LivePetIndex {
    pet_index: PetIndex,
    /// The most recent changes, oldest first, at most [`KEPT`].
    recent: VecDeque<Change>,
    /// Total number of changes so far, which is also the number of the last change.
    made: u64,
    /// How often a renewed copy was asked for since the last change.
    idle: AtomicU32,
}

/// Stands for everybody. An index that is shared by all viewers contains only what a visitor may see. Callers name this
/// type, so that they do not mistake an answer for everything a certain viewer may see.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Everybody;

/// Some of the changes after a number are no longer known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Behind;

/// A report that appeared, changed or was closed.
#[derive(Debug, Clone)]
pub struct Change {
    /// The report before the change; `None` if it was not open.
    pub before: Option<Arc<Pin>>,
    /// The report after the change; `None` if it is no longer open.
    pub after: Option<Arc<Pin>>,
}

impl Change {
    /// Id of the report that changed.
    pub fn id(&self) -> Option<entity::id::PetId> {
        self.after.as_ref().or(self.before.as_ref()).map(|pin| pin.id)
    }
}

impl LivePetIndex {
    /// Starts with an index and no changes.
    pub fn new(pet_index: PetIndex) -> Self {
        Self {
            pet_index,
            recent: VecDeque::new(),
            made: 0,
            idle: AtomicU32::new(0),
        }
    }

    /// Replaces an older index: its change number moves on, so subscribers of the old one have to fetch the map again.
    pub fn succeed(&mut self, old: &Self) {
        self.made = old.made + 1;
    }

    /// A freshly built copy of the index, once enough has changed that rebuilding pays off. Reports that were merely
    /// added have to wait until no more arrive: in the midst of an import, a second copy costs more than it helps.
    pub fn renewed(&self) -> Option<Self> {
        let is_at_rest = REST <= self.idle.fetch_add(1, Ordering::Relaxed);
        let pays_off = self.pet_index.is_worn() || is_at_rest && self.pet_index.is_scattered();
        pays_off.then(|| Self {
            pet_index: self.pet_index.rebuilt(),
            recent: self.recent.clone(),
            made: self.made,
            idle: AtomicU32::new(0),
        })
    }

    /// The reports that everybody may see, in their current state.
    pub fn pet_index(&self, _for_whom: Everybody) -> &PetIndex {
        &self.pet_index
    }

    /// Applies the current state of one report: open, or gone. `is_changed` says that something about the report
    /// changed, even if the pin does not show it.
    pub fn take_in(&mut self, id: entity::id::PetId, now: Option<Pin>, is_changed: bool) {
        self.idle = AtomicU32::new(0);
        let before = match &now {
            Some(pin) => self.pet_index.put(pin),
            None => self.pet_index.remove(id),
        };
        // Already applied, or closed before this node ever saw it.
        if before == now && !(is_changed && now.is_some()) {
            return;
        }
        if self.recent.len() == KEPT {
            self.recent.pop_front();
        }
        self.recent.push_back(Change {
            before: before.map(Arc::new),
            after: now.map(Arc::new),
        });
        self.made += 1;
    }

    /// Number of the last change.
    pub fn last_change(&self) -> u64 {
        self.made
    }

    /// The changes after `number`, each with its own number. Refused when some of them have been dropped, or when the
    /// index was rebuilt since and the number belongs to the old one.
    pub fn changes_after(&self, number: u64) -> Result<impl Iterator<Item = (u64, &Change)>, Behind> {
        let behind = self.made.checked_sub(number).ok_or(Behind)?;
        let behind = usize::try_from(behind)
            .ok()
            .filter(|behind| *behind <= self.recent.len())
            .ok_or(Behind)?;
        let news = self.recent.iter().skip(self.recent.len() - behind);
        Ok((number + 1..).zip(news))
    }
}
