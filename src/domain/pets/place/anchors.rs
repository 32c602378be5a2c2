//! The places around which members are masked.
//!
//! Masks of one home that are drawn apart from each other meet over it: twenty of them leave ten metres. So the first
//! exact place of a member in a neighbourhood is remembered with its masked point, and whatever that member reports or
//! sees within a kilometre of it is shown at that very point. One point for all, rather than one way for all: a note
//! that says where an animal was seen would give the way away, and with it the home.
//!
//! An anchor outlives the report that it was drawn for, and does not move. Of several within reach the oldest counts, so
//! that one place is always shown at one point.

use entity::{id::MemberId, mask_anchor};
use sea_orm::{ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};

use crate::{
    deps::{Deps, Tx},
    domain::accounts,
    kernel::{Error, Result},
};
use geometry::Point;

/// A kilometre in degrees of latitude, and a little more.
const REACH_DEGREES: f64 = 0.0091;

/// A place that was masked.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Anchor {
    /// Where it is; a secret.
    pub place: Point,
    /// Where it is shown.
    pub shown: Point,
}

impl Anchor {
    /// Whether what is there is shown where this is.
    pub(super) fn covers(&self, point: Point) -> bool {
        geometry::keeps_mask(self.place, point)
    }
}

/// The anchors of a member that cover a point, oldest first.
pub(super) async fn covering(db: &impl ConnectionTrait, member: MemberId, point: Point) -> Result<Vec<Anchor>> {
    let (south, north) = (point.latitude - REACH_DEGREES, point.latitude + REACH_DEGREES);
    let near = mask_anchor::Entity::find()
        .filter(mask_anchor::COLUMN.member_id.eq(member))
        .filter(mask_anchor::COLUMN.latitude.between(south, north))
        .order_by_asc(mask_anchor::Column::Id)
        .all(db)
        .await?;
    let anchors: Result<Vec<Anchor>> = near.into_iter().map(Anchor::try_from).collect();
    Ok(anchors?.into_iter().filter(|anchor| anchor.covers(point)).collect())
}

/// Remembers a place of a member that no anchor covers, and gives the point where it is shown. Of two requests at once
/// the second finds the anchor of the first.
pub(super) async fn drop_anchor(deps: &Deps, tx: &Tx, member: MemberId, anchor: Anchor) -> Result<Point> {
    accounts::lock_member(tx, member).await?;
    if let Some(first) = covering(tx, member, anchor.place).await?.first() {
        return Ok(first.shown);
    }
    let row = mask_anchor::ActiveModel {
        id: Set(deps.ids.uuid(tx.now())),
        member_id: Set(member),
        latitude: Set(anchor.place.latitude),
        longitude: Set(anchor.place.longitude),
        public_latitude: Set(anchor.shown.latitude),
        public_longitude: Set(anchor.shown.longitude),
    };
    mask_anchor::Entity::insert(row).exec_without_returning(tx).await?;
    Ok(anchor.shown)
}

impl TryFrom<mask_anchor::Model> for Anchor {
    type Error = Error;

    fn try_from(row: mask_anchor::Model) -> Result<Self> {
        let point = |latitude, longitude| Point::new(latitude, longitude).map_err(Error::internal);
        Ok(Self {
            place: point(row.latitude, row.longitude)?,
            shown: point(row.public_latitude, row.public_longitude)?,
        })
    }
}
