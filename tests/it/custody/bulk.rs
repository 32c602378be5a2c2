//! Many stays at once: all of them or none.

use serde_json::json;

use super::{CHANGE, END, TAKE_IN, happened, haven, seen, stay_of, taken_in, text};
use crate::{
    shelters::key,
    support::{Bearer, codes, user_errors},
};

#[tokio::test]
async fn stays_are_moved_together_and_each_change_is_kept() {
    let (app, ann, shelter) = haven().await;
    let mut pets = Vec::new();
    for name in ["Biscuit", "Sweetie"] {
        pets.push(taken_in(&app, &ann, &shelter, name).await);
    }
    let mut ids = Vec::new();
    for pet in &pets {
        ids.push(text(&stay_of(&app, &ann, pet).await["id"]));
    }
    let change = json!({ "input": { "ids": ids, "stage": "TREATMENT", "kennel": "Ward 2" } });
    let done = app.ok(&ann, CHANGE, change.clone()).await;
    assert_eq!(done["changeStays"]["stays"][1]["kennel"], "Ward 2");
    app.ok(&ann, CHANGE, change).await;

    for pet in &pets {
        let stay = stay_of(&app, &ann, pet).await;
        let expected = [
            ("STAGE_CHANGED".to_owned(), json!("intake"), json!("treatment")),
            ("MOVED".to_owned(), json!(null), json!("Ward 2")),
        ];
        assert_eq!(happened(&stay)[1..], expected, "the same again is no event");
    }
    app.leave_work();
}

#[tokio::test]
async fn nothing_is_done_when_one_of_the_stays_cannot_be_changed() {
    let (app, ann, shelter) = haven().await;
    let (one, other) = (
        taken_in(&app, &ann, &shelter, "A").await,
        taken_in(&app, &ann, &shelter, "B").await,
    );
    let (one, gone) = (stay_of(&app, &ann, &one).await, stay_of(&app, &ann, &other).await);
    app.ok(
        &ann,
        END,
        json!({ "input": { "ids": [gone["id"]], "outcome": "DIED" } }),
    )
    .await;

    let refused = app
        .run(
            &ann,
            CHANGE,
            json!({ "input": { "ids": [one["id"], gone["id"]], "stage": "FOSTER" } }),
        )
        .await;
    assert_eq!(user_errors(&refused), ["input.ids.1 NOT_ALLOWED"]);
    let foreign = json!({ "input": { "ids": [one["id"], "sta_01h455vb4pex5vsknk084sn02q"], "stage": "FOSTER" } });
    assert_eq!(
        user_errors(&app.run(&ann, CHANGE, foreign).await),
        ["input.ids.1 NOT_FOUND"]
    );
    let none = json!({ "input": { "ids": [], "stage": "FOSTER" } });
    assert_eq!(user_errors(&app.run(&ann, CHANGE, none).await), ["input.ids REQUIRED"]);
    let stages: i64 = app.value("SELECT COUNT(*) FROM stays WHERE stage = 'intake'").await;
    assert_eq!(stages, 2);
    app.leave_work();
}

#[tokio::test]
async fn the_outcome_closes_the_report_and_death_is_not_told() {
    let (app, ann, shelter) = haven().await;
    for (outcome, status) in [
        ("ADOPTED", "ADOPTED"),
        ("RETURNED_TO_OWNER", "REUNITED"),
        ("TRANSFERRED", "TRANSFERRED"),
        ("RELEASED", "CLOSED"),
        ("LOST_IN_CARE", "CLOSED"),
        ("DIED", "CLOSED"),
        ("EUTHANIZED", "CLOSED"),
        ("OTHER", "CLOSED"),
    ] {
        let pet = taken_in(&app, &ann, &shelter, outcome).await;
        let stay = stay_of(&app, &ann, &pet).await;
        let input = json!({ "ids": [stay["id"]], "outcome": outcome, "outcomeAt": "2026-05-25T10:00:00Z" });
        let done = app.ok(&ann, END, json!({ "input": input })).await;
        let ended = &done["endStays"]["stays"][0];
        assert_eq!(ended["outcomeAt"], "2026-05-25T10:00:00.000Z", "{outcome}");
        assert_eq!(ended["report"]["status"], status, "{outcome}");
    }
    app.leave_work();
}

