//! Table `matches`.

use sea_orm::entity::prelude::*;

use crate::{
    Timestamp,
    id::{MatchId, MemberId, PetId},
    vocabulary::{MatchBand, MatchState},
};

/// Pairs of reports that may be one animal.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "matches")]
pub struct Model {
    /// Key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: MatchId,
    /// Lost id.
    pub lost_id: PetId,
    /// Other id.
    pub other_id: PetId,
    /// Band.
    pub band: MatchBand,
    /// Sum of the factors' weights.
    pub score: f64,
    /// JSON list of name, weight, explanation.
    #[sea_orm(column_type = "Text")]
    pub factors: String,
    /// State.
    pub state: MatchState,
    /// Who decided last.
    pub decided_by: Option<MemberId>,
    /// Who confirmed for the lost report.
    pub lost_confirmed_by: Option<MemberId>,
    /// Who confirmed for the other report.
    pub other_confirmed_by: Option<MemberId>,
    /// Why it was dismissed.
    #[sea_orm(column_type = "Text")]
    pub reason: Option<String>,
    /// When it was made.
    pub created_at: Timestamp,
    /// Updated at.
    pub updated_at: Timestamp,
}

impl ActiveModelBehavior for ActiveModel {}
