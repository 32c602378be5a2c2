//! Accounts and `node`.

use entity::{id::IdentityId, identity};
use sea_orm::{ActiveValue::Set, EntityTrait};
use serde_json::json;

use crate::accounts::authenticator::with_passkey;

use super::{
    cast::Who,
    row::{Entity, Row, nothing},
};

const VISITOR: &[Who] = &[Who::Visitor];
const KEY: &[Who] = &[Who::Key];

pub fn rows() -> Vec<Row> {
    vec![
        Row::new(
            "Query.node",
            "query($id: ID!) { node(id: $id) { id } }",
            |cast, _| Box::pin(async { json!({ "id": cast.owner.id }) }),
            "ok",
        ),
        Row::new(
            "Query.nodes",
            "query($id: ID!) { nodes(ids: [$id]) { id } }",
            |cast, _| Box::pin(async { json!({ "id": cast.owner.id }) }),
            "ok",
        ),
        Row::new("Query.auditLog", "{ auditLog { totalCount } }", nothing, "FORBIDDEN")
            .but(VISITOR, "UNAUTHENTICATED")
            .but(&[Who::Admin], "ok"),
        Row::new("Query.viewer", "{ viewer { email } }", nothing, "ok").but(&[Who::Visitor, Who::Key], "null"),
        Row::new(
            "Mutation.register",
            "mutation($input: RegisterInput!) { register(input: $input) { userErrors { field code } } }",
            |_, who| {
                Box::pin(async move {
                    let email = format!("another-{who:?}@example.org");
                    json!({ "input": { "email": email, "password": "correct horse", "displayName": "Another" } })
                })
            },
            "ok",
        ),
        Row::new(
            "Mutation.logIn",
            "mutation($input: LogInInput!) { logIn(input: $input) { userErrors { field code } } }",
            |cast, _| {
                Box::pin(async {
                    json!({ "input": { "email": cast.owner.email(), "password": cast.owner.password() } })
                })
            },
            "ok",
        ),
        Row::new(
            "Mutation.refreshTokens",
            "mutation($input: RefreshTokensInput!) { refreshTokens(input: $input) { userErrors { field code } } }",
            |cast, _| {
                Box::pin(async {
                    let token = cast.app.log_in_again(&cast.owner).await.refresh;
                    json!({ "input": { "refreshToken": token } })
                })
            },
            "ok",
        ),
        Row::new(
            "Mutation.logOut",
            "mutation { logOut(input: {}) { userErrors { field code } } }",
            nothing,
            "ok",
        )
        .but(VISITOR, "UNAUTHENTICATED")
        .but(&[Who::Key], "UNAUTHENTICATED")
        .ends_log_in(),
        Row::new(
            "Mutation.revokeSession",
            "mutation($input: RevokeSessionInput!) { revokeSession(input: $input) { userErrors { field code } } }",
            |cast, _| Box::pin(async { json!({ "input": { "id": session(cast).await } }) }),
            "input.id NOT_FOUND",
        )
        .but(VISITOR, "UNAUTHENTICATED")
        .but(KEY, "FORBIDDEN")
        .but(&[Who::Owner], "ok"),
        Row::new(
            "Mutation.verifyEmail",
            "mutation { verifyEmail(input: { token: \"ev_0\" }) { userErrors { field code } } }",
            nothing,
            "input.token EXPIRED",
        ),
        Row::new(
            "Mutation.requestEmailVerification",
            "mutation($email: EmailAddress!) { requestEmailVerification(input: { email: $email }) {
                userErrors { field code } } }",
            |cast, who| {
                let email = cast.actor(who).unwrap_or(&cast.owner).email();
                Box::pin(async move { json!({ "email": email }) })
            },
            "ok",
        )
        .but(VISITOR, "UNAUTHENTICATED")
        .but(KEY, "FORBIDDEN"),
        Row::new(
            "Mutation.requestPasswordReset",
            "mutation($email: EmailAddress!) { requestPasswordReset(input: { email: $email }) { userErrors { field code } } }",
            |_, who| Box::pin(async move { json!({ "email": format!("{who:?}@example.org") }) }),
            "ok",
        ),
        Row::new(
            "Mutation.resetPassword",
            "mutation { resetPassword(input: { token: \"pr_0\", password: \"a phrase of several words\" }) { userErrors { field code } } }",
            nothing,
            "input.token EXPIRED",
        ),
        Row::new(
            "Mutation.changePassword",
            "mutation { changePassword(input: { currentPassword: \"no\", newPassword: \"a phrase of several words\" }) { userErrors { field code } } }",
            nothing,
            "input.currentPassword INVALID",
        )
        .but(VISITOR, "UNAUTHENTICATED")
        .but(KEY, "FORBIDDEN"),
        Row::new(
            "Mutation.changeEmail",
            "mutation { changeEmail(input: { email: \"nobody@example.org\", password: \"no\" }) { userErrors { field code } } }",
            nothing,
            "input.password INVALID",
        )
        .but(VISITOR, "UNAUTHENTICATED")
        .but(KEY, "FORBIDDEN"),
        Row::new(
            "Mutation.confirmEmailChange",
            "mutation { confirmEmailChange(input: { token: \"ec_0\" }) { userErrors { field code } } }",
            nothing,
            "input.token EXPIRED",
        ),
        Row::new(
            "Mutation.startTotp",
            "mutation { startTotp(input: { password: \"no\" }) { userErrors { field code } } }",
            nothing,
            "input.password INVALID",
        )
        .but(VISITOR, "UNAUTHENTICATED")
        .but(KEY, "FORBIDDEN"),
        Row::new(
            "Mutation.confirmTotp",
            "mutation { confirmTotp(input: { code: \"000000\" }) { userErrors { field code } } }",
            nothing,
            "CONFLICT",
        )
        .but(VISITOR, "UNAUTHENTICATED")
        .but(KEY, "FORBIDDEN"),
        Row::new(
            "Mutation.disableTotp",
            "mutation { disableTotp(input: { password: \"no\", code: \"0\" }) { userErrors { field code } } }",
            nothing,
            "input.password INVALID",
        )
        .but(VISITOR, "UNAUTHENTICATED")
        .but(KEY, "FORBIDDEN"),
        Row::new(
            "Mutation.createRecoveryCodes",
            "mutation { createRecoveryCodes(input: { password: \"no\" }) { userErrors { field code } } }",
            nothing,
            "input.password INVALID",
        )
        .but(VISITOR, "UNAUTHENTICATED")
        .but(KEY, "FORBIDDEN"),
        Row::new(
            "Mutation.startPasskeyRegistration",
            "mutation { startPasskeyRegistration(input: { password: \"no\" }) { userErrors { field code } } }",
            nothing,
            "input.password INVALID",
        )
        .but(VISITOR, "UNAUTHENTICATED")
        .but(KEY, "FORBIDDEN"),
        Row::new(
            "Mutation.addPasskey",
            "mutation { addPasskey(input: { credentialJson: \"{}\" }) { userErrors { field code } } }",
            nothing,
            "input.credentialJson INVALID",
        )
        .but(VISITOR, "UNAUTHENTICATED")
        .but(KEY, "FORBIDDEN"),
        Row::new(
            "Mutation.renamePasskey",
            "mutation($id: ID!) { renamePasskey(input: { id: $id, name: \"Phone\" }) { userErrors { field code } } }",
            |cast, _| Box::pin(async move { json!({ "id": passkey(cast).await }) }),
            "input.id NOT_FOUND",
        )
        .but(&[Who::Owner], "ok")
        .but(VISITOR, "UNAUTHENTICATED")
        .but(KEY, "FORBIDDEN"),
        Row::new(
            "Mutation.removePasskey",
            "mutation($id: ID!) { removePasskey(input: { id: $id }) { userErrors { field code } } }",
            |cast, _| Box::pin(async move { json!({ "id": passkey(cast).await }) }),
            "input.id NOT_FOUND",
        )
        .but(&[Who::Owner], "ok")
        .but(VISITOR, "UNAUTHENTICATED")
        .but(KEY, "FORBIDDEN"),
        Row::new(
            "Mutation.startPasskeyLogIn",
            "mutation { startPasskeyLogIn(input: {}) { optionsJson userErrors { field code } } }",
            nothing,
            "ok",
        ),
        Row::new(
            "Mutation.logInWithPasskey",
            "mutation { logInWithPasskey(input: { credentialJson: \"{}\" }) { userErrors { field code } } }",
            nothing,
            "input.credentialJson INVALID",
        ),
        Row::new(
            "Query.identityProviders",
            "{ identityProviders { id } }",
            nothing,
            "ok",
        ),
        Row::new(
            "Mutation.startIdentitySignIn",
            "mutation { startIdentitySignIn(input: { providerId: \"nobody\" }) { userErrors { field code } } }",
            nothing,
            "input.providerId NOT_FOUND",
        ),
        Row::new(
            "Mutation.finishIdentitySignIn",
            "mutation { finishIdentitySignIn(input: { state: \"0\", code: \"0\", secret: \"0\" }) { userErrors { field code } } }",
            nothing,
            "input.state EXPIRED",
        ),
        Row::new(
            "Mutation.startIdentityLink",
            "mutation { startIdentityLink(input: { providerId: \"nobody\", password: \"no\" }) { userErrors { field code } } }",
            nothing,
            "input.password INVALID",
        )
        .but(VISITOR, "UNAUTHENTICATED")
        .but(KEY, "FORBIDDEN"),
        Row::new(
            "Mutation.finishIdentityLink",
            "mutation { finishIdentityLink(input: { state: \"0\", code: \"0\", secret: \"0\" }) { userErrors { field code } } }",
            nothing,
            "input.state EXPIRED",
        )
        .but(VISITOR, "UNAUTHENTICATED")
        .but(KEY, "FORBIDDEN"),
        Row::new(
            "Mutation.unlinkIdentity",
            "mutation($input: UnlinkIdentityInput!) { unlinkIdentity(input: $input) { userErrors { field code } } }",
            |cast, who| {
                Box::pin(async move {
                    let password = cast.actor(who).map(|actor| actor.password());
                    json!({ "input": { "id": identity(cast).await, "password": password } })
                })
            },
            "input.id NOT_FOUND",
        )
        .but(VISITOR, "UNAUTHENTICATED")
        .but(KEY, "FORBIDDEN")
        .but(&[Who::Owner], "ok"),
    ]
}

