//! Tokens and results of logging in.

use std::time::Duration;

use entity::{Timestamp, id::SessionId, member};

/// Lifetime of an access token.
pub const ACCESS_TOKEN_FOR: Duration = Duration::from_secs(15 * 60);
/// Lifetime of a refresh token, and of an unused session.
pub const REFRESH_TOKEN_FOR: Duration = Duration::from_secs(60 * 24 * 60 * 60);

/// Time between asking for the deletion of an account and the deletion.
pub const DELETED_AFTER: Duration = Duration::from_secs(14 * 24 * 60 * 60);

/// A session's tokens; they are never shown again.
#[derive(Clone)]
pub struct Tokens {
    /// JWT for the Authorization header.
    pub access_token: String,
    /// When the access token expires.
    pub access_token_expires_at: Timestamp,
    /// Can be used for one refresh.
    pub refresh_token: String,
    /// When the refresh token expires if it is not used.
    pub refresh_token_expires_at: Timestamp,
}

/// The result of registering, logging in or refreshing.
#[derive(Clone)]
pub struct LoggedIn {
    /// The account.
    pub member: member::Model,
    /// The session.
    pub session_id: SessionId,
    /// The session's new tokens.
    pub tokens: Tokens,
}
