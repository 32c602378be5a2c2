//! Table `mask_anchors`.

use sea_orm::entity::prelude::*;

use crate::id::MemberId;

/// A place around which what a member reports is shown at one point.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "mask_anchors")]
pub struct Model {
    /// Key; grows with time.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// Whose reports and sightings.
    pub member_id: MemberId,
    /// True point of the first of them; a secret.
    pub latitude: f64,
    /// True point; a secret.
    pub longitude: f64,
    /// Masked point of all of them.
    pub public_latitude: f64,
    /// Masked point.
    pub public_longitude: f64,
}

impl ActiveModelBehavior for ActiveModel {}
