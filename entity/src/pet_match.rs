//! Table `matches`.

use sea_orm::entity::prelude::*;

use crate::{
    Timestamp,
    id::{MatchId, MemberId, PetId},
    vocabulary::{MatchBand, MatchDifference, MatchState},
};

/// Pairs of reports that may be about the same animal.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "matches")]
pub struct Model {
    /// UUIDv7; `mat_…` outside the database.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: MatchId,
    /// The report of the lost animal.
    pub lost_id: PetId,
    /// The report of an animal that was found, seen or taken in.
    pub other_id: PetId,
    /// Confidence; nobody is alerted to a weak match.
    pub band: MatchBand,
    /// Whether the microchip numbers are equal.
    pub same_chip: bool,
    /// Whether both reports show the same picture.
    pub same_picture: bool,
    /// Sum of the weights in `factors`.
    pub score: f64,
    /// Probability that the reports are about one animal, 0 to 1, beside the other matches of both.
    pub likelihood: f64,
    /// Number of counterparts around the lost report when the pair was scored; 0 if it was not counted.
    pub surroundings: i32,
    /// Whether the pair has a chance, or takes one from others.
    pub competes: bool,
    /// JSON list; each factor has a name, a weight and an explanation.
    #[sea_orm(column_type = "Text")]
    pub factors: String,
    /// `new` until a side decides; `dismissed` is final.
    pub state: MatchState,
    /// The member who decided last; null until somebody has.
    pub decided_by: Option<MemberId>,
    /// The member who confirmed on behalf of the lost report.
    pub lost_confirmed_by: Option<MemberId>,
    /// The member who confirmed on behalf of the other report.
    pub other_confirmed_by: Option<MemberId>,
    /// The member who dismissed on behalf of the lost report.
    pub lost_dismissed_by: Option<MemberId>,
    /// The member who dismissed on behalf of the other report.
    pub other_dismissed_by: Option<MemberId>,
    /// What a dismissal was based on; null if nobody said.
    pub difference: Option<MatchDifference>,
    /// Reason for dismissing it, at most 300 characters; null if none was given.
    #[sea_orm(column_type = "Text")]
    pub reason: Option<String>,
    /// What the latest new score changed, in a sentence; null if it was scored once.
    #[sea_orm(column_type = "Text")]
    pub change: Option<String>,
    /// When one of the two reports was closed, or changed so that they cannot be one animal; null until then.
    pub ended_at: Option<Timestamp>,
    /// When the pair was first found.
    pub created_at: Timestamp,
    /// When the score or the state last changed.
    pub updated_at: Timestamp,
}

impl ActiveModelBehavior for ActiveModel {}
