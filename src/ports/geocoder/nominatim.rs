//! Places from a server of Nominatim, the public one or one's own.
//!
//! Promises to the public server, by its usage policy: a User-Agent that names the program and whom to write to, and an
//! attribution with every place. That it is asked once a second at most and that answers are kept is up to the caller.

mod answer;

use std::time::Duration;

use chrono::DateTime;
use reqwest::{
    Client, Response, StatusCode,
    header::{DATE, HeaderMap, HeaderName, RETRY_AFTER},
    redirect,
};
use url::Url;

use super::{FoundPlace, LookUpError, MOST_PLACES, OnlineGeocoder};
use crate::ports::BoxError;

/// The longest answer in bytes; twenty places have some 30,000.
const LONGEST_ANSWER: usize = 1 << 20;
/// How finely a point is named, as zoom of a map: 14 is the neighbourhood, never a street or a house.
const REVERSE_ZOOM: &str = "14";

/// Where the server is and how we introduce ourselves.
#[derive(Debug, Clone)]
pub struct NominatimSettings {
    /// `https://nominatim.openstreetmap.org` or one's own server, with or without a path.
    pub url: Url,
    /// Address of mail or of the web, for whoever runs the server.
    pub contact: Option<String>,
    /// A question that takes longer is given up.
    pub timeout: Duration,
}

/// Asks Nominatim.
#[derive(Debug, Clone)]
pub struct Nominatim {
    url: Url,
    client: Client,
}

impl Nominatim {
    /// Checks the settings; asks nobody.
    pub fn new(settings: NominatimSettings) -> Result<Self, BoxError> {
        // The client needs the process's provider of cryptography. If somebody has installed one before, that one stays.
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
        // Five digits are a metre.
        let (lat, lon) = (format!("{latitude:.5}"), format!("{longitude:.5}"));
        let body = self
            .ask("reverse", &[("lat", &lat), ("lon", &lon), ("zoom", REVERSE_ZOOM)])
            .await?;
        answer::place(&body).map_err(LookUpError::Away)
    }
}

/// The body, if it is no longer than an answer can be.
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

/// Nominatim refuses a question with 400 and says why in its own words; the same from anybody else, such as a proxy,
/// says nothing about the question.
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

/// `Retry-After` is a number of seconds or a date, which we measure from the server's own clock.
fn retry_after(headers: &HeaderMap) -> Option<Duration> {
    let text = |name: HeaderName| headers.get(name)?.to_str().ok().map(str::trim);
    let after = text(RETRY_AFTER)?;
    if let Ok(seconds) = after.parse() {
        return Some(Duration::from_secs(seconds));
    }
    let date = |text| DateTime::parse_from_rfc2822(text).ok();
    (date(after)? - date(text(DATE)?)?).to_std().ok()
}

/// The address of the question holds what was asked for, which is nobody's business.
fn away(error: reqwest::Error) -> LookUpError {
    LookUpError::Away(error.without_url().into())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn after(retry_after_header: &str) -> Option<Duration> {
        let mut headers = HeaderMap::new();
        headers.insert(DATE, "Mon, 01 Jun 2026 12:00:00 GMT".parse().unwrap());
        headers.insert(RETRY_AFTER, retry_after_header.parse().unwrap());
        retry_after(&headers)
    }

    #[test]
    fn a_server_says_in_two_ways_when_it_may_be_asked_again() {
        assert_eq!(after("120"), Some(Duration::from_secs(120)));
        assert_eq!(after("Mon, 01 Jun 2026 12:01:30 GMT"), Some(Duration::from_secs(90)));
        for neither in ["soon", "-1", "1.5", "Mon, 01 Jun 2026 11:00:00 GMT"] {
            assert_eq!(after(neither), None, "{neither}");
        }
    }
}
