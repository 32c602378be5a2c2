//! Requests to a provider: to addresses over TLS only, without redirects, with a limit on time and length.

use std::time::Duration;

use futures_util::future::BoxFuture;
use openidconnect::{AsyncHttpClient, HttpRequest, HttpResponse, http};
use reqwest::{Client, Request, redirect};
use url::{Host, Url};

use crate::ports::BoxError;

const TIMEOUT: Duration = Duration::from_secs(10);
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
    /// The request cannot be made.
    #[error("the request cannot be made")]
    Request(#[from] http::Error),
    /// The network, or the time is over.
    #[error("the request failed")]
    Network(#[source] reqwest::Error),
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
            "https" => self.is_on_this_machine || !is_loopback(url),
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
        let network = |error: reqwest::Error| HttpError::Network(error.without_url());
        let mut response = self.client.execute(request).await.map_err(network)?;
        let mut answer = http::Response::builder().status(response.status());
        for (name, value) in response.headers() {
            answer = answer.header(name, value);
        }
        let mut body = Vec::new();
        while let Some(chunk) = response.chunk().await.map_err(network)? {
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

fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(Host::Domain(name)) => name == "localhost",
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
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
            ("http://169.254.169.254/latest", false, false),
            ("file:///etc/passwd", false, false),
        ] {
            let url = url.parse().unwrap();
            assert_eq!((far.may_go_to(&url), near.may_go_to(&url)), (by_far, by_near), "{url}");
        }
    }
}
