//! A shelter at a glance.

use serde_json::json;

use super::{dog, file, import, shelter};
use crate::support::TestApp;

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
