//! What keys of each scope do, from end to end.

use image::ImageFormat;
use serde_json::{Value, json};

use super::{key, shelter};
use crate::{
    matching::{dog, report, with},
    photos::upload_files::picture,
    support::{Actor, Bearer, Caller, TestApp, codes, user_errors},
};

const REPORT: &str = "mutation($input: ReportPetInput!) { reportPet(input: $input) {
    pet { id photos { id } } userErrors { field code message } } }";
const UPDATE: &str = "mutation($input: UpdatePetInput!) { updatePet(input: $input) {
    pet { id photos { id } } userErrors { field code message } } }";
const PRIVATE: &str = "query($id: ID!) { pet(id: $id) { microchip privateMarks intakeType place { exact address } } }";
const CHIP: &str = "985112004567893";

/// A found animal with all that is private.
fn private(shelter: Option<&str>) -> Value {
    let private = json!({ "microchip": CHIP, "privateMarks": ["A scar below the left ear"] });
    let animal = match shelter {
        Some(shelter) => with(
            dog("SHELTERED", 30.2672, "2026-05-30T10:00:00Z"),
            json!({ "shelterId": shelter }),
        ),
        None => dog("FOUND", 31.2672, "2026-05-30T10:00:00Z"),
    };
    with(animal, private)
}

/// What somebody sees of the private parts: chip, marks, exact place.
async fn seen(app: &TestApp, who: &impl Caller, id: &str) -> [bool; 3] {
    let pet = app.ok(who, PRIVATE, json!({ "id": id })).await["pet"].take();
    [
        !pet["microchip"].is_null(),
        !pet["privateMarks"].is_null(),
        pet["place"]["exact"] == true,
    ]
}

async fn keys_of(app: &TestApp, admin: &Actor, shelter: &str) -> [Bearer; 4] {
    let mut keys = Vec::new();
    for scope in ["pets:read", "pets:write", "imports:write", "matches:read"] {
        keys.push(Bearer(key(app, admin, shelter, &[scope]).await));
    }
    keys.try_into().ok().unwrap()
}

#[tokio::test]
async fn a_key_that_reads_animals_sees_what_is_private_of_those_of_its_shelter_and_of_no_other() {
    let app = TestApp::quiet().await;
    let (ann, bob, cleo) = (
        app.member("ann").await,
        app.member("bob").await,
        app.member("cleo").await,
    );
    let (own, other) = (shelter(&app, &ann).await, shelter(&app, &bob).await);
    let of_shelter = report(&app, &ann, private(Some(&own))).await;
    let of_other = report(&app, &bob, private(Some(&other))).await;
    let of_cleo = report(&app, &cleo, private(None)).await;
    let [reads, writes, imports, matches] = keys_of(&app, &ann, &own).await;

    assert_eq!(seen(&app, &reads, &of_shelter).await, [true; 3]);
    for pet in [&of_other, &of_cleo] {
        assert_eq!(seen(&app, &reads, pet).await, [false; 3]);
    }
    for key in [&writes, &imports, &matches] {
        assert_eq!(seen(&app, key, &of_shelter).await, [false; 3]);
    }
    let looks = "SELECT COUNT(*) FROM audit_entries WHERE action IN
        ('microchip_viewed', 'private_marks_viewed', 'exact_place_viewed') AND actor LIKE 'key_%'";
    assert_eq!(app.value::<i64>(looks).await, 3);
}

