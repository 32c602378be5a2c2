//! Table `safety_settings`.

use sea_orm::entity::prelude::*;

use crate::{
    id::MemberId,
    vocabulary::{PresenceVisibility, ProfanityFilter},
};

/// What a member has set; without a row, the defaults hold.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "safety_settings")]
pub struct Model {
    /// Whose.
    #[sea_orm(primary_key, auto_increment = false)]
    pub member_id: MemberId,
    /// What happens to coarse words.
    pub profanity: ProfanityFilter,
    /// Who sees whether the member is online.
    pub presence: PresenceVisibility,
}

impl ActiveModelBehavior for ActiveModel {}
