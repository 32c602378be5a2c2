//! Table `member_flags`.

use sea_orm::entity::prelude::*;

use crate::{Timestamp, id::MemberId, vocabulary::ScamPattern};

/// Patterns of fraud that the server noticed, for the moderators; one of a kind for each member and day.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "member_flags")]
pub struct Model {
    /// The member who did it.
    #[sea_orm(primary_key, auto_increment = false)]
    pub member_id: MemberId,
    /// What was noticed.
    #[sea_orm(primary_key, auto_increment = false)]
    pub pattern: ScamPattern,
    /// Days since 1970-01-01 in UTC.
    #[sea_orm(primary_key, auto_increment = false)]
    pub day: i32,
    /// Global id of the object with which it was noticed.
    pub subject: String,
    /// When it was noticed for the first time that day.
    pub created_at: Timestamp,
}

impl ActiveModelBehavior for ActiveModel {}
