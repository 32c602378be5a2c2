//! Limits the text messages that leave the server, whoever requests them.
//!
//! Each message costs money, and fraudsters earn by having messages sent to their own numbers, using many accounts and
//! IP addresses. So messages to adjacent numbers, to one area, and in total are limited. The limits are far above
//! normal use, and an operator can see when one is reached: `sweetie_sms_refused_total`.

use std::time::Duration;

use crate::{
    deps::Deps,
    kernel::{
        network::{site_network, subscriber_network},
        secret::{hex, keyed_hash},
        viewer::Origin,
    },
};

pub(super) const HOUR: Duration = Duration::from_secs(60 * 60);
pub(super) const DAY: Duration = Duration::from_secs(24 * 60 * 60);

/// One limit.
struct Bound {
    /// Name of the limit, for the metric and the log.
    of: &'static str,
    /// Identifies the counter.
    key: String,
    most: u32,
    window: Duration,
}

/// Counts a message to that number, or returns the time until there is room for one. A refused message does not count
/// towards the wider limits.
pub(super) async fn spend(deps: &Deps, phone: &str) -> Result<(), Duration> {
    let (block, area) = (without_last(phone, 4), without_last(phone, 7));
    count(
        deps,
        vec![
            bound("block", &hidden(deps, block), 30, HOUR),
            bound("block_day", &hidden(deps, block), 100, DAY),
            bound("area", &hidden(deps, area), 150, HOUR),
            bound("area_day", &hidden(deps, area), 500, DAY),
            bound("all", "", 1_000, HOUR),
            bound("all_day", "", 5_000, DAY),
        ],
    )
    .await
}

/// The same for a code requested from an IP address. The limits leave room for a shelter behind one router.
pub(super) async fn spend_of(deps: &Deps, origin: &Origin) -> Result<(), Duration> {
    let (subscriber, site) = (subscriber_network(origin.address), site_network(origin.address));
    count(
        deps,
        vec![
            bound("network", &subscriber.to_string(), 20, HOUR),
            bound("network_day", &subscriber.to_string(), 60, DAY),
            bound("site", &site.to_string(), 60, HOUR),
        ],
    )
    .await
}

async fn count(deps: &Deps, bounds: Vec<Bound>) -> Result<(), Duration> {
    for Bound { of, key, most, window } in bounds {
        let hit = deps.limiter.hit(&key, most, window, deps.clock.now()).await;
        hit.inspect_err(|_| {
            metrics::counter!("sweetie_sms_refused_total", "bound" => of).increment(1);
            tracing::warn!(bound = of, most, "no more text messages for now: a bound is reached");
        })?;
    }
    Ok(())
}

fn bound(of: &'static str, whose: &str, most: u32, window: Duration) -> Bound {
    let key = format!("sms:{of}:{whose}");
    Bound { of, key, most, window }
}

/// The prefix that a number shares with all numbers that differ only in its last digits.
fn without_last(phone: &str, digits: usize) -> &str {
    let end = phone.len().saturating_sub(digits);
    phone.get(..end).unwrap_or(phone)
}

/// Replaces a number by a keyed hash, because numbers are stored only where they are needed.
pub(super) fn hidden(deps: &Deps, number: &str) -> String {
    hex(&keyed_hash(&deps.secret.key("phone limit"), number.as_bytes()))
}
