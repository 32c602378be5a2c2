//! Rate limits.
//!
//! A limit is a constant of the feature that uses it, listed in the feature's `LIMITS`. It is counted before the
//! transaction, never inside it. That way the count survives a rollback, and no transaction holds up other writers
//! while it waits for the network. Repeating a completed request costs nothing ([`super::is_repeat`]).

use std::{fmt, net::IpAddr, time::Duration};

use entity::id::{MemberId, ShelterId};

use super::Deps;
use crate::{
    kernel::{
        Error, Result,
        network::{SITE_SHARE, site_network, subscriber_network},
    },
    ports::limiter::Left,
};

/// The window of a limit.
pub const MINUTE: Duration = Duration::from_secs(60);
/// The window of a limit.
pub const HOUR: Duration = Duration::from_secs(60 * 60);
/// The window of a limit.
pub const DAY: Duration = Duration::from_secs(24 * 60 * 60);

/// A maximum number of actions within a window.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limit {
    /// Prefix of its counters; unique among all limits.
    pub name: &'static str,
    /// The maximum number.
    pub most: u32,
    /// The unit that is counted, in words.
    pub what: &'static str,
    /// The window.
    pub window: Duration,
    /// Whom or what the limit applies to, in words; empty if it is the caller.
    pub whose: &'static str,
}

impl Limit {
    /// A limit of `most` per window for each caller.
    pub const fn new(name: &'static str, most: u32, what: &'static str, window: Duration) -> Self {
        Self {
            name,
            most,
            what,
            window,
            whose: "",
        }
    }

    /// The same limit, applied to whom or what these words say.
    pub const fn of(self, whose: &'static str) -> Self {
        Self { whose, ..self }
    }

    fn refusal(&self, after: Duration) -> Error {
        Error::RateLimited {
            what: self.to_string().into(),
            after,
        }
    }
}

/// The limit in words: `at most 50 messages a minute`.
impl fmt::Display for Limit {
    fn fmt(&self, text: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(text, "at most {} {}", self.most, self.what)?;
        match self.window {
            MINUTE => write!(text, " a minute")?,
            HOUR => write!(text, " an hour")?,
            DAY => write!(text, " a day")?,
            other => write!(text, " within {} minutes", other.as_secs() / 60)?,
        }
        match self.whose {
            "" => Ok(()),
            whose => write!(text, " {whose}"),
        }
    }
}

/// Whom a limit counts for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Whom {
    /// A person or thing with that name.
    Named(String),
    /// The subscriber behind an IP address, and a subject; an empty subject counts all of their actions together. IPv6
    /// is counted a second time for the surrounding site, with a higher limit, because one customer may own the whole
    /// site.
    Network(IpAddr, String),
}

impl From<String> for Whom {
    fn from(name: String) -> Self {
        Self::Named(name)
    }
}

impl From<&str> for Whom {
    fn from(name: &str) -> Self {
        Self::Named(name.to_owned())
    }
}

impl From<MemberId> for Whom {
    fn from(id: MemberId) -> Self {
        Self::Named(id.to_string())
    }
}

impl From<ShelterId> for Whom {
    fn from(id: ShelterId) -> Self {
        Self::Named(id.to_string())
    }
}

impl From<IpAddr> for Whom {
    fn from(address: IpAddr) -> Self {
        Self::Network(address, String::new())
    }
}

impl From<(IpAddr, &str)> for Whom {
    fn from((address, about): (IpAddr, &str)) -> Self {
        Self::Network(address, about.to_owned())
    }
}

impl Deps {
    /// Counts one action, or refuses it.
    pub async fn limit(&self, limit: &Limit, whom: impl Into<Whom>) -> Result<()> {
        self.hit(limit, whom).await.map_err(|after| limit.refusal(after))
    }

    /// The same for callers with their own error message: on refusal, returns the time until the next action is
    /// allowed. An action refused for a subscriber does not count towards the site.
    pub async fn hit(&self, limit: &Limit, whom: impl Into<Whom>) -> Result<(), Duration> {
        self.count(limit, whom).await.map(drop)
    }

    /// The same, with what is left: of the counter that has the least.
    pub async fn count(&self, limit: &Limit, whom: impl Into<Whom>) -> Result<Left, Duration> {
        let mut least = Left {
            hits: limit.most,
            closes_in: limit.window,
        };
        for (key, times) in counters(limit, &whom.into()) {
            let most = limit.most.saturating_mul(times);
            let left = self.limiter.hit(&key, most, limit.window, self.clock.now()).await?;
            if left.hits < least.hits {
                least = left;
            }
        }
        Ok(least)
    }

    /// Forgets what was counted, after a success.
    pub async fn forget(&self, limit: &Limit, whom: impl Into<Whom>) {
        for (key, _) in counters(limit, &whom.into()) {
            self.limiter.reset(&key).await;
        }
    }
}

/// The counters of a limit, narrowest first, each with the factor by which its limit is multiplied.
fn counters(limit: &Limit, whom: &Whom) -> Vec<(String, u32)> {
    let name = limit.name;
    let (address, what) = match whom {
        Whom::Named(whose) => return vec![(format!("{name}:{whose}"), 1)],
        Whom::Network(address, about) if about.is_empty() => (*address, name.to_owned()),
        Whom::Network(address, about) => (*address, format!("{name}:{about}")),
    };
    let mut counters = vec![(format!("{what}:{}", subscriber_network(address)), 1)];
    let site = site_network(address);
    if site.is_ipv6() {
        counters.push((format!("{what}:site:{site}"), SITE_SHARE));
    }
    counters
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_limit_says_how_many_in_what_time_and_of_whom() {
        let quarter = Duration::from_secs(15 * 60);
        for (limit, words) in [
            (
                Limit::new("send", 50, "messages", MINUTE),
                "at most 50 messages a minute",
            ),
            (
                Limit::new("invite", 5, "invitations", DAY).of("to one address"),
                "at most 5 invitations a day to one address",
            ),
            (
                Limit::new("log-in", 10, "tries", quarter),
                "at most 10 tries within 15 minutes",
            ),
        ] {
            assert_eq!(limit.to_string(), words);
        }
    }

    #[test]
    fn a_network_counts_for_itself_and_an_ipv6_one_for_its_site_too() {
        let limit = Limit::new("send", 1, "messages", MINUTE);
        let of = |whom: Whom| counters(&limit, &whom);
        let address = |text: &str| text.parse::<IpAddr>().unwrap();
        assert_eq!(of("ann".into()), [("send:ann".to_owned(), 1)]);
        assert_eq!(of(address("192.0.2.1").into()), [("send:192.0.2.1".to_owned(), 1)]);
        assert_eq!(
            of((address("2001:db8:1:2::3"), "ann").into()),
            [
                ("send:ann:2001:db8:1:2::".to_owned(), 1),
                ("send:ann:site:2001:db8:1::".to_owned(), SITE_SHARE)
            ]
        );
    }
}
