//! The rows of the counterparts that a batch of reports is compared with.

use std::collections::HashMap;

use entity::id::PetId;

use super::{candidates, subject::ReadSubject};
use crate::{deps::Deps, kernel::Result};

/// Rows that are read once for a batch; the reports of an import are mostly compared with the same. They are not kept for
/// longer: pairs with a report that was changed since it was read are not stored.
#[derive(Default)]
pub struct Counterparts(HashMap<PetId, Option<ReadSubject>>);

impl Counterparts {
    /// Reads those of these reports that were not read before.
    pub async fn read(&mut self, deps: &Deps, ids: impl Iterator<Item = PetId>) -> Result<()> {
        let mut unread: Vec<PetId> = ids.filter(|id| !self.0.contains_key(id)).collect();
        unread.sort_unstable();
        unread.dedup();
        let open = candidates::open(deps.db.read(), &unread).await?;
        self.0.extend(unread.into_iter().map(|id| (id, None)));
        self.0
            .extend(open.into_iter().map(|subject| (PetId(subject.id), Some(subject))));
        Ok(())
    }

    /// A report that was read, if it is open and visible to everybody.
    pub fn open(&self, id: PetId) -> Option<&ReadSubject> {
        self.0.get(&id)?.as_ref()
    }
}
