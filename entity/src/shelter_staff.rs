//! Table `shelter_staff`.

use sea_orm::entity::prelude::*;

use crate::{
    Timestamp,
    id::{MemberId, ShelterId},
    vocabulary::StaffRole,
};

/// Staff of shelters.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "shelter_staff")]
pub struct Model {
    /// The shelter that the member works for.
    #[sea_orm(primary_key, auto_increment = false)]
    pub shelter_id: ShelterId,
    /// The member of the staff.
    #[sea_orm(primary_key, auto_increment = false)]
    pub member_id: MemberId,
    /// Rights of the member at this shelter.
    pub role: StaffRole,
    /// When the member joined the staff.
    pub created_at: Timestamp,
}

impl ActiveModelBehavior for ActiveModel {}
