//! Whether adopted animals are still in their new homes three and twelve months later.

use serde_json::{Value, json};

use super::{RECORD, UNTIL_25_AUGUST, adopted, checked, due, outcomes, record, success};
use crate::{
    custody::{END, TAKE_IN, haven, seen, stay_of, text},
    matching::{dog, report, with},
    shelters::{register, shelter},
    support::{Actor, TestApp, user_errors},
};

const ADOPTED_AT: &str = "2026-05-25T10:00:00Z";

fn nothing() -> Value {
    json!({ "due": 0, "kept": 0, "returned": 0, "died": 0, "unknown": 0, "percent": null })
}

/// The morning of 25 August, three months after the adoption.
async fn three_months_later(app: &TestApp, who: &Actor) -> Actor {
    app.clock.advance(UNTIL_25_AUGUST);
    app.log_in_again(who).await
}

#[tokio::test]
async fn the_shelter_is_asked_after_three_and_twelve_months_of_its_own_calendar() {
    let (app, ann, shelter) = haven().await;
    let pet = adopted(&app, &ann, &shelter, ADOPTED_AT).await;
    let checks = checked(&app, &ann, &pet).await["adoptionChecks"].take();
    let times: Vec<[Value; 2]> = [0usize, 1]
        .map(|number| [checks[number]["after"].clone(), checks[number]["dueAt"].clone()])
        .into();
    let expected = [
        [json!("THREE_MONTHS"), json!("2026-08-25T05:00:00.000Z")],
        [json!("TWELVE_MONTHS"), json!("2027-05-25T05:00:00.000Z")],
    ];
    assert_eq!(times, expected);
    assert_eq!(due(&app, &ann, &shelter).await["totalCount"], 0);
    for outcome in ["KEPT", "UNKNOWN"] {
        let early = record(&app, &ann, &pet, ("THREE_MONTHS", outcome)).await;
        assert_eq!(user_errors(&early), ["input.after OUT_OF_RANGE"], "{outcome}");
    }
    let figures = success(&app, &ann, &shelter).await;
    assert_eq!(figures, json!({ "threeMonths": nothing(), "twelveMonths": nothing() }));

    let ann = three_months_later(&app, &ann).await;
    let waiting = due(&app, &ann, &shelter).await;
    assert_eq!(waiting["totalCount"], 1);
    assert_eq!(waiting["nodes"][0]["after"], "THREE_MONTHS");
    assert_eq!(waiting["nodes"][0]["stay"]["id"], checks[0]["stay"]["id"]);
    let figures = success(&app, &ann, &shelter).await;
    let unknown = json!({ "due": 1, "kept": 0, "returned": 0, "died": 0, "unknown": 1, "percent": null });
    assert_eq!(figures, json!({ "threeMonths": unknown, "twelveMonths": nothing() }));

    for _ in 0..2 {
        let done = record(&app, &ann, &pet, ("THREE_MONTHS", "KEPT")).await;
        assert_eq!(user_errors(&done), Vec::<String>::new());
    }
    assert_eq!(outcomes(&app, &ann, &pet).await, [json!("KEPT"), Value::Null]);
    let stay = checked(&app, &ann, &pet).await;
    assert_eq!(stay["version"], 3, "the same again is no event");
    assert_eq!(
        stay["events"]["nodes"][0],
        json!({ "kind": "ADOPTION_CHECKED", "from": null, "to": "3 months: kept" })
    );
    assert_eq!(stay["adoptionChecks"][0]["recordedBy"], json!(ann.id));
    assert_eq!(due(&app, &ann, &shelter).await["totalCount"], 0);
    let figures = success(&app, &ann, &shelter).await;
    let kept = json!({ "due": 1, "kept": 1, "returned": 0, "died": 0, "unknown": 0, "percent": 100.0 });
    assert_eq!(figures, json!({ "threeMonths": kept, "twelveMonths": nothing() }));
    app.leave_work();
}

#[tokio::test]
async fn who_comes_back_in_time_was_not_kept_and_nobody_is_asked() {
    let (app, ann, shelter) = haven().await;
    let pet = adopted(&app, &ann, &shelter, ADOPTED_AT).await;
    let animal = stay_of(&app, &ann, &pet).await["animal"]["id"].clone();
    app.ok(
        &ann,
        TAKE_IN,
        json!({ "input": { "animalId": animal, "intakeType": "Adoption return" } }),
    )
    .await;

    assert_eq!(outcomes(&app, &ann, &pet).await, [json!("RETURNED"), json!("RETURNED")]);
    let refused = record(&app, &ann, &pet, ("THREE_MONTHS", "DIED")).await;
    assert_eq!(user_errors(&refused), ["input.outcome NOT_ALLOWED"]);
    let ann = three_months_later(&app, &ann).await;
    assert_eq!(due(&app, &ann, &shelter).await["totalCount"], 0);
    let returned = json!({ "due": 1, "kept": 0, "returned": 1, "died": 0, "unknown": 0, "percent": 0.0 });
    assert_eq!(success(&app, &ann, &shelter).await["threeMonths"], returned);
    app.leave_work();
}

