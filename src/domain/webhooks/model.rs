//! Checked values of webhooks.

use entity::{vocabulary::WebhookEvent, webhook};
use sea_orm::Iterable;

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
pub(super) async fn checked_url(deps: &Deps, raw: &str) -> Result<String> {
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
    match deps.outbound.check(url) {
        Ok(_) => Ok(url.to_owned()),
        Err(error) => Err(Error::field("url", FieldCode::Invalid, error.to_string())),
    }
}

/// The events in their stored form: in a fixed order, each once.
pub(super) fn checked_events(chosen: &[WebhookEvent]) -> Result<String> {
    if chosen.is_empty() {
        return Err(Error::field(
            "events",
            FieldCode::Required,
            "choose at least one event",
        ));
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

        assert_eq!(
            checked_events(&chosen).unwrap(),
            r#"["animal.left","import.finished"]"#
        );
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
