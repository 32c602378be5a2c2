//! When shelters are open, by their own clocks.

use std::time::Duration;

use serde_json::{Value, json};

use super::shelter;
use crate::support::{Actor, TestApp, Visitor, user_errors};

const UPDATE: &str = "mutation($input: UpdateShelterInput!) { updateShelter(input: $input) {
    shelter { id } userErrors { field code message } } }";
const SEEN: &str = "query($id: ID!) { shelter(id: $id) { openNow opensAt hours { weekday opens closes }
    hoursExceptions { date closed opens closes note } } }";
const OPEN: &str = "query($open: Boolean) { shelters(filter: { openNow: $open }) { totalCount } }";
const DAYS: [&str; 7] = [
    "MONDAY",
    "TUESDAY",
    "WEDNESDAY",
    "THURSDAY",
    "FRIDAY",
    "SATURDAY",
    "SUNDAY",
];

/// A shelter in Texas; it is seven in the morning there, on Monday, 1 June.
async fn haven() -> (TestApp, Actor, String) {
    let app = TestApp::new().await;
    let ann = app.member("ann").await;
    let id = shelter(&app, &ann).await;
    (app, ann, id)
}

async fn update(app: &TestApp, ann: &Actor, id: &str, mut change: Value) -> Vec<String> {
    change["id"] = json!(id);
    user_errors(&app.run(ann, UPDATE, json!({ "input": change })).await)
}

/// From nine to five on every day.
fn daily() -> Value {
    json!(DAYS.map(|day| json!({ "weekday": day, "opens": "09:00", "closes": "17:00" })))
}

async fn now(app: &TestApp, id: &str) -> (Value, Value) {
    let seen = app.ok(&Visitor, SEEN, json!({ "id": id })).await["shelter"].clone();
    (seen["openNow"].clone(), seen["opensAt"].clone())
}

async fn count_open(app: &TestApp, open: bool) -> Value {
    app.ok(&Visitor, OPEN, json!({ "open": open })).await["shelters"]["totalCount"].clone()
}

#[tokio::test]
async fn a_shelter_that_did_not_say_its_hours_is_neither_open_nor_closed() {
    let (app, ann, id) = haven().await;
    assert_eq!(now(&app, &id).await, (Value::Null, Value::Null));
    assert_eq!(
        (count_open(&app, true).await, count_open(&app, false).await),
        (json!(0), json!(0))
    );

    assert!(update(&app, &ann, &id, json!({ "hours": daily() })).await.is_empty());
    assert!(update(&app, &ann, &id, json!({ "hours": null })).await.is_empty());
    assert_eq!(now(&app, &id).await, (Value::Null, Value::Null));
}

#[tokio::test]
async fn a_shelter_is_open_by_its_own_clock_before_and_after_the_clocks_are_set() {
    let (app, ann, id) = haven().await;
    assert!(update(&app, &ann, &id, json!({ "hours": daily() })).await.is_empty());

    assert_eq!(now(&app, &id).await, (json!(false), json!("2026-06-01T14:00:00.000Z")));
    assert_eq!(
        (count_open(&app, true).await, count_open(&app, false).await),
        (json!(0), json!(1))
    );
    app.clock.advance(Duration::from_secs(2 * 3600));
    assert_eq!(now(&app, &id).await, (json!(true), Value::Null));
    assert_eq!(
        (count_open(&app, true).await, count_open(&app, false).await),
        (json!(1), json!(0))
    );
    // Half past eight on 1 November: the clocks were set back in the night.
    app.clock.advance(Duration::from_secs(153 * 24 * 3600 + 1800));
    assert_eq!(now(&app, &id).await, (json!(false), json!("2026-11-01T15:00:00.000Z")));
    app.clock.advance(Duration::from_secs(1800));
    assert_eq!(now(&app, &id).await, (json!(true), Value::Null));
}

#[tokio::test]
async fn a_day_that_differs_takes_the_place_of_its_week() {
    let (app, ann, id) = haven().await;
    let exceptions = json!([
        { "date": "2026-06-02", "opens": "12:00", "closes": "24:00", "note": "Late night" },
        { "date": "2026-06-01", "closed": true, "note": "Move" },
    ]);
    let change = json!({ "hours": daily(), "hoursExceptions": exceptions });
    assert!(update(&app, &ann, &id, change).await.is_empty());

    assert_eq!(now(&app, &id).await, (json!(false), json!("2026-06-02T17:00:00.000Z")));
    let seen = app.ok(&Visitor, SEEN, json!({ "id": id })).await["shelter"].clone();
    assert_eq!(
        seen["hours"][0],
        json!({ "weekday": "MONDAY", "opens": "09:00", "closes": "17:00" })
    );
    assert_eq!(
        seen["hoursExceptions"],
        json!([
            { "date": "2026-06-01", "closed": true, "opens": null, "closes": null, "note": "Move" },
            { "date": "2026-06-02", "closed": false, "opens": "12:00", "closes": "24:00", "note": "Late night" },
        ])
    );
    app.clock.advance(Duration::from_secs(3 * 24 * 3600));
    let seen = app.ok(&Visitor, SEEN, json!({ "id": id })).await["shelter"].clone();
    assert_eq!(seen["hoursExceptions"], json!([]), "what is over is not shown");
}

#[tokio::test]
async fn every_fault_of_the_hours_is_told_at_its_place_and_nothing_is_stored() {
    let (app, ann, id) = haven().await;
    let before = app.footprint().await;
    let change = json!({
        "hours": [
            { "weekday": "MONDAY", "opens": "09:00", "closes": "12:00" },
            { "weekday": "MONDAY", "opens": "11:59", "closes": "13:00" },
            { "weekday": "TUESDAY", "opens": "17:00", "closes": "09:00" },
            { "weekday": "FRIDAY", "opens": "nine", "closes": "24:01" },
        ],
        "hoursExceptions": [
            { "date": "2026-05-30", "closed": true },
            { "date": "2026-12-25", "opens": "09:00" },
        ],
        "capacityBySpecies": [{ "species": "DOG", "capacity": -1 }],
    });

    let faults = update(&app, &ann, &id, change).await;

    assert_eq!(
        faults,
        [
            "input.capacityBySpecies.0.capacity OUT_OF_RANGE",
            "input.hours.1.opens CONFLICT",
            "input.hours.2.closes OUT_OF_RANGE",
            "input.hours.3.opens INVALID",
            "input.hours.3.closes INVALID",
            "input.hoursExceptions.0.date OUT_OF_RANGE",
            "input.hoursExceptions.1.closes REQUIRED",
        ]
    );
    assert_eq!(app.footprint().await, before);
    assert_eq!(now(&app, &id).await, (Value::Null, Value::Null));
}
