//! A shelter at a glance.

use serde_json::{Value, json};

use super::{dog, dogs, employ, file, import, queue, shelter};
use crate::support::{Actor, TestApp, codes};

const DASHBOARD: &str = "query($id: ID!) { shelter(id: $id) { occupancy dashboard { total adoptable strayHold capacity
    occupancyPercent holdsEndingSoon { name } openMatches intakesToday outcomesToday } } }";

#[tokio::test]
async fn the_dashboard_counts_animals_holds_and_what_came_and_went_today() {
    let app = TestApp::new().await;
    let ann = app.member("ann").await;
    let id = shelter(&app, &ann).await;
    // It is the morning of 1 June in Texas: the hold of A3 ends today at midnight, that of A2 tomorrow. When A6 came, it was
    // 1 June elsewhere only.
    let rows = [
        dog("A1", "06/01/2026 08:00:00 AM", "Brown"),
        dog("A2", "05/28/2026 06:00:00 PM", "Brown"),
        dog("A3", "05/27/2026 06:00:00 PM", "Brown").replace("Biscuit", "Sweetie"),
        dog("A4", "05/01/2026 08:00:00 AM", "Brown"),
        dog("A5", "06/01/2026 08:00:00 AM", "Brown").replace("Stray", "Owner Surrender"),
        dog("A6", "05/31/2026 11:00:00 PM", "Brown").replace("Stray", "Owner Surrender"),
    ];
    import(&app, &ann, &id, &file(&rows), json!({})).await;
    let closed = app.deps.clock.now();
    app.execute(
        "UPDATE stays SET outcome = 'adopted', outcome_at = $1
         WHERE animal_id = (SELECT id FROM shelter_animals WHERE external_id = 'A4')",
        [closed.0.into()],
    )
    .await;

    let seen = app.ok(&ann, DASHBOARD, json!({ "id": id })).await["shelter"].clone();
    assert_eq!(seen["occupancy"], 5);
    let expected = json!({
        "total": 5, "adoptable": 2, "strayHold": 3, "capacity": 10, "occupancyPercent": 50.0,
        "holdsEndingSoon": [{ "name": "Sweetie" }], "openMatches": 0, "intakesToday": 2, "outcomesToday": 1,
    });
    assert_eq!(seen["dashboard"], expected);
}

const BY_STAGE: &str =
    "query($id: ID!) { shelter(id: $id) { dashboard { total occupancyPercent byStage { stage animals }
    occupancyBySpecies { species present capacity percent } } } }";
const PER_DAY: &str = "query($id: ID!, $days: Int) { shelter(id: $id) { dashboard { intakesPerDay(days: $days) {
    date intakes outcomes byOutcome { outcome animals } } } } }";
const LENGTHS: &str = "query($id: ID!, $days: Int) { shelter(id: $id) { dashboard {
    timeToReunion(days: $days) { days stays medianHours } lengthOfStay { days stays medianHours } } } }";
const RUNNING: &str = "query($id: ID!) { shelter(id: $id) { dashboard { runningImports { id state } } } }";

/// What a question finds on the dashboard.
async fn dashboard(app: &TestApp, who: &Actor, question: &str, variables: Value) -> Value {
    app.ok(who, question, variables).await["shelter"]["dashboard"].take()
}

/// Ends the stay of an animal so many hours after it began.
async fn end(app: &TestApp, animal: &str, outcome: &str, hours: i64) {
    let end = "UPDATE stays SET outcome = $1, outcome_at = intake_at + $2
        WHERE animal_id = (SELECT id FROM shelter_animals WHERE external_id = $3)";
    app.execute(end, [outcome.into(), (hours * 3_600_000).into(), animal.into()])
        .await;
}

#[tokio::test]
async fn animals_are_counted_in_every_stage_and_those_in_foster_homes_take_no_place() {
    let app = TestApp::new().await;
    let ann = app.member("ann").await;
    let id = shelter(&app, &ann).await;
    let rows = [
        dog("A1", "06/01/2026 08:00:00 AM", "Brown"),
        dog("A2", "06/01/2026 08:00:00 AM", "Brown").replace("Stray", "Owner Surrender"),
        dog("A3", "06/01/2026 08:00:00 AM", "Brown").replace("Stray", "Owner Surrender"),
    ];
    import(&app, &ann, &id, &file(&rows), json!({})).await;
    let foster = "UPDATE stays SET stage = 'foster'
        WHERE animal_id = (SELECT id FROM shelter_animals WHERE external_id = $1)";
    app.execute(foster, ["A3".into()]).await;

    let seen = dashboard(&app, &ann, BY_STAGE, json!({ "id": id })).await;

    let stages: Vec<(&str, i64)> = seen["byStage"]
        .as_array()
        .unwrap()
        .iter()
        .map(|stage| (stage["stage"].as_str().unwrap(), stage["animals"].as_i64().unwrap()))
        .collect();
    let expected = [
        ("INTAKE", 1),
        ("HOLD", 1),
        ("TREATMENT", 0),
        ("FOSTER", 1),
        ("ADOPTABLE", 0),
    ];
    assert_eq!(stages, expected);
    assert_eq!((&seen["total"], &seen["occupancyPercent"]), (&json!(3), &json!(20.0)));
    let dogs = json!([{ "species": "DOG", "present": 2, "capacity": null, "percent": null }]);
    assert_eq!(seen["occupancyBySpecies"], dogs);
}

