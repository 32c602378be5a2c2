//! Table `notifications`.

use sea_orm::entity::prelude::*;

use crate::{
    Timestamp,
    id::{MemberId, NotificationId},
    vocabulary::NotificationKind,
};

/// Notifications, numbered for each member without gaps.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "notifications")]
pub struct Model {
    /// UUIDv7; `not_…` outside the database.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: NotificationId,
    /// The member who is notified.
    pub member_id: MemberId,
    /// Starts at 1 for each member.
    pub number: i64,
    /// Topic of the notification.
    pub kind: NotificationKind,
    /// Headline shown to the member.
    pub title: String,
    /// Text shown to the member.
    #[sea_orm(column_type = "Text")]
    pub body: String,
    /// Global id of the object that it is about; null if there is none.
    pub subject: Option<String>,
    /// Identifies the news, such as `match:mat_…`; a member is told of each once only.
    pub unique_key: String,
    /// When the member read it; null while it is unread.
    pub read_at: Option<Timestamp>,
    /// When it was written.
    pub created_at: Timestamp,
}

impl ActiveModelBehavior for ActiveModel {}
