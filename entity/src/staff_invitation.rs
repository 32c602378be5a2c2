//! Table `staff_invitations`.

use sea_orm::entity::prelude::*;

use crate::{
    Timestamp,
    id::{InvitationId, MemberId, ShelterId},
    vocabulary::StaffRole,
};

/// Invitations to a staff, accepted with a token from an e-mail.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "staff_invitations")]
pub struct Model {
    /// Key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: InvitationId,
    /// Which shelter.
    pub shelter_id: ShelterId,
    /// Lower-cased address of the invited.
    pub email: String,
    /// The role that is offered.
    pub role: StaffRole,
    /// SHA-256 of the token, in hex.
    #[sea_orm(unique)]
    pub token_hash: String,
    /// Invited by.
    pub invited_by: MemberId,
    /// When it ends.
    pub expires_at: Timestamp,
    /// Set once.
    pub accepted_at: Option<Timestamp>,
    /// When.
    pub created_at: Timestamp,
}

impl ActiveModelBehavior for ActiveModel {}
