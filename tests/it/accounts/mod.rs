//! Accounts: who somebody is, and on which devices.

mod audit_log;
pub mod authenticator;
mod bad_input;
mod claims;
mod email_verification;
mod guessing;
mod identities;
mod log_in;
mod log_out;
mod network_place;
mod refresh_tokens;
mod register;
mod security;
mod tokens;

use serde_json::{Value, json};

use crate::support::{Answer, TestApp, answer, plain_client};

/// Makes an account.
const REGISTER: &str = "mutation($input: RegisterInput!) { register(input: $input) {
    viewer { email emailVerified role member { id displayName joinedAt } sessions { id current } }
    tokens { accessToken accessTokenExpiresAt refreshToken refreshTokenExpiresAt }
    userErrors { field code message } } }";

/// Logs in.
const LOG_IN: &str = "mutation($input: LogInInput!) { logIn(input: $input) {
    viewer { member { id } } tokens { accessToken refreshToken } userErrors { field code message } } }";

/// Exchanges a refresh token.
const REFRESH: &str = "mutation($input: RefreshTokensInput!) { refreshTokens(input: $input) {
    tokens { accessToken refreshToken } userErrors { field code message } } }";

/// Ends log-ins.
const LOG_OUT: &str = "mutation($input: LogOutInput!) { logOut(input: $input) { userErrors { field code message } } }";

/// Who is logged in, and where.
const VIEWER: &str = "{ viewer { email emailVerified role sessions { id current userAgent address } } }";

/// Sends a request from another address of this machine, 127.0.0.`host`.
async fn from_host(app: &TestApp, host: u8, query: &str, variables: Value) -> Answer {
    let client = plain_client()
        .user_agent("the integration suite")
        .local_address(std::net::IpAddr::from([127, 0, 0, host]))
        .build()
        .unwrap();
    let request = client.post(format!("{}/graphql", app.url));
    answer(request.json(&json!({ "query": query, "variables": variables }))).await
}
