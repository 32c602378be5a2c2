//! Callers of requests.

use entity::{id::SessionId, vocabulary::Role};
use finding_sweetie::{domain::accounts, kernel::Viewer};
use serde_json::json;
use uuid::Uuid;

use super::TestApp;

/// A sender of requests.
pub trait Caller {
    /// The `Authorization` header, if any.
    fn authorization(&self) -> Option<String>;
}

/// A caller who is not logged in.
pub struct Visitor;

impl Caller for Visitor {
    fn authorization(&self) -> Option<String> {
        None
    }
}

/// A caller with this token or API key.
pub struct Bearer(pub String);

impl Caller for Bearer {
    fn authorization(&self) -> Option<String> {
        Some(format!("Bearer {}", self.0))
    }
}

/// A logged-in member.
#[derive(Debug, Clone)]
pub struct Actor {
    /// Global id of the member.
    pub id: String,
    /// Display name; the address is `<name>@example.org`, the password `the password of <name>`.
    pub name: String,
    /// Access token.
    pub token: String,
    /// Refresh token.
    pub refresh: String,
}

impl Actor {
    /// The account's e-mail address.
    pub fn email(&self) -> String {
        email_of(&self.name)
    }

    /// The account's password.
    pub fn password(&self) -> String {
        password_of(&self.name)
    }

    /// Who calls, for what is asked below the API. No stored session stands behind it.
    pub fn viewer(&self) -> Viewer {
        Viewer::Member {
            id: self.id.parse().unwrap(),
            role: Role::Member,
            session_id: SessionId(Uuid::nil()),
        }
    }
}

impl Caller for Actor {
    fn authorization(&self) -> Option<String> {
        Some(format!("Bearer {}", self.token))
    }
}

fn email_of(name: &str) -> String {
    format!("{name}@example.org")
}

fn password_of(name: &str) -> String {
    format!("the password of {name}")
}

const REGISTER: &str = "mutation($input: RegisterInput!) { register(input: $input) {
    viewer { member { id } } tokens { accessToken refreshToken } userErrors { field code message } } }";

const LOG_IN: &str = "mutation($input: LogInInput!) { logIn(input: $input) {
    viewer { member { id } } tokens { accessToken refreshToken } userErrors { field code message } } }";

impl TestApp {
    /// A new member with this name. The effects of the registration are ignored: `events()` leaves it out, and the app
    /// does not complain if its jobs never run.
    pub async fn member(&self, name: &str) -> Actor {
        let input = json!({ "email": email_of(name), "password": password_of(name), "displayName": name });
        let data = self.ok(&Visitor, REGISTER, json!({ "input": input })).await;
        let actor = actor(name, &data["register"]);
        self.forgive(&actor.id);
        actor
    }

    /// A new member with a verified address, without a mail.
    pub async fn verified(&self, name: &str) -> Actor {
        let actor = self.member(name).await;
        self.execute(
            "UPDATE members SET email_verified = $1 WHERE email = $2",
            [true.into(), actor.email().into()],
        )
        .await;
        actor
    }

    /// A new moderator with a verified address.
    pub async fn moderator(&self, name: &str) -> Actor {
        self.with_role(name, Role::Moderator).await
    }

    /// A new admin with a verified address.
    pub async fn admin(&self, name: &str) -> Actor {
        self.with_role(name, Role::Admin).await
    }

    async fn with_role(&self, name: &str, role: Role) -> Actor {
        let actor = self.verified(name).await;
        accounts::grant_role(&self.deps, &actor.email(), role).await.unwrap();
        actor
    }

    /// Logs the same member in on another device.
    pub async fn log_in_again(&self, known: &Actor) -> Actor {
        let input = json!({ "email": known.email(), "password": known.password() });
        let data = self.ok(&Visitor, LOG_IN, json!({ "input": input })).await;
        actor(&known.name, &data["logIn"])
    }

    /// The same log-in with its next tokens.
    pub async fn refreshed(&self, known: &Actor) -> Actor {
        let refresh = "mutation($token: String!) { refreshTokens(input: { refreshToken: $token }) {
            tokens { accessToken refreshToken } userErrors { field code message } } }";
        let data = self.ok(&Visitor, refresh, json!({ "token": known.refresh })).await;
        let text = |pointer: &str| data.pointer(pointer).unwrap().as_str().unwrap().to_owned();
        Actor {
            token: text("/refreshTokens/tokens/accessToken"),
            refresh: text("/refreshTokens/tokens/refreshToken"),
            ..known.clone()
        }
    }
}

fn actor(name: &str, payload: &serde_json::Value) -> Actor {
    let text = |pointer: &str| payload.pointer(pointer).unwrap().as_str().unwrap().to_owned();
    Actor {
        id: text("/viewer/member/id"),
        name: name.to_owned(),
        token: text("/tokens/accessToken"),
        refresh: text("/tokens/refreshToken"),
    }
}
