//! Table `claims`.

use sea_orm::entity::prelude::*;

use crate::{
    Timestamp,
    id::{ClaimId, MatchId, MemberId, PetId},
    vocabulary::ClaimState,
};

/// Claims: one side of a match proves to the other that it is the same animal.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "claims")]
pub struct Model {
    /// UUIDv7; `clm_…` outside the database.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: ClaimId,
    /// The match; at most one of its claims is open, answered or accepted.
    pub match_id: MatchId,
    /// The member who opened the claim.
    pub claimant_id: MemberId,
    /// The claimant's report.
    pub claimant_pet_id: PetId,
    /// The other report, whose people judge.
    pub judged_pet_id: PetId,
    /// Stage of the claim.
    pub state: ClaimState,
    /// JSON list of the questions with the expected answers, as they were when the claim was opened; secret.
    #[sea_orm(column_type = "Text")]
    pub questions: String,
    /// What a fresh photo has to show.
    #[sea_orm(column_type = "Text")]
    pub photo_challenge: String,
    /// Number of tries so far.
    pub tries: i32,
    /// Number of tries that can still be refused before the claim is rejected.
    pub tries_left: i32,
    /// Answers are not taken before; null if they always are.
    pub may_answer_at: Option<Timestamp>,
    /// The claimant's network, to notice a second account; an IPv6 network is a /64.
    pub opened_from: String,
    /// The member who ended it; null while it is undecided, and if it expired.
    pub decided_by: Option<MemberId>,
    /// When it ended; null while it is undecided.
    pub decided_at: Option<Timestamp>,
    /// When it expires unless somebody goes on with it.
    pub expires_at: Timestamp,
    /// When it was opened.
    pub created_at: Timestamp,
}

impl ActiveModelBehavior for ActiveModel {}
