//! Table `sms_accounts`.

use sea_orm::entity::prelude::*;

use crate::{Timestamp, id::MemberId};

/// A member's phone and credits.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "sms_accounts")]
pub struct Model {
    /// Which member.
    #[sea_orm(primary_key, auto_increment = false)]
    pub member_id: MemberId,
    /// E.164, proved; one member for each number.
    #[sea_orm(unique)]
    pub phone: Option<String>,
    /// Verified at.
    pub verified_at: Option<Timestamp>,
    /// Opted in.
    pub opted_in: bool,
    /// When the member agreed, with what text: `consent_text`.
    pub consent_at: Option<Timestamp>,
    /// Consent text.
    #[sea_orm(column_type = "Text")]
    pub consent_text: Option<String>,
    /// Balance; the ledger is `credit_entries`.
    pub credits: i32,
}

impl ActiveModelBehavior for ActiveModel {}
