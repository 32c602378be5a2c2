//! How long strays are kept for their owners.

use std::time::Duration;

use serde_json::{Value, json};

use super::{CHANGE, CLOSE, END, haven, text};
use crate::{
    matching::{dog, report, with},
    shelters::{employ, import, key},
    support::{Actor, Bearer, TestApp, Visitor, user_errors},
};

const HOLD: &str = "query($id: ID!) { pet(id: $id) { stay { id stage version identifiedAt
    hold { lasts until openEnded rule ownerOnlyUntil rescueReleaseAt extendedUntil extensionReason releasedAt releaseReason
        trace { subject value effect } }
    events(first: 50) { nodes { kind from to recordedBy } } } } }";
const NOTE: &str = "mutation($input: NoteOwnerContactInput!) { noteOwnerContact(input: $input) {
    stay { version hold { until openEnded } } userErrors { field code message } } }";
const RELEASE: &str = "mutation($input: ReleaseHoldInput!) { releaseHold(input: $input) {
    stay { version stage hold { lasts releasedAt releaseReason } } userErrors { field code message } } }";
const EXTEND: &str = "mutation($input: ExtendHoldInput!) { extendHold(input: $input) {
    stay { version hold { lasts until extendedUntil extensionReason } } userErrors { field code message } } }";
const UPDATE: &str = "mutation($input: UpdateShelterInput!) { updateShelter(input: $input) {
    shelter { holdDays holdRules { name base { length unit } intakeKinds countsFrom weekend } closedDays closesAt }
    userErrors { field code message } } }";

const DAY: Duration = Duration::from_secs(24 * 60 * 60);
/// Early in the morning of Saturday, 30 May in Texas, two days before the clock of the tests.
const INTAKE: &str = "2026-05-30T10:00:00Z";
/// The end of the fifth day after that in Texas.
const FIVE_DAYS: &str = "2026-06-05T05:00:00.000Z";

/// A dog that was found at large; the id of its report.
async fn stray(app: &TestApp, ann: &Actor, shelter: &str, intake_at: &str) -> String {
    came(app, ann, (shelter, intake_at), json!({ "intakeType": "Stray" })).await
}

async fn came(app: &TestApp, ann: &Actor, (shelter, intake_at): (&str, &str), more: Value) -> String {
    let animal = with(dog("SHELTERED", 30.2672, intake_at), json!({ "shelterId": shelter }));
    report(app, ann, with(animal, more)).await
}

async fn stay(app: &TestApp, ann: &Actor, pet: &str) -> Value {
    app.ok(ann, HOLD, json!({ "id": pet })).await["pet"]["stay"].clone()
}

async fn until(app: &TestApp, ann: &Actor, pet: &str) -> Value {
    stay(app, ann, pet).await["hold"]["until"].clone()
}

/// The kinds of events of a stay, with what they were before and after.
fn events(stay: &Value) -> Vec<(String, Value, Value)> {
    let events = stay["events"]["nodes"].as_array().unwrap().iter();
    events
        .map(|event| (text(&event["kind"]), event["from"].clone(), event["to"].clone()))
        .collect()
}

/// Gives the shelter these rules, and does what follows.
async fn rules(app: &TestApp, ann: &Actor, shelter: &str, rules: Value) {
    let input = json!({ "id": shelter, "holdRules": rules });
    let done = app.run(ann, UPDATE, json!({ "input": input })).await;
    assert_eq!(user_errors(&done), Vec::<String>::new());
    app.run_work().await;
}

fn days(length: i32) -> Value {
    json!({ "length": length, "unit": "CALENDAR_DAYS" })
}

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
    rules(&app, &ann, &shelter, seized).await;
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
    rules(&app, &ann, &shelter, json!([rule])).await;
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
    rules(&app, &ann, &shelter, json!([rule])).await;
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
    rules(&app, &ann, &shelter, json!([rule])).await;
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

