//! What shelters say of themselves, the orders of the directory, and the shelters around a report.

use serde_json::{Value, json};

use super::{REGISTER, details, dog, file, import, shelter, text};
use crate::{
    matching,
    support::{Actor, TestApp, Visitor, codes, user_errors},
};

const UPDATE: &str = "mutation($input: UpdateShelterInput!) { updateShelter(input: $input) {
    shelter { verified } userErrors { field code message } } }";
const SEEN: &str = "query($id: ID!) { shelter(id: $id) { name type verified phone email website capacity description
    howToVisit place { label address } occupancyBySpecies { species present capacity } } }";
const LIST: &str = "query($filter: ShelterFilter, $sort: ShelterSort, $first: Int, $after: String) {
    shelters(filter: $filter, sort: $sort, first: $first, after: $after) { nodes { name } pageInfo { endCursor hasNextPage } } }";
const NEARBY: &str = "query($id: ID!) { pet(id: $id) { nearbyShelters {
    distance(unit: KILOMETER) shelter { name phone howToVisit openNow } } } }";

async fn haven() -> (TestApp, Actor, String) {
    let app = TestApp::new().await;
    let ann = app.member("ann").await;
    let id = shelter(&app, &ann).await;
    (app, ann, id)
}

async fn update(app: &TestApp, who: &Actor, id: &str, mut change: Value) -> Value {
    change["id"] = json!(id);
    let data = app.ok(who, UPDATE, json!({ "input": change })).await;
    assert_eq!(data["updateShelter"]["userErrors"], json!([]));
    data["updateShelter"]["shelter"].clone()
}

async fn seen(app: &TestApp, id: &str) -> Value {
    app.ok(&Visitor, SEEN, json!({ "id": id })).await["shelter"].clone()
}

async fn noted(app: &TestApp, action: &str) -> i64 {
    app.value(&format!("SELECT COUNT(*) FROM audit_entries WHERE action = '{action}'"))
        .await
}

/// Another verified shelter of that member.
async fn another(app: &TestApp, owner: &Actor, name: &str, code: &str) -> String {
    let mut input = details();
    input["name"] = json!(name);
    input["location"] = json!({ "postalCode": code });
    let data = app.ok(owner, REGISTER, json!({ "input": input })).await;
    app.execute("UPDATE shelters SET verified = $1", [true.into()]).await;
    text(&data["registerShelter"]["shelter"]["id"])
}

#[tokio::test]
async fn everything_that_a_shelter_says_can_be_corrected_and_emptied() {
    let (app, ann, id) = haven().await;
    let change = json!({
        "phone": "+1 512 555 0199", "email": "front@haven.example", "website": null, "capacity": 40,
        "description": "A home for old dogs.\nSince 1990.", "howToVisit": "Ring twice.", "type": "RESCUE",
        "location": { "postalCode": "98101" }, "address": "1 Pine St",
        "capacityBySpecies": [{ "species": "DOG", "capacity": 30 }],
    });
    update(&app, &ann, &id, change).await;

    assert_eq!(
        seen(&app, &id).await,
        json!({ "name": "Sweetwater Animal Haven", "type": "RESCUE", "verified": true, "phone": "+15125550199",
            "email": "front@haven.example", "website": null, "capacity": 40,
            "description": "A home for old dogs.\nSince 1990.", "howToVisit": "Ring twice.",
            "place": { "label": "Seattle, WA", "address": "1 Pine St" },
            "occupancyBySpecies": [{ "species": "DOG", "present": 0, "capacity": 30 }] })
    );
    update(
        &app,
        &ann,
        &id,
        json!({ "description": null, "howToVisit": "  ", "capacityBySpecies": null }),
    )
    .await;
    let emptied = seen(&app, &id).await;
    assert_eq!(
        (
            &emptied["description"],
            &emptied["howToVisit"],
            &emptied["occupancyBySpecies"]
        ),
        (&Value::Null, &Value::Null, &json!([]))
    );
    assert_eq!(emptied["phone"], "+15125550199", "what is left out stays");
    let found = json!({ "filter": { "text": "haven seattle" }, "sort": "OLDEST" });
    let found = app.ok(&Visitor, LIST, found).await;
    assert_eq!(found["shelters"]["nodes"][0]["name"], "Sweetwater Animal Haven");
    app.leave_work();
}

#[tokio::test]
async fn another_name_takes_the_verification_back_and_another_place_is_noted() {
    let (app, ann, id) = haven().await;
    let root = app.admin("root").await;

    let moved = update(&app, &ann, &id, json!({ "location": { "postalCode": "98101" } })).await;
    assert_eq!(
        (&moved["verified"], noted(&app, "shelter_moved").await),
        (&json!(true), 1)
    );
    let same = update(&app, &ann, &id, json!({ "name": "SWEETWATER animal haven" })).await;
    assert_eq!(same["verified"], true, "only the case of letters has changed");
    let by_admin = update(&app, &root, &id, json!({ "name": "Sweetwater Haven" })).await;
    assert_eq!(by_admin["verified"], true);
    let renamed = update(&app, &ann, &id, json!({ "name": "City Animal Services" })).await;

    assert_eq!(
        (&renamed["verified"], noted(&app, "shelter_unverified").await),
        (&json!(false), 1)
    );
    assert_eq!(noted(&app, "shelter_moved").await, 1);
    assert_eq!(noted(&app, "shelter_updated").await, 4);
    app.run_work().await;
}

