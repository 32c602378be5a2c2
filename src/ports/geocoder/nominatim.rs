//! Geocoding by a Nominatim server, either the public one or one's own.
//!
//! Follows the usage policy of the public server: a User-Agent that names the program and a contact, and an
//! attribution with every place. Callers must limit themselves to one request a second and cache the answers.

mod answer;

use std::time::Duration;

use reqwest::{Client, Response, StatusCode, header::HeaderMap, redirect};
use url::Url;

use super::{FoundPlace, LookUpError, MOST_PLACES, OnlineGeocoder};
use crate::ports::{BoxError, retry_after::retry_after};

/// Maximum size of an answer in bytes; twenty places take about 30,000.
const LONGEST_ANSWER: usize = 1 << 20;
/// Level of detail when naming a point, as a map's zoom: 14 is the neighbourhood, never a street or a house.
const REVERSE_ZOOM: &str = "14";

/// The server to use and how to identify ourselves to it.
#[derive(Debug, Clone)]
pub struct NominatimSettings {
    /// `https://nominatim.openstreetmap.org` or one's own server, with or without a path.
    pub url: Url,
    /// Mail or web address by which the server's operators can reach us.
    pub contact: Option<String>,
    /// Requests that take longer are abandoned.
    pub timeout: Duration,
}

/// Client for a Nominatim server.
#[derive(Debug, Clone)]
pub struct Nominatim {
    url: Url,
    client: Client,
}

impl Nominatim {
    /// Checks the settings without making a request.
    pub fn new(settings: NominatimSettings) -> Result<Self, BoxError> {
        // The client needs a process-wide cryptography provider. If one is already installed, it stays.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let contact = settings.contact.map(|contact| format!(" ({contact})"));
        let program = concat!("FindingSweetie/", env!("CARGO_PKG_VERSION"));
        let client = Client::builder()
            .user_agent(format!("{program}{}", contact.unwrap_or_default()))
            .timeout(settings.timeout)
            .redirect(redirect::Policy::none())
            .build()?;
        let url = settings.url;
        if url.cannot_be_a_base() {
            return Err("the address of Nominatim can not have a path".into());
        }
        Ok(Self { url, client })
    }

    async fn ask(&self, path: &str, parameters: &[(&str, &str)]) -> Result<Vec<u8>, LookUpError> {
        let mut url = self.url.clone();
        if let Ok(mut segments) = url.path_segments_mut() {
            segments.pop_if_empty().push(path);
        }
        url.query_pairs_mut().extend_pairs(parameters).extend_pairs([
            ("format", "jsonv2"),
            ("addressdetails", "1"),
            ("accept-language", "en"),
        ]);
        let response = self.client.get(url).send().await.map_err(away)?;
        let (status, headers) = (response.status(), response.headers().clone());
        let body = body(response).await;
        if status == StatusCode::OK {
            body
        } else {
            Err(refusal(status, &headers, body))
        }
    }
}

#[async_trait::async_trait]
impl OnlineGeocoder for Nominatim {
    async fn search(&self, text: &str) -> Result<Vec<FoundPlace>, LookUpError> {
        let limit = MOST_PLACES.to_string();
        let body = self.ask("search", &[("q", text), ("limit", &limit)]).await?;
        answer::places(&body).map_err(LookUpError::Away)
    }

    async fn reverse(&self, latitude: f64, longitude: f64) -> Result<Option<FoundPlace>, LookUpError> {
        // Five decimal places are about a metre.
        let (lat, lon) = (format!("{latitude:.5}"), format!("{longitude:.5}"));
        let body = self
            .ask("reverse", &[("lat", &lat), ("lon", &lon), ("zoom", REVERSE_ZOOM)])
            .await?;
        answer::place(&body).map_err(LookUpError::Away)
    }
}

/// The body, unless it is longer than an answer may be.
async fn body(mut response: Response) -> Result<Vec<u8>, LookUpError> {
    let mut body = Vec::new();
    while let Some(chunk) = response.chunk().await.map_err(away)? {
        if LONGEST_ANSWER < body.len() + chunk.len() {
            return Err(LookUpError::Away("the answer does not end".into()));
        }
        body.extend_from_slice(&chunk);
    }
    Ok(body)
}

/// Nominatim refuses a query with status 400 and an explanation in its own format; the same status from anything
/// else, such as a proxy, says nothing about the query.
fn refusal(status: StatusCode, headers: &HeaderMap, body: Result<Vec<u8>, LookUpError>) -> LookUpError {
    let after = retry_after(headers);
    match status {
        StatusCode::TOO_MANY_REQUESTS => LookUpError::TooOften { after },
        StatusCode::SERVICE_UNAVAILABLE if after.is_some() => LookUpError::TooOften { after },
        StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN => LookUpError::Refused(status.to_string()),
        StatusCode::BAD_REQUEST if body.is_ok_and(|body| answer::is_fault(&body)) => LookUpError::Rejected,
        _ => LookUpError::Away(format!("it answered {status}").into()),
    }
}

/// The URL is removed because it contains the query, which must stay private.
fn away(error: reqwest::Error) -> LookUpError {
    LookUpError::Away(error.without_url().into())
}
