//! What a log-in gives.

use std::time::Duration;

use entity::{Timestamp, id::SessionId, member};

/// How long an access token is good.
pub const ACCESS_TOKEN_FOR: Duration = Duration::from_secs(15 * 60);
/// How long a refresh token is good, and a log-in that nobody uses lasts.
pub const REFRESH_TOKEN_FOR: Duration = Duration::from_secs(60 * 24 * 60 * 60);

/// Tokens of a log-in; this is the only time that they are shown.
#[derive(Clone)]
pub struct Tokens {
    /// JWT for the Authorization header.
    pub access_token: String,
    /// When it ends.
    pub access_token_expires_at: Timestamp,
    /// Good for one refresh.
    pub refresh_token: String,
    /// When it ends unused.
    pub refresh_token_expires_at: Timestamp,
}

/// Somebody who has just proved who they are.
#[derive(Clone)]
pub struct LoggedIn {
    /// The account.
    pub member: member::Model,
    /// The log-in.
    pub session_id: SessionId,
    /// Its tokens.
    pub tokens: Tokens,
}
