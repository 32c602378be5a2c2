//! What the forms of reporters and staff read back.

use serde_json::{Value, json};

use super::{REPORT, UPDATE, lost_with, report};
use crate::{
    shelters,
    support::{Bearer, TestApp, Visitor, codes, user_errors},
};

const OWN: &str = "query($id: ID!) { pet(id: $id) { reward privateMarks intakeType } }";

#[tokio::test]
async fn the_reporter_alone_reads_the_reward_and_the_private_marks() {
    let app = TestApp::quiet().await;
    let (ann, bob) = (app.member("ann").await, app.verified("bob").await);
    let admin = app.admin("root").await;
    shelters::shelter(&app, &bob).await;
    let marks = json!(["a scar below the left ear"]);
    let id = report(&app, &ann, lost_with(json!({ "reward": 500, "privateMarks": marks }))).await;

    let own = app.ok(&ann, OWN, json!({ "id": id })).await["pet"].clone();

    assert_eq!(own, json!({ "reward": 500, "privateMarks": marks, "intakeType": null }));
    let nothing = json!({ "reward": null, "privateMarks": null, "intakeType": null });
    for other in [&bob, &admin] {
        let seen = app.ok(other, OWN, json!({ "id": id })).await;
        assert_eq!(seen["pet"], nothing, "{}", other.name);
    }
    assert_eq!(app.ok(&Visitor, OWN, json!({ "id": id })).await["pet"], nothing);
}

#[tokio::test]
async fn staff_say_how_an_animal_came_in_and_a_stray_is_on_hold() {
    let app = TestApp::quiet().await;
    let (ann, bob) = (app.member("ann").await, app.member("bob").await);
    let shelter = shelters::shelter(&app, &ann).await;
    let key = shelters::key(&app, &ann, &shelter, &["pets:read"]).await;
    let stray = json!({ "kind": "SHELTERED", "shelterId": shelter, "intakeType": " Stray " });
    let id = report(&app, &ann, lost_with(stray)).await;

    let inside = [
        app.ok(&ann, OWN, json!({ "id": id })).await,
        app.ok(&Bearer(key), OWN, json!({ "id": id })).await,
    ];
    assert!(
        inside.iter().all(|seen| seen["pet"]["intakeType"] == "Stray"),
        "{inside:?}"
    );
    assert_eq!(
        app.ok(&bob, OWN, json!({ "id": id })).await["pet"]["intakeType"],
        Value::Null
    );
    let hold = "query($id: ID!) { shelter(id: $id) { dashboard { strayHold } } }";
    let held = async || app.ok(&ann, hold, json!({ "id": shelter })).await["shelter"]["dashboard"]["strayHold"].take();
    assert_eq!(held().await, 1);

    let owner = json!({ "input": { "id": id, "intakeType": "owner surrender" } });
    app.ok(&ann, UPDATE, owner).await;
    assert_eq!(held().await, 0);

    let own = app
        .run(
            &bob,
            REPORT,
            json!({ "input": lost_with(json!({ "intakeType": "stray" })) }),
        )
        .await;
    assert_eq!(user_errors(&own), ["input.intakeType NOT_ALLOWED"]);
    let long = json!({ "input": { "id": id, "intakeType": "x".repeat(101) } });
    assert_eq!(
        user_errors(&app.run(&ann, UPDATE, long).await),
        ["input.intakeType TOO_LONG"]
    );
}

#[tokio::test]
async fn an_argument_that_is_wrong_makes_its_field_null_and_not_the_pet() {
    let app = TestApp::quiet().await;
    let ann = app.member("ann").await;
    let id = report(&app, &ann, lost_with(json!({ "name": "Sweetie" }))).await;
    let query = "query($id: ID!) { viewer { email } pet(id: $id) { name
        far: distanceFrom(point: { latitude: 91, longitude: 0 }) near: distanceFrom(point: { latitude: 30, longitude: -97 })
        way: directionsUrl(from: { latitude: 91, longitude: 0 }) } }";

    let answer = app.run(&ann, query, json!({ "id": id })).await;

    assert_eq!(codes(&answer), ["BAD_USER_INPUT", "BAD_USER_INPUT"]);
    let data = &answer.body["data"];
    assert_eq!(data["viewer"]["email"], ann.email());
    assert_eq!(
        (&data["pet"]["name"], &data["pet"]["far"], &data["pet"]["way"]),
        (&json!("Sweetie"), &Value::Null, &Value::Null)
    );
    assert!(data["pet"]["near"].is_number());
    let mut paths: Vec<String> = answer.body["errors"]
        .as_array()
        .unwrap()
        .iter()
        .map(|error| error["path"].to_string())
        .collect();
    paths.sort();
    assert_eq!(paths, [r#"["pet","far"]"#, r#"["pet","way"]"#]);
}
