//! The figures of the last days. The callers check that the viewer may see the dashboard.

use entity::{Timestamp, shelter, vocabulary::StayOutcome};
use sea_orm::ConnectionTrait;

use crate::{
    domain::custody::{self, DayCount, LocalDays, StayLengths, zone_or_utc},
    kernel::{Error, Result},
};

/// Maximum number of days: a leap year.
const MOST_DAYS: i32 = 366;

/// What happened on each of the last days, the first day first, with that of `now`.
pub async fn count_days(
    db: &impl ConnectionTrait,
    shelter: &shelter::Model,
    now: Timestamp,
    days: i32,
) -> Result<Vec<DayCount>> {
    custody::count_days(db, shelter.id, &last_days(shelter, now, days)?).await
}

/// How long those stays were that ended within the last days, all or only those that ended like this.
pub async fn stay_lengths(
    db: &impl ConnectionTrait,
    shelter: &shelter::Model,
    (now, days): (Timestamp, i32),
    outcome: Option<StayOutcome>,
) -> Result<StayLengths> {
    let span = last_days(shelter, now, days)?.span();
    custody::stay_lengths(db, shelter.id, span, outcome).await
}

fn last_days(shelter: &shelter::Model, now: Timestamp, days: i32) -> Result<LocalDays> {
    let count = u32::try_from(days).ok().filter(|_| (1..=MOST_DAYS).contains(&days));
    let refusal = || Error::BadInput(format!("days is {days}: ask for 1 to {MOST_DAYS} of them").into());
    Ok(LocalDays::up_to(now, zone_or_utc(shelter), count.ok_or_else(refusal)?))
}
