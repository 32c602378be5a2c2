//! Reports, sightings, favourites, the map.

use serde_json::{Value, json};

use super::{
    cast::{Cast, Who},
    row::{Entity, Row, nothing},
};
use crate::matching::{dog, report, with};

const VISITOR: &[Who] = &[Who::Visitor];
const KEY: &[Who] = &[Who::Key];

pub fn rows() -> Vec<Row> {
    [reading(), writing(), writing_for_a_shelter()].concat()
}

fn reading() -> Vec<Row> {
    vec![
        Row::new(
            "Query.pet",
            "query($id: ID!) { pet(id: $id) { id } }",
            |cast, _| Box::pin(lost_by_owner(cast)),
            "ok",
        ),
        Row::new("Query.pets", "{ pets { totalCount } }", nothing, "ok"),
        Row::new(
            "Query.petMap",
            "{ petMap(bounds: { south: 30, west: -98, north: 31, east: -97 }, zoom: 10) { total } }",
            nothing,
            "ok",
        ),
        Row::new(
            "Query.petHeatmap",
            "{ petHeatmap(bounds: { south: 30, west: -98, north: 31, east: -97 }) { count } }",
            nothing,
            "ok",
        ),
        Row::new(
            "Subscription.petMapChanges",
            "subscription { petMapChanges(bounds: { south: 30, west: -98, north: 31, east: -97 }) { id } }",
            nothing,
            "open",
        ),
        Row::new("Query.breeds", "{ breeds(species: DOG) }", nothing, "ok"),
        Row::new("Query.stats", "{ stats { lost } }", nothing, "ok"),
        Row::new("Query.epoch", "{ epoch }", nothing, "ok"),
    ]
}

const REPORT: &str = "mutation($input: ReportPetInput!) { reportPet(input: $input) { userErrors { field code } } }";
const UPDATE: &str =
    "mutation($id: ID!) { updatePet(input: { id: $id, name: \"Biscuit\" }) { userErrors { field code } } }";
const CLOSE: &str =
    "mutation($id: ID!) { closePet(input: { id: $id, outcome: CLOSED }) { userErrors { field code } } }";

fn writing() -> Vec<Row> {
    vec![
        Row::new(
            "Mutation.reportPet",
            REPORT,
            |_, _| Box::pin(async { json!({ "input": lost_dog() }) }),
            "ok",
        )
        .but(VISITOR, "UNAUTHENTICATED")
        .but(KEY, "input.shelterId NOT_ALLOWED"),
        Row::new(
            "Mutation.updatePet",
            UPDATE,
            |cast, _| Box::pin(lost_by_owner(cast)),
            "FORBIDDEN",
        )
        .but(VISITOR, "UNAUTHENTICATED")
        .but(&[Who::Owner], "ok"),
        Row::new(
            "Mutation.closePet",
            CLOSE,
            |cast, _| Box::pin(new_of_owner(cast)),
            "FORBIDDEN",
        )
        .but(VISITOR, "UNAUTHENTICATED")
        .but(&[Who::Owner], "ok"),
        Row::new(
            "Mutation.favoritePet",
            "mutation($id: ID!) { favoritePet(input: { petId: $id }) { userErrors { field code } } }",
            |cast, _| Box::pin(lost_by_owner(cast)),
            "ok",
        )
        .but(VISITOR, "UNAUTHENTICATED")
        .but(KEY, "FORBIDDEN"),
        Row::new(
            "Mutation.addSighting",
            "mutation($id: ID!) { addSighting(input: { petId: $id, seenAt: \"2026-05-31T10:00:00Z\",
                point: { latitude: 30.28, longitude: -97.74 } }) { userErrors { field code } } }",
            |cast, _| Box::pin(lost_by_owner(cast)),
            "ok",
        )
        .but(VISITOR, "UNAUTHENTICATED")
        .but(KEY, "FORBIDDEN"),
    ]
}

