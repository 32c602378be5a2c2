//! Animals that come back.

use entity::vocabulary::PetVisibility;
use finding_sweetie::{domain::pets::set_visibility, kernel::Viewer};
use serde_json::{Value, json};

use super::{CLOSE, END, TAKE_IN, haven, seen, stay_of, taken_in};
use crate::support::{Visitor, codes, user_errors};

#[tokio::test]
async fn who_comes_back_has_a_new_stay_and_a_new_report_that_points_to_the_former_one() {
    let (app, ann, shelter) = haven().await;
    let former = taken_in(&app, &ann, &shelter, "Biscuit").await;
    let animal = stay_of(&app, &ann, &former).await["animal"]["id"].clone();
    app.ok(&ann, CLOSE, json!({ "input": { "id": former, "outcome": "ADOPTED" } }))
        .await;

    let input =
        json!({ "animalId": animal, "intakeType": "Adoption return", "kennel": "12", "idempotencyKey": "back" });
    let first = app.ok(&ann, TAKE_IN, json!({ "input": input })).await["takeInAnimal"].clone();
    let again = app.ok(&ann, TAKE_IN, json!({ "input": input })).await["takeInAnimal"].clone();
    assert_eq!(first, again, "the same key is the same stay");

    let stay = &first["stay"];
    assert_eq!(stay["intakeKind"], "RETURN");
    assert_eq!(
        stay["report"],
        json!({ "id": stay["report"]["id"], "status": "OPEN", "kind": "SHELTERED", "name": "Biscuit",
            "formerReport": { "id": former }, "place": { "label": "Austin, TX" } })
    );
    assert_eq!(
        seen(&app, &ann, &former).await["status"],
        "ADOPTED",
        "what is over stays over"
    );
    let history = stay_of(&app, &ann, &former).await["animal"]["stays"].clone();
    assert_eq!(history["totalCount"], 2);
    assert_eq!(history["nodes"][1]["outcome"], "ADOPTED");
    let public = "query($id: ID!) { pet(id: $id) { status formerReport { status } } }";
    let public = app.ok(&Visitor, public, json!({ "id": stay["report"]["id"] })).await;
    assert_eq!(
        public["pet"],
        json!({ "status": "OPEN", "formerReport": { "status": "ADOPTED" } })
    );
    app.run_work().await;
}

#[tokio::test]
async fn an_animal_is_not_taken_in_twice_nor_before_it_left() {
    let (app, ann, shelter) = haven().await;
    let pet = taken_in(&app, &ann, &shelter, "Biscuit").await;
    let animal = stay_of(&app, &ann, &pet).await["animal"]["id"].clone();
    let take_in = json!({ "input": { "animalId": animal } });
    let there = app.run(&ann, TAKE_IN, take_in.clone()).await;
    assert_eq!(user_errors(&there), ["input.animalId CONFLICT"]);
    app.ok(&ann, CLOSE, json!({ "input": { "id": pet, "outcome": "TRANSFERRED" } }))
        .await;
    let early = json!({ "input": { "animalId": animal, "intakeAt": "2026-05-21T10:00:00Z" } });
    assert_eq!(
        user_errors(&app.run(&ann, TAKE_IN, early).await),
        ["input.intakeAt OUT_OF_RANGE"]
    );

    let (first, second) = tokio::join!(app.run(&ann, TAKE_IN, take_in.clone()), app.run(&ann, TAKE_IN, take_in));
    let mut refused = [user_errors(&first), user_errors(&second)].concat();
    refused.sort();
    assert_eq!(refused, ["input.animalId CONFLICT"]);
    assert_eq!(
        app.value::<i64>("SELECT COUNT(*) FROM stays WHERE outcome_at IS NULL")
            .await,
        1
    );
    app.leave_work();
}

#[tokio::test]
async fn what_moderators_have_hidden_does_not_come_back_as_a_new_report() {
    let (app, ann, shelter) = haven().await;
    let former = taken_in(&app, &ann, &shelter, "Biscuit").await;
    let animal = stay_of(&app, &ann, &former).await["animal"]["id"].clone();
    app.ok(&ann, CLOSE, json!({ "input": { "id": former, "outcome": "ADOPTED" } }))
        .await;
    set_visibility(
        &app.deps,
        &Viewer::System,
        former.parse().unwrap(),
        PetVisibility::Hidden,
    )
    .await
    .unwrap();

    let back = app.ok(&ann, TAKE_IN, json!({ "input": { "animalId": animal } })).await;
    let report = back["takeInAnimal"]["stay"]["report"]["id"].clone();
    assert_eq!(
        back["takeInAnimal"]["stay"]["report"]["status"], "OPEN",
        "its shelter reads it"
    );
    let public = app
        .ok(
            &Visitor,
            "query($id: ID!) { pet(id: $id) { name } }",
            json!({ "id": report }),
        )
        .await;
    assert_eq!(public["pet"], json!(null));
    app.run_work().await;
}

#[tokio::test]
async fn intakes_count_towards_the_reports_of_a_shelter_that_nobody_has_verified() {
    let (app, ann, shelter) = haven().await;
    let pet = taken_in(&app, &ann, &shelter, "Biscuit").await;
    let former = stay_of(&app, &ann, &pet).await;
    app.execute("UPDATE shelters SET verified = $1", [false.into()]).await;
    let (animal, mut stay) = (former["animal"]["id"].clone(), former["id"].clone());
    let end = |stay: &Value| json!({ "input": { "ids": [stay], "outcome": "ADOPTED" } });
    app.ok(&ann, END, end(&stay)).await;
    let keyed = json!({ "input": { "animalId": animal, "idempotencyKey": "back" } });
    for number in 0..50 {
        let more = json!({ "input": { "animalId": animal } });
        let input = if number == 0 { keyed.clone() } else { more };
        let taken = app.ok(&ann, TAKE_IN, input).await;
        stay = taken["takeInAnimal"]["stay"]["id"].clone();
        app.ok(&ann, END, end(&stay)).await;
    }

    let refused = app.run(&ann, TAKE_IN, json!({ "input": { "animalId": animal } })).await;
    assert_eq!(codes(&refused), ["RATE_LIMITED"]);
    let repeated = app.ok(&ann, TAKE_IN, keyed).await;
    assert!(
        repeated["takeInAnimal"]["stay"]["id"].is_string(),
        "a repeat costs nothing"
    );
    assert_eq!(app.count("stays").await, 51);
    app.run_work().await;
}
