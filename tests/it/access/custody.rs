//! Animals of shelters and their stays.

use serde_json::{Value, json};

use super::{
    cast::{Cast, Who},
    pets,
    row::{Entity, Row},
};
use crate::matching::{dog, report, with};

const VISITOR: &[Who] = &[Who::Visitor];
/// Whoever works with the animals of the shelter.
const WORKING: &[Who] = &[Who::Staff, Who::Key];
/// Whoever sees the animals of the shelter.
const SEEING: [Who; 6] = [
    Who::Staff,
    Who::Employee,
    Who::Volunteer,
    Who::Key,
    Who::KeyPetsRead,
    Who::Admin,
];

pub fn rows() -> Vec<Row> {
    vec![
        Row::new(
            "Mutation.takeInAnimal",
            "mutation($id: ID!) { takeInAnimal(input: { animalId: $id }) { userErrors { field code } } }",
            |cast, _| Box::pin(async { json!({ "id": left(cast).await }) }),
            "input.animalId NOT_FOUND",
        )
        .but(VISITOR, "UNAUTHENTICATED")
        .but(WORKING, "ok"),
        Row::new(
            "Mutation.changeStays",
            "mutation($id: ID!) { changeStays(input: { ids: [$id], stage: FOSTER }) { userErrors { field code } } }",
            |cast, _| Box::pin(async { json!({ "id": stay(cast).await }) }),
            "input.ids.0 NOT_FOUND",
        )
        .but(VISITOR, "UNAUTHENTICATED")
        .but(WORKING, "ok"),
        Row::new(
            "Mutation.endStays",
            "mutation($id: ID!) { endStays(input: { ids: [$id], outcome: ADOPTED }) { userErrors { field code } } }",
            |cast, _| Box::pin(async { json!({ "id": new_stay(cast).await }) }),
            "input.ids.0 NOT_FOUND",
        )
        .but(VISITOR, "UNAUTHENTICATED")
        .but(WORKING, "ok"),
        Row::new(
            "Mutation.noteOwnerContact",
            "mutation($id: ID!) { noteOwnerContact(input: { stayId: $id, ownerNotifiedAt: \"2026-05-31T10:00:00Z\" }) {
                userErrors { field code } } }",
            |cast, _| Box::pin(async { json!({ "id": stray(cast).await }) }),
            "input.stayId NOT_FOUND",
        )
        .but(VISITOR, "UNAUTHENTICATED")
        .but(WORKING, "ok"),
        Row::new(
            "Mutation.releaseHold",
            "mutation($id: ID!) { releaseHold(input: { stayId: $id, reason: \"The owner gave it up\" }) {
                userErrors { field code } } }",
            |cast, _| Box::pin(async { json!({ "id": stray(cast).await }) }),
            "input.stayId NOT_FOUND",
        )
        .but(VISITOR, "UNAUTHENTICATED")
        .but(WORKING, "ok"),
        Row::new(
            "Mutation.extendHold",
            "mutation($id: ID!) { extendHold(input: { stayId: $id, until: \"2026-07-01T10:00:00Z\", reason: \"Evidence\" }) {
                userErrors { field code } } }",
            |cast, _| Box::pin(async { json!({ "id": stray(cast).await }) }),
            "input.stayId NOT_FOUND",
        )
        .but(VISITOR, "UNAUTHENTICATED")
        .but(WORKING, "ok"),
        Row::new(
            "Mutation.recordAdoptionCheck",
            "mutation($id: ID!) { recordAdoptionCheck(input: { stayId: $id, after: THREE_MONTHS, outcome: RETURNED }) {
                userErrors { field code } } }",
            |cast, _| Box::pin(async { json!({ "id": adopted(cast).await["id"] }) }),
            "input.stayId NOT_FOUND",
        )
        .but(VISITOR, "UNAUTHENTICATED")
        .but(WORKING, "ok"),
    ]
}

pub fn entities() -> Vec<Entity> {
    vec![
        Entity {
            kind: "ShelterAnimal",
            make: |cast| Box::pin(animal(cast)),
            seen_by: &SEEING,
        },
        Entity {
            kind: "Stay",
            make: |cast| Box::pin(stay(cast)),
            seen_by: &SEEING,
        },
    ]
}

/// The stay of the shelter's animal, the same for everybody.
pub async fn stay(cast: &Cast) -> String {
    stay_of(cast, pets::in_shelter(cast).await).await["id"]
        .as_str()
        .unwrap()
        .to_owned()
}

/// The animal of that stay.
pub async fn animal(cast: &Cast) -> String {
    let stay = stay_of(cast, pets::in_shelter(cast).await).await;
    stay["animal"]["id"].as_str().unwrap().to_owned()
}

/// A new stay.
pub async fn new_stay(cast: &Cast) -> String {
    stay_of(cast, taken_in(cast).await).await["id"]
        .as_str()
        .unwrap()
        .to_owned()
}

/// The stay of an animal that is kept for its owner.
async fn stray(cast: &Cast) -> String {
    let animal = dog("SHELTERED", 30.2672, "2026-05-30T10:00:00Z");
    let animal = with(animal, json!({ "shelterId": cast.shelter, "intakeType": "Stray" }));
    let pet = json!({ "id": report(&cast.app, &cast.staff, animal).await });
    stay_of(cast, pet).await["id"].as_str().unwrap().to_owned()
}

/// An animal that was in the shelter.
async fn left(cast: &Cast) -> String {
    adopted(cast).await["animal"]["id"].as_str().unwrap().to_owned()
}

/// The stay of an animal that was adopted.
async fn adopted(cast: &Cast) -> Value {
    let pet = taken_in(cast).await;
    let close = "mutation($id: ID!) { closePet(input: { id: $id, outcome: ADOPTED }) { userErrors { field code } } }";
    cast.app.ok(&cast.staff, close, pet.clone()).await;
    stay_of(cast, pet).await
}

async fn taken_in(cast: &Cast) -> Value {
    let animal = dog("SHELTERED", 30.2672, "2026-05-30T10:00:00Z");
    let animal = with(animal, json!({ "shelterId": cast.shelter }));
    json!({ "id": report(&cast.app, &cast.staff, animal).await })
}

async fn stay_of(cast: &Cast, pet: Value) -> Value {
    let query = "query($id: ID!) { pet(id: $id) { stay { id animal { id } } } }";
    cast.app.ok(&cast.staff, query, pet).await["pet"]["stay"].clone()
}
