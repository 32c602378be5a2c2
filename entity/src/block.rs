//! Table `blocks`.

use sea_orm::entity::prelude::*;

use crate::{Timestamp, id::MemberId};

/// Who wants nothing more from whom.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "blocks")]
pub struct Model {
    /// Who blocked.
    #[sea_orm(primary_key, auto_increment = false)]
    pub blocker_id: MemberId,
    /// Whom.
    #[sea_orm(primary_key, auto_increment = false)]
    pub blocked_id: MemberId,
    /// When.
    pub created_at: Timestamp,
}

impl ActiveModelBehavior for ActiveModel {}
