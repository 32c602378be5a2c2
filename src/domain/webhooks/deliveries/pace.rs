//! How often, and for how long, a delivery is tried.

use std::time::Duration;

use entity::{Timestamp, vocabulary::WebhookEvent, webhook, webhook_delivery};

use crate::deps::{DAY, HOUR, Limit, MINUTE};

/// How long a delivery is tried, and how long a webhook may fail before it is turned off: a system that goes down on a
/// Friday evening is seen to on Monday.
pub(super) const TRIED_FOR: Duration = Duration::from_secs(3 * 24 * 60 * 60);
/// How long a try that was begun keeps others from trying: longer than any takes, which may wait a minute for its turn at a
/// busy host.
pub(super) const TRY_LASTS: Duration = Duration::from_secs(3 * 60);
/// How long deliveries are kept.
pub(super) const KEPT: Duration = Duration::from_secs(30 * 24 * 60 * 60);

/// Pings and deliveries that the staff and the scripts of a shelter send again.
pub const BY_HAND: Limit = Limit::new("webhook-by-hand", 300, "deliveries by hand", HOUR).of("for one shelter");

/// When a delivery is tried again that has failed so often since it was queued; `None` if its time is over. It is not tried
/// before the receiver asks for, and a last time when its time ends.
pub(super) fn next_try(
    queued_at: Timestamp,
    attempts: i32,
    asked_for: Option<Duration>,
    now: Timestamp,
) -> Option<Timestamp> {
    let last = queued_at.plus(TRIED_FOR);
    let pause = pause_after(attempts).max(asked_for.unwrap_or_default());
    (now < last).then(|| now.plus(pause).min(last))
}

/// How long a delivery waits, without a try, while its webhook is failing: it would hold up others and fail in the same way. Those
/// that were tried before go on at their own pace, and what somebody sends by hand does not wait.
pub(super) fn rest(webhook: &webhook::Model, delivery: &webhook_delivery::Model, now: Timestamp) -> Option<Duration> {
    let until = webhook.rests_until.filter(|until| now < *until)?;
    let is_by_hand = delivery.event == WebhookEvent::Ping || delivery.queued_at != delivery.created_at;
    (delivery.attempts == 0 && !is_by_hand).then(|| until.since(now))
}

fn pause_after(attempts: i32) -> Duration {
    match attempts {
        ..=1 => Duration::from_secs(30),
        2 => 2 * MINUTE,
        3 => 10 * MINUTE,
        4 => 30 * MINUTE,
        5 => HOUR,
        6 => 2 * HOUR,
        7.. => DAY / 6,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pauses_grow_to_four_hours_and_end_after_three_days() {
        let start = Timestamp(0);
        let (mut now, mut tries) = (start, Vec::new());

        while let Some(next) = next_try(start, i32::try_from(tries.len()).unwrap() + 1, None, now) {
            tries.push(next.since(now));
            now = next;
        }

        let minutes = tries.iter().map(|pause| pause.as_secs_f64() / 60.0).collect::<Vec<_>>();
        assert_eq!(minutes[..8], [0.5, 2.0, 10.0, 30.0, 60.0, 120.0, 240.0, 240.0]);
        assert_eq!(now, start.plus(TRIED_FOR), "the last try is at the end");
    }

    #[test]
    fn the_receiver_may_ask_for_more_time_but_not_for_more_than_there_is() {
        let start = Timestamp(0);

        let asked = |seconds| next_try(start, 1, Some(Duration::from_secs(seconds)), start);

        assert_eq!(asked(10), Some(start.plus(Duration::from_secs(30))));
        assert_eq!(asked(900), Some(start.plus(Duration::from_secs(900))));
        assert_eq!(asked(10_000_000), Some(start.plus(TRIED_FOR)));
    }
}
