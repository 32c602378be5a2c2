//! Sends the code for a log-in by text message.

use entity::{
    id::{JobId, LogInCodeId},
    vocabulary::Lane,
};
use serde::{Deserialize, Serialize};

use crate::{
    deps::Deps,
    domain::sms,
    events::{AccountEvent, Event},
    kernel::{Outcome, Result},
    work::job::{Job, Priority},
};

/// Queue the text message with a code for a log-in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TextLogInCode {
    /// The code.
    pub code_id: LogInCodeId,
}

impl Job for TextLogInCode {
    const NAME: &'static str = "text_log_in_code";
    const PRIORITY: Priority = Priority::High;

    fn called_for_by(event: &Event) -> Option<Self> {
        match event {
            Event::Accounts(AccountEvent::LogInCodeRequested { code_id }) => Some(Self { code_id: *code_id }),
            _ => None,
        }
    }

    fn lane(&self) -> Lane {
        Lane::Interactive
    }

    async fn perform(self, deps: &Deps, _id: JobId) -> Result<Outcome> {
        sms::queue_log_in_text(deps, self.code_id).await
    }
}
