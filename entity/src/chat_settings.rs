//! Table `chat_settings`.

use sea_orm::entity::prelude::*;

use crate::id::MemberId;

/// What a member chose for their conversations; who chose nothing has no row.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "chat_settings")]
pub struct Model {
    /// Whose.
    #[sea_orm(primary_key, auto_increment = false)]
    pub member_id: MemberId,
    /// Whether the others see how far the member has read.
    pub read_receipts: bool,
}

impl ActiveModelBehavior for ActiveModel {}
