//! The open reports of this node's memory, and what lately changed among them.

use std::collections::VecDeque;

use super::{
    Error, Everybody, Result,
    atlas::{Atlas, Pin},
};

/// How many changes are kept for those who listen; who falls farther behind fetches the map again.
const KEPT: usize = 8_192;

/// An index of open reports with the changes that were made to it since.
pub struct Chart {
    atlas: Atlas,
    /// The last changes, oldest first.
    recent: VecDeque<Change>,
    /// How many changes there were in all: the number of the last one.
    made: u64,
}

/// A report that appeared, changed or was closed.
#[derive(Debug, Clone)]
pub struct Change {
    /// What it was before, if it was open.
    pub before: Option<Pin>,
    /// What it is now, if it is open.
    pub after: Option<Pin>,
}

impl Change {
    /// The report.
    pub fn id(&self) -> Option<entity::id::PetId> {
        self.after.as_ref().or(self.before.as_ref()).map(|pin| pin.id)
    }
}

impl Chart {
    /// An index, and no changes yet.
    pub fn new(atlas: Atlas) -> Self {
        Self {
            atlas,
            recent: VecDeque::new(),
            made: 0,
        }
    }

    /// Takes the place of another one: who listened to that one has to fetch the map again.
    pub fn succeed(&mut self, old: &Self) {
        self.made = old.made + 1;
    }

    /// The same laid out anew, when so much has changed that this pays.
    pub fn renewed(&self) -> Option<Self> {
        self.atlas.is_worn().then(|| Self {
            atlas: self.atlas.rebuilt(),
            recent: self.recent.clone(),
            made: self.made,
        })
    }

    /// The reports as they are, as far as everybody may see them.
    pub fn atlas(&self, _for_whom: Everybody) -> &Atlas {
        &self.atlas
    }

    /// Takes in one report as it is now: open, or gone. `is_changed` says that something of it changed, be it nothing that
    /// a pin holds.
    pub fn take_in(&mut self, id: entity::id::PetId, now: Option<Pin>, is_changed: bool) {
        let before = match &now {
            Some(pin) => self.atlas.put(pin.clone()),
            None => self.atlas.remove(id),
        };
        // Read twice, or closed before it was ever seen.
        if before == now && !(is_changed && now.is_some()) {
            return;
        }
        if self.recent.len() == KEPT {
            self.recent.pop_front();
        }
        self.recent.push_back(Change { before, after: now });
        self.made += 1;
    }

    /// The number of the last change.
    pub fn last_change(&self) -> u64 {
        self.made
    }

    /// The changes after that number, each with its own. Refused when they are not all known any more, or when the
    /// number is not of this chart, because it was built again since.
    pub fn changes_after(&self, number: u64) -> Result<impl Iterator<Item = (u64, &Change)>> {
        let behind = self.made.checked_sub(number).ok_or(Error::ResumeUnavailable)?;
        let behind = usize::try_from(behind)
            .ok()
            .filter(|behind| *behind <= self.recent.len())
            .ok_or(Error::ResumeUnavailable)?;
        let news = self.recent.iter().skip(self.recent.len() - behind);
        Ok((number + 1..).zip(news))
    }
}
