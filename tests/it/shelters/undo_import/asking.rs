//! Who may have an import taken back, and when.

use finding_sweetie::domain::shelters;
use serde_json::json;

use super::{MINUTE, UNDO, ask, done, haven, open, row, undo};
use crate::{
    shelters::{dogs, employ, file, queue, shelter, text},
    support::user_errors,
};

#[tokio::test]
async fn asking_twice_takes_back_once() {
    let (app, ann, shelter) = haven().await;
    let id = done(&app, &ann, &shelter, &dogs(1, 3), json!({})).await;
    assert_eq!(ask(&app, &ann, &id).await, Vec::<String>::new());
    assert_eq!(undo(&app, &ann, &id).await, (3, 0));
    assert_eq!(undo(&app, &ann, &id).await, (3, 0));
    let asked: i64 = app
        .value("SELECT COUNT(*) FROM audit_entries WHERE action = 'import_undone'")
        .await;
    assert_eq!(
        (asked, app.value::<i32>("SELECT MAX(version) FROM stays").await),
        (1, 2)
    );
}

#[tokio::test]
async fn an_import_is_taken_back_within_a_day_of_its_end_and_only_if_it_wrote_anything() {
    let (app, ann, shelter) = haven().await;
    let running = queue(&app, &ann, &shelter, &dogs(1, 3), json!({})).await;
    assert_eq!(ask(&app, &ann, &running).await, ["input.importId NOT_ALLOWED"]);
    app.run_work().await;
    let tried = done(&app, &ann, &shelter, &dogs(4, 3), json!({ "dryRun": true })).await;
    assert_eq!(ask(&app, &ann, &tried).await, ["input.importId NOT_ALLOWED"]);

    app.clock.advance(24 * 60 * MINUTE);
    let ann = app.log_in_again(&ann).await;
    assert_eq!(ask(&app, &ann, &running).await, ["input.importId EXPIRED"]);
    assert_eq!(open(&app).await, 3);
}

#[tokio::test]
async fn what_animals_were_is_forgotten_after_a_day() {
    let (app, ann, shelter) = haven().await;
    done(&app, &ann, &shelter, &file(&[row("A1", "Brown")]), json!({})).await;
    done(&app, &ann, &shelter, &file(&[row("A1", "Black")]), json!({})).await;
    shelters::forget_import_changes(&app.deps).await.unwrap();
    assert_eq!(app.count("import_changes").await, 1);

    app.clock.advance(24 * 60 * MINUTE);
    shelters::forget_import_changes(&app.deps).await.unwrap();

    assert_eq!(app.count("import_changes").await, 0);
}

#[tokio::test]
async fn a_later_import_of_the_same_animals_is_taken_back_first() {
    let (app, ann, shelter) = haven().await;
    let first = done(&app, &ann, &shelter, &file(&[row("A1", "Brown")]), json!({})).await;
    let other = done(&app, &ann, &shelter, &file(&[row("A2", "Brown")]), json!({})).await;
    let later = done(&app, &ann, &shelter, &file(&[row("A1", "Black")]), json!({})).await;

    let refused = app.run(&ann, UNDO, json!({ "id": first })).await;
    assert_eq!(user_errors(&refused), ["input.importId CONFLICT"]);
    let message = text(&refused.data()["undoImport"]["userErrors"][0]["message"]);
    assert!(message.contains(&later), "{message}");

    assert_eq!(undo(&app, &ann, &other).await, (1, 0), "other animals do not matter");
    assert_eq!(undo(&app, &ann, &later).await, (1, 0));
    assert_eq!(undo(&app, &ann, &first).await, (1, 0));
    assert_eq!(open(&app).await, 0);
}

#[tokio::test]
async fn nothing_is_taken_back_while_another_file_is_imported() {
    let (app, ann, shelter) = haven().await;
    let id = done(&app, &ann, &shelter, &dogs(1, 3), json!({})).await;
    queue(&app, &ann, &shelter, &dogs(4, 3), json!({})).await;
    assert_eq!(ask(&app, &ann, &id).await, ["input.importId CONFLICT"]);
    app.run_work().await;
    assert_eq!(undo(&app, &ann, &id).await, (3, 0));
}

#[tokio::test]
async fn nobody_else_takes_an_import_back() {
    let (app, ann, own) = haven().await;
    let id = done(&app, &ann, &own, &dogs(1, 3), json!({})).await;
    let (bob, cleo) = (app.member("bob").await, app.member("cleo").await);
    shelter(&app, &bob).await;
    employ(&app, &ann, &own, &cleo, "VOLUNTEER").await;
    for stranger in [&bob, &cleo] {
        assert_eq!(ask(&app, stranger, &id).await, ["input.importId NOT_FOUND"]);
    }
    app.run_work().await;
    assert_eq!(open(&app).await, 3);
}