#[tokio::test]
async fn a_key_that_writes_animals_uploads_their_photos() {
    let app = TestApp::quiet().await;
    let (ann, bob) = (app.member("ann").await, app.member("bob").await);
    let (own, other) = (shelter(&app, &ann).await, shelter(&app, &bob).await);
    let of_other = report(&app, &bob, private(Some(&other))).await;
    let [reads, writes, imports, matches] = keys_of(&app, &ann, &own).await;
    let bytes = |side| picture(side, 9, ImageFormat::Png);

    let upload = app.send(&writes, "PET_PHOTO", bytes(9)).await;
    let input = with(private(Some(&own)), json!({ "uploadIds": [upload.id] }));
    let reported = app.ok(&writes, REPORT, json!({ "input": input })).await["reportPet"]["pet"].take();
    assert_eq!(reported["photos"].as_array().unwrap().len(), 1);
    let photo = app.photo(&writes, "PET_PHOTO", bytes(11)).await["id"].take();
    let photos = json!([photo, reported["photos"][0]["id"]]);
    let change = json!({ "input": { "id": reported["id"], "photoIds": photos } });
    let changed = app.ok(&writes, UPDATE, change).await;
    assert_eq!(changed["updatePet"]["pet"]["photos"].as_array().unwrap().len(), 2);
    assert_eq!(changed["updatePet"]["pet"]["photos"][0]["id"], photo);

    let elsewhere = json!({ "input": { "id": of_other, "photoIds": [photo] } });
    assert_eq!(codes(&app.run(&writes, UPDATE, elsewhere).await), ["FORBIDDEN"]);
    let create = "mutation { createUpload(input: { purpose: PET_PHOTO, contentType: \"image/png\", byteSize: 9 }) {
        upload { id } userErrors { field code } } }";
    for key in [&reads, &imports, &matches] {
        assert_eq!(codes(&app.run(key, create, json!({})).await), ["FORBIDDEN"]);
        let refused = app
            .run(
                key,
                UPDATE,
                json!({ "input": { "id": reported["id"], "name": "Biscuit" } }),
            )
            .await;
        assert_eq!(codes(&refused), ["FORBIDDEN"]);
        let mine = with(private(Some(&own)), json!({ "microchip": null }));
        let refused = app.run(key, REPORT, json!({ "input": mine })).await;
        assert_eq!(user_errors(&refused), ["input.shelterId NOT_ALLOWED"]);
    }
}

#[tokio::test]
async fn a_key_that_reads_matches_sees_those_of_its_shelter_and_of_no_other() {
    const OF_SHELTER: &str = "query($id: ID!) { shelter(id: $id) { matches(minimumBand: WEAK) { nodes { id } } } }";
    const OF_PET: &str = "query($id: ID!) { pet(id: $id) { matches { nodes { id } } } }";
    let app = TestApp::new().await;
    let (ann, bob, cleo) = (
        app.member("ann").await,
        app.member("bob").await,
        app.member("cleo").await,
    );
    let (own, other) = (shelter(&app, &ann).await, shelter(&app, &bob).await);
    let animal = report(&app, &ann, private(Some(&own))).await;
    report(&app, &cleo, dog("LOST", 30.268, "2026-05-29T10:00:00Z")).await;
    app.run_work().await;
    let [reads, writes, imports, matches] = keys_of(&app, &ann, &own).await;
    let of_other = Bearer(key(&app, &bob, &other, &["pets:read", "matches:read"]).await);

    let data = app.ok(&matches, OF_SHELTER, json!({ "id": own })).await;
    let found = data["shelter"]["matches"]["nodes"][0]["id"]
        .as_str()
        .expect("a match")
        .to_owned();
    let data = app.ok(&matches, OF_PET, json!({ "id": animal })).await;
    assert_eq!(data["pet"]["matches"]["nodes"][0]["id"], found.as_str());
    let node = "query($id: ID!) { node(id: $id) { id ... on Match { viewerDecision claim { id } } } }";
    let data = app.ok(&matches, node, json!({ "id": found })).await;
    assert_eq!(
        (&data["node"]["id"], &data["node"]["viewerDecision"]),
        (&json!(found), &Value::Null)
    );

    for key in [&reads, &writes, &imports, &of_other] {
        assert!(app.ok(key, OF_SHELTER, json!({ "id": own })).await["shelter"]["matches"].is_null());
        assert!(app.ok(key, OF_PET, json!({ "id": animal })).await["pet"]["matches"].is_null());
        assert!(app.ok(key, node, json!({ "id": found })).await["node"].is_null());
    }
    assert!(app.ok(&matches, OF_SHELTER, json!({ "id": other })).await["shelter"]["matches"].is_null());
    let confirm = "mutation($id: ID!) { confirmMatch(input: { id: $id }) { userErrors { field code } } }";
    assert_eq!(
        codes(&app.run(&matches, confirm, json!({ "id": found })).await),
        ["FORBIDDEN"]
    );
}
