//! Facts about notifications and alerts.

use entity::id::MemberId;
use serde::{Deserialize, Serialize};

use crate::events::Topic;

/// Something that has happened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum NotificationEvent {
    /// A member has a new alert.
    MatchAlerted { member_id: MemberId },
    /// A member has a new notification, or has read some.
    NotificationsChanged { member_id: MemberId },
}

impl NotificationEvent {
    /// The name of the fact, as the log stores it.
    pub fn name(&self) -> &'static str {
        match self {
            Self::MatchAlerted { .. } => "match_alerted",
            Self::NotificationsChanged { .. } => "notifications_changed",
        }
    }

    /// The topics whose bells ring for it.
    pub fn topics(&self) -> Vec<Topic> {
        match self {
            Self::MatchAlerted { member_id } | Self::NotificationsChanged { member_id } => {
                vec![Topic::Member(*member_id)]
            }
        }
    }
}
