//! Checked values of webhooks.

use entity::{vocabulary::WebhookEvent, webhook};
use sea_orm::Iterable;
use url::{Host, Url};

use crate::{
    deps::Deps,
    kernel::{Error, FieldCode, FieldError, Result},
};

/// Maximum length of an address in characters.
const LONGEST_URL: usize = 2_048;

/// A webhook together with its secret, which is shown only now, and to repeats of the same request.
pub struct NewWebhook {
    /// The stored webhook.
    pub webhook: webhook::Model,
    /// What its deliveries are signed with.
    pub secret: String,
}

/// The address, if deliveries may go there. Each delivery checks it again, because names lead elsewhere later.
pub(super) fn checked_url(deps: &Deps, raw: &str) -> Result<String> {
    let url = raw.trim();
    let length = url.chars().count();
    if url.is_empty() {
        let message = "url must not be empty: give the address that takes the deliveries";
        return Err(Error::field("url", FieldCode::Required, message));
    }
    if LONGEST_URL < length {
        let message = format!("url has {length} characters; at most {LONGEST_URL} are allowed: shorten it");
        return Err(Error::field("url", FieldCode::TooLong, message));
    }
    let refused = |message: String| Error::field("url", FieldCode::Invalid, message);
    let url = deps.outbound.check(url).map_err(|error| refused(error.to_string()))?;
    match url.scheme() == "https" || is_in_own_network(&url) {
        true => Ok(url.into()),
        false => Err(refused(
            "url begins with http: use https, so that nobody on the way reads or changes deliveries".to_owned(),
        )),
    }
}

/// Whether an address that may be asked is one in numbers within a private network. The operator permits those alone that
/// are under the same roof, where there may be no certificates.
fn is_in_own_network(url: &Url) -> bool {
    match url.host() {
        Some(Host::Ipv4(address)) => address.is_loopback() || address.is_private() || address.is_link_local(),
        Some(Host::Ipv6(address)) => {
            address.is_loopback() || address.is_unique_local() || address.is_unicast_link_local()
        }
        Some(Host::Domain(_)) | None => false,
    }
}

/// The events in their stored form: in a fixed order, each once.
pub(super) fn checked_events(chosen: &[WebhookEvent]) -> Result<String> {
    if chosen.is_empty() {
        return Err(Error::field("events", FieldCode::Required, "choose at least one event"));
    }
    let pings = chosen.iter().enumerate();
    let faults: Vec<FieldError> = pings
        .filter(|(_, event)| **event == WebhookEvent::Ping)
        .map(|(place, _)| FieldError {
            path: vec!["events".to_owned(), place.to_string()],
            code: FieldCode::Invalid,
            message: "pings are sent by testWebhook alone: leave them out".to_owned(),
        })
        .collect();
    if !faults.is_empty() {
        return Err(Error::Invalid(faults));
    }
    let events: Vec<WebhookEvent> = WebhookEvent::iter().filter(|event| chosen.contains(event)).collect();
    Ok(serde_json::to_string(&events)?)
}

/// The events that a webhook is told of.
pub fn events_of(webhook: &webhook::Model) -> Result<Vec<WebhookEvent>> {
    Ok(serde_json::from_str(&webhook.events)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn events_are_stored_once_in_one_order_and_under_their_names_on_the_wire() {
        let chosen = [
            WebhookEvent::ImportFinished,
            WebhookEvent::AnimalLeft,
            WebhookEvent::ImportFinished,
        ];

        assert_eq!(checked_events(&chosen).unwrap(), r#"["animal.left","import.finished"]"#);
    }

    #[test]
    fn only_addresses_in_numbers_are_known_to_be_in_a_network_of_ones_own() {
        let is_own = |url: &str| is_in_own_network(&Url::parse(url).unwrap());

        for own in [
            "http://127.0.0.1:8080/",
            "http://10.1.2.3/",
            "http://[::1]/",
            "http://[fd00::1]/",
        ] {
            assert!(is_own(own), "{own}");
        }
        for other in ["http://example.org/", "http://93.184.216.34/", "http://localhost/"] {
            assert!(!is_own(other), "{other}");
        }
    }

    #[test]
    fn no_events_and_pings_are_refused() {
        let fault = |chosen: &[WebhookEvent]| match checked_events(chosen) {
            Err(Error::Invalid(faults)) => (faults[0].path.join("."), faults[0].code),
            other => panic!("{other:?}"),
        };

        assert_eq!(fault(&[]), ("events".to_owned(), FieldCode::Required));
        assert_eq!(
            fault(&[WebhookEvent::AnimalLeft, WebhookEvent::Ping]),
            ("events.1".to_owned(), FieldCode::Invalid)
        );
    }
}
