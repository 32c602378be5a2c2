//! Reports that are like another, and reports of the same animal.

use serde_json::{Value, json};

use super::{
    pictures::{cropped, scene},
    search_client::{Found, found},
};
use crate::{
    pets::{REPORT, at, lost_with, report},
    support::*,
};

const SIMILAR: &str =
    "query($id: ID!, $first: Int) { pet(id: $id) { similar(first: $first) { pet { id } similarity basis } } }";

async fn similar(app: &TestApp, id: &str) -> Vec<Found> {
    let data = app.ok(&Visitor, SIMILAR, json!({ "id": id })).await;
    found(&data["pet"]["similar"])
}

fn ids(found: &[Found]) -> Vec<&str> {
    found.iter().map(|found| found.id.as_str()).collect()
}

/// Reports it with that picture and gives the reports that may be of the same animal.
async fn duplicates(app: &TestApp, who: &Actor, seed: u64, changes: Value) -> Vec<Value> {
    let photo = app
        .photo(who, "PET_PHOTO", super::pictures::jpeg(&scene(seed).fliph(), 70))
        .await;
    let mut input = lost_with(changes);
    input["photoIds"] = json!([photo["id"]]);
    let data = app.ok(who, REPORT, json!({ "input": input })).await;
    data["reportPet"]["possibleDuplicates"].as_array().unwrap().clone()
}

#[tokio::test]
async fn a_report_with_the_same_photo_is_similar_wherever_it_is() {
    let app = TestApp::new().await;
    let ann = app.member("ann").await;
    let far = json!({ "location": at(47.6, -122.3), "kind": "FOUND" });
    let one = app.report_with(&ann, &scene(1), json!({})).await;
    let copy = app
        .report_with(&ann, &cropped(&scene(1), [0, 0, 0, 10]), far.clone())
        .await;
    app.report_with(&ann, &scene(2), far).await;
    app.report_with(&ann, &scene(1), json!({ "species": "CAT" })).await;

    let found = similar(&app, &one).await;

    assert_eq!(ids(&found), [copy.as_str()]);
    assert_eq!(found[0].basis, "PICTURE");
    assert!((0.5..=1.0).contains(&found[0].similarity), "{found:?}");
    app.leave_work();
}

#[tokio::test]
async fn without_photos_what_reports_say_makes_them_similar() {
    let app = TestApp::new().await;
    let ann = app.member("ann").await;
    let beagle =
        json!({ "breed": { "primary": "Beagle" }, "colors": ["TAN", "WHITE"], "size": "MEDIUM", "sex": "FEMALE" });
    let with = |changes: Value| {
        let mut all = beagle.clone();
        all.as_object_mut()
            .unwrap()
            .extend(changes.as_object().unwrap().clone());
        lost_with(all)
    };
    let own = report(&app, &ann, with(json!({}))).await;
    let alike = report(
        &app,
        &ann,
        with(json!({ "kind": "FOUND", "location": at(30.27, -97.74) })),
    )
    .await;
    let other_sex = report(&app, &ann, with(json!({ "sex": "MALE", "colors": ["TAN"] }))).await;
    let mut unlike =
        lost_with(json!({ "breed": { "primary": "Great Dane" }, "colors": ["BLACK"], "size": "EXTRA_LARGE" }));
    unlike["sex"] = json!("MALE");
    report(&app, &ann, unlike).await;
    report(&app, &ann, with(json!({ "species": "CAT", "breed": null }))).await;
    report(&app, &ann, with(json!({ "location": at(47.6, -122.3) }))).await;

    let found = similar(&app, &own).await;

    assert_eq!(ids(&found), [alike.as_str(), other_sex.as_str()]);
    assert!(found.iter().all(|found| found.basis == "DETAILS"), "{found:?}");
    assert!(0.5 < found[0].similarity && found[0].similarity < 1.0, "{found:?}");
    app.leave_work();
}

#[tokio::test]
async fn reports_that_are_over_are_not_similar() {
    let app = TestApp::new().await;
    let ann = app.member("ann").await;
    let own = app.report_with(&ann, &scene(1), json!({})).await;
    let other = app.report_with(&ann, &scene(1), json!({})).await;
    assert_eq!(ids(&similar(&app, &own).await), [other.as_str()]);

    let close =
        "mutation($id: ID!) { closePet(input: { id: $id, outcome: CLOSED }) { userErrors { field code message } } }";
    app.ok(&ann, close, json!({ "id": other })).await;

    assert_eq!(similar(&app, &own).await, []);
    assert_eq!(ids(&similar(&app, &other).await), [own.as_str()]);
    app.leave_work();
}

#[tokio::test]
async fn similar_reports_are_asked_for_a_few_at_a_time() {
    let app = TestApp::new().await;
    let ann = app.member("ann").await;
    for _ in 0..11 {
        report(&app, &ann, lost_with(json!({}))).await;
    }
    let query = "query($first: Int!) { pets(first: $first) { nodes { similar(first: 1) { similarity } } } }";

    let many = app.run(&Visitor, query, json!({ "first": 11 })).await;
    let few = app.run(&Visitor, query, json!({ "first": 10 })).await;

    assert_eq!(
        (codes(&many), codes(&few)),
        (vec!["BAD_USER_INPUT".to_owned()], Vec::new())
    );
    let id = app.ok(&Visitor, "{ pets(first: 1) { nodes { id } } }", json!({})).await["pets"]["nodes"][0]["id"].clone();
    for first in [0, -1, 51] {
        let refused = app.run(&Visitor, SIMILAR, json!({ "id": id, "first": first })).await;
        assert_eq!(codes(&refused), ["BAD_USER_INPUT"], "{first}");
    }
    app.leave_work();
}

#[tokio::test]
async fn a_report_with_a_photo_of_another_is_a_possible_duplicate_wherever_it_is() {
    let app = TestApp::new().await;
    let (ann, bob) = (app.member("ann").await, app.member("bob").await);
    let elsewhere = |latitude: f64| json!({ "location": at(latitude, -122.3), "kind": "FOUND" });
    let first = app.report_with(&ann, &scene(1), json!({})).await;

    assert_eq!(
        duplicates(&app, &bob, 1, elsewhere(47.6)).await,
        [json!({ "id": first })]
    );
    assert_eq!(duplicates(&app, &bob, 2, elsewhere(45.6)).await, [""; 0]);
    let mut cat = elsewhere(43.6);
    cat["species"] = json!("CAT");
    assert_eq!(duplicates(&app, &bob, 1, cat).await, [""; 0]);

    let close =
        "mutation($id: ID!) { closePet(input: { id: $id, outcome: CLOSED }) { userErrors { field code message } } }";
    app.ok(&ann, close, json!({ "id": first })).await;
    let left = duplicates(&app, &bob, 1, elsewhere(41.6)).await;
    assert_eq!(left.len(), 1);
    assert!(!left.contains(&json!({ "id": first })), "{left:?}");
    app.leave_work();
}
