//! Making, changing and deleting connectors, and who may.

use std::time::Duration;

use serde_json::{Value, json};

use super::{CREATE, DELETE, RUN, Stage, UPDATE, at, text};
use crate::{
    shelters::{dogs, employ, key, register},
    support::{Bearer, Caller, codes, user_errors},
};

const CONNECTORS: &str =
    "query($id: ID!) { shelter(id: $id) { connectors { id name } dashboard { connectors { name } } } }";

async fn listed(stage: &Stage, who: &impl Caller) -> Value {
    let data = stage.app.ok(who, CONNECTORS, json!({ "id": stage.shelter })).await;
    data["shelter"]["connectors"].clone()
}

#[tokio::test]
async fn a_connector_runs_every_six_hours_unless_something_else_is_said() {
    let stage = Stage::set().await;
    let id = stage.connector().await;

    let seen = stage.seen(&id).await;

    assert_eq!((&seen["intervalHours"], &seen["state"]), (&json!(6), &json!("ACTIVE")));
    assert_eq!((&seen["nextRunAt"], &seen["lastRunAt"]), (&at("12:00"), &Value::Null));
    assert_eq!(seen["runs"]["totalCount"], 0);
}

#[tokio::test]
async fn what_a_connector_cannot_work_with_is_refused_field_by_field() {
    let stage = Stage::set().await;
    for (field, value, fault) in [
        ("name", json!(" "), "input.name REQUIRED"),
        ("name", json!("a".repeat(81)), "input.name TOO_LONG"),
        ("hours", json!(0), "input.hours OUT_OF_RANGE"),
        ("hours", json!(169), "input.hours OUT_OF_RANGE"),
        ("address", Value::Null, "input.address REQUIRED"),
        ("address", json!("not an address"), "input.address INVALID"),
        ("address", json!("http://example.org/a.csv"), "input.address INVALID"),
        ("address", json!("https://10.0.0.1/a.csv"), "input.address INVALID"),
        (
            "address",
            json!("https://169.254.169.254/latest"),
            "input.address INVALID",
        ),
        ("secret", json!("a".repeat(16_385)), "input.secret TOO_LONG"),
        ("hostKey", json!("SHA256:abc"), "input.hostKey INVALID"),
    ] {
        let mut input = stage.input();
        input[field] = value.clone();
        let refused = stage.app.run(&stage.ann, CREATE, json!({ "input": input })).await;
        assert_eq!(user_errors(&refused), [fault], "{field} {value}");
    }
    assert_eq!(stage.app.count("connectors").await, 0);
}

#[tokio::test]
async fn an_unverified_shelter_has_no_connectors() {
    let stage = Stage::set().await;
    let mut input = stage.input();
    input["shelterId"] = json!(register(&stage.app, &stage.ann).await);

    let refused = stage.app.run(&stage.ann, CREATE, json!({ "input": input })).await;

    assert_eq!(user_errors(&refused), ["input.shelterId NOT_ALLOWED"]);
}

#[tokio::test]
async fn a_shelter_has_at_most_ten_connectors() {
    let stage = Stage::set().await;
    for _ in 0..10 {
        stage.connector().await;
    }

    let refused = stage
        .app
        .run(&stage.ann, CREATE, json!({ "input": stage.input() }))
        .await;

    assert_eq!(user_errors(&refused), ["input.shelterId LIMIT_REACHED"]);
    assert_eq!(stage.app.count("connectors").await, 10);
}

#[tokio::test]
async fn only_admins_of_the_shelter_and_their_keys_manage_connectors() {
    let stage = Stage::set().await;
    let id = stage.connector().await;
    let (app, ann) = (&stage.app, &stage.ann);
    let (bob, cleo) = (app.verified("bob").await, app.verified("cleo").await);
    employ(app, ann, &stage.shelter, &bob, "STAFF").await;
    let manages = Bearer(key(app, ann, &stage.shelter, &["connectors:manage"]).await);
    let imports = Bearer(key(app, ann, &stage.shelter, &["imports:write", "pets:read"]).await);

    for who in [&bob, &cleo] {
        assert_eq!(listed(&stage, who).await, Value::Null);
        assert_eq!(stage.seen_by(who, &id).await, Value::Null);
        let refused = app.run(who, CREATE, json!({ "input": stage.input() })).await;
        assert_eq!(codes(&refused), ["FORBIDDEN"]);
        for document in [DELETE, RUN] {
            let refused = app.run(who, document, json!({ "id": id })).await;
            assert_eq!(user_errors(&refused), ["input.id NOT_FOUND"]);
        }
        let change = json!({ "input": { "id": id, "enabled": false } });
        assert_eq!(user_errors(&app.run(who, UPDATE, change).await), ["input.id NOT_FOUND"]);
    }
    assert_eq!(listed(&stage, &imports).await, Value::Null);
    let seen = app.ok(&bob, CONNECTORS, json!({ "id": stage.shelter })).await;
    assert_eq!(seen["shelter"]["dashboard"]["connectors"], json!([]));
    assert_eq!(listed(&stage, &manages).await[0]["id"], id);
    app.ok(&manages, CREATE, json!({ "input": stage.input() })).await;
    assert_eq!(listed(&stage, ann).await.as_array().unwrap().len(), 2);
}