pub fn entities() -> Vec<Entity> {
    vec![
        Entity {
            kind: "Member",
            make: |cast| Box::pin(async { cast.owner.id.clone() }),
            seen_by: &Who::ALL,
        },
        Entity {
            kind: "Session",
            make: |cast| Box::pin(session(cast)),
            seen_by: &[Who::Owner],
        },
        Entity {
            kind: "Identity",
            make: |cast| Box::pin(identity(cast)),
            seen_by: &[Who::Owner],
        },
        Entity {
            kind: "AuditEntry",
            make: |cast| Box::pin(audit_entry(cast)),
            seen_by: &[Who::Admin],
        },
    ]
}

/// The newest entry of the audit log.
pub async fn audit_entry(cast: &super::cast::Cast) -> String {
    let data = cast
        .app
        .ok(&cast.admin, "{ auditLog(first: 1) { nodes { id } } }", json!({}))
        .await;
    data["auditLog"]["nodes"][0]["id"].as_str().unwrap().to_owned()
}

/// A new log-in of the owner.
pub async fn session(cast: &super::cast::Cast) -> String {
    let elsewhere = cast.app.log_in_again(&cast.owner).await;
    let data = cast
        .app
        .ok(&elsewhere, "{ viewer { sessions { id current } } }", json!({}))
        .await;
    let sessions = data["viewer"]["sessions"].as_array().unwrap();
    let own = sessions.iter().find(|session| session["current"] == true).unwrap();
    own["id"].as_str().unwrap().to_owned()
}

/// A passkey of the owner.
pub async fn passkey(cast: &super::cast::Cast) -> String {
    let data = cast
        .app
        .ok(&cast.owner, "{ viewer { passkeys { id } } }", json!({}))
        .await;
    if let Some(id) = data["viewer"]["passkeys"][0]["id"].as_str() {
        return id.to_owned();
    }
    with_passkey(&cast.app, &cast.owner).await.0
}

/// An account at another service with which the owner signs in.
pub async fn identity(cast: &super::cast::Cast) -> String {
    let deps = &cast.app.deps;
    let id = IdentityId(deps.ids.uuid(deps.clock.now()));
    let row = identity::ActiveModel {
        id: Set(id),
        member_id: Set(cast.owner.id.parse().unwrap()),
        provider: Set("example".to_owned()),
        issuer: Set("https://accounts.example.org".to_owned()),
        subject: Set(id.to_string()),
        email: Set(Some("owner@elsewhere.example".to_owned())),
        linked_at: Set(deps.clock.now()),
        last_used_at: Set(deps.clock.now()),
    };
    deps.write(async |tx| Ok(identity::Entity::insert(row).exec_without_returning(tx).await?))
        .await
        .unwrap();
    id.to_string()
}
