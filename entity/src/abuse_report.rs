//! Table `abuse_reports`.

use sea_orm::entity::prelude::*;

use crate::{
    Timestamp,
    id::{AbuseReportId, MemberId},
    vocabulary::AbuseReason,
};

/// What members told the moderators.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "abuse_reports")]
pub struct Model {
    /// Key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: AbuseReportId,
    /// Who told.
    pub reporter_id: MemberId,
    /// Global id of what it is about; unique together with the reporter.
    pub subject: String,
    /// Why.
    pub reason: AbuseReason,
    /// In the reporter's words.
    #[sea_orm(column_type = "Text")]
    pub details: Option<String>,
    /// JSON of the subject as it was then, because it may be edited or deleted.
    #[sea_orm(column_type = "Text")]
    pub snapshot: String,
    /// When.
    pub created_at: Timestamp,
}

impl ActiveModelBehavior for ActiveModel {}
