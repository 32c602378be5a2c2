//! Hands an SMS to the carrier.

use entity::{
    id::{JobId, SmsMessageId},
    vocabulary::Lane,
};
use serde::{Deserialize, Serialize};

use crate::{
    deps::Deps,
    domain::sms,
    events::{Event, SmsEvent},
    kernel::{Outcome, Result},
    work::job::{Job, Priority},
};

/// Hand an SMS to the carrier.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SendSms {
    /// The message.
    pub sms_message_id: SmsMessageId,
}

impl Job for SendSms {
    const NAME: &'static str = "send_sms";
    const PRIORITY: Priority = Priority::High;

    fn called_for_by(event: &Event) -> Option<Self> {
        match event {
            Event::Sms(SmsEvent::SmsQueued { sms_message_id }) => Some(Self {
                sms_message_id: *sms_message_id,
            }),
            _ => None,
        }
    }

    fn lane(&self) -> Lane {
        Lane::Delivery
    }

    async fn perform(self, deps: &Deps, _id: JobId) -> Result<Outcome> {
        sms::deliver_sms(deps, self.sms_message_id).await
    }
}
