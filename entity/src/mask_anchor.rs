//! Table `mask_anchors`.

use sea_orm::entity::prelude::*;

use crate::id::MemberId;

/// The point at which a member's reports and sightings near one place are shown.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "mask_anchors")]
pub struct Model {
    /// UUIDv7; the smallest id is the oldest anchor.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The member whose reports and sightings are shown there.
    pub member_id: MemberId,
    /// True point of the first of them, in degrees; secret.
    pub latitude: f64,
    /// True point of the first of them, in degrees; secret.
    pub longitude: f64,
    /// Masked point at which all of them are shown, in degrees.
    pub public_latitude: f64,
    /// Masked point at which all of them are shown, in degrees.
    pub public_longitude: f64,
}

impl ActiveModelBehavior for ActiveModel {}