#[tokio::test]
async fn days_are_those_of_the_shelter_and_those_without_anything_are_told() {
    let app = TestApp::new().await;
    let ann = app.member("ann").await;
    let id = shelter(&app, &ann).await;
    // All of these are on 30 and 31 May in UTC.
    let rows = [
        dog("A1", "05/29/2026 11:30:00 PM", "Brown"),
        dog("A2", "05/30/2026 12:30:00 AM", "Brown"),
        dog("A3", "05/30/2026 11:30:00 PM", "Brown"),
        dog("A4", "05/30/2026 11:45:00 PM", "Brown"),
    ];
    import(&app, &ann, &id, &file(&rows), json!({})).await;
    end(&app, "A2", "adopted", 1).await;
    end(&app, "A3", "returned_to_owner", 12).await;
    end(&app, "A4", "undone", 0).await;

    let seen = dashboard(&app, &ann, PER_DAY, json!({ "id": id, "days": 4 })).await;

    let nothing = |date: &str| json!({ "date": date, "intakes": 0, "outcomes": 0, "byOutcome": [] });
    let left = |outcome: &str| json!([{ "outcome": outcome, "animals": 1 }]);
    let expected = json!([
        { "date": "2026-05-29", "intakes": 1, "outcomes": 0, "byOutcome": [] },
        { "date": "2026-05-30", "intakes": 2, "outcomes": 1, "byOutcome": left("ADOPTED") },
        { "date": "2026-05-31", "intakes": 0, "outcomes": 1, "byOutcome": left("RETURNED_TO_OWNER") },
        nothing("2026-06-01"),
    ]);
    assert_eq!(seen["intakesPerDay"], expected);
    let usual = dashboard(&app, &ann, PER_DAY, json!({ "id": id })).await;
    assert_eq!(usual["intakesPerDay"].as_array().unwrap().len(), 30);
    for days in [0, 367, -1] {
        let refused = app.run(&ann, PER_DAY, json!({ "id": id, "days": days })).await;
        assert_eq!(codes(&refused), ["BAD_USER_INPUT"], "{days}");
    }
}

#[tokio::test]
async fn the_length_of_stays_is_that_of_the_one_in_the_middle() {
    let app = TestApp::new().await;
    let ann = app.member("ann").await;
    let id = shelter(&app, &ann).await;
    import(&app, &ann, &id, &dogs(1, 6), json!({})).await;
    let none = json!({ "days": 365, "stays": 0, "medianHours": null });
    let seen = dashboard(&app, &ann, LENGTHS, json!({ "id": id })).await;
    assert_eq!((&seen["timeToReunion"], &seen["lengthOfStay"]), (&none, &none));

    end(&app, "A1", "returned_to_owner", 10).await;
    end(&app, "A2", "returned_to_owner", 30).await;
    end(&app, "A3", "adopted", 200).await;
    end(&app, "A4", "undone", 0).await;

    let seen = dashboard(&app, &ann, LENGTHS, json!({ "id": id, "days": 30 })).await;
    let reunited = json!({ "days": 30, "stays": 2, "medianHours": 20.0 });
    let all = json!({ "days": 365, "stays": 3, "medianHours": 30.0 });
    assert_eq!((&seen["timeToReunion"], &seen["lengthOfStay"]), (&reunited, &all));
    let today = dashboard(&app, &ann, LENGTHS, json!({ "id": id, "days": 1 })).await;
    assert_eq!(today["timeToReunion"]["stays"], 0);
}

#[tokio::test]
async fn running_imports_are_listed_for_those_who_may_import() {
    let app = TestApp::new().await;
    let (ann, bob) = (app.member("ann").await, app.member("bob").await);
    let id = shelter(&app, &ann).await;
    employ(&app, &ann, &id, &bob, "VOLUNTEER").await;
    let import = queue(&app, &ann, &id, &dogs(1, 3), json!({})).await;

    let seen = dashboard(&app, &ann, RUNNING, json!({ "id": id })).await;
    assert_eq!(seen["runningImports"], json!([{ "id": import, "state": "QUEUED" }]));
    let seen = dashboard(&app, &bob, RUNNING, json!({ "id": id })).await;
    assert_eq!(seen["runningImports"], Value::Null);

    app.run_work().await;
    let seen = dashboard(&app, &ann, RUNNING, json!({ "id": id })).await;
    assert_eq!(seen["runningImports"], json!([]));
}
