//! What a hold forbids, and who may decide about it.

use serde_json::{Value, json};

use super::{DAY, EXTEND, FIVE_DAYS, INTAKE, RELEASE, came, days, events, give_rules, stay, stray};
use crate::{
    custody::{CHANGE, CLOSE, END, haven, text},
    shelters::{employ, import, key},
    support::{Bearer, codes, user_errors},
};

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
    give_rules(&app, &ann, &shelter, json!([rule])).await;
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
    let long = "x".repeat(201);
    for (reason, fault) in [("", "input.reason REQUIRED"), (long.as_str(), "input.reason TOO_LONG")] {
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
    assert_eq!(codes(&refused), ["FORBIDDEN"]);
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
