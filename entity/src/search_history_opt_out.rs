//! Table `search_history_opt_outs`.

use sea_orm::entity::prelude::*;

use crate::{Timestamp, id::MemberId};

/// Members who want no history of their searches.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "search_history_opt_outs")]
pub struct Model {
    /// Who.
    #[sea_orm(primary_key, auto_increment = false)]
    pub member_id: MemberId,
    /// Since when.
    pub created_at: Timestamp,
}

impl ActiveModelBehavior for ActiveModel {}
