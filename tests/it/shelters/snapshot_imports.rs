//! Snapshots: the file is the whole inventory.

use serde_json::json;

use super::{dog, dogs, file, import, outcome, shelter};
use crate::support::{Actor, TestApp};

async fn with_dogs(count: usize) -> (TestApp, Actor, String) {
    let app = TestApp::new().await;
    let ann = app.member("ann").await;
    let id = shelter(&app, &ann).await;
    import(&app, &ann, &id, &dogs(1, count), json!({})).await;
    app.clock.advance(std::time::Duration::from_secs(60));
    (app, ann, id)
}

async fn open(app: &TestApp) -> i64 {
    app.value("SELECT COUNT(*) FROM pets WHERE status = 'open'").await
}

#[tokio::test]
async fn animals_that_are_missing_are_closed_and_come_back_with_the_next_file() {
    let (app, ann, id) = with_dogs(50).await;
    let without_ten = import(&app, &ann, &id, &dogs(11, 40), json!({ "mode": "SNAPSHOT" })).await;
    assert_eq!(outcome(&without_ten), ("DONE".to_owned(), [0, 0, 40, 0, 10]));
    assert_eq!(open(&app).await, 40);

    let with_all = import(&app, &ann, &id, &dogs(1, 50), json!({ "mode": "SNAPSHOT" })).await;
    assert_eq!(outcome(&with_all), ("DONE".to_owned(), [0, 10, 40, 0, 0]));
    assert_eq!(open(&app).await, 50);
}

#[tokio::test]
async fn a_snapshot_that_would_remove_a_lot_closes_nothing() {
    let (app, ann, id) = with_dogs(50).await;
    // Ten of fifty are a fifth: allowed. Eleven are not, even when as many new animals hide them.
    let refused = import(&app, &ann, &id, &dogs(12, 100), json!({ "mode": "SNAPSHOT" })).await;
    assert_eq!(outcome(&refused), ("FAILED".to_owned(), [61, 0, 39, 0, 0]));
    assert!(
        refused["errors"]["nodes"][0]["reason"]
            .as_str()
            .unwrap()
            .contains("11 of 50")
    );
    assert_eq!(open(&app).await, 111);
}

#[tokio::test]
async fn a_small_shelter_is_guarded_as_a_large_one() {
    let (app, ann, id) = with_dogs(4).await;
    let refused = import(&app, &ann, &id, &dogs(4, 1), json!({ "mode": "SNAPSHOT" })).await;
    assert_eq!(outcome(&refused), ("FAILED".to_owned(), [0, 0, 1, 0, 0]));
    assert!(
        refused["errors"]["nodes"][0]["reason"]
            .as_str()
            .unwrap()
            .contains("3 of 4")
    );
    assert_eq!(open(&app).await, 4);

    let done = import(&app, &ann, &id, &dogs(2, 3), json!({ "mode": "SNAPSHOT" })).await;
    assert_eq!(outcome(&done), ("DONE".to_owned(), [0, 0, 3, 0, 1]));
}

#[tokio::test]
async fn a_snapshot_with_a_bad_row_closes_nothing_and_says_why() {
    let (app, ann, id) = with_dogs(3).await;
    let rows = [
        dog("A1", "05/20/2026 10:00:00 AM", "Brown"),
        dog("A2", "someday", "Brown"),
    ];
    let done = import(&app, &ann, &id, &file(&rows), json!({ "mode": "SNAPSHOT" })).await;
    assert_eq!(outcome(&done), ("DONE".to_owned(), [0, 0, 1, 1, 0]));
    assert!(
        done["errors"]["nodes"][1]["reason"]
            .as_str()
            .unwrap()
            .contains("left as they are")
    );
    assert_eq!(open(&app).await, 3);
}

#[tokio::test]
async fn a_dry_snapshot_tells_how_many_it_would_close() {
    let (app, ann, id) = with_dogs(3).await;
    let tried = import(
        &app,
        &ann,
        &id,
        &dogs(2, 2),
        json!({ "mode": "SNAPSHOT", "dryRun": true }),
    )
    .await;
    assert_eq!(outcome(&tried), ("DONE".to_owned(), [0, 0, 2, 0, 1]));
    assert_eq!(open(&app).await, 3);
}

#[tokio::test]
async fn animals_that_were_not_imported_are_left_alone() {
    let (app, ann, id) = with_dogs(3).await;
    app.execute(
        "UPDATE shelter_animals SET import_id = NULL WHERE external_id = $1",
        ["A1".into()],
    )
    .await;
    let done = import(&app, &ann, &id, &dogs(2, 2), json!({ "mode": "SNAPSHOT" })).await;
    assert_eq!(outcome(&done), ("DONE".to_owned(), [0, 0, 2, 0, 0]));
}