#[tokio::test]
async fn an_outcome_is_neither_before_the_intake_nor_in_the_future_and_can_be_corrected() {
    let (app, ann, shelter) = haven().await;
    let pet = taken_in(&app, &ann, &shelter, "Biscuit").await;
    let id = stay_of(&app, &ann, &pet).await["id"].clone();
    for at in ["2026-05-19T10:00:00Z", "2027-05-19T10:00:00Z"] {
        let input = json!({ "input": { "ids": [id], "outcome": "ADOPTED", "outcomeAt": at } });
        assert_eq!(
            user_errors(&app.run(&ann, END, input).await),
            ["input.ids.0 OUT_OF_RANGE"],
            "{at}"
        );
    }
    let end =
        |outcome: &str| json!({ "input": { "ids": [id], "outcome": outcome, "outcomeAt": "2026-05-25T10:00:00Z" } });
    app.ok(&ann, END, end("ADOPTED")).await;
    app.ok(&ann, END, end("TRANSFERRED")).await;

    let pet = seen(&app, &ann, &pet).await;
    assert_eq!(pet["status"], "TRANSFERRED");
    let events = happened(&pet["stay"]);
    assert_eq!(
        events[2],
        ("OUTCOME_CORRECTED".to_owned(), json!("adopted"), json!("transferred"))
    );
    app.leave_work();
}

#[tokio::test]
async fn a_stay_that_two_end_at_once_ends_once() {
    let (app, ann, shelter) = haven().await;
    let pet = taken_in(&app, &ann, &shelter, "Biscuit").await;
    let id = stay_of(&app, &ann, &pet).await["id"].clone();
    let end = json!({ "input": { "ids": [id], "outcome": "ADOPTED" } });
    let close = json!({ "input": { "id": pet, "outcome": "ADOPTED" } });
    let (first, second) = tokio::join!(app.run(&ann, END, end), app.run(&ann, super::CLOSE, close));
    assert_eq!((user_errors(&first), user_errors(&second)), (vec![], vec![]));
    assert_eq!(
        app.value::<i64>("SELECT COUNT(*) FROM stay_events WHERE kind = 'ended'")
            .await,
        1
    );
    app.leave_work();
}

#[tokio::test]
async fn a_corrected_outcome_is_not_after_the_animal_came_again() {
    let (app, ann, shelter) = haven().await;
    let pet = taken_in(&app, &ann, &shelter, "Biscuit").await;
    let former = stay_of(&app, &ann, &pet).await;
    let end = |at: &str| json!({ "input": { "ids": [former["id"]], "outcome": "ADOPTED", "outcomeAt": at } });
    app.ok(&ann, END, end("2026-05-22T10:00:00Z")).await;
    let again = json!({ "animalId": former["animal"]["id"], "intakeAt": "2026-05-25T10:00:00Z" });
    app.ok(&ann, TAKE_IN, json!({ "input": again })).await;

    let late = app.run(&ann, END, end("2026-05-25T10:00:01Z")).await;
    assert_eq!(user_errors(&late), ["input.ids.0 OUT_OF_RANGE"]);
    app.ok(&ann, END, end("2026-05-25T10:00:00Z")).await;
    assert_eq!(
        stay_of(&app, &ann, &pet).await["outcomeAt"],
        "2026-05-25T10:00:00.000Z",
        "it may leave and come back in the same moment"
    );
    app.run_work().await;
}

#[tokio::test]
async fn a_key_that_may_not_look_at_animals_changes_stays_and_is_told_so() {
    let (app, ann, shelter) = haven().await;
    let pet = taken_in(&app, &ann, &shelter, "Biscuit").await;
    let stay = stay_of(&app, &ann, &pet).await["id"].clone();
    let script = Bearer(key(&app, &ann, &shelter, &["pets:write"]).await);
    let change = json!({ "input": { "ids": [stay], "kennel": "Ward 2" } });
    let with_animal = "mutation($input: ChangeStaysInput!) { changeStays(input: $input) { stays { animal { id } } } }";

    let told = app.run(&script, with_animal, change.clone()).await;
    assert_eq!(codes(&told), ["FORBIDDEN"]);
    let done = app.ok(&script, CHANGE, change).await;
    assert_eq!(done["changeStays"]["stays"][0]["kennel"], "Ward 2");
    app.leave_work();
}
