//! Table `safety_settings`.

use sea_orm::entity::prelude::*;

use crate::{
    id::MemberId,
    vocabulary::{PresenceVisibility, ProfanityFilter},
};

/// Safety settings of a member; without a row, the defaults apply.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "safety_settings")]
pub struct Model {
    /// The member whose settings these are.
    #[sea_orm(primary_key, auto_increment = false)]
    pub member_id: MemberId,
    /// Display of profanity in other members' messages.
    pub profanity: ProfanityFilter,
    /// Audience for the member's online status.
    pub presence: PresenceVisibility,
}

impl ActiveModelBehavior for ActiveModel {}
