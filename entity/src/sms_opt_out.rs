//! Table `sms_opt_outs`.

use sea_orm::entity::prelude::*;

use crate::Timestamp;

/// Numbers that said STOP; nothing is sent to them.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "sms_opt_outs")]
pub struct Model {
    /// E.164.
    #[sea_orm(primary_key, auto_increment = false)]
    pub phone: String,
    /// Opted out at.
    pub opted_out_at: Timestamp,
}

impl ActiveModelBehavior for ActiveModel {}
