//! How a hold is reckoned, and when it is over.

use serde_json::{Value, json};

use super::{DAY, FIVE_DAYS, INTAKE, NOTE, UPDATE, came, days, events, give_rules, stay, stray, until};
use crate::{
    custody::{END, haven, text},
    matching::with,
    support::{Actor, user_errors},
};

#[tokio::test]
async fn a_stray_is_kept_for_five_days_and_the_clock_alone_ends_that() {
    let (app, ann, shelter) = haven().await;
    let pet = stray(&app, &ann, &shelter, INTAKE).await;

    let held = stay(&app, &ann, &pet).await;
    let hold = &held["hold"];
    assert_eq!((&hold["lasts"], &hold["until"]), (&json!(true), &json!(FIVE_DAYS)));
    assert_eq!((&hold["openEnded"], &hold["rule"]), (&json!(false), &Value::Null));
    assert_eq!(held["stage"], "HOLD", "nobody gave it another stage");
    let expected = [
        ("TAKEN_IN".to_owned(), Value::Null, json!("stray")),
        ("HOLD_SET".to_owned(), Value::Null, json!(FIVE_DAYS)),
    ];
    assert_eq!(events(&held), expected);
    let found = "query($id: ID!, $stage: StayStage!) { shelter(id: $id) { animals(filter: { stages: [$stage] }) { totalCount } } }";
    let count = async |who: &Actor, stage: &str| {
        let found = app.ok(who, found, json!({ "id": shelter, "stage": stage })).await;
        found["shelter"]["animals"]["totalCount"].clone()
    };
    assert_eq!(
        (count(&ann, "HOLD").await, count(&ann, "INTAKE").await),
        (json!(1), json!(0))
    );

    app.clock.advance(4 * DAY);
    let ann = app.log_in_again(&ann).await;
    let over = stay(&app, &ann, &pet).await;
    assert_eq!(
        (&over["hold"]["lasts"], &over["stage"]),
        (&json!(false), &json!("INTAKE"))
    );
    assert_eq!(
        (count(&ann, "HOLD").await, count(&ann, "INTAKE").await),
        (json!(0), json!(1))
    );
    assert_eq!(over["version"], held["version"], "nothing had to happen");
    app.leave_work();
}

#[tokio::test]
async fn animals_that_their_owners_gave_up_are_not_kept() {
    let (app, ann, shelter) = haven().await;
    for kind in ["Owner Surrender", "Transfer", "Return"] {
        let pet = came(&app, &ann, (&shelter, INTAKE), json!({ "intakeType": kind })).await;
        let stay = stay(&app, &ann, &pet).await;
        assert_eq!(
            (&stay["hold"], &stay["stage"]),
            (&Value::Null, &json!("INTAKE")),
            "{kind}"
        );
    }
    let seized = json!([{ "name": "Seized", "intakeKinds": ["SEIZED"], "base": days(10) }]);
    give_rules(&app, &ann, &shelter, seized).await;
    let pet = came(&app, &ann, (&shelter, INTAKE), json!({ "intakeType": "Seized" })).await;
    assert_eq!(
        stay(&app, &ann, &pet).await["hold"]["rule"],
        "Seized",
        "if a rule says so"
    );
    app.leave_work();
}

#[tokio::test]
async fn business_days_leave_out_weekends_holidays_and_days_on_which_the_shelter_is_closed() {
    let (app, ann, shelter) = haven().await;
    let rule = json!({ "name": "Texas dogs", "jurisdiction": { "region": "TX" }, "species": ["DOG"],
        "base": { "length": 3, "unit": "BUSINESS_DAYS" }, "holidays": "US_FEDERAL" });
    give_rules(&app, &ann, &shelter, json!([rule])).await;
    // Tuesday; Thursday is Thanksgiving, so the third business day is the next Monday.
    let pet = stray(&app, &ann, &shelter, "2025-11-25T16:00:00Z").await;
    let hold = stay(&app, &ann, &pet).await["hold"].clone();
    assert_eq!(
        (&hold["until"], &hold["rule"]),
        (&json!("2025-12-02T06:00:00.000Z"), &json!("Texas dogs"))
    );
    let trace: Vec<String> = hold["trace"].as_array().unwrap().iter().map(sentence).collect();
    assert!(
        trace.iter().any(|step| step.starts_with("RULE texas-dogs fits")),
        "{trace:?}"
    );
    assert!(trace.iter().any(|step| step.contains("Thanksgiving")), "{trace:?}");
    assert!(
        trace.iter().any(|step| step.contains("check the local law")),
        "{trace:?}"
    );

    let closed = json!({ "id": shelter, "closedDays": ["2025-12-01", "2025-11-28"] });
    let told = app.ok(&ann, UPDATE, json!({ "input": closed })).await;
    assert_eq!(
        told["updateShelter"]["shelter"]["closedDays"],
        json!(["2025-11-28", "2025-12-01"])
    );
    app.run_work().await;
    assert_eq!(until(&app, &ann, &pet).await, "2025-12-04T06:00:00.000Z");
}

fn sentence(step: &Value) -> String {
    format!(
        "{} {} {}",
        text(&step["subject"]),
        text(&step["value"]),
        text(&step["effect"])
    )
}

