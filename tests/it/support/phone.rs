//! An SMS gateway that records messages.

use std::{collections::VecDeque, sync::Mutex};

use finding_sweetie::ports::sms::{Accepted, OutgoingSms, SmsError, SmsGateway, segments, sign};

const WEBHOOK_SECRET: &str = "the secret of the test's webhooks";

/// All text messages that the server has sent.
#[derive(Default)]
pub struct Phone {
    messages: Mutex<Vec<OutgoingSms>>,
    failures: Mutex<VecDeque<SmsError>>,
}

impl Phone {
    /// All messages, in order.
    pub fn sent(&self) -> Vec<OutgoingSms> {
        self.messages.lock().unwrap().clone()
    }

    /// The messages to a number in E.164 format.
    pub fn to(&self, number: &str) -> Vec<OutgoingSms> {
        let messages = self.messages.lock().unwrap();
        messages.iter().filter(|sms| sms.to == number).cloned().collect()
    }

    /// Makes the next message fail with this error.
    pub fn fail_next(&self, error: SmsError) {
        self.failures.lock().unwrap().push_back(error);
    }

    /// The gateway's own id for the message with this id.
    pub fn provider_id(id: &str) -> String {
        format!("SM{id}")
    }

    /// Signs a webhook call like the gateway does.
    pub fn sign(url: &str, form: &[(String, String)]) -> String {
        sign(WEBHOOK_SECRET, url, form)
    }
}

#[async_trait::async_trait]
impl SmsGateway for Phone {
    async fn send(&self, sms: &OutgoingSms) -> Result<Accepted, SmsError> {
        if let Some(error) = self.failures.lock().unwrap().pop_front() {
            return Err(error);
        }
        self.messages.lock().unwrap().push(sms.clone());
        Ok(Accepted {
            provider_id: Self::provider_id(&sms.id),
            segments: Some(segments(&sms.body).count),
        })
    }

    fn is_idempotent(&self) -> bool {
        false
    }

    fn sender(&self) -> &str {
        "+15005550006"
    }

    fn verify_webhook(&self, url: &str, form: &[(String, String)], signature: &str) -> bool {
        sign(WEBHOOK_SECRET, url, form) == signature
    }
}
