//! Table `jobs`.

use sea_orm::entity::prelude::*;

use crate::{
    Timestamp,
    id::JobId,
    vocabulary::{JobState, Lane},
};

/// Background jobs; deleted once they are done.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "jobs")]
pub struct Model {
    /// UUIDv7; `job_…` outside the database.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: JobId,
    /// Tag of the `Job` variant.
    pub kind: String,
    /// The job's arguments as JSON.
    #[sea_orm(column_type = "Text")]
    pub payload: String,
    /// A job with a key that is already here is not added again.
    #[sea_orm(unique)]
    pub unique_key: String,
    /// The group of workers that runs it.
    pub lane: Lane,
    /// Order within the lane; the lowest number comes first.
    pub priority: i32,
    /// Whose work it is: the groups in a lane share its workers evenly. Empty if the job belongs to nobody.
    #[sea_orm(column_type = "Text")]
    pub group_key: String,
    /// Whether it is queued, running or buried.
    pub state: JobState,
    /// Not run before this time.
    pub run_at: Timestamp,
    /// Number of failed tries; a try that was interrupted does not count.
    pub attempts: i32,
    /// Number of times it was leased; identifies the current lease.
    pub leases: i32,
    /// When the current lease ends and another worker may take the job.
    pub leased_until: Option<Timestamp>,
    /// Error of the last failed try, cut to 2,000 characters.
    #[sea_orm(column_type = "Text")]
    pub last_error: Option<String>,
    /// When the job was added.
    pub created_at: Timestamp,
}

impl ActiveModelBehavior for ActiveModel {}
