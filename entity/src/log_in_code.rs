//! Table `log_in_codes`.

use sea_orm::entity::prelude::*;

use crate::{
    Timestamp,
    id::{LogInCodeId, MemberId},
};

/// Codes that were sent by text message as a second factor. The code itself is in no column: it is computed from the id and
/// the installation's secret.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "log_in_codes")]
pub struct Model {
    /// UUIDv7; the text message that carries the code has the same one.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: LogInCodeId,
    /// The member who logs in.
    pub member_id: MemberId,
    /// How often it was tried.
    pub tries: i32,
    /// When it was asked for.
    pub created_at: Timestamp,
    /// When it expires; moved to the present once it was used.
    pub expires_at: Timestamp,
}

impl ActiveModelBehavior for ActiveModel {}
