//! Limits in place and time within which reports are compared.

use std::time::Duration;

use entity::Timestamp;

use super::{
    Subject, identity, is_pair,
    time::{EARLIEST_DAYS, days_between},
};
use crate::kernel::geo::{Bounds, Circle, Point, distance_meters};

/// Recent reports are compared within this distance.
const FAR_METERS: f64 = 80_000.0;
/// Number of days for which a report counts as recent.
const FAR_DAYS: f64 = 30.0;
/// Reports of any age are compared within this distance.
const NEAR_METERS: f64 = 20_000.0;

const DAY: Duration = Duration::from_secs(86_400);

/// Whether the pair is worth scoring: within 80 km and 30 days, or within 20 km at any later time, or with the same
/// chip.
///
/// A find dated more than 14 days before the loss is excluded. A pair with an unknown place is in no ring.
pub fn in_ring(lost: &Subject, other: &Subject) -> bool {
    if !is_pair(lost, other) {
        return false;
    }
    if identity::same_chip(lost, other) {
        return true;
    }
    let days = days_between(lost.seen_at, other.seen_at);
    let (Some(here), Some(there)) = (lost.point, other.point) else {
        return false;
    };
    let meters = distance_meters(here, there);
    EARLIEST_DAYS <= days && (meters <= NEAR_METERS || (meters <= FAR_METERS && days <= FAR_DAYS))
}

/// The conditions of a query that returns every report for which [`in_ring`] would be true, and few others.
///
/// A candidate has the same chip, or is inside `near` and within `any_time`, or inside `far` and within `fresh`. The
/// boxes apply to the columns from which the subjects' points were read.
#[derive(Debug, Clone, PartialEq)]
pub struct Ring {
    /// The box of 20 km; `None` if the subject has no place.
    pub near: Option<Bounds>,
    /// The box of 80 km; `None` if the subject has no place.
    pub far: Option<Bounds>,
    /// Time range of candidates inside `near`, both ends included.
    pub any_time: (Timestamp, Timestamp),
    /// Time range of candidates inside `far`, both ends included.
    pub fresh: (Timestamp, Timestamp),
    /// The normalised chip number to search for; secret.
    pub microchip: Option<String>,
}

impl Ring {
    /// The ring around a lost report, for finding its counterparts.
    pub fn around_lost(lost: &Subject) -> Self {
        let earliest = lost.seen_at.minus(days(-EARLIEST_DAYS));
        Self::around(
            lost,
            (earliest, Timestamp(i64::MAX)),
            (earliest, lost.seen_at.plus(days(FAR_DAYS))),
        )
    }

    /// The ring around a found, sighted or sheltered report, for finding lost ones.
    pub fn around_other(other: &Subject) -> Self {
        let latest = other.seen_at.plus(days(-EARLIEST_DAYS));
        Self::around(
            other,
            (Timestamp(i64::MIN), latest),
            (other.seen_at.minus(days(FAR_DAYS)), latest),
        )
    }

    fn around(subject: &Subject, any_time: (Timestamp, Timestamp), fresh: (Timestamp, Timestamp)) -> Self {
        let bounds = |point: Point, meters| Circle::new(point, meters).ok().map(|circle| circle.bounding_box());
        Self {
            near: subject.point.and_then(|point| bounds(point, NEAR_METERS)),
            far: subject.point.and_then(|point| bounds(point, FAR_METERS)),
            any_time,
            fresh,
            microchip: subject.microchip.clone().filter(|number| !number.is_empty()),
        }
    }
}

fn days(count: f64) -> Duration {
    DAY.mul_f64(count)
}
