//! Table `notifications`.

use sea_orm::entity::prelude::*;

use crate::{
    Timestamp,
    id::{MemberId, NotificationId},
    vocabulary::NotificationKind,
};

/// Numbered notifications of a member; numbers have no gaps.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "notifications")]
pub struct Model {
    /// Key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: NotificationId,
    /// Which member.
    pub member_id: MemberId,
    /// From 1.
    pub number: i64,
    /// Kind.
    pub kind: NotificationKind,
    /// Title.
    pub title: String,
    /// Body.
    #[sea_orm(column_type = "Text")]
    pub body: String,
    /// Global id of what it is about.
    pub subject: Option<String>,
    /// What it stands for; twice is once.
    pub unique_key: String,
    /// Read at.
    pub read_at: Option<Timestamp>,
    /// When it was made.
    pub created_at: Timestamp,
}

impl ActiveModelBehavior for ActiveModel {}
