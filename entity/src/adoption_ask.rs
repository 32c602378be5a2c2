//! Table `adoption_asks`.

use sea_orm::entity::prelude::*;

use crate::{Timestamp, id::ShelterId};

/// When each shelter was asked about its adoptions, and when that is looked at again.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "adoption_asks")]
pub struct Model {
    /// The shelter.
    #[sea_orm(primary_key, auto_increment = false)]
    pub shelter_id: ShelterId,
    /// When its staff was notified last; null until then.
    pub asked_at: Option<Timestamp>,
    /// Not before this time is looked again.
    pub next_at: Timestamp,
}

impl ActiveModelBehavior for ActiveModel {}
