//! A shelter's dashboard as a stream.

use std::time::Duration;

use serde_json::{Value, json};

use super::{REMOVE, dog, dogs, employ, file, import, key, queue, shelter};
use crate::{
    matching::{self, matches, report, with},
    support::{Bearer, Stream, TestApp, codes},
};

const WATCH: &str = "subscription($id: ID!) { shelterDashboard(shelterId: $id) { total strayHold intakesToday
    occupancyPercent openMatches runningImports { state } intakesPerDay(days: 2) { date } } }";
const COUNTS: &str = "subscription($id: ID!) { shelterDashboard(shelterId: $id) { total strayHold intakesToday
    intakesPerDay(days: 1) { date } } }";
const CONFIRM: &str =
    "mutation($id: ID!) { confirmMatch(input: { id: $id }) { match { state } userErrors { field code message } } }";
const UPDATE: &str = "mutation($input: UpdateShelterInput!) { updateShelter(input: $input) {
    shelter { capacity } userErrors { field code message } } }";

/// The next dashboard that is as it should be; what comes before it may be any state on the way.
async fn until(boards: &mut Stream, is_it: impl Fn(&Value) -> bool) -> Value {
    loop {
        let board = boards.next().await["shelterDashboard"].take();
        if is_it(&board) {
            return board;
        }
    }
}

#[tokio::test]
async fn the_dashboard_comes_at_once_and_after_every_change() {
    let app = TestApp::new().await;
    let ann = app.member("ann").await;
    let id = shelter(&app, &ann).await;
    let socket = app.socket(&ann).await;
    let mut boards = socket.subscribe(WATCH, json!({ "id": id }));
    let first = boards.next().await["shelterDashboard"].take();
    assert_eq!((&first["total"], &first["runningImports"]), (&json!(0), &json!([])));

    queue(&app, &ann, &id, &dogs(1, 3), json!({})).await;
    until(&mut boards, |board| board["runningImports"][0]["state"] == "QUEUED").await;
    app.run_work().await;
    let done = until(&mut boards, |board| {
        board["total"] == 3 && board["runningImports"] == json!([])
    })
    .await;
    assert_eq!(done["occupancyPercent"], 30.0);

    let larger = json!({ "input": { "id": id, "capacity": 20 } });
    app.ok(&ann, UPDATE, larger).await;
    until(&mut boards, |board| board["occupancyPercent"] == 15.0).await;
    app.run_work().await;
}

#[tokio::test]
async fn matches_that_come_and_are_decided_are_told() {
    let app = TestApp::new().await;
    let (ann, bob) = (app.member("ann").await, app.member("bob").await);
    let id = shelter(&app, &ann).await;
    let socket = app.socket(&ann).await;
    let mut boards = socket.subscribe(WATCH, json!({ "id": id }));
    until(&mut boards, |board| board["openMatches"] == 0).await;

    let animal = matching::dog("SHELTERED", 30.2672, "2026-05-30T18:00:00Z");
    report(&app, &ann, with(animal, json!({ "shelterId": id, "name": "Biscuit" }))).await;
    report(&app, &bob, matching::dog("LOST", 30.2672, "2026-05-29T10:00:00Z")).await;
    app.run_work().await;
    until(&mut boards, |board| board["openMatches"] == 1).await;

    let found = matches(&app, &bob).await[0]["id"].clone();
    app.ok(&bob, CONFIRM, json!({ "id": found })).await;
    until(&mut boards, |board| board["openMatches"] == 0).await;
    app.run_work().await;
}

#[tokio::test]
async fn time_alone_ends_holds_and_days() {
    let app = TestApp::new().await;
    let ann = app.member("ann").await;
    let id = shelter(&app, &ann).await;
    // It is the morning of 1 June in Texas: the hold of A1 ends at midnight, that of A2 a day later.
    let rows = [
        dog("A1", "05/27/2026 06:00:00 PM", "Brown"),
        dog("A2", "05/28/2026 06:00:00 PM", "Brown"),
    ];
    import(&app, &ann, &id, &file(&rows), json!({})).await;
    let script = Bearer(key(&app, &ann, &id, &["pets:read"]).await);
    let socket = app.socket(&script).await;
    let mut boards = socket.subscribe(COUNTS, json!({ "id": id }));
    let first = boards.next().await["shelterDashboard"].take();
    assert_eq!((&first["strayHold"], &first["total"]), (&json!(2), &json!(2)));
    assert_eq!(first["intakesPerDay"], json!([{ "date": "2026-06-01" }]));

    app.clock.advance(Duration::from_secs(17 * 60 * 60));

    let next = until(&mut boards, |board| board["strayHold"] == 1).await;
    assert_eq!(next["intakesPerDay"], json!([{ "date": "2026-06-02" }]));
}

#[tokio::test]
async fn who_leaves_the_staff_sees_no_more_of_it() {
    let app = TestApp::new().await;
    let (ann, bob) = (app.member("ann").await, app.member("bob").await);
    let id = shelter(&app, &ann).await;
    employ(&app, &ann, &id, &bob, "VOLUNTEER").await;
    let socket = app.socket(&bob).await;
    let mut boards = socket.subscribe(COUNTS, json!({ "id": id }));
    boards.next().await;

    app.ok(&ann, REMOVE, json!({ "shelter": id, "member": bob.id })).await;

    assert_eq!(codes(&boards.next_answer().await), ["FORBIDDEN"]);
    app.run_work().await;
}