#[tokio::test]
async fn days_are_those_of_the_shelters_clock_also_when_that_is_changed() {
    let (app, ann, shelter) = haven().await;
    let autumn = stray(&app, &ann, &shelter, "2025-10-30T15:00:00Z").await;
    assert_eq!(
        until(&app, &ann, &autumn).await,
        "2025-11-05T06:00:00.000Z",
        "one hour longer"
    );
    let spring = stray(&app, &ann, &shelter, "2026-03-05T15:00:00Z").await;
    assert_eq!(
        until(&app, &ann, &spring).await,
        "2026-03-11T05:00:00.000Z",
        "one hour shorter"
    );
    app.leave_work();
}

#[tokio::test]
async fn an_identified_animal_is_kept_longer() {
    let (app, ann, shelter) = haven().await;
    let rule = json!({ "name": "Longer", "base": days(3), "identified": days(7) });
    give_rules(&app, &ann, &shelter, json!([rule])).await;
    let (noted, chipped) = (
        stray(&app, &ann, &shelter, INTAKE).await,
        stray(&app, &ann, &shelter, INTAKE).await,
    );
    let before = stay(&app, &ann, &noted).await;
    assert_eq!(before["hold"]["until"], "2026-06-03T05:00:00.000Z");

    let input = json!({ "stayId": before["id"], "identifiedAt": "2026-06-01T10:00:00Z" });
    let told = app.ok(&ann, NOTE, json!({ "input": input })).await["noteOwnerContact"]["stay"].clone();
    assert_eq!(told["hold"]["until"], "2026-06-07T05:00:00.000Z");
    let again = app.ok(&ann, NOTE, json!({ "input": input })).await["noteOwnerContact"]["stay"].clone();
    assert_eq!(again, told, "the same again changes nothing");
    let after = stay(&app, &ann, &noted).await;
    let expected = [
        ("IDENTIFIED".to_owned(), Value::Null, json!("2026-06-01T10:00:00.000Z")),
        (
            "HOLD_SET".to_owned(),
            json!("2026-06-03T05:00:00.000Z"),
            json!("2026-06-07T05:00:00.000Z"),
        ),
    ];
    assert_eq!(events(&after)[2..], expected);
    assert_eq!(after["events"]["nodes"][2]["recordedBy"], json!(ann.id));

    let chip =
        "mutation($input: UpdatePetInput!) { updatePet(input: $input) { pet { id } userErrors { field code } } }";
    app.ok(
        &ann,
        chip,
        json!({ "input": { "id": chipped, "microchip": "985112004567894" } }),
    )
    .await;
    assert_eq!(until(&app, &ann, &chipped).await, "2026-06-07T05:00:00.000Z");
    let id = stay(&app, &ann, &chipped).await["id"].clone();
    let back = json!({ "input": { "stayId": id, "identifiedAt": null } });
    assert_eq!(
        user_errors(&app.run(&ann, NOTE, back).await),
        ["input.identifiedAt NOT_ALLOWED"]
    );
    app.leave_work();
}

#[tokio::test]
async fn an_open_end_waits_until_the_owner_is_told() {
    let (app, ann, shelter) = haven().await;
    let identified = json!({ "length": 5, "unit": "CALENDAR_DAYS", "countsFrom": "OWNER_NOTIFIED" });
    let rule = json!({ "name": "Told", "base": days(3), "identified": identified });
    give_rules(&app, &ann, &shelter, json!([rule])).await;
    let pet = came(
        &app,
        &ann,
        (&shelter, "2026-05-10T10:00:00Z"),
        json!({ "intakeType": "Stray", "microchip": "985112004567894" }),
    )
    .await;
    let open = stay(&app, &ann, &pet).await;
    assert_eq!(
        (&open["hold"]["openEnded"], &open["hold"]["lasts"]),
        (&json!(true), &json!(true))
    );
    let adopt = json!({ "input": { "ids": [open["id"]], "outcome": "ADOPTED" } });
    let refused = app.run(&ann, END, adopt).await;
    let message = text(&refused.data()["endStays"]["userErrors"][0]["message"]);
    assert!(message.contains("noteOwnerContact"), "{message}");

    for (input, fault) in [
        (
            json!({ "ownerNotifiedAt": "2026-06-02T10:00:00Z" }),
            "input.ownerNotifiedAt OUT_OF_RANGE",
        ),
        (
            json!({ "noticeAt": "2026-05-31T10:00:00Z" }),
            "input.noticeMethod REQUIRED",
        ),
        (json!({ "noticeMethod": "MAIL" }), "input.noticeAt REQUIRED"),
    ] {
        let input = with(input, json!({ "stayId": open["id"] }));
        assert_eq!(
            user_errors(&app.run(&ann, NOTE, json!({ "input": input })).await),
            [fault]
        );
    }
    let input = json!({ "stayId": open["id"], "ownerNotifiedAt": "2026-06-01T10:00:00Z",
        "noticeAt": "2026-06-01T11:00:00Z", "noticeMethod": "PHONE" });
    let told = app.ok(&ann, NOTE, json!({ "input": input })).await;
    let hold = &told["noteOwnerContact"]["stay"]["hold"];
    assert_eq!(
        hold,
        &json!({ "until": "2026-06-07T05:00:00.000Z", "openEnded": false })
    );
    let noted = json!("phone 2026-06-01T11:00:00.000Z");
    let events = events(&stay(&app, &ann, &pet).await);
    assert!(
        events.contains(&("NOTICE_GIVEN".to_owned(), Value::Null, noted)),
        "{events:?}"
    );
    app.leave_work();
}
