//! Animals that are handed over to shelters.

use serde_json::{Value, json};

use super::{
    cast::{Cast, Who},
    custody,
    row::{Entity, Row},
};
use crate::matching::{dog, report};

const VISITOR: &[Who] = &[Who::Visitor];
/// Whoever hands over and takes over the animals of the shelter.
const HANDING_OVER: &[Who] = &[Who::Staff, Who::Key];
/// Whoever sees the offers to the shelter: it does, and the owner makes them.
const SEEING: [Who; 7] = [
    Who::Owner,
    Who::Staff,
    Who::Employee,
    Who::Volunteer,
    Who::Key,
    Who::KeyPetsRead,
    Who::Admin,
];

const TRANSFER_PET: &str = "mutation($id: ID!, $to: ID!) { transferPet(input: { petId: $id, shelterId: $to }) {
    transfer { id } userErrors { field code message } } }";

pub fn rows() -> Vec<Row> {
    vec![
        Row::new(
            "Mutation.offerTransfer",
            "mutation($id: ID!, $to: ID!) { offerTransfer(input: { stayId: $id, toShelterId: $to }) {
                userErrors { field code } } }",
            |cast, _| Box::pin(async { json!({ "id": custody::new_stay(cast).await, "to": cast.other_shelter }) }),
            "input.stayId NOT_FOUND",
        )
        .but(VISITOR, "UNAUTHENTICATED")
        .but(&[Who::Admin], "FORBIDDEN")
        .but(HANDING_OVER, "ok"),
        Row::new(
            "Mutation.answerTransfer",
            "mutation($id: ID!) { answerTransfer(input: { id: $id, accept: false }) { userErrors { field code } } }",
            |cast, _| Box::pin(async { json!({ "id": offered(cast).await }) }),
            "input.id NOT_FOUND",
        )
        .but(VISITOR, "UNAUTHENTICATED")
        .but(&[Who::Owner, Who::Admin], "FORBIDDEN")
        .but(HANDING_OVER, "ok"),
        Row::new(
            "Mutation.withdrawTransfer",
            "mutation($id: ID!) { withdrawTransfer(input: { id: $id }) { userErrors { field code } } }",
            |cast, _| Box::pin(async { json!({ "id": to_withdraw(cast).await }) }),
            "input.id NOT_FOUND",
        )
        .but(VISITOR, "UNAUTHENTICATED")
        .but(&[Who::Staff, Who::Key, Who::Admin], "FORBIDDEN")
        .but(&[Who::Owner], "ok"),
        Row::new(
            "Mutation.transferPet",
            TRANSFER_PET,
            |cast, _| Box::pin(found(cast)),
            "FORBIDDEN",
        )
        .but(VISITOR, "UNAUTHENTICATED")
        .but(&[Who::Owner], "ok"),
    ]
}

pub fn entities() -> Vec<Entity> {
    vec![Entity {
        kind: "Transfer",
        make: |cast| Box::pin(offered(cast)),
        seen_by: &SEEING,
    }]
}

/// The owner's offer to the shelter, the same for everybody.
pub async fn offered(cast: &Cast) -> String {
    let offer = cast.once("an offer", async || offer(cast).await).await;
    offer.as_str().unwrap().to_owned()
}

/// Another one, for those who withdraw it.
async fn to_withdraw(cast: &Cast) -> String {
    let offer = cast.once("an offer to withdraw", async || offer(cast).await).await;
    offer.as_str().unwrap().to_owned()
}

async fn offer(cast: &Cast) -> Value {
    let data = cast.app.ok(&cast.owner, TRANSFER_PET, found_anew(cast).await).await;
    data["transferPet"]["transfer"]["id"].clone()
}

/// An animal that the owner has found, and the shelter, the same for everybody.
async fn found(cast: &Cast) -> Value {
    cast.once("an animal to bring", async || found_anew(cast).await).await
}

async fn found_anew(cast: &Cast) -> Value {
    let animal = dog("FOUND", 30.2672, "2026-05-30T10:00:00Z");
    json!({ "id": report(&cast.app, &cast.owner, animal).await, "to": cast.shelter })
}
