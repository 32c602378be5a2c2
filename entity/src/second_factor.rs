//! Table `second_factors`.

use sea_orm::entity::prelude::*;

use crate::{Timestamp, id::MemberId};

/// Authenticator apps of members (TOTP, RFC 6238), at most one each.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "second_factors")]
pub struct Model {
    /// The member.
    #[sea_orm(primary_key, auto_increment = false)]
    pub member_id: MemberId,
    /// The shared secret, encrypted with a key derived from the installation's secret.
    #[sea_orm(column_type = "Text")]
    pub sealed_secret: String,
    /// When the secret was made.
    pub created_at: Timestamp,
    /// When the member proved with a code that the app has it; null until then, and it is not asked for.
    pub confirmed_at: Option<Timestamp>,
    /// The time step of the last code that was accepted; codes of it and of earlier ones are spent.
    pub last_step: Option<i64>,
}

impl ActiveModelBehavior for ActiveModel {}
