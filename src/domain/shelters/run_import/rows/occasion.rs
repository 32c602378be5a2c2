//! The circumstances in which a batch is applied.

use entity::{
    Timestamp,
    id::{ImportId, ShelterId},
};
use import_reader::zone::Zone;

use crate::domain::custody::HoldRules;

/// The import, the shelter and the time.
#[derive(Debug, Clone)]
pub(super) struct Occasion {
    pub(super) import_id: ImportId,
    pub(super) shelter_id: ShelterId,
    /// The system that wrote the file; empty if it is not known.
    pub(super) source: String,
    pub(super) zone: Zone,
    /// When the import was requested.
    pub(super) requested_at: Timestamp,
    pub(super) now: Timestamp,
    /// How long the shelter keeps animals for their owners.
    pub(super) holds: HoldRules,
}
