//! The rules of a shelter, and animals that are there when they change.

use serde_json::{Value, json};

use super::{INTAKE, UPDATE, days, give_rules, stay, stray, until};
use crate::{
    custody::haven,
    matching::with,
    support::{Visitor, user_errors},
};

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
    app.leave_work();
}

#[tokio::test]
async fn the_staff_reads_the_rules_as_they_were_given() {
    let (app, ann, shelter) = haven().await;
    give_rules(&app, &ann, &shelter, json!([{ "name": "Texas dogs", "base": days(4) }])).await;
    let query = "query($id: ID!) { shelter(id: $id) { holdDays closedDays
        holdRules { name base { length unit } intakeKinds countsFrom weekend } } }";
    let inside = app.ok(&ann, query, json!({ "id": shelter })).await["shelter"].clone();
    let rule = json!({ "name": "Texas dogs", "base": days(4), "intakeKinds": ["STRAY"], "countsFrom": "IMPOUND",
        "weekend": ["SATURDAY", "SUNDAY"] });
    assert_eq!(inside, json!({ "holdDays": 5, "closedDays": [], "holdRules": [rule] }));
    let outside = app.ok(&Visitor, query, json!({ "id": shelter })).await["shelter"].clone();
    assert_eq!(outside, json!({ "holdDays": 5, "closedDays": null, "holdRules": null }));
}

#[tokio::test]
async fn far_more_notices_than_methods_are_refused_for_their_number() {
    let (app, ann, shelter) = haven().await;
    let many = vec![json!({ "method": "MAIL", "length": 1, "unit": "HOURS" }); 1_000];
    let rule = json!({ "name": "Long", "base": days(4), "byNoticeMethod": many });
    let refused = app
        .run(&ann, UPDATE, json!({ "input": { "id": shelter, "holdRules": [rule] } }))
        .await;
    let faults = user_errors(&refused);
    assert_eq!(faults[0], "input.holdRules.0.byNoticeMethod TOO_MANY");
    assert!(faults.len() <= 10, "{}", faults.len());
    app.leave_work();
}
