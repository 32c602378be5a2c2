//! How often one address may do something, for everything that is counted by address.

use std::{net::IpAddr, time::Duration};

use super::Deps;
use crate::kernel::network::{SITE_SHARE, site_network, subscriber_network};

impl Deps {
    /// Counts one `what` of the subscriber behind an address, or refuses it and says after what time the next one passes.
    /// IPv6 counts once more for the site around it, whose limit is wider, since one customer may have all of it. What a
    /// subscriber is refused does not count for their site.
    pub async fn hit_address(&self, what: &str, address: IpAddr, limit: u32, window: Duration) -> Result<(), Duration> {
        let (now, subscriber, site) = (self.clock.now(), subscriber_network(address), site_network(address));
        self.limiter
            .hit(&of_subscriber(what, subscriber), limit, window, now)
            .await?;
        if site.is_ipv4() {
            return Ok(());
        }
        let of_all = limit.saturating_mul(SITE_SHARE);
        self.limiter.hit(&of_site(what, site), of_all, window, now).await
    }

    /// Forgets what was counted for an address and its site.
    pub async fn forget_address(&self, what: &str, address: IpAddr) {
        self.limiter
            .reset(&of_subscriber(what, subscriber_network(address)))
            .await;
        self.limiter.reset(&of_site(what, site_network(address))).await;
    }
}

fn of_subscriber(what: &str, network: IpAddr) -> String {
    format!("{what}:{network}")
}

fn of_site(what: &str, network: IpAddr) -> String {
    format!("{what}:site:{network}")
}
