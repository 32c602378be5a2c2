//! What keeps an account its member's: passwords, addresses, second factors.

mod change_email;
mod change_password;
mod mails;
mod pages;
mod passkeys;
mod reset_password;
mod text_codes;
pub(super) mod two_factor;

use serde_json::{Value, json};

use crate::support::{Answer, Caller, TestApp, Visitor};

/// Asks for a mail with a link.
const FORGOT: &str = "mutation($input: RequestPasswordResetInput!) { requestPasswordReset(input: $input) {
    userErrors { field code message } } }";

/// Redeems the link.
const RESET: &str = "mutation($input: ResetPasswordInput!) { resetPassword(input: $input) {
    viewer { emailVerified member { id } } tokens { accessToken refreshToken } userErrors { field code message } } }";

const CHANGE_PASSWORD: &str = "mutation($input: ChangePasswordInput!) { changePassword(input: $input) {
    viewer { member { id } } userErrors { field code message } } }";

const CHANGE_EMAIL: &str = "mutation($input: ChangeEmailInput!) { changeEmail(input: $input) {
    viewer { email pendingEmail } userErrors { field code message } } }";

const CONFIRM_EMAIL: &str = "mutation($input: ConfirmEmailChangeInput!) { confirmEmailChange(input: $input) {
    emailChanged userErrors { field code message } } }";

/// The newest mail's subject.
fn subject(app: &TestApp, address: &str) -> String {
    app.mailbox.to(address).last().expect("no mail").subject.clone()
}

async fn forgot(app: &TestApp, address: &str) -> Answer {
    app.run(&Visitor, FORGOT, json!({ "input": { "email": address } }))
        .await
}

async fn log_in(app: &TestApp, email: &str, password: &str, code: Option<&str>) -> Answer {
    let input = json!({ "email": email, "password": password, "code": code });
    app.run(&Visitor, super::LOG_IN, json!({ "input": input })).await
}

/// Runs a mutation with this input.
async fn with(app: &TestApp, caller: &impl Caller, query: &str, input: Value) -> Answer {
    app.run(caller, query, json!({ "input": input })).await
}

async fn audited(app: &TestApp, action: &str) -> i64 {
    app.value(&format!("SELECT COUNT(*) FROM audit_entries WHERE action = '{action}'"))
        .await
}