#[tokio::test]
async fn a_change_says_what_shall_be() {
    let stage = Stage::set().await;
    let id = stage.connector().await;
    let change =
        json!({ "input": { "id": id, "name": "Night list", "account": "desk", "hours": 12, "enabled": false } });

    let changed = stage.app.ok(&stage.ann, UPDATE, change.clone()).await["updateConnector"]["connector"].take();
    let before = stage.app.footprint().await;
    let again = stage.app.ok(&stage.ann, UPDATE, change).await["updateConnector"]["connector"].take();

    assert_eq!(
        (&changed["name"], &changed["account"], &changed["intervalHours"]),
        (&json!("Night list"), &json!("desk"), &json!(12))
    );
    assert_eq!(
        (&changed["state"], &changed["nextRunAt"]),
        (&json!("DISABLED"), &Value::Null)
    );
    assert_eq!(again, changed);
    assert_eq!(stage.app.footprint().await, before, "the same again is not audited");
    let refused = stage.app.run(&stage.ann, RUN, json!({ "id": id })).await;
    assert_eq!(user_errors(&refused), ["input.id NOT_ALLOWED"], "it is off");
    let cleared = json!({ "input": { "id": id, "account": null } });
    let cleared = stage.app.ok(&stage.ann, UPDATE, cleared).await["updateConnector"]["connector"].take();
    assert_eq!(cleared["account"], Value::Null);
}

#[tokio::test]
async fn a_run_that_waits_when_it_is_turned_off_fetches_nothing() {
    let stage = Stage::set().await;
    stage.host.has(dogs(1, 3));
    let id = stage.connector().await;
    stage.app.ok(&stage.ann, RUN, json!({ "id": id })).await;
    let off = json!({ "input": { "id": id, "enabled": false } });
    stage.app.ok(&stage.ann, UPDATE, off).await;

    stage.app.run_work().await;

    assert_eq!(stage.host.asked().len(), 0);
    let seen = stage.seen(&id).await;
    assert_eq!(seen["runs"]["nodes"][0]["outcome"], "CANCELED");
    assert_eq!(seen["consecutiveFailures"], 0);
}

#[tokio::test]
async fn a_deleted_connector_is_gone_with_its_secret_and_what_waits() {
    let stage = Stage::set().await;
    stage.host.has(dogs(1, 3));
    let id = stage.connector().await;
    stage.app.ok(&stage.ann, RUN, json!({ "id": id })).await;

    for _ in 0..2 {
        let gone = stage.app.ok(&stage.ann, DELETE, json!({ "id": id })).await;
        assert_eq!(gone["deleteConnector"]["deletedId"], id.as_str());
    }
    stage.look().await;

    assert_eq!(stage.host.asked().len(), 0);
    assert_eq!(
        (
            stage.app.count("connectors").await,
            stage.app.count("connector_runs").await
        ),
        (0, 0)
    );
}

#[tokio::test]
async fn an_import_goes_on_when_its_connector_is_deleted() {
    let stage = Stage::set().await;
    stage.host.has(dogs(1, 3));
    let id = stage.connector().await;
    stage.look().await;

    stage.app.ok(&stage.ann, DELETE, json!({ "id": id })).await;

    assert_eq!(stage.app.count("imports").await, 1);
    assert_eq!(stage.app.count("shelter_animals").await, 3);
}

#[tokio::test]
async fn the_dashboard_lists_those_first_whose_last_run_failed() {
    let stage = Stage::set().await;
    stage.host.has(dogs(1, 3));
    stage.connector().await;
    stage.app.clock.advance(Duration::from_secs(1));
    let mut input = stage.input();
    (input["name"], input["hours"]) = (json!("Later list"), json!(24));
    let later = stage.made(input).await;
    stage.look().await;
    stage.host.refuses(401);
    stage.app.ok(&stage.ann, RUN, json!({ "id": later })).await;
    stage.app.run_work().await;

    let data = stage
        .app
        .ok(&stage.ann, CONNECTORS, json!({ "id": stage.shelter }))
        .await;

    let names = |list: &Value| -> Vec<String> {
        let list = list.as_array().unwrap().iter();
        list.map(|connector| text(&connector["name"])).collect()
    };
    assert_eq!(names(&data["shelter"]["connectors"]), ["Kennel list", "Later list"]);
    assert_eq!(
        names(&data["shelter"]["dashboard"]["connectors"]),
        ["Later list", "Kennel list"]
    );
}
