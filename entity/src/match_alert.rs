//! Table `match_alerts`.

use sea_orm::entity::prelude::*;

use crate::{
    Timestamp,
    id::{MatchId, MemberId},
};

/// Numbered alerts of a member; numbers have no gaps.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "match_alerts")]
pub struct Model {
    /// Which member.
    #[sea_orm(primary_key, auto_increment = false)]
    pub member_id: MemberId,
    /// From 1.
    #[sea_orm(primary_key, auto_increment = false)]
    pub number: i64,
    /// Match id.
    pub match_id: MatchId,
    /// When it was made.
    pub created_at: Timestamp,
}

impl ActiveModelBehavior for ActiveModel {}
