//! Table `sms_accounts`.

use sea_orm::entity::prelude::*;

use crate::{Timestamp, id::MemberId};

/// Verified phone numbers and SMS credits of members.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "sms_accounts")]
pub struct Model {
    /// The member who owns the account.
    #[sea_orm(primary_key, auto_increment = false)]
    pub member_id: MemberId,
    /// Verified E.164 number, held by one member at a time; null if there is none.
    #[sea_orm(unique)]
    pub phone: Option<String>,
    /// When the number was verified; null if there is none.
    pub verified_at: Option<Timestamp>,
    /// Whether the member agreed to text messages; a STOP is recorded in `sms_opt_outs` instead.
    pub opted_in: bool,
    /// When the member agreed to `consent_text`; null if they have not.
    pub consent_at: Option<Timestamp>,
    /// Wording that the member agreed to, kept as evidence.
    #[sea_orm(column_type = "Text")]
    pub consent_text: Option<String>,
    /// Balance, never negative; `credit_entries` is the ledger.
    pub credits: i32,
}

impl ActiveModelBehavior for ActiveModel {}
