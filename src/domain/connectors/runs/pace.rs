//! How often, and for how long, a connector is tried.

use std::time::Duration;

use crate::deps::{DAY, HOUR, Limit, MINUTE};

/// How long a connector may fail before it is turned off: software that goes down on a Friday evening is seen to on Monday.
pub(super) const FAILS_FOR: Duration = Duration::from_secs(3 * 24 * 60 * 60);
/// How long a run that was begun keeps others from fetching the same: longer than fetching, which takes ten minutes at most, and
/// storing what was fetched.
pub(super) const LEASE: Duration = Duration::from_secs(12 * 60);
/// When to look again for a connector whose last run is not over.
pub(super) const BUSY: Duration = Duration::from_secs(10 * 60);
/// A run that has not been fetched after this time never will be: its job was buried.
pub(super) const LOST_AFTER: Duration = DAY;
/// How long runs are kept.
pub(super) const KEPT: Duration = Duration::from_secs(30 * 24 * 60 * 60);

/// Runs that the staff and the scripts of a shelter begin themselves.
pub const BY_HAND: Limit =
    Limit::new("connector-by-hand", 60, "runs of connectors by hand", HOUR).of("for one shelter");

/// How long to wait after so many failures, one after the other: growing to the usual interval, and not shorter than the
/// other side asks for. What somebody has to mend is not asked for as often, since many systems lock out who tries a wrong
/// password again and again.
pub(super) fn pause_after(
    failures: i32,
    is_refusal: bool,
    asked_for: Option<Duration>,
    interval: Duration,
) -> Duration {
    let first = if is_refusal { HOUR } else { 5 * MINUTE };
    // 2^12 times five minutes are two weeks, longer than any interval.
    let doublings = u32::try_from(failures.saturating_sub(1)).unwrap_or(0).min(12);
    let pause = (first * 2_u32.pow(doublings)).min(interval);
    pause.max(asked_for.unwrap_or_default().min(interval.max(DAY)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pauses_double_until_they_are_as_long_as_the_interval() {
        let pause = |failures| pause_after(failures, false, None, 6 * HOUR);

        assert_eq!([pause(1), pause(2), pause(3)], [5 * MINUTE, 10 * MINUTE, 20 * MINUTE]);
        assert_eq!([pause(8), pause(i32::MAX)], [6 * HOUR, 6 * HOUR]);
        assert_eq!(pause_after(1, true, None, 6 * HOUR), HOUR);
        assert_eq!(pause_after(3, true, None, 2 * HOUR), 2 * HOUR);
    }

    #[test]
    fn the_other_side_may_ask_for_more_time_but_not_for_years() {
        let asked = |time| pause_after(1, false, Some(time), 6 * HOUR);

        assert_eq!(asked(MINUTE), 5 * MINUTE);
        assert_eq!(asked(7 * HOUR), 7 * HOUR);
        assert_eq!(asked(1_000 * DAY), DAY);
    }
}
