//! Holds of animals when imports are taken back.

use std::time::Duration;

use serde_json::json;

use super::{import, queue, shelter};
use crate::support::TestApp;

const UNDO: &str = "mutation($id: ID!) { undoImport(input: { importId: $id }) {
    import { id } userErrors { field code message } } }";
const MINUTE: Duration = Duration::from_secs(60);

fn told(kind: &str) -> String {
    format!("Animal ID,Species,Name,Intake Date,Intake Type\nA1,Dog,Biscuit,2026-05-31,{kind}\n")
}

#[tokio::test]
async fn an_animal_is_no_longer_kept_for_its_owner_if_only_an_import_said_that_it_was_a_stray() {
    let app = TestApp::new().await;
    let ann = app.member("ann").await;
    let shelter = shelter(&app, &ann).await;
    import(&app, &ann, &shelter, &told("Owner Surrender"), json!({})).await;
    app.clock.advance(MINUTE);
    let id = queue(&app, &ann, &shelter, &told("Stray"), json!({})).await;
    app.run_work().await;
    let held = "SELECT COUNT(*) FROM stays WHERE hold_until IS NOT NULL";
    assert_eq!(app.value::<i64>(held).await, 1);
    app.clock.advance(MINUTE);

    app.ok(&ann, UNDO, json!({ "id": id })).await;
    app.run_work().await;

    assert_eq!(app.value::<i64>(held).await, 0);
    let without = "SELECT kind FROM stay_events WHERE to_value IS NULL";
    assert_eq!(
        app.value::<String>(without).await,
        "hold_set",
        "its history tells that it ended"
    );
}
