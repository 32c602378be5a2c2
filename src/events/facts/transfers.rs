//! Facts about animals that are handed over to shelters.

use entity::id::TransferId;
use serde::{Deserialize, Serialize};

use crate::events::Topic;

/// Something that has happened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum TransferEvent {
    /// An animal was offered to a shelter.
    TransferOffered { transfer_id: TransferId },
    /// The shelter answered, or the offer was withdrawn.
    TransferAnswered { transfer_id: TransferId },
}

impl TransferEvent {
    /// The name of the fact, as the log stores it.
    pub fn name(&self) -> &'static str {
        match self {
            Self::TransferOffered { .. } => "transfer_offered",
            Self::TransferAnswered { .. } => "transfer_answered",
        }
    }

    /// The topics whose bells ring for it: none.
    pub fn topics(&self) -> Vec<Topic> {
        Vec::new()
    }
}
