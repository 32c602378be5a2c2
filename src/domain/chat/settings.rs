//! Settings for chat.

use std::time::Duration;

/// Settings for chat.
#[derive(Debug, Clone)]
pub struct Settings {
    /// How long an account counts as new.
    pub new_account_for: Duration,
}
