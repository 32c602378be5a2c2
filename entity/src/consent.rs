//! Table `consents`.

use sea_orm::entity::prelude::*;

use crate::{
    Timestamp,
    id::{ConsentId, MemberId},
    vocabulary::ConsentPurpose,
};

/// What members have agreed to, and what they have taken back: a row each time, never changed.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "consents")]
pub struct Model {
    /// UUIDv7; not shown.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: ConsentId,
    /// The member.
    pub member_id: MemberId,
    /// What it is about.
    pub purpose: ConsentPurpose,
    /// Whether they agreed; false if they took it back.
    pub granted: bool,
    /// The words that they were shown, or that they sent.
    #[sea_orm(column_type = "Text")]
    pub wording: String,
    /// IP address that it came from; null if it came by text message.
    pub address: Option<String>,
    /// When it was given or taken back.
    pub created_at: Timestamp,
}

impl ActiveModelBehavior for ActiveModel {}