#[tokio::test]
async fn an_animal_that_is_kept_is_not_adopted_before_the_end() {
    let (app, ann, shelter) = haven().await;
    let pet = stray(&app, &ann, &shelter, INTAKE).await;
    let id = stay(&app, &ann, &pet).await["id"].clone();
    let adopt = json!({ "input": { "ids": [id], "outcome": "ADOPTED" } });
    let close = json!({ "input": { "id": pet, "outcome": "ADOPTED" } });
    let offer = json!({ "input": { "ids": [id], "stage": "ADOPTABLE" } });

    let refused = app.run(&ann, END, adopt.clone()).await;
    assert_eq!(user_errors(&refused), ["input.ids.0 NOT_ALLOWED"]);
    let message = text(&refused.data()["endStays"]["userErrors"][0]["message"]);
    assert!(
        message.contains(FIVE_DAYS) && message.contains("releaseHold"),
        "{message}"
    );
    assert_eq!(
        user_errors(&app.run(&ann, CLOSE, close.clone()).await),
        ["input.outcome NOT_ALLOWED"]
    );
    assert_eq!(
        user_errors(&app.run(&ann, CHANGE, offer.clone()).await),
        ["input.ids.0 NOT_ALLOWED"]
    );
    assert_eq!(stay(&app, &ann, &pet).await["version"], 2, "nothing was written");
    for outcome in ["RETURNED_TO_OWNER", "TRANSFERRED", "DIED"] {
        let other = stray(&app, &ann, &shelter, INTAKE).await;
        let end = json!({ "ids": [stay(&app, &ann, &other).await["id"]], "outcome": outcome });
        let done = app.run(&ann, END, json!({ "input": end })).await;
        assert_eq!(user_errors(&done), Vec::<String>::new(), "{outcome}");
    }

    app.clock.advance(4 * DAY);
    let ann = app.log_in_again(&ann).await;
    assert_eq!(user_errors(&app.run(&ann, CHANGE, offer).await), Vec::<String>::new());
    assert_eq!(user_errors(&app.run(&ann, CLOSE, close).await), Vec::<String>::new());
    app.leave_work();
}

#[tokio::test]
async fn another_organisation_waits_as_long_as_the_rule_says() {
    let (app, ann, shelter) = haven().await;
    let rule = json!({ "name": "Owner first", "base": days(9), "ownerOnly": days(3) });
    rules(&app, &ann, &shelter, json!([rule])).await;
    let pet = stray(&app, &ann, &shelter, INTAKE).await;
    let seen = stay(&app, &ann, &pet).await;
    assert_eq!(seen["hold"]["ownerOnlyUntil"], "2026-06-03T05:00:00.000Z");
    let transfer = json!({ "input": { "ids": [seen["id"]], "outcome": "TRANSFERRED" } });
    assert_eq!(
        user_errors(&app.run(&ann, END, transfer.clone()).await),
        ["input.ids.0 NOT_ALLOWED"]
    );

    app.clock.advance(2 * DAY);
    let ann = app.log_in_again(&ann).await;
    assert_eq!(user_errors(&app.run(&ann, END, transfer).await), Vec::<String>::new());
    app.leave_work();
}

