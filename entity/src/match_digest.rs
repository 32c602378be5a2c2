//! Table `match_digests`.

use sea_orm::entity::prelude::*;

use crate::{Timestamp, id::MemberId};

/// When members got their latest digest of weak matches.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "match_digests")]
pub struct Model {
    /// The member.
    #[sea_orm(primary_key, auto_increment = false)]
    pub member_id: MemberId,
    /// When it was written.
    pub sent_at: Timestamp,
}

impl ActiveModelBehavior for ActiveModel {}
