//! Where a member works.

use entity::{id::ShelterId, vocabulary::StaffRole};

/// A shelter that a member works for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Membership {
    /// Id of the shelter.
    pub shelter_id: ShelterId,
    /// The member's role there.
    pub role: StaffRole,
    /// Whether an admin has verified the shelter.
    pub verified: bool,
}
