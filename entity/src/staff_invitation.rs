//! Table `staff_invitations`.

use sea_orm::entity::prelude::*;

use crate::{
    Timestamp,
    id::{InvitationId, MemberId, ShelterId},
    vocabulary::StaffRole,
};

/// Invitations to join a shelter's staff, accepted with a token sent by e-mail.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "staff_invitations")]
pub struct Model {
    /// UUIDv7; `inv_…` outside the database.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: InvitationId,
    /// The shelter that invites.
    pub shelter_id: ShelterId,
    /// Lower-cased e-mail address of the invited person.
    pub email: String,
    /// Role that the person gets on accepting.
    pub role: StaffRole,
    /// SHA-256 of the token, in hex.
    #[sea_orm(unique)]
    pub token_hash: String,
    /// The member of the staff who sent it.
    pub invited_by: MemberId,
    /// When it expires, seven days after it was sent.
    pub expires_at: Timestamp,
    /// When it was accepted; null until then.
    pub accepted_at: Option<Timestamp>,
    /// When it was sent.
    pub created_at: Timestamp,
}

impl ActiveModelBehavior for ActiveModel {}
