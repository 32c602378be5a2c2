//! Accounts: who somebody is, and on which devices.

mod bad_input;
mod email_verification;
mod log_in;
mod log_out;
mod refresh_tokens;
mod register;
mod tokens;

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
