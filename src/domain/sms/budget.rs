//! Limits the text messages that leave the server, whoever requests them.
//!
//! Each message costs money, and fraudsters earn by having messages sent to their own numbers, using many accounts and
//! IP addresses. So messages to adjacent numbers, to one area, and in total are limited. The limits are far above
//! normal use, and an operator can see when one is reached: `sweetie_sms_refused_total`.

use std::time::Duration;

use crate::{
    deps::{DAY, Deps, HOUR, Limit, Whom},
    kernel::{
        network::{site_network, subscriber_network},
        secret::{hex, keyed_hash},
        viewer::Origin,
    },
};

const TEXTS: &str = "text messages";
const CODES: &str = "codes";
const SAME_BLOCK: &str = "to numbers that differ in their last four digits";
const SAME_AREA: &str = "to numbers that differ in their last seven digits";

pub(super) const TO_BLOCK: Limit = Limit::new("sms:block", 30, TEXTS, HOUR).of(SAME_BLOCK);
pub(super) const TO_BLOCK_A_DAY: Limit = Limit::new("sms:block_day", 100, TEXTS, DAY).of(SAME_BLOCK);
pub(super) const TO_AREA: Limit = Limit::new("sms:area", 150, TEXTS, HOUR).of(SAME_AREA);
pub(super) const TO_AREA_A_DAY: Limit = Limit::new("sms:area_day", 500, TEXTS, DAY).of(SAME_AREA);
pub(super) const TO_ALL: Limit = Limit::new("sms:all", 1_000, TEXTS, HOUR).of("to everybody");
pub(super) const TO_ALL_A_DAY: Limit = Limit::new("sms:all_day", 5_000, TEXTS, DAY).of("to everybody");
/// High enough for a shelter behind one router.
pub(super) const OF_NETWORK: Limit = Limit::new("sms:network", 20, CODES, HOUR).of("from one network");
pub(super) const OF_NETWORK_A_DAY: Limit = Limit::new("sms:network_day", 60, CODES, DAY).of("from one network");
/// Far below the sum over its networks, because text messages cost money.
pub(super) const OF_SITE: Limit = Limit::new("sms:site", 60, CODES, HOUR).of("from one site");

/// Counts a message to that number, or returns the time until there is room for one. A refused message does not count
/// towards the wider limits.
pub(super) async fn spend(deps: &Deps, phone: &str) -> Result<(), Duration> {
    let block = hidden(deps, without_last(phone, 4));
    let area = hidden(deps, without_last(phone, 7));
    count(deps, &TO_BLOCK, block.as_str()).await?;
    count(deps, &TO_BLOCK_A_DAY, block).await?;
    count(deps, &TO_AREA, area.as_str()).await?;
    count(deps, &TO_AREA_A_DAY, area).await?;
    count(deps, &TO_ALL, "").await?;
    count(deps, &TO_ALL_A_DAY, "").await
}

/// The same for a code requested from an IP address.
pub(super) async fn spend_of(deps: &Deps, origin: &Origin) -> Result<(), Duration> {
    let network = subscriber_network(origin.address).to_string();
    count(deps, &OF_NETWORK, network.as_str()).await?;
    count(deps, &OF_NETWORK_A_DAY, network).await?;
    count(deps, &OF_SITE, site_network(origin.address).to_string()).await
}

async fn count(deps: &Deps, bound: &Limit, whom: impl Into<Whom>) -> Result<(), Duration> {
    deps.hit(bound, whom).await.inspect_err(|_| {
        let name = bound.name.strip_prefix("sms:").unwrap_or(bound.name);
        metrics::counter!("sweetie_sms_refused_total", "bound" => name).increment(1);
        tracing::warn!(
            bound = name,
            most = bound.most,
            "no more text messages for now: a bound is reached"
        );
    })
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
