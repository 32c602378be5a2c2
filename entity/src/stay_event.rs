//! Table `stay_events`.

use sea_orm::entity::prelude::*;

use crate::{Timestamp, id::StayId, vocabulary::StayEventKind};

/// What happened in each stay, in the order in which it was told. Rows are only ever added.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "stay_events")]
pub struct Model {
    /// The stay.
    #[sea_orm(primary_key, auto_increment = false)]
    pub stay_id: StayId,
    /// Order within the stay, starting at 1.
    #[sea_orm(primary_key, auto_increment = false)]
    pub number: i32,
    /// What happened.
    pub kind: StayEventKind,
    /// The value before, as stored in the stay; null if there was none.
    pub from_value: Option<String>,
    /// The value since; null if there is none.
    pub to_value: Option<String>,
    /// When it happened.
    pub happened_at: Timestamp,
    /// When the server was told.
    pub recorded_at: Timestamp,
    /// Global id of the member, API key or import that told; "server" for what follows from something else.
    pub recorded_by: String,
}

impl ActiveModelBehavior for ActiveModel {}