#[tokio::test]
async fn the_staff_releases_an_animal_or_keeps_it_longer_and_says_why() {
    let (app, ann, shelter) = haven().await;
    let pet = stray(&app, &ann, &shelter, INTAKE).await;
    let id = stay(&app, &ann, &pet).await["id"].clone();
    let extend = |until: &str| json!({ "input": { "stayId": id, "until": until, "reason": "Bite quarantine" } });
    for (until, fault) in [
        ("2026-06-01T11:00:00Z", "input.until OUT_OF_RANGE"),
        ("2027-07-01T11:00:00Z", "input.until OUT_OF_RANGE"),
        ("2026-06-03T11:00:00Z", "input.until OUT_OF_RANGE"),
    ] {
        assert_eq!(
            user_errors(&app.run(&ann, EXTEND, extend(until)).await),
            [fault],
            "{until}"
        );
    }
    let longer = app.ok(&ann, EXTEND, extend("2026-06-10T10:00:00Z")).await["extendHold"]["stay"].clone();
    assert_eq!(longer["hold"]["until"], "2026-06-10T10:00:00.000Z");
    assert_eq!(longer["hold"]["extensionReason"], "Bite quarantine");
    let again = app.ok(&ann, EXTEND, extend("2026-06-10T10:00:00Z")).await["extendHold"]["stay"].clone();
    assert_eq!(again, longer, "the same again changes nothing");

    let release = |reason: &str| json!({ "input": { "stayId": id, "reason": reason } });
    for (reason, fault) in [
        ("", "input.reason REQUIRED"),
        (&"x".repeat(201), "input.reason TOO_LONG"),
    ] {
        assert_eq!(user_errors(&app.run(&ann, RELEASE, release(reason)).await), [fault]);
    }
    let free = app.ok(&ann, RELEASE, release("The owner gave it up")).await["releaseHold"]["stay"].clone();
    assert_eq!(
        (&free["hold"]["lasts"], &free["stage"]),
        (&json!(false), &json!("INTAKE"))
    );
    let again = app.ok(&ann, RELEASE, release("The owner gave it up")).await["releaseHold"]["stay"].clone();
    assert_eq!(again, free, "the same again changes nothing");
    let expected = [
        ("HOLD_EXTENDED".to_owned(), Value::Null, json!("Bite quarantine")),
        (
            "HOLD_SET".to_owned(),
            json!(FIVE_DAYS),
            json!("2026-06-10T10:00:00.000Z"),
        ),
        (
            "HOLD_RELEASED".to_owned(),
            json!("2026-06-10T10:00:00.000Z"),
            json!("The owner gave it up"),
        ),
    ];
    assert_eq!(events(&stay(&app, &ann, &pet).await)[2..], expected);
    let offer = json!({ "input": { "ids": [id], "stage": "ADOPTABLE" } });
    assert_eq!(user_errors(&app.run(&ann, CHANGE, offer).await), Vec::<String>::new());

    let kept = app.ok(&ann, EXTEND, extend("2026-06-20T10:00:00Z")).await["extendHold"]["stay"].clone();
    assert_eq!(kept["hold"]["lasts"], true, "an extension takes the release back");
    let given_up = came(
        &app,
        &ann,
        (&shelter, INTAKE),
        json!({ "intakeType": "Owner Surrender" }),
    )
    .await;
    let other = stay(&app, &ann, &given_up).await["id"].clone();
    let nothing = json!({ "input": { "stayId": other, "reason": "No need" } });
    assert_eq!(
        user_errors(&app.run(&ann, RELEASE, nothing).await),
        ["input.stayId NOT_ALLOWED"]
    );
    app.leave_work();
}

#[tokio::test]
async fn volunteers_do_not_decide_about_holds_and_keys_that_write_do() {
    let (app, ann, shelter) = haven().await;
    let bob = app.verified("bob").await;
    employ(&app, &ann, &shelter, &bob, "VOLUNTEER").await;
    let script = Bearer(key(&app, &ann, &shelter, &["pets:write"]).await);
    let pet = stray(&app, &ann, &shelter, INTAKE).await;
    let id = stay(&app, &ann, &pet).await["id"].clone();
    let release = json!({ "input": { "stayId": id, "reason": "The owner gave it up" } });

    let refused = app.run(&bob, RELEASE, release.clone()).await;
    assert_eq!(crate::support::codes(&refused), ["FORBIDDEN"]);
    let done = app.run(&script, RELEASE, release).await;
    assert_eq!(user_errors(&done), Vec::<String>::new());
    let other = stray(&app, &ann, &shelter, INTAKE).await;
    let left = stay(&app, &ann, &other).await["id"].clone();
    app.ok(&ann, END, json!({ "input": { "ids": [left], "outcome": "DIED" } }))
        .await;
    let over = json!({ "input": { "stayId": left, "reason": "It died" } });
    assert_eq!(
        user_errors(&app.run(&ann, RELEASE, over).await),
        ["input.stayId NOT_ALLOWED"]
    );
    app.leave_work();
}

