//! Table `sms_opt_outs`.

use sea_orm::entity::prelude::*;

use crate::Timestamp;

/// Numbers that have replied STOP; no messages are sent to them.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "sms_opt_outs")]
pub struct Model {
    /// E.164 number.
    #[sea_orm(primary_key, auto_increment = false)]
    pub phone: String,
    /// When the STOP arrived.
    pub opted_out_at: Timestamp,
}

impl ActiveModelBehavior for ActiveModel {}