/// The animals of a shelter are in the hands of its staff and its keys.
fn writing_for_a_shelter() -> Vec<Row> {
    let inside = &[Who::Staff, Who::Key];
    vec![
        Row::new(
            "Mutation.reportPet",
            REPORT,
            |cast, _| Box::pin(async { json!({ "input": with(taken_in(), json!({ "shelterId": cast.shelter })) }) }),
            "input.shelterId NOT_ALLOWED",
        )
        .but(VISITOR, "UNAUTHENTICATED")
        .but(inside, "ok"),
        Row::new(
            "Mutation.updatePet",
            UPDATE,
            |cast, _| Box::pin(in_shelter(cast)),
            "FORBIDDEN",
        )
        .but(VISITOR, "UNAUTHENTICATED")
        .but(inside, "ok"),
        Row::new(
            "Mutation.closePet",
            CLOSE,
            |cast, _| Box::pin(new_in_shelter(cast)),
            "FORBIDDEN",
        )
        .but(VISITOR, "UNAUTHENTICATED")
        .but(inside, "ok"),
    ]
}

pub fn entities() -> Vec<Entity> {
    vec![
        Entity {
            kind: "Pet",
            make: |cast| Box::pin(async { id(lost_by_owner(cast).await) }),
            seen_by: &Who::ALL,
        },
        Entity {
            kind: "Pet",
            make: |cast| Box::pin(async { id(in_shelter(cast).await) }),
            seen_by: &Who::ALL,
        },
        Entity {
            kind: "Sighting",
            make: |cast| Box::pin(sighting(cast)),
            seen_by: &Who::ALL,
        },
    ]
}

fn lost_dog() -> Value {
    dog("LOST", 30.2672, "2026-05-30T10:00:00Z")
}

fn taken_in() -> Value {
    dog("SHELTERED", 30.2672, "2026-05-30T10:00:00Z")
}

fn id(variables: Value) -> String {
    variables["id"].as_str().unwrap().to_owned()
}

/// A report of the owner, the same for everybody.
pub async fn lost_by_owner(cast: &Cast) -> Value {
    cast.once("a report of the owner", async || new_of_owner(cast).await)
        .await
}

/// A new report of the owner.
async fn new_of_owner(cast: &Cast) -> Value {
    json!({ "id": report(&cast.app, &cast.owner, lost_dog()).await })
}

/// An animal of the shelter, the same for everybody.
pub async fn in_shelter(cast: &Cast) -> Value {
    cast.once("an animal of the shelter", async || new_in_shelter(cast).await)
        .await
}

/// A new animal of the shelter.
async fn new_in_shelter(cast: &Cast) -> Value {
    json!({ "id": report(&cast.app, &cast.staff, with(taken_in(), json!({ "shelterId": cast.shelter }))).await })
}

pub async fn sighting(cast: &Cast) -> String {
    let add = "mutation($id: ID!) { addSighting(input: { petId: $id, seenAt: \"2026-05-31T10:00:00Z\",
        point: { latitude: 30.28, longitude: -97.74 } }) { sighting { id } userErrors { field code } } }";
    let data = cast.app.ok(&cast.partner, add, lost_by_owner(cast).await).await;
    id(data["addSighting"]["sighting"].clone())
}

/// Where the exact place of a report is told, and to whom its place is masked.
#[tokio::test]
async fn the_exact_place_is_told_to_its_reporter_and_to_the_staff_of_verified_shelters() {
    let cast = Cast::assemble().await;
    let query =
        "query($id: ID!) { pet(id: $id) { place { exact address coordinates { latitude longitude } } microchip } }";
    let variables = lost_by_owner(&cast).await;
    for who in Who::ALL {
        if matches!(who, Who::RevokedKey | Who::ExpiredKey) {
            continue;
        }
        let data = cast.app.ok(&cast.caller(who), query, variables.clone()).await;
        let exact = matches!(who, Who::Owner | Who::Staff | Who::Employee | Who::OtherStaff);
        assert_eq!(data["pet"]["place"]["exact"], exact, "{who:?}");
        let is_true_point =
            data["pet"]["place"]["coordinates"] == json!({ "latitude": 30.2672, "longitude": -97.7431 });
        assert_eq!(is_true_point, exact, "{who:?}: {data}");
    }
    cast.app.leave_work();
}
