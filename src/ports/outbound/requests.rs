//! The requests.

use std::sync::{Arc, OnceLock};

use bytes::Bytes;
use ipnet::IpNet;
use reqwest::{
    Client, RequestBuilder, Response,
    header::{
        ACCEPT_ENCODING, CONNECTION, CONTENT_LENGTH, CONTENT_TYPE, ETAG, EXPECT, HOST, HeaderMap, HeaderName,
        HeaderValue, LAST_MODIFIED, LOCATION, TE, TRAILER, TRANSFER_ENCODING, UPGRADE, USER_AGENT,
    },
};
use tokio::time::{Instant, timeout_at};
use url::Url;

use super::{
    address::AddressPolicy,
    answer::{body, header, said, status_error},
    client::{client, failure},
    error::OutboundError,
    limits::{Answer, Fetched, Limits, Pace},
    lookup::{CheckedLookup, NameLookup, SystemLookup},
    target::{next_target, target},
    turns::Turns,
};

/// Headers that belong to the connection: with others, two machines on the way could disagree where a request ends.
const OURS: [HeaderName; 10] = [
    ACCEPT_ENCODING,
    CONNECTION,
    CONTENT_LENGTH,
    EXPECT,
    HOST,
    TE,
    TRAILER,
    TRANSFER_ENCODING,
    UPGRADE,
    USER_AGENT,
];

/// Who asks, and what may be asked.
#[derive(Debug, Clone)]
pub struct OutboundSettings {
    /// Where this server is seen from outside, so that operators of others can see who asks them.
    pub public_url: String,
    /// Networks that may be reached although they are not public.
    pub networks: Vec<IpNet>,
    /// How politely requests behave.
    pub pace: Pace,
}

/// Makes requests to addresses that users name. Cheap to clone; clones share their queues and connections.
#[derive(Clone)]
pub struct Outbound(pub(super) Arc<Inner>);

pub(super) struct Inner {
    pub(super) policy: AddressPolicy,
    pub(super) lookup: Arc<dyn NameLookup>,
    user_agent: String,
    pub(super) turns: Turns,
    /// Made at the first request: it reads the system's certificate authorities, which an installation that asks nobody
    /// need not have.
    client: OnceLock<Client>,
}

/// What one request of a chain of redirects led to.
pub(super) enum Hop {
    Arrived(Fetched),
    Further(Url),
}

impl Outbound {
    /// Looks names up as the system does.
    pub fn new(settings: OutboundSettings) -> Self {
        Self::with_lookup(settings, Arc::new(SystemLookup::default()))
    }

    /// Looks names up there.
    pub fn with_lookup(settings: OutboundSettings, lookup: Arc<dyn NameLookup>) -> Self {
        let OutboundSettings {
            public_url,
            networks,
            pace,
        } = settings;
        let program = concat!("FindingSweetie/", env!("CARGO_PKG_VERSION"));
        Self(Arc::new(Inner {
            policy: AddressPolicy::new(networks),
            lookup,
            user_agent: format!("{program} (+{public_url})"),
            turns: Turns::new(pace),
            client: OnceLock::new(),
        }))
    }

    /// The address, if it may be asked as far as can be told without the network: for forms, so that people learn at once
    /// what is wrong. `get` and `post` check the same and more.
    ///
    /// # Errors
    ///
    /// If it is no address, is longer than 2,048 bytes, is neither `http` nor `https`, contains a user name, or leads to a
    /// port or a literal address that is not asked.
    pub fn check(&self, url: &str) -> Result<Url, OutboundError> {
        target(url, &self.0.policy)
    }

    /// Fetches what is there, following redirects.
    ///
    /// # Errors
    ///
    /// If the address may not be asked, a limit is reached, or the answer is no success.
    pub async fn get(&self, url: &str, limits: Limits) -> Result<Fetched, OutboundError> {
        let mut url = self.check(url)?;
        let client = self.client()?;
        let mut left = limits.timeout;
        for _ in 0..=limits.redirects {
            let turn = self.0.turns.take(&host(&url)).await?;
            let begun = Instant::now();
            let request = client.get(url.clone());
            let response = answered(request, limits, begun + left).await?;
            let hop = self.hop(url, response, limits, begun + left).await?;
            drop(turn);
            left = left.saturating_sub(begun.elapsed());
            match hop {
                Hop::Arrived(fetched) => return Ok(fetched),
                Hop::Further(next) => url = next,
            }
        }
        Err(OutboundError::TooManyRedirects(limits.redirects))
    }

