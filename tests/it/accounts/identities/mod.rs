//! Signing in with accounts at other services.

mod attempts;
mod limits;
mod link;
mod patience;
mod provider;
mod second_factor;
mod sign_in;
mod tokens;
mod trouble;

use provider::Provider;
use serde_json::{Value, json};

use crate::support::{Actor, Answer, Bearer, Caller, Setup, TestApp, Visitor};

const START: &str = "mutation($input: StartIdentitySignInInput!) { startIdentitySignIn(input: $input) {
    url secret userErrors { field code message } } }";

const FINISH: &str = "mutation($input: FinishIdentitySignInInput!) { finishIdentitySignIn(input: $input) {
    viewer { email emailVerified member { id displayName } identities { id } } tokens { accessToken }
    userErrors { field code message } } }";

const START_LINK: &str = "mutation($input: StartIdentityLinkInput!) { startIdentityLink(input: $input) {
    url secret userErrors { field code message } } }";

const FINISH_LINK: &str = "mutation($input: FinishIdentityLinkInput!) { finishIdentityLink(input: $input) {
    identity { id providerName email linkedAt lastUsedAt } userErrors { field code message } } }";

const UNLINK: &str = "mutation($input: UnlinkIdentityInput!) { unlinkIdentity(input: $input) {
    viewer { identities { id } } userErrors { field code message } } }";

const IDENTITIES: &str = "{ viewer { identities { id providerName email linkedAt lastUsedAt } } }";

/// A provider, and a server that knows it.
async fn both() -> (Provider, TestApp) {
    let provider = Provider::start().await;
    let setup = Setup {
        identity_providers: vec![provider.settings()],
        ..Setup::default()
    };
    let app = TestApp::start(setup).await;
    (provider, app)
}

async fn with(app: &TestApp, caller: &impl Caller, query: &str, input: Value) -> Answer {
    app.run(caller, query, json!({ "input": input })).await
}

/// Begins to sign in; the answer has the address and the secret.
async fn start(app: &TestApp) -> Value {
    let started = with(app, &Visitor, START, json!({ "providerId": "example" })).await;
    started.data()["startIdentitySignIn"].clone()
}

/// What the browser comes back with.
fn back(provider: &Provider, started: &Value) -> Value {
    let (state, code) = provider.consent(started["url"].as_str().unwrap());
    json!({ "state": state, "code": code, "secret": started["secret"] })
}

async fn finish(app: &TestApp, input: Value) -> Answer {
    with(app, &Visitor, FINISH, input).await
}

/// All of it, by somebody whom the provider knows.
async fn sign_in(provider: &Provider, app: &TestApp) -> Answer {
    let started = start(app).await;
    finish(app, back(provider, &started)).await
}

/// Who was logged in.
fn member(answer: &Answer) -> String {
    let viewer = &answer.data()["finishIdentitySignIn"]["viewer"];
    viewer["member"]["id"].as_str().expect("nobody is logged in").to_owned()
}

/// The log-in that was made.
fn token(answer: &Answer) -> Bearer {
    let tokens = &answer.data()["finishIdentitySignIn"]["tokens"];
    Bearer(tokens["accessToken"].as_str().unwrap().to_owned())
}

/// Links the account at the provider to a member.
async fn link(provider: &Provider, app: &TestApp, member: &Actor) -> Answer {
    let started = with(app, member, START_LINK, json!({ "providerId": "example" })).await;
    let input = back(provider, &started.data()["startIdentityLink"]);
    with(app, member, FINISH_LINK, input).await
}

async fn audited(app: &TestApp, action: &str) -> i64 {
    app.value(&format!("SELECT COUNT(*) FROM audit_entries WHERE action = '{action}'"))
        .await
}
