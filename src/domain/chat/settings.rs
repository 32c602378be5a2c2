//! What an installation decides about chat.

use std::time::Duration;

/// What an installation decides about chat.
#[derive(Debug, Clone)]
pub struct Settings {
    /// How long an account counts as new.
    pub new_account_for: Duration,
}
