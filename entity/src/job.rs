//! Table `jobs`.

use sea_orm::entity::prelude::*;

use crate::{
    Timestamp,
    id::JobId,
    vocabulary::{JobState, Lane},
};

/// Work that is due; done jobs are deleted.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "jobs")]
pub struct Model {
    /// Key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: JobId,
    /// Kind.
    pub kind: String,
    /// JSON.
    #[sea_orm(column_type = "Text")]
    pub payload: String,
    /// Twice is once.
    #[sea_orm(unique)]
    pub unique_key: String,
    /// Which workers do it.
    pub lane: Lane,
    /// What is done first in its lane: the lowest.
    pub priority: i32,
    /// Whose work it is: groups share the workers of a lane evenly. Empty for what is nobody's.
    #[sea_orm(column_type = "Text")]
    pub group_key: String,
    /// State.
    pub state: JobState,
    /// Not before.
    pub run_at: Timestamp,
    /// How often a try ended without success. A try that was cut off is none.
    pub attempts: i32,
    /// How often it was leased; names the present lease.
    pub leases: i32,
    /// When another worker may take it.
    pub leased_until: Option<Timestamp>,
    /// Last error.
    #[sea_orm(column_type = "Text")]
    pub last_error: Option<String>,
    /// When it was made.
    pub created_at: Timestamp,
}

impl ActiveModelBehavior for ActiveModel {}
