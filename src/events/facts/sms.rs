//! Facts about text messages.

use entity::id::SmsMessageId;
use serde::{Deserialize, Serialize};

use crate::events::Topic;

/// Something that has happened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum SmsEvent {
    /// An SMS waits to be sent.
    SmsQueued { sms_message_id: SmsMessageId },
}

impl SmsEvent {
    /// The name of the fact, as the log stores it.
    pub fn name(&self) -> &'static str {
        match self {
            Self::SmsQueued { .. } => "sms_queued",
        }
    }

    /// The topics whose bells ring for it: none.
    pub fn topics(&self) -> Vec<Topic> {
        Vec::new()
    }
}
