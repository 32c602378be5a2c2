//! Table `shelter_staff`.

use sea_orm::entity::prelude::*;

use crate::{
    Timestamp,
    id::{MemberId, ShelterId},
    vocabulary::StaffRole,
};

/// Who works for which shelter.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "shelter_staff")]
pub struct Model {
    /// Which shelter.
    #[sea_orm(primary_key, auto_increment = false)]
    pub shelter_id: ShelterId,
    /// Which member.
    #[sea_orm(primary_key, auto_increment = false)]
    pub member_id: MemberId,
    /// What they may do.
    pub role: StaffRole,
    /// Since when.
    pub created_at: Timestamp,
}

impl ActiveModelBehavior for ActiveModel {}
