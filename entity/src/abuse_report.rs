//! Table `abuse_reports`.

use sea_orm::entity::prelude::*;

use crate::{
    Timestamp,
    id::{AbuseReportId, MemberId},
    vocabulary::AbuseReason,
};

/// Reports of abuse that members made to the moderators.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "abuse_reports")]
pub struct Model {
    /// UUIDv7; `abu_…` outside the database.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: AbuseReportId,
    /// The member who reported.
    pub reporter_id: MemberId,
    /// Global id of the reported object; unique together with the reporter.
    pub subject: String,
    /// Chosen by the reporter from a fixed list.
    pub reason: AbuseReason,
    /// The reporter's explanation, at most 1,000 characters; null if none was given.
    #[sea_orm(column_type = "Text")]
    pub details: Option<String>,
    /// JSON of the subject as it was at the time of the report, because it may be edited or deleted later.
    #[sea_orm(column_type = "Text")]
    pub snapshot: String,
    /// When the report was made.
    pub created_at: Timestamp,
}

impl ActiveModelBehavior for ActiveModel {}