#[tokio::test]
async fn imported_strays_are_kept_and_what_files_tell_is_never_refused() {
    let (app, ann, shelter) = haven().await;
    let csv = |rows: &[&str]| {
        let titles = "Animal ID,Species,Name,Intake Date,Intake Type,Outcome Type,Outcome Date";
        format!("{titles}\n{}\n", rows.join("\n"))
    };
    let file = csv(&[
        "A1,Dog,Biscuit,2026-05-30,Stray,,",
        "A2,Dog,Sweetie,2026-05-30,Owner Surrender,,",
        "A3,Dog,Gus,2026-05-01,Stray,,",
    ]);
    import(&app, &ann, &shelter, &file, json!({})).await;
    let holds = "query($id: ID!) { shelter(id: $id) { dashboard { strayHold } animals(first: 10) { nodes { externalId
        currentStay { stage hold { until lasts } } } } } }";
    let seen = app.ok(&ann, holds, json!({ "id": shelter })).await["shelter"].clone();
    let mut stays: Vec<(String, Value)> = seen["animals"]["nodes"]
        .as_array()
        .unwrap()
        .iter()
        .map(|animal| (text(&animal["externalId"]), animal["currentStay"].clone()))
        .collect();
    stays.sort_by(|one, other| one.0.cmp(&other.0));
    let expected = [
        json!({ "stage": "HOLD", "hold": { "until": FIVE_DAYS, "lasts": true } }),
        json!({ "stage": "INTAKE", "hold": null }),
        json!({ "stage": "INTAKE", "hold": { "until": "2026-05-07T05:00:00.000Z", "lasts": false } }),
    ];
    assert_eq!(stays.into_iter().map(|(_, stay)| stay).collect::<Vec<_>>(), expected);
    assert_eq!(seen["dashboard"]["strayHold"], 1);

    let adopted = csv(&["A1,Dog,Biscuit,2026-05-30,Stray,Adoption,2026-05-31"]);
    import(&app, &ann, &shelter, &adopted, json!({})).await;
    let outcomes: i64 = app.value("SELECT COUNT(*) FROM stays WHERE outcome = 'adopted'").await;
    assert_eq!(outcomes, 1);
}

#[tokio::test]
async fn a_corrected_intake_and_a_changed_rule_change_the_hold_of_animals_that_are_there() {
    let (app, ann, shelter) = haven().await;
    let pet = stray(&app, &ann, &shelter, INTAKE).await;
    let update =
        "mutation($input: UpdatePetInput!) { updatePet(input: $input) { pet { id } userErrors { field code } } }";
    let correct = |more: Value| json!({ "input": with(more, json!({ "id": pet })) });
    app.ok(&ann, update, correct(json!({ "seenAt": "2026-05-29T10:00:00Z" })))
        .await;
    assert_eq!(until(&app, &ann, &pet).await, "2026-06-04T05:00:00.000Z");
    app.ok(&ann, update, correct(json!({ "intakeType": "Owner Surrender" })))
        .await;
    assert_eq!(stay(&app, &ann, &pet).await["hold"], Value::Null);
    app.ok(&ann, update, correct(json!({ "intakeType": "Stray" }))).await;
    assert_eq!(until(&app, &ann, &pet).await, "2026-06-04T05:00:00.000Z");

    for (change, end) in [
        (json!({ "holdDays": 10 }), "2026-06-09T05:00:00.000Z"),
        (json!({ "timeZone": "America/New_York" }), "2026-06-09T04:00:00.000Z"),
        (
            json!({ "holdRules": [{ "name": "Shorter", "base": days(4) }] }),
            "2026-06-03T04:00:00.000Z",
        ),
        (
            json!({ "closesAt": "18:30", "holdRules": [{ "name": "Shorter", "base": days(4), "endsAt": "CLOSING" }] }),
            "2026-06-02T22:30:00.000Z",
        ),
        (json!({ "holdRules": [] }), "2026-06-09T04:00:00.000Z"),
    ] {
        let done = app
            .run(
                &ann,
                UPDATE,
                json!({ "input": with(change.clone(), json!({ "id": shelter })) }),
            )
            .await;
        assert_eq!(user_errors(&done), Vec::<String>::new());
        app.run_work().await;
        assert_eq!(until(&app, &ann, &pet).await, end, "{change}");
    }
    let last = stay(&app, &ann, &pet).await["events"]["nodes"]
        .as_array()
        .unwrap()
        .last()
        .unwrap()
        .clone();
    assert_eq!(
        (&last["kind"], &last["recordedBy"]),
        (&json!("HOLD_SET"), &json!("system"))
    );
}

