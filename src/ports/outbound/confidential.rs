//! Requests with credentials, whose answers only the caller may see.

use bytes::Bytes;
use reqwest::header::{CONTENT_TYPE, ETAG, HeaderMap, HeaderName, HeaderValue, LAST_MODIFIED};
use tokio::time::Instant;
use url::{Host, Url};

use super::{
    answer::{body, header, said, status_error},
    error::OutboundError,
    limits::{Fetched, Limits},
    requests::{Hop, Outbound, answered, host, in_time, theirs},
};

impl Outbound {
    /// The address, if something confidential may be sent there and fetched from there: it begins with `https`, or is a
    /// literal address in a network that the settings permit.
    ///
    /// # Errors
    ///
    /// As [`Outbound::check`], and if anybody on the way could read it.
    pub fn check_confidential(&self, url: &str) -> Result<Url, OutboundError> {
        let url = self.check(url)?;
        let is_own = match url.host() {
            Some(Host::Ipv4(address)) => self.0.policy.permits_by_name(address.into()),
            Some(Host::Ipv6(address)) => self.0.policy.permits_by_name(address.into()),
            Some(Host::Domain(_)) | None => false,
        };
        match url.scheme() == "https" || is_own {
            true => Ok(url),
            false => Err(OutboundError::Unencrypted),
        }
    }

    /// Fetches what is there with these headers, following redirects. The headers are sent to the first scheme, host and
    /// port alone; a redirect to elsewhere is followed without them.
    ///
    /// # Errors
    ///
    /// If the address, or one to which it leads, may not be asked, a limit is reached, or the answer is no success.
    pub async fn get_confidential(
        &self,
        url: &str,
        headers: Vec<(HeaderName, HeaderValue)>,
        limits: Limits,
    ) -> Result<Fetched, OutboundError> {
        let mut url = self.check_confidential(url)?;
        let meant_for = url.origin();
        let headers = theirs(headers);
        let client = self.client()?;
        let mut left = limits.timeout;
        for _ in 0..=limits.redirects {
            let turn = self.0.turns.take(&host(&url)).await?;
            let begun = Instant::now();
            let credentials = match url.origin() == meant_for {
                true => headers.clone(),
                false => HeaderMap::new(),
            };
            let request = client.get(url.clone()).headers(credentials);
            let response = answered(request, limits, begun + left).await?;
            let hop = self.hop(url, response, limits, begun + left).await?;
            drop(turn);
            left = left.saturating_sub(begun.elapsed());
            match hop {
                Hop::Arrived(fetched) => return Ok(fetched),
                Hop::Further(next) => url = self.check_confidential(next.as_str())?,
            }
        }
        Err(OutboundError::TooManyRedirects(limits.redirects))
    }

    /// Sends that body there and fetches the whole answer. Redirects are not followed.
    ///
    /// # Errors
    ///
    /// If the address may not be asked, a limit is reached, or the answer is no success.
    pub async fn post_confidential(
        &self,
        url: &str,
        headers: Vec<(HeaderName, HeaderValue)>,
        sent: Bytes,
        limits: Limits,
    ) -> Result<Fetched, OutboundError> {
        let url = self.check_confidential(url)?;
        let client = self.client()?;
        let _turn = self.0.turns.take(&host(&url)).await?;
        let deadline = Instant::now() + limits.timeout;
        let request = client.post(url.clone()).headers(theirs(headers)).body(sent);
        let response = answered(request, limits, deadline).await?;
        let status = response.status();
        if status.is_redirection() {
            return Err(OutboundError::Moved(status.as_u16()));
        }
        if !status.is_success() {
            let headers = response.headers().clone();
            return Err(status_error(status, &headers, said(response, deadline).await));
        }
        Ok(Fetched {
            content_type: header(&response, CONTENT_TYPE),
            etag: header(&response, ETAG),
            last_modified: header(&response, LAST_MODIFIED),
            bytes: in_time(body(response, limits.most_bytes), limits, deadline).await?,
            url,
        })
    }
}
