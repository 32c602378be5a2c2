//! Table `search_history_opt_outs`.

use sea_orm::entity::prelude::*;

use crate::{Timestamp, id::MemberId};

/// Members who have turned off their search history.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "search_history_opt_outs")]
pub struct Model {
    /// The member who turned it off.
    #[sea_orm(primary_key, auto_increment = false)]
    pub member_id: MemberId,
    /// When they turned it off.
    pub created_at: Timestamp,
}

impl ActiveModelBehavior for ActiveModel {}
