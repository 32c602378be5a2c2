//! Reports that come in many at a time.

use finding_sweetie::work::jobs::tell_searches::GATHERING;
use serde_json::{Value, json};

use super::{save, told};
use crate::{
    shelters::{IMPORT, dog, dogs, file, shelter},
    support::{Actor, TestApp},
};

async fn import(app: &TestApp, who: &Actor, shelter: &str, data: &str) {
    let input = json!({ "shelterId": shelter, "data": data });
    app.ok(who, IMPORT, json!({ "input": input })).await;
    app.run_work().await;
    app.clock.advance(GATHERING);
    app.run_work().await;
}

fn sheltered_dogs() -> Value {
    json!({ "name": "Dogs in care", "notify": "INSTANTLY", "filter": { "kinds": ["SHELTERED"], "species": ["DOG"] } })
}

#[tokio::test]
async fn the_reports_of_an_import_are_told_of_together_and_once() {
    let app = TestApp::new().await;
    let (ann, bob) = (app.member("ann").await, app.member("bob").await);
    let shelter = shelter(&app, &bob).await;
    let id = save(&app, &ann, sheltered_dogs()).await;
    save(&app, &bob, sheltered_dogs()).await;

    import(&app, &bob, &shelter, &dogs(1, 12)).await;

    let subject = json!({ "__typename": "SavedSearch", "id": id });
    let expected = ("12 new reports match “Dogs in care”".to_owned(), subject);
    assert_eq!(told(&app, &ann).await, [expected]);
    assert_eq!(told(&app, &bob).await, [], "who started the import knows of it");
    import(&app, &bob, &shelter, &dogs(1, 12)).await;
    assert_eq!(told(&app, &ann).await.len(), 1);
}

#[tokio::test]
async fn a_later_import_tells_only_of_what_was_not_told_before() {
    let app = TestApp::new().await;
    let (ann, bob) = (app.member("ann").await, app.member("bob").await);
    let shelter = shelter(&app, &bob).await;
    save(&app, &ann, sheltered_dogs()).await;
    let at = "05/20/2026 10:00:00 AM";
    import(
        &app,
        &bob,
        &shelter,
        &file(&[dog("A1", at, "Brown"), dog("A2", at, "Brown")]),
    )
    .await;

    // The first is another colour now, the third is new.
    let rows = [dog("A1", at, "Black"), dog("A2", at, "Brown"), dog("A3", at, "Brown")];
    import(&app, &bob, &shelter, &file(&rows)).await;

    let titles: Vec<String> = told(&app, &ann).await.into_iter().map(|(title, _)| title).collect();
    let expected = [
        "A new report matches “Dogs in care”",
        "2 new reports match “Dogs in care”",
    ];
    assert_eq!(titles, expected);
}

#[tokio::test]
async fn what_a_long_import_brings_within_ten_seconds_is_one_notification() {
    let app = TestApp::new().await;
    let (ann, bob) = (app.member("ann").await, app.member("bob").await);
    let shelter = shelter(&app, &bob).await;
    save(&app, &ann, sheltered_dogs()).await;

    import(&app, &bob, &shelter, &dogs(1, 620)).await;

    let titles: Vec<String> = told(&app, &ann).await.into_iter().map(|(title, _)| title).collect();
    assert_eq!(titles, ["620 new reports match “Dogs in care”"]);
}
