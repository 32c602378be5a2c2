//! When a server that is asked too much wants to be asked again.

use std::time::Duration;

use chrono::DateTime;
use reqwest::header::{DATE, HeaderMap, HeaderName, RETRY_AFTER};

/// `Retry-After` is a number of seconds or a date, which is compared with the server's own clock.
pub fn retry_after(headers: &HeaderMap) -> Option<Duration> {
    let text = |name: HeaderName| headers.get(name)?.to_str().ok().map(str::trim);
    let after = text(RETRY_AFTER)?;
    if let Ok(seconds) = after.parse() {
        return Some(Duration::from_secs(seconds));
    }
    let date = |text| DateTime::parse_from_rfc2822(text).ok();
    (date(after)? - date(text(DATE)?)?).to_std().ok()
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
