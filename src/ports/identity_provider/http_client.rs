//! Requests to a provider: to addresses over TLS only, without redirects, with a limit on time and length.

use std::{net::IpAddr, time::Duration};

use futures_util::future::BoxFuture;
use openidconnect::{AsyncHttpClient, HttpRequest, HttpResponse, http};
use reqwest::{Client, Request, redirect};
use url::{Host, Url};

use crate::ports::BoxError;

/// For one request. The operation that waits for it is cut off later, so that it can tell what happened.
const TIMEOUT: Duration = Duration::from_secs(3);
/// Most bytes of an answer; lists of keys have a few thousand.
const LONGEST_ANSWER: usize = 1 << 20;

/// Why there is no answer.
#[derive(Debug, thiserror::Error)]
pub enum HttpError {
    /// The provider named an address that is not asked.
    #[error("{0} is no address of a provider over TLS")]
    Address(String),
    /// More than an answer may have.
    #[error("the answer does not end")]
    TooLong,
    /// The answer cannot be handed on.
    #[error("the answer cannot be read")]
    Unreadable(#[from] http::Error),
    /// The network, or the time is over: there is no answer at all.
    #[error("the request failed")]
    Network(#[source] reqwest::Error),
    /// The same in the middle of the answer.
    #[error("the answer broke off")]
    BrokenOff(#[source] reqwest::Error),
}

impl HttpError {
    /// Whether the provider began to answer, so that it has got what was sent.
    pub fn is_answered(&self) -> bool {
        match self {
            Self::TooLong | Self::Unreadable(_) | Self::BrokenOff(_) => true,
            Self::Address(_) | Self::Network(_) => false,
        }
    }
}

/// The client for one provider.
#[derive(Debug, Clone)]
pub struct HttpClient {
    client: Client,
    /// A provider on this machine may be asked without TLS, and no other.
    is_on_this_machine: bool,
}

impl HttpClient {
    /// A client for the provider at that address.
    pub fn new(issuer: &Url) -> Result<Self, BoxError> {
        // The client needs a process-wide cryptography provider. If one is already installed, it stays.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let client = Client::builder()
            .user_agent(concat!("FindingSweetie/", env!("CARGO_PKG_VERSION")))
            .timeout(TIMEOUT)
            .redirect(redirect::Policy::none())
            .build()?;
        let is_on_this_machine = is_loopback(issuer);
        Ok(Self {
            client,
            is_on_this_machine,
        })
    }

    /// Whether the provider may send us, or people, to that address.
    pub fn may_go_to(&self, url: &Url) -> bool {
        match url.scheme() {
            "https" => self.is_on_this_machine || !may_lead_here(url),
            "http" => self.is_on_this_machine && is_loopback(url),
            _ => false,
        }
    }

    /// The answer to a request.
    async fn send(&self, request: HttpRequest) -> Result<HttpResponse, HttpError> {
        let request = Request::try_from(request).map_err(HttpError::Network)?;
        if !self.may_go_to(request.url()) {
            return Err(HttpError::Address(request.url().to_string()));
        }
        // Without its address, which may carry what is nobody's business.
        let answered = self.client.execute(request).await;
        let mut response = answered.map_err(|error| HttpError::Network(error.without_url()))?;
        let mut answer = http::Response::builder().status(response.status());
        for (name, value) in response.headers() {
            answer = answer.header(name, value);
        }
        let broken_off = |error: reqwest::Error| HttpError::BrokenOff(error.without_url());
        let mut body = Vec::new();
        while let Some(chunk) = response.chunk().await.map_err(broken_off)? {
            if LONGEST_ANSWER < body.len() + chunk.len() {
                return Err(HttpError::TooLong);
            }
            body.extend_from_slice(&chunk);
        }
        Ok(answer.body(body)?)
    }
}

impl<'c> AsyncHttpClient<'c> for HttpClient {
    type Error = HttpError;
    type Future = BoxFuture<'c, Result<HttpResponse, HttpError>>;

    fn call(&'c self, request: HttpRequest) -> Self::Future {
        Box::pin(self.send(request))
    }
}

/// Whether it is this machine for certain, so that nobody is on the way there.
fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(Host::Domain(name)) => name == "localhost",
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.to_canonical().is_loopback(),
        None => false,
    }
}

/// Whether it is this machine, or some systems take it for this machine.
fn may_lead_here(url: &Url) -> bool {
    let leads_here = |address: IpAddr| address.is_loopback() || address.is_unspecified();
    match url.host() {
        Some(Host::Domain(name)) => {
            let name = name.trim_end_matches('.');
            name == "localhost" || name.ends_with(".localhost")
        }
        Some(Host::Ipv4(address)) => leads_here(address.into()),
        Some(Host::Ipv6(address)) => leads_here(address.to_canonical()),
        None => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_provider_on_this_machine_leads_to_this_machine() {
        let client = |issuer: &str| HttpClient::new(&issuer.parse().unwrap()).unwrap();
        let (far, near) = (client("https://accounts.example.org"), client("http://127.0.0.1:8080"));
        for (url, by_far, by_near) in [
            ("https://login.example.org/token", true, true),
            ("http://login.example.org/token", false, false),
            ("http://127.0.0.1:9000/token", false, true),
            ("https://localhost/token", false, true),
            ("http://[::1]:9000/token", false, true),
            ("http://[::ffff:127.0.0.1]/token", false, true),
            ("https://[::ffff:127.0.0.1]/token", false, true),
            ("https://127.9.9.9/token", false, true),
            // What some systems take for this machine: never without TLS, and not for others.
            ("http://0.0.0.0/token", false, false),
            ("https://0.0.0.0/token", false, true),
            ("http://[::]/token", false, false),
            ("https://[::]/token", false, true),
            ("https://[::ffff:0.0.0.0]/token", false, true),
            ("http://localhost./token", false, false),
            ("https://localhost./token", false, true),
            ("http://login.localhost/token", false, false),
            ("https://login.localhost/token", false, true),
            ("https://login.localhost./token", false, true),
            ("http://[::ffff:10.0.0.1]/token", false, false),
            ("https://localhost.example.org/token", true, true),
            ("https://mylocalhost/token", true, true),
            ("http://169.254.169.254/latest", false, false),
            ("file:///etc/passwd", false, false),
        ] {
            let url = url.parse().unwrap();
            assert_eq!((far.may_go_to(&url), near.may_go_to(&url)), (by_far, by_near), "{url}");
        }
    }
}