#[tokio::test]
async fn rules_that_say_nothing_sensible_are_refused_where_they_are_wrong() {
    let (app, ann, shelter) = haven().await;
    let rule = |change: Value| json!({ "holdRules": [with(json!({ "name": "Rule", "base": days(5) }), change)] });
    for (input, fault) in [
        (rule(json!({ "name": " " })), "input.holdRules.0.name REQUIRED"),
        (
            rule(json!({ "name": "x".repeat(201) })),
            "input.holdRules.0.name TOO_LONG",
        ),
        (
            rule(json!({ "base": days(366) })),
            "input.holdRules.0.base.length OUT_OF_RANGE",
        ),
        (
            rule(json!({ "base": days(-1) })),
            "input.holdRules.0.base.length OUT_OF_RANGE",
        ),
        (
            rule(json!({ "ownerOnly": days(400) })),
            "input.holdRules.0.ownerOnly.length OUT_OF_RANGE",
        ),
        (
            rule(json!({ "identified": days(2) })),
            "input.holdRules.0.identified INVALID",
        ),
        (
            rule(json!({ "jurisdiction": { "county": "Travis" } })),
            "input.holdRules.0.jurisdiction.county INVALID",
        ),
        (
            rule(json!({ "effectiveTo": "tomorrow" })),
            "input.holdRules.0.effectiveTo INVALID",
        ),
        (
            rule(json!({ "effectiveFrom": "2026-05-02", "effectiveTo": "2026-05-01" })),
            "input.holdRules.0.effectiveTo INVALID",
        ),
        (
            rule(json!({ "weekend": ["MONDAY", "TUESDAY", "WEDNESDAY", "THURSDAY"] })),
            "input.holdRules.0.weekend TOO_MANY",
        ),
        (json!({ "holdDays": -1 }), "input.holdDays OUT_OF_RANGE"),
        (
            json!({ "closedDays": ["2026-05-01", "May"] }),
            "input.closedDays.1 INVALID",
        ),
        (json!({ "closesAt": "late" }), "input.closesAt INVALID"),
    ] {
        let input = with(input, json!({ "id": shelter }));
        let refused = app.run(&ann, UPDATE, json!({ "input": input })).await;
        assert_eq!(user_errors(&refused), [fault]);
    }
    let elsewhere =
        ["TX", "CA"].map(|region| json!({ "name": region, "jurisdiction": { "region": region }, "base": days(5) }));
    let input = json!({ "id": shelter, "holdRules": elsewhere });
    let refused = app.run(&ann, UPDATE, json!({ "input": input })).await;
    assert_eq!(user_errors(&refused), ["input.holdRules.1.jurisdiction INVALID"]);
    let changed: i64 = app
        .value("SELECT COUNT(*) FROM shelters WHERE hold_rules IS NOT NULL")
        .await;
    assert_eq!(changed, 0);
}

#[tokio::test]
async fn the_staff_reads_the_rules_as_they_were_given() {
    let (app, ann, shelter) = haven().await;
    rules(&app, &ann, &shelter, json!([{ "name": "Texas dogs", "base": days(4) }])).await;
    let query = "query($id: ID!) { shelter(id: $id) { holdDays closedDays
        holdRules { name base { length unit } intakeKinds countsFrom weekend } } }";
    let inside = app.ok(&ann, query, json!({ "id": shelter })).await["shelter"].clone();
    let rule = json!({ "name": "Texas dogs", "base": days(4), "intakeKinds": ["STRAY"], "countsFrom": "IMPOUND",
        "weekend": ["SATURDAY", "SUNDAY"] });
    assert_eq!(inside, json!({ "holdDays": 5, "closedDays": [], "holdRules": [rule] }));
    let outside = app.ok(&Visitor, query, json!({ "id": shelter })).await["shelter"].clone();
    assert_eq!(outside, json!({ "holdDays": 5, "closedDays": null, "holdRules": null }));
}