#[tokio::test]
async fn who_comes_back_later_was_still_there_after_three_months() {
    let (app, ann, shelter) = haven().await;
    let pet = adopted(&app, &ann, &shelter, ADOPTED_AT).await;
    let animal = stay_of(&app, &ann, &pet).await["animal"]["id"].clone();
    let ann = three_months_later(&app, &ann).await;
    app.ok(&ann, TAKE_IN, json!({ "input": { "animalId": animal } })).await;

    assert_eq!(outcomes(&app, &ann, &pet).await, [json!("KEPT"), json!("RETURNED")]);
    assert_eq!(due(&app, &ann, &shelter).await["totalCount"], 0);
    assert_eq!(success(&app, &ann, &shelter).await["threeMonths"]["kept"], 1);
    app.leave_work();
}

#[tokio::test]
async fn a_chip_tells_that_an_animal_came_back_to_another_shelter() {
    let (app, ann, home) = haven().await;
    let bob = app.member("bob").await;
    let other = shelter(&app, &bob).await;
    let pet = adopted(&app, &ann, &home, ADOPTED_AT).await;
    let found = json!({ "shelterId": other, "microchip": "985112004567894" });
    let found = with(dog("SHELTERED", 30.2672, "2026-05-30T10:00:00Z"), found);
    let found = report(&app, &bob, found).await;
    assert_eq!(outcomes(&app, &ann, &pet).await[0], "RETURNED");

    let end = json!({ "ids": [stay_of(&app, &bob, &found).await["id"]], "outcome": "RETURNED_TO_OWNER" });
    app.ok(&bob, END, json!({ "input": end })).await;

    assert_eq!(outcomes(&app, &ann, &pet).await[0], Value::Null, "it had only strayed");
    app.leave_work();
}

#[tokio::test]
async fn what_is_recorded_can_be_corrected_and_holds_nothing_about_people() {
    let (app, ann, shelter) = haven().await;
    let pet = adopted(&app, &ann, &shelter, ADOPTED_AT).await;
    let stay = checked(&app, &ann, &pet).await["id"].take();
    let input = |outcome: &str, note: &str| json!({ "input": { "stayId": stay, "after": "THREE_MONTHS", "outcome": outcome, "note": note } });
    let long = app.run(&ann, RECORD, input("RETURNED", &"x".repeat(301))).await;
    assert_eq!(user_errors(&long), ["input.note TOO_LONG"]);
    app.ok(
        &ann,
        RECORD,
        input("RETURNED", "Call (512) 555-0142, she gave it to a friend"),
    )
    .await;
    let note = text(&checked(&app, &ann, &pet).await["adoptionChecks"][0]["note"]);
    assert!(!note.contains("555") && note.contains("friend"), "{note}");
    assert_eq!(
        outcomes(&app, &ann, &pet).await,
        [json!("RETURNED"), json!("RETURNED")],
        "what is over stays over"
    );

    app.ok(&ann, RECORD, input("DIED", "")).await;

    let stay = checked(&app, &ann, &pet).await;
    assert_eq!(
        stay["events"]["nodes"][0],
        json!({ "kind": "ADOPTION_CHECKED", "from": "3 months: returned", "to": "3 months: died" })
    );
    assert_eq!(stay["adoptionChecks"][0]["note"], Value::Null);
    app.leave_work();
}

#[tokio::test]
async fn only_adoptions_are_checked_and_only_by_those_who_work_there() {
    let (app, ann, shelter) = haven().await;
    let bob = app.member("bob").await;
    let pet = adopted(&app, &ann, &shelter, ADOPTED_AT).await;
    let stay = checked(&app, &ann, &pet).await["id"].take();
    let input = json!({ "input": { "stayId": stay, "after": "THREE_MONTHS", "outcome": "RETURNED" } });
    let cleo = app.member("cleo").await;
    register(&app, &cleo).await;
    for stranger in [&bob, &cleo] {
        let refused = app.run(stranger, RECORD, input.clone()).await;
        assert_eq!(user_errors(&refused), ["input.stayId NOT_FOUND"]);
    }
    let hidden = app.ok(&bob, super::DUE, json!({ "id": shelter })).await;
    assert_eq!(hidden["shelter"]["adoptionChecksDue"], Value::Null);

    let end = json!({ "ids": [stay], "outcome": "TRANSFERRED", "outcomeAt": ADOPTED_AT });
    app.ok(&ann, END, json!({ "input": end })).await;
    let refused = app.run(&ann, RECORD, input).await;
    assert_eq!(user_errors(&refused), ["input.stayId NOT_ALLOWED"]);
    assert_eq!(checked(&app, &ann, &pet).await["adoptionChecks"], json!([]));
    assert_eq!(seen(&app, &ann, &pet).await["status"], "TRANSFERRED");
    app.leave_work();
}
