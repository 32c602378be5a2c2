//! Text messages through Twilio's REST API, or anything compatible with it.

use std::time::Duration;

use reqwest::{Client, StatusCode, redirect};
use secrecy::{ExposeSecret, SecretString};
use serde::Deserialize;
use url::Url;

use super::{Accepted, OutgoingSms, SmsError, SmsGateway, signature};
use crate::ports::BoxError;

/// Calls that take longer are abandoned.
const TIMEOUT: Duration = Duration::from_secs(15);

/// The account and the API's location.
#[derive(Debug, Clone)]
pub struct TwilioSettings {
    /// `AC` and 32 hexadecimal digits.
    pub account_sid: String,
    /// Authenticates our calls, and is the key of the webhooks' signatures.
    pub auth_token: SecretString,
    /// Sender of the messages.
    pub sender: TwilioSender,
    /// `https://api.twilio.com` or a replacement for it, over https or http.
    pub base_url: Url,
}

/// Sender of the messages.
#[derive(Debug, Clone)]
pub enum TwilioSender {
    /// A number in E.164.
    Number(String),
    /// The id of a messaging service, `MG` and 32 hexadecimal digits, which chooses the number.
    MessagingService(String),
}

impl TwilioSender {
    /// Name and value of the form field.
    fn field(&self) -> (&'static str, &str) {
        match self {
            Self::Number(number) => ("From", number),
            Self::MessagingService(id) => ("MessagingServiceSid", id),
        }
    }
}

/// Sends through Twilio.
#[derive(Debug, Clone)]
pub struct Twilio {
    settings: TwilioSettings,
    messages: Url,
    client: Client,
}

/// The part of a successful answer that we use.
#[derive(Deserialize)]
struct Message {
    sid: String,
    num_segments: Option<String>,
}

/// The part of an error answer that we use.
#[derive(Deserialize, Default)]
struct Problem {
    code: Option<u32>,
}

impl Twilio {
    /// Checks the settings without making a call.
    pub fn new(settings: TwilioSettings) -> Result<Self, BoxError> {
        // The client needs a process-wide cryptography provider. If one is already installed, it stays.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let client = Client::builder()
            .timeout(TIMEOUT)
            .redirect(redirect::Policy::none())
            .build()?;
        let mut messages = settings.base_url.clone();
        messages
            .path_segments_mut()
            .map_err(|()| "the base URL of Twilio can not have a path")?
            .pop_if_empty()
            .extend(["2010-04-01", "Accounts", &settings.account_sid, "Messages.json"]);
        Ok(Self {
            settings,
            messages,
            client,
        })
    }

    async fn post(&self, sms: &OutgoingSms) -> reqwest::Result<reqwest::Response> {
        let mut form = vec![
            ("To", sms.to.as_str()),
            self.settings.sender.field(),
            ("Body", &sms.body),
        ];
        form.extend(sms.status_callback.as_deref().map(|url| ("StatusCallback", url)));
        self.client
            .post(self.messages.clone())
            .basic_auth(
                &self.settings.account_sid,
                Some(self.settings.auth_token.expose_secret()),
            )
            .form(&form)
            .send()
            .await
    }
}

#[async_trait::async_trait]
impl SmsGateway for Twilio {
    async fn send(&self, sms: &OutgoingSms) -> Result<Accepted, SmsError> {
        // Without a connection, the message was certainly not sent.
        let answer = self
            .post(sms)
            .await
            .map_err(|error| temporary(!error.is_connect() && !error.is_builder(), error.without_url()))?;
        let status = answer.status();
        if !status.is_success() {
            let problem: Problem = answer.json().await.unwrap_or_default();
            return Err(refusal(status, problem.code));
        }
        let message: Message = answer
            .json()
            .await
            .map_err(|error| temporary(true, error.without_url()))?;
        Ok(Accepted {
            provider_id: message.sid,
            segments: message.num_segments.and_then(|number| number.parse().ok()),
        })
    }

    /// Twilio sends a message again each time it is asked to.
    fn is_idempotent(&self) -> bool {
        false
    }

    fn sender(&self) -> &str {
        self.settings.sender.field().1
    }

    fn verify_webhook(&self, url: &str, form: &[(String, String)], signature: &str) -> bool {
        signature::is_genuine(self.settings.auth_token.expose_secret(), url, form, signature)
    }
}

fn temporary(may_have_been_sent: bool, source: impl Into<BoxError>) -> SmsError {
    SmsError::Temporary {
        may_have_been_sent,
        source: source.into(),
    }
}

/// The consequence of a refusal for the message (<https://www.twilio.com/docs/api/errors>). Problems with the account
/// or the configuration are temporary: the operator fixes them, and then the message is sent.
fn refusal(status: StatusCode, code: Option<u32>) -> SmsError {
    let reason = match code {
        Some(21610) => return SmsError::OptedOut,
        // Wrong credentials, unknown account, too many requests, full queue: nothing was sent.
        Some(20003 | 20404 | 20429 | 21611) => return temporary(false, answered(status, code)),
        Some(21211) => "the phone number is not valid",
        Some(21408) => "text messages to that region are not enabled",
        Some(21612) => "the number cannot be reached from ours",
        Some(21614) => "the number cannot receive text messages",
        Some(21617) => "the text is too long",
        _ => "the gateway does not accept this message",
    };
    match status {
        _ if status.is_server_error() => temporary(true, answered(status, code)),
        StatusCode::UNAUTHORIZED
        | StatusCode::FORBIDDEN
        | StatusCode::NOT_FOUND
        | StatusCode::REQUEST_TIMEOUT
        | StatusCode::TOO_MANY_REQUESTS => temporary(false, answered(status, code)),
        _ if status.is_client_error() => SmsError::Permanent {
            code,
            reason: reason.to_owned(),
        },
        _ => temporary(false, answered(status, code)),
    }
}

fn answered(status: StatusCode, code: Option<u32>) -> String {
    match code {
        Some(code) => format!("the gateway answered {status}, error {code}"),
        None => format!("the gateway answered {status}"),
    }
}
