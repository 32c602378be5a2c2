//! Table `claim_tries`.

use sea_orm::entity::prelude::*;

use crate::{
    Timestamp,
    id::{ClaimId, MemberId, PhotoId},
};

/// Answers to the questions of a claim, numbered for each claim.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "claim_tries")]
pub struct Model {
    /// The claim.
    #[sea_orm(primary_key, auto_increment = false)]
    pub claim_id: ClaimId,
    /// Starts at 1 for each claim.
    #[sea_orm(primary_key, auto_increment = false)]
    pub number: i32,
    /// JSON list of an answer or null for each question; at most 300 characters each.
    #[sea_orm(column_type = "Text")]
    pub answers: String,
    /// The fresh photo; null if none was sent.
    pub photo_id: Option<PhotoId>,
    /// A picture of a document; null if none was sent.
    pub document_id: Option<PhotoId>,
    /// Whether the photo is a copy of one in a report.
    pub photo_is_copy: bool,
    /// When they were given.
    pub answered_at: Timestamp,
    /// What the judging side wrote about it, at most 300 characters; null if nothing.
    #[sea_orm(column_type = "Text")]
    pub reason: Option<String>,
    /// The member who refused it; null if nobody did.
    pub refused_by: Option<MemberId>,
    /// When it was refused; null if it was not.
    pub refused_at: Option<Timestamp>,
}

impl ActiveModelBehavior for ActiveModel {}
