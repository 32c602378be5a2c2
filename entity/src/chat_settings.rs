//! Table `chat_settings`.

use sea_orm::entity::prelude::*;

use crate::id::MemberId;

/// Chat settings of a member; members who never changed a setting have no row.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "chat_settings")]
pub struct Model {
    /// The member whose settings these are.
    #[sea_orm(primary_key, auto_increment = false)]
    pub member_id: MemberId,
    /// Whether other participants see how far the member has read.
    pub read_receipts: bool,
}

impl ActiveModelBehavior for ActiveModel {}