    /// Sends that body there. Redirects are not followed: what is sent may be meant for that server alone. Headers that
    /// belong to the connection, such as `host` and `content-length`, are ours: given ones are left out.
    ///
    /// # Errors
    ///
    /// If the address may not be asked, the time is over, or the answer is no success; then [`OutboundError::Status`] has
    /// the beginning of what was answered.
    pub async fn post(
        &self,
        url: &str,
        headers: Vec<(HeaderName, HeaderValue)>,
        body: Bytes,
        limits: Limits,
    ) -> Result<Answer, OutboundError> {
        let url = self.check(url)?;
        let headers = theirs(headers);
        let client = self.client()?;
        let _turn = self.0.turns.take(&host(&url)).await?;
        let deadline = Instant::now() + limits.timeout;
        let request = client.post(url);
        let request = request.headers(headers).body(body);
        let response = answered(request, limits, deadline).await?;
        let status = response.status();
        if status.is_redirection() {
            return Err(OutboundError::Moved(status.as_u16()));
        }
        let answered = response.headers().clone();
        let said = said(response, deadline).await;
        if !status.is_success() {
            return Err(status_error(status, &answered, said));
        }
        Ok(Answer {
            status: status.as_u16(),
            said,
        })
    }

    /// What an answer means: the end, or a redirect.
    pub(super) async fn hop(
        &self,
        url: Url,
        response: Response,
        limits: Limits,
        deadline: Instant,
    ) -> Result<Hop, OutboundError> {
        let status = response.status();
        if matches!(status.as_u16(), 301 | 302 | 303 | 307 | 308) {
            let location = response.headers().get(LOCATION);
            let next = location.and_then(|location| next_target(&url, location.as_bytes(), &self.0.policy));
            let next = next.ok_or(OutboundError::RedirectToNowhere(status.as_u16()))??;
            return Ok(Hop::Further(next));
        }
        if !status.is_success() {
            return Err(status_error(status, response.headers(), String::new()));
        }
        Ok(Hop::Arrived(Fetched {
            content_type: header(&response, CONTENT_TYPE),
            etag: header(&response, ETAG),
            last_modified: header(&response, LAST_MODIFIED),
            bytes: in_time(body(response, limits.most_bytes), limits, deadline).await?,
            url,
        }))
    }

    pub(super) fn client(&self) -> Result<&Client, OutboundError> {
        let Inner {
            policy,
            lookup,
            user_agent,
            client: made,
            ..
        } = &*self.0;
        if let Some(client) = made.get() {
            return Ok(client);
        }
        let lookup = CheckedLookup {
            lookup: lookup.clone(),
            policy: policy.clone(),
        };
        let new = client(lookup, user_agent).map_err(|error| OutboundError::Unusable(error.into()))?;
        Ok(made.get_or_init(|| new))
    }
}

/// The answer's head.
pub(super) async fn answered(
    request: RequestBuilder,
    limits: Limits,
    deadline: Instant,
) -> Result<Response, OutboundError> {
    let sent = async { request.send().await.map_err(failure) };
    in_time(sent, limits, deadline).await
}

pub(super) async fn in_time<T>(
    work: impl Future<Output = Result<T, OutboundError>>,
    limits: Limits,
    deadline: Instant,
) -> Result<T, OutboundError> {
    let done = timeout_at(deadline, work).await;
    done.map_err(|_| OutboundError::Timeout(limits.timeout))?
}

/// The headers that a caller may give.
pub(super) fn theirs(headers: Vec<(HeaderName, HeaderValue)>) -> HeaderMap {
    headers.into_iter().filter(|(name, _)| !OURS.contains(name)).collect()
}

/// Under which hosts take turns. A name with a dot at its end is the same host.
pub(super) fn host(url: &Url) -> String {
    let host = url.host_str().unwrap_or_default();
    host.trim_end_matches('.').to_owned()
}
