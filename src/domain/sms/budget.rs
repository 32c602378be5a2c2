//! How many text messages leave the server, whoever asks for them.
//!
//! Each costs money, and there are people who earn by having texts sent to numbers of theirs, with many accounts from
//! many addresses. So what goes to numbers beside each other, to one area, and to all together is bounded. The bounds are far
//! above what people need, and an operator hears when one is reached: `sweetie_sms_refused_total`.

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

/// One bound.
struct Bound {
    /// What is counted, for the metric and the log.
    of: &'static str,
    /// Under which key.
    key: String,
    most: u32,
    window: Duration,
}

/// Counts a message to that number, or says after what time there is room for one. What is refused is not counted against the
/// wider bounds behind it.
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

/// The same for a code, for which a stranger's address asks. A shelter behind one router still gets through.
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

/// The beginning of a number that it shares with all that differ in so many last digits only.
fn without_last(phone: &str, digits: usize) -> &str {
    let end = phone.len().saturating_sub(digits);
    phone.get(..end).unwrap_or(phone)
}

/// Numbers are written down nowhere but where they are needed.
pub(super) fn hidden(deps: &Deps, number: &str) -> String {
    hex(&keyed_hash(&deps.secret.key("phone limit"), number.as_bytes()))
}
