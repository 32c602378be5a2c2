//! How often people try to log in, to register and to verify an address.

use std::{net::IpAddr, time::Duration};

use crate::{
    deps::Deps,
    kernel::{Error, Result},
};

const HOUR: Duration = Duration::from_secs(60 * 60);
const DAY: Duration = Duration::from_secs(24 * 60 * 60);
const QUARTER: Duration = Duration::from_secs(15 * 60);

/// Mails about registrations that one address gets, whoever asks for them.
const MAILS: [(u32, Duration); 2] = [(10, HOUR), (30, DAY)];

/// A number of times within a window.
#[derive(Clone, Copy)]
pub(super) struct Limit {
    /// Name in the counter's key.
    action: &'static str,
    /// How many.
    most: u32,
    /// In what time.
    window: Duration,
    /// The limit in words.
    what: &'static str,
}

/// Tries of one network at one account.
pub(super) const TRIES_AT_ONE_ACCOUNT: Limit = Limit {
    action: "log-in-at",
    most: 10,
    window: QUARTER,
    what: "at most 10 tries to log in within 15 minutes",
};
/// Tries of one network at all accounts.
pub(super) const TRIES: Limit = Limit {
    action: "log-in",
    most: 300,
    window: QUARTER,
    what: "at most 300 tries to log in within 15 minutes from one network",
};
/// Tries at one account from all networks where its member has never logged in.
pub(super) const TRIES_FROM_ELSEWHERE: Limit = Limit {
    action: "log-in-from-elsewhere",
    most: 50,
    window: HOUR,
    what: "at most 50 tries an hour to log in from where this member has never logged in: use a device or a network from \
           which you have logged in before, or wait",
};
/// Accounts of one network: a school or a shelter behind one router still gets through.
pub(super) const REGISTRATIONS: Limit = Limit {
    action: "register",
    most: 300,
    window: HOUR,
    what: "at most 300 accounts an hour from one network",
};
/// Accounts of one network for one e-mail address.
pub(super) const REGISTRATIONS_OF_ONE_ADDRESS: Limit = Limit {
    action: "register-address",
    most: 5,
    window: HOUR,
    what: "at most 5 accounts an hour with one e-mail address from one network",
};
/// Tokens of mails that one network tries.
pub(super) const PROOFS: Limit = Limit {
    action: "verify-email",
    most: 300,
    window: HOUR,
    what: "at most 300 tokens an hour from one network",
};
/// Verification mails that one member asks for.
pub(super) const MAILS_ASKED_FOR: Limit = Limit {
    action: "verification-mail",
    most: 5,
    window: HOUR,
    what: "at most 5 verification mails an hour",
};

/// Counts once more for a network and its site, or refuses. `about` says what it is about, if each has its own count.
pub(super) async fn count_network(deps: &Deps, limit: Limit, address: IpAddr, about: &str) -> Result<()> {
    let what = counter(limit, about);
    let hit = deps.hit_address(&what, address, limit.most, limit.window);
    hit.await.map_err(|after| refusal(limit, after))
}

/// Forgets what was counted, after a success.
pub(super) async fn forget_network(deps: &Deps, limit: Limit, address: IpAddr, about: &str) {
    deps.forget_address(&counter(limit, about), address).await;
}

/// Counts once more for whatever the key names, or refuses.
pub(super) async fn count(deps: &Deps, limit: Limit, whom: &str) -> Result<()> {
    let key = counter(limit, whom);
    let hit = deps.limiter.hit(&key, limit.most, limit.window, deps.clock.now());
    hit.await.map_err(|after| refusal(limit, after))
}

/// Whether one more mail about a registration may go to an address that perhaps never asked for it.
pub(super) async fn may_mail(deps: &Deps, email: &str) -> bool {
    for (most, window) in MAILS {
        let key = format!("mails-to:{}:{email}", window.as_secs());
        if deps.limiter.hit(&key, most, window, deps.clock.now()).await.is_err() {
            return false;
        }
    }
    true
}

/// The counter's name; each `about` has its own.
fn counter(limit: Limit, about: &str) -> String {
    match about {
        "" => limit.action.to_owned(),
        about => format!("{}:{about}", limit.action),
    }
}

fn refusal(limit: Limit, after: Duration) -> Error {
    Error::RateLimited {
        what: limit.what.into(),
        after,
    }
}
