//! Claims of the owner that the partner judges.

use serde_json::{Value, json};

use super::{
    cast::{Cast, Who},
    matching::pair,
    row::{Entity, Row},
};

const OUTSIDE: &[Who] = &[Who::Stranger, Who::Staff, Who::OtherStaff];
const ANSWER: &str =
    "mutation($id: ID!) { answerClaim(input: { id: $id, answers: [{ number: 1, answer: \"A scar\" }] }) {
    userErrors { field code } } }";

pub fn rows() -> Vec<Row> {
    vec![
        Row::new(
            "Mutation.openClaim",
            "mutation($id: ID!) { openClaim(input: { matchId: $id }) { userErrors { field code } } }",
            |cast, _| Box::pin(pair(cast)),
            "ok",
        )
        .but(&[Who::Visitor], "UNAUTHENTICATED")
        .but(OUTSIDE, "input.matchId NOT_FOUND")
        .but(&[Who::Key, Who::Moderator, Who::Admin], "FORBIDDEN"),
        Row::new(
            "Mutation.answerClaim",
            ANSWER,
            |cast, _| Box::pin(opened(cast)),
            "FORBIDDEN",
        )
        .but(&[Who::Owner], "ok")
        .but(&[Who::Visitor], "UNAUTHENTICATED")
        .but(OUTSIDE, "input.id NOT_FOUND"),
        Row::new(
            "Mutation.judgeClaim",
            "mutation($id: ID!) { judgeClaim(input: { id: $id, accept: true }) { userErrors { field code } } }",
            |cast, _| Box::pin(answered(cast)),
            "FORBIDDEN",
        )
        .but(&[Who::Partner], "ok")
        .but(&[Who::Visitor], "UNAUTHENTICATED")
        .but(OUTSIDE, "input.id NOT_FOUND"),
        Row::new(
            "Mutation.withdrawClaim",
            "mutation($id: ID!) { withdrawClaim(input: { id: $id }) { userErrors { field code } } }",
            |cast, _| Box::pin(opened(cast)),
            "FORBIDDEN",
        )
        .but(&[Who::Owner], "ok")
        .but(&[Who::Visitor], "UNAUTHENTICATED")
        .but(OUTSIDE, "input.id NOT_FOUND"),
    ]
}

pub fn entities() -> Vec<Entity> {
    vec![Entity {
        kind: "Claim",
        make: |cast| Box::pin(async { answered(cast).await["id"].as_str().unwrap().to_owned() }),
        seen_by: &[Who::Owner, Who::Partner, Who::Moderator, Who::Admin],
    }]
}

/// A claim of the owner.
async fn opened(cast: &Cast) -> Value {
    opened_for(cast, &pair(cast).await).await
}

/// A claim of the owner to the animal of a match.
async fn opened_for(cast: &Cast, found: &Value) -> Value {
    let app = &cast.app;
    let open =
        "mutation($id: ID!) { openClaim(input: { matchId: $id }) { claim { id } userErrors { field code message } } }";
    cast.relax("open-claim", &cast.owner).await;
    let data = app.ok(&cast.owner, open, found.clone()).await;
    json!({ "id": data["openClaim"]["claim"]["id"] })
}

async fn answered(cast: &Cast) -> Value {
    answered_for(cast, &pair(cast).await).await
}

/// The same to the animal of a match, with answers.
pub async fn answered_for(cast: &Cast, found: &Value) -> Value {
    let claim = opened_for(cast, found).await;
    cast.app.ok(&cast.owner, ANSWER, claim.clone()).await;
    claim
}
