//! Table `adoption_checks`.

use sea_orm::entity::prelude::*;

use crate::{Timestamp, id::StayId, vocabulary::AdoptionOutcome};

/// What shelters have found out about animals some months after they were adopted. Nothing about who adopted them.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "adoption_checks")]
pub struct Model {
    /// The stay that ended with the adoption.
    #[sea_orm(primary_key, auto_increment = false)]
    pub stay_id: StayId,
    /// After how many months: 3 or 12.
    #[sea_orm(primary_key, auto_increment = false)]
    pub months: i32,
    /// What was found out.
    pub outcome: AdoptionOutcome,
    /// A note of the staff, at most 300 characters; contact details are masked.
    #[sea_orm(column_type = "Text")]
    pub note: Option<String>,
    /// Global id of the member or API key that recorded it last.
    pub recorded_by: String,
    /// When that was.
    pub recorded_at: Timestamp,
}

impl ActiveModelBehavior for ActiveModel {}
