//! Table `match_alerts`.

use sea_orm::entity::prelude::*;

use crate::{
    Timestamp,
    id::{MatchId, MemberId},
    vocabulary::{MatchAlertKind, MatchBand},
};

/// Alerts about matches, numbered for each member without gaps.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "match_alerts")]
pub struct Model {
    /// The member who is alerted.
    #[sea_orm(primary_key, auto_increment = false)]
    pub member_id: MemberId,
    /// Starts at 1 for each member.
    #[sea_orm(primary_key, auto_increment = false)]
    pub number: i64,
    /// The match that the alert is about.
    pub match_id: MatchId,
    /// What happened to it.
    pub kind: MatchAlertKind,
    /// How likely the match was then.
    pub band: MatchBand,
    /// When the alert was written.
    pub created_at: Timestamp,
}

impl ActiveModelBehavior for ActiveModel {}
