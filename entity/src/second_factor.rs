//! Table `second_factors`.

use sea_orm::entity::prelude::*;

use crate::{Timestamp, id::MemberId, vocabulary::SecondFactorMethod};

/// Second factors of members, at most one each.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "second_factors")]
pub struct Model {
    /// The member.
    #[sea_orm(primary_key, auto_increment = false)]
    pub member_id: MemberId,
    /// Where codes come from.
    pub method: SecondFactorMethod,
    /// The secret that an authenticator app shares, encrypted with a key derived from the installation's secret; empty for
    /// text messages.
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
