//! The open reports in this node's memory, together with their recent changes.

use std::collections::VecDeque;

use crate::{PetIndex, Pin};

/// Number of changes kept for subscribers. A subscriber that falls further behind has to fetch the map again.
const KEPT: usize = 8_192;

/// An index of open reports and the changes made to it since it was built.
pub struct LivePetIndex {
    pet_index: PetIndex,
    /// The most recent changes, oldest first, at most [`KEPT`].
    recent: VecDeque<Change>,
    /// Total number of changes so far, which is also the number of the last change.
    made: u64,
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
    pub before: Option<Pin>,
    /// The report after the change; `None` if it is no longer open.
    pub after: Option<Pin>,
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
        }
    }

    /// Replaces an older index: its change number moves on, so subscribers of the old one have to fetch the map again.
    pub fn succeed(&mut self, old: &Self) {
        self.made = old.made + 1;
    }

    /// A freshly built copy of the index, once enough has changed that rebuilding pays off.
    pub fn renewed(&self) -> Option<Self> {
        self.pet_index.is_worn().then(|| Self {
            pet_index: self.pet_index.rebuilt(),
            recent: self.recent.clone(),
            made: self.made,
        })
    }

    /// The reports that everybody may see, in their current state.
    pub fn pet_index(&self, _for_whom: Everybody) -> &PetIndex {
        &self.pet_index
    }

    /// Applies the current state of one report: open, or gone. `is_changed` says that something about the report
    /// changed, even if the pin does not show it.
    pub fn take_in(&mut self, id: entity::id::PetId, now: Option<Pin>, is_changed: bool) {
        let before = match &now {
            Some(pin) => self.pet_index.put(pin.clone()),
            None => self.pet_index.remove(id),
        };
        // Already applied, or closed before this node ever saw it.
        if before == now && !(is_changed && now.is_some()) {
            return;
        }
        if self.recent.len() == KEPT {
            self.recent.pop_front();
        }
        self.recent.push_back(Change { before, after: now });
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
