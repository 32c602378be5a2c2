//! Handles the carrier's status reports about messages that it accepted.

use entity::{id::SmsMessageId, sms_message, vocabulary::SmsStatus};

use super::deliver_sms::{move_status, name, opt_out};
use crate::{
    deps::{Deps, Tx},
    domain::sms::{
        credits,
        model::{before, status_of},
        store,
    },
    kernel::{Error, Result},
};

/// A report that has been verified as genuine.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StatusReport {
    /// Our id for the message, if the call has it.
    pub sms_message_id: Option<SmsMessageId>,
    /// The carrier's id for it.
    pub provider_id: String,
    /// The carrier's name for the status.
    pub status: String,
    /// The carrier's error code.
    pub error_code: Option<String>,
}

/// The carrier's code for "the recipient has said STOP to you", which some senders learn only afterwards.
const OPTED_OUT: &str = "21610";

/// Advances a message's status. Reports arrive twice and out of order: one that would move the status back, or is about
/// an unknown message, changes nothing. Credits for a message that did not arrive are refunded once.
pub async fn record_status(deps: &Deps, report: &StatusReport) -> Result<()> {
    let Some(status) = status_of(&report.status) else {
        return Ok(());
    };
    deps.write(async |tx| {
        let Some(sms) = reported(tx, report).await? else {
            return Ok(());
        };
        name(tx, sms.id, &report.provider_id).await?;
        let did_not_arrive = matches!(status, SmsStatus::Failed | SmsStatus::Undelivered);
        let error = did_not_arrive.then(|| why(report.error_code.as_deref()));
        let moved = move_status(tx, sms.id, &before(status), status, error.as_deref()).await?;
        if moved && did_not_arrive {
            credits::give_back(deps, tx, &sms).await?;
        }
        if did_not_arrive && report.error_code.as_deref() == Some(OPTED_OUT) {
            opt_out(tx, &sms.to_phone).await?;
        }
        Ok(())
    })
    .await
}

/// The message that a report is about. The callback URL contains our id, so that a report that arrives before the
/// answer to the sending request is also understood.
async fn reported(tx: &Tx, report: &StatusReport) -> Result<Option<sms_message::Model>> {
    if let Some(sms) = store::message_of_provider(tx, &report.provider_id).await? {
        return Ok(Some(sms));
    }
    let Some(id) = report.sms_message_id else {
        return Ok(None);
    };
    match store::message_with_id(tx, id).await {
        Ok(sms) => Ok(Some(sms).filter(|sms| sms.provider_id.is_none())),
        Err(Error::NotFound(_)) => Ok(None),
        Err(error) => Err(error),
    }
}

/// Description of a carrier's error code (<https://www.twilio.com/docs/api/errors>).
fn why(code: Option<&str>) -> String {
    let words = match code {
        Some(OPTED_OUT) => "the recipient does not want text messages",
        Some("30003") => "the phone could not be reached",
        Some("30004") => "the phone blocks messages",
        Some("30005") => "the number is unknown",
        Some("30006") => "the number cannot receive text messages",
        Some("30007") => "the carrier rejected it as spam",
        _ => "the carrier could not deliver it",
    };
    match code {
        Some(code) if code.len() <= 10 => format!("{words} (error {code})"),
        _ => words.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::why;

    #[test]
    fn an_error_is_told_in_words_and_by_its_number() {
        assert_eq!(why(Some("30003")), "the phone could not be reached (error 30003)");
        assert_eq!(why(Some("99999")), "the carrier could not deliver it (error 99999)");
        assert_eq!(why(None), "the carrier could not deliver it");
        assert_eq!(why(Some(&"9".repeat(500))), "the carrier could not deliver it");
    }
}