#[tokio::test]
async fn what_is_wrong_with_a_change_is_named_at_once() {
    let (app, ann, id) = haven().await;
    let before = app.footprint().await;
    let input = json!({
        "id": id, "name": " ", "phone": "12", "email": "desk", "website": "ftp://haven.example", "capacity": -1,
        "description": "d".repeat(2_001), "howToVisit": "h".repeat(1_001), "timeZone": "Texas",
        "location": { "address": "nowhere at all" },
    });

    let mut faults = user_errors(&app.run(&ann, UPDATE, json!({ "input": input })).await);

    faults.sort();
    assert_eq!(
        faults,
        [
            "input.capacity OUT_OF_RANGE",
            "input.description TOO_LONG",
            "input.email INVALID",
            "input.howToVisit TOO_LONG",
            "input.location INVALID",
            "input.name REQUIRED",
            "input.phone INVALID",
            "input.timeZone INVALID",
            "input.website INVALID",
        ]
    );
    assert_eq!(app.footprint().await, before);
}

#[tokio::test]
async fn species_are_counted_as_they_are_housed() {
    let (app, ann, id) = haven().await;
    let cat = dog("A2", "05/30/2026 10:00:00 AM", "Brown").replace(",Dog,", ",Cat,");
    let rows = [
        dog("A1", "05/30/2026 10:00:00 AM", "Brown"),
        cat,
        dog("A3", "05/28/2026 10:00:00 AM", "Black").replace("Biscuit", "Sweetie"),
    ];
    import(&app, &ann, &id, &file(&rows), json!({})).await;
    let foster =
        "UPDATE stays SET stage = 'foster' WHERE animal_id = (SELECT id FROM shelter_animals WHERE external_id = 'A3')";
    app.execute(foster, []).await;
    update(
        &app,
        &ann,
        &id,
        json!({ "capacityBySpecies": [{ "species": "DOG", "capacity": 2 }] }),
    )
    .await;

    assert_eq!(
        seen(&app, &id).await["occupancyBySpecies"],
        json!([
            { "species": "DOG", "present": 1, "capacity": 2 },
            { "species": "CAT", "present": 1, "capacity": null },
        ])
    );
}

#[tokio::test]
async fn the_directory_is_ordered_by_distance_and_by_name_page_by_page() {
    let (app, ann, _) = haven().await;
    another(&app, &ann, "aardvark Rescue", "78758").await;
    another(&app, &ann, "Zebra Ranch", "98101").await;
    let near = json!({ "area": { "circle": { "center": { "latitude": 30.27, "longitude": -97.74 }, "radius": 50 } } });

    for (filter, sort, names) in [
        (
            near.clone(),
            "NEAREST",
            vec!["Sweetwater Animal Haven", "aardvark Rescue"],
        ),
        (
            json!({}),
            "NAME",
            vec!["aardvark Rescue", "Sweetwater Animal Haven", "Zebra Ranch"],
        ),
        (near, "NAME", vec!["aardvark Rescue", "Sweetwater Animal Haven"]),
    ] {
        let (mut after, mut listed) = (Value::Null, Vec::new());
        loop {
            let variables = json!({ "filter": filter, "sort": sort, "first": 1, "after": after });
            let page = app.ok(&Visitor, LIST, variables).await["shelters"].clone();
            listed.push(text(&page["nodes"][0]["name"]));
            after = page["pageInfo"]["endCursor"].clone();
            if page["pageInfo"]["hasNextPage"] == json!(false) {
                break;
            }
        }
        assert_eq!(listed, names, "{sort}");
    }
    let nowhere = app.run(&Visitor, LIST, json!({ "sort": "NEAREST" })).await;
    assert_eq!(codes(&nowhere), ["BAD_USER_INPUT"]);
}

#[tokio::test]
async fn the_shelters_around_a_report_are_those_around_its_public_point() {
    let (app, ann, id) = haven().await;
    let bob = app.member("bob").await;
    update(&app, &ann, &id, json!({ "howToVisit": "Ring twice." })).await;
    another(&app, &ann, "Zebra Ranch", "98101").await;
    another(&app, &ann, "aardvark Rescue", "78758").await;
    let lost = matching::report(&app, &bob, matching::dog("LOST", 30.2672, "2026-05-30T10:00:00Z")).await;

    let public = app.ok(&Visitor, NEARBY, json!({ "id": lost })).await;
    let own = app.ok(&bob, NEARBY, json!({ "id": lost })).await;

    assert_eq!(public, own, "who knows the true point gets the same distances");
    let near = public["pet"]["nearbyShelters"].as_array().unwrap();
    let names: Vec<&Value> = near.iter().map(|near| &near["shelter"]["name"]).collect();
    assert_eq!(names, ["Sweetwater Animal Haven", "aardvark Rescue"]);
    assert_eq!(
        near[0]["shelter"],
        json!({ "name": "Sweetwater Animal Haven", "phone": "+15125550142", "howToVisit": "Ring twice.", "openNow": null })
    );
    assert!(near[0]["distance"].as_f64() < near[1]["distance"].as_f64());
    app.execute("UPDATE shelters SET verified = $1", [false.into()]).await;
    let unverified = app.ok(&Visitor, NEARBY, json!({ "id": lost })).await;
    assert_eq!(unverified["pet"]["nearbyShelters"], json!([]));
    app.run_work().await;
}

#[tokio::test]
async fn more_capacities_than_there_are_species_are_one_fault() {
    let (app, ann, id) = haven().await;
    let many = vec![json!({ "species": "DOG", "capacity": 1 }); 1_000];
    let change = json!({ "input": { "id": id, "capacityBySpecies": many } });
    let refused = app.run(&ann, UPDATE, change).await;
    assert_eq!(user_errors(&refused), ["input.capacityBySpecies TOO_MANY"]);
    app.leave_work();
}
