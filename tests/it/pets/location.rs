//! Where it was, and what others learn of it.

use std::time::Duration;

use serde_json::{Value, json};

use super::{REPORT, UPDATE, at, lost, lost_with, report, seen_by};
use crate::support::{TestApp, Visitor, user_errors};

fn meters(from: &Value, latitude: f64, longitude: f64) -> f64 {
    let (from_latitude, from_longitude) = (from["latitude"].as_f64().unwrap(), from["longitude"].as_f64().unwrap());
    let north = (from_latitude - latitude) * 111_195.0;
    let east = (from_longitude - longitude) * 111_195.0 * latitude.to_radians().cos();
    north.hypot(east)
}

#[tokio::test]
async fn others_see_one_masked_point_and_the_reporter_the_true_one() {
    let app = TestApp::new().await;
    let ann = app.member("ann").await;
    let id = report(&app, &ann, lost()).await;

    let (own, public) = (seen_by(&app, &ann, &id).await, seen_by(&app, &Visitor, &id).await);

    assert_eq!(
        own["place"]["coordinates"],
        json!({ "latitude": 30.2672, "longitude": -97.7431 })
    );
    assert_eq!(
        (&own["place"]["exact"], &public["place"]["exact"]),
        (&json!(true), &json!(false))
    );
    let distance = meters(&public["place"]["coordinates"], 30.2672, -97.7431);
    assert!((149.0..=401.0).contains(&distance), "{distance}");
    assert_eq!(public["place"]["label"], "Austin, TX");
    app.run_work().await;
}

#[tokio::test]
async fn an_address_is_never_public() {
    let app = TestApp::new().await;
    let ann = app.member("ann").await;
    let input = lost_with(json!({ "location": { "address": "12 Oak Street, Austin, TX 78701" } }));
    let id = report(&app, &ann, input).await;

    let (own, public) = (seen_by(&app, &ann, &id).await, seen_by(&app, &Visitor, &id).await);

    assert_eq!(own["place"]["address"], "12 Oak Street, Austin, TX 78701");
    assert_eq!(public["place"]["address"], Value::Null);
    assert!(!public.to_string().contains("Oak"), "{public}");
    app.run_work().await;
}

#[tokio::test]
async fn an_address_that_nobody_knows_is_kept_without_a_point() {
    let app = TestApp::new().await;
    let ann = app.member("ann").await;
    let input = lost_with(json!({ "location": { "address": "behind the old mill" } }));

    let id = report(&app, &ann, input).await;

    let own = seen_by(&app, &ann, &id).await["place"].clone();
    assert_eq!(
        (&own["coordinates"], &own["address"]),
        (&Value::Null, &json!("behind the old mill"))
    );
    app.run_work().await;
}

#[tokio::test]
async fn only_a_point_that_was_given_is_exact_and_not_the_middle_of_a_code_or_town() {
    let app = TestApp::new().await;
    let ann = app.member("ann").await;
    for (location, exact, is_on_map) in [
        (at(30.2672, -97.7431), true, true),
        (json!({ "postalCode": "78701" }), false, true),
        (json!({ "address": "Austin, TX" }), false, true),
        (json!({ "address": "12 Oak Street, Austin, TX 78701" }), false, true),
        (json!({ "address": "behind the old mill" }), false, false),
    ] {
        let id = report(&app, &ann, lost_with(json!({ "location": location }))).await;

        let own = seen_by(&app, &ann, &id).await["place"].clone();
        assert_eq!(own["exact"], exact, "{location}");
        assert_eq!(own["coordinates"].is_object(), is_on_map, "{location}");
    }
    app.run_work().await;
}

#[tokio::test]
async fn how_exactly_a_place_is_known_is_the_same_for_everybody_and_the_radius_holds_the_true_place() {
    let app = TestApp::new().await;
    let ann = app.member("ann").await;
    for (location, precision, own_radius) in [
        (at(30.2672, -97.7431), "EXACT", 0..=0),
        (json!({ "address": "by the mill (30.2672, -97.7431)" }), "EXACT", 0..=0),
        (json!({ "postalCode": "78701" }), "POSTAL_CODE", 2_000..=10_000),
        (
            json!({ "address": "12 Oak St\\nAUSTIN 78701" }),
            "POSTAL_CODE",
            2_000..=10_000,
        ),
        (json!({ "address": "Austin, TX" }), "TOWN", 15_000..=60_000),
    ] {
        let id = report(&app, &ann, lost_with(json!({ "location": location }))).await;

        let (own, public) = (seen_by(&app, &ann, &id).await, seen_by(&app, &Visitor, &id).await);
        let radius = |seen: &Value| seen["place"]["radiusMeters"].as_i64().unwrap();
        assert_eq!(
            (&own["place"]["precision"], &public["place"]["precision"]),
            (&json!(precision), &json!(precision))
        );
        assert!(own_radius.contains(&radius(&own)), "{location} {own}");
        assert_eq!(radius(&public), radius(&own) + 1_400, "{location}");
        let (latitude, longitude) = (
            &own["place"]["coordinates"]["latitude"],
            &own["place"]["coordinates"]["longitude"],
        );
        let away = meters(
            &public["place"]["coordinates"],
            latitude.as_f64().unwrap(),
            longitude.as_f64().unwrap(),
        );
        assert!(
            away <= 1_400.0 && public["place"]["exact"] == false,
            "{location} {away}"
        );
        assert_eq!(own["place"]["exact"], precision == "EXACT", "{location}");
    }
    app.run_work().await;
}

#[tokio::test]
async fn a_place_that_is_not_understood_has_no_radius_and_a_notice_that_says_what_to_do() {
    let app = TestApp::new().await;
    let ann = app.member("ann").await;
    let told = async |location: Value| {
        let input = json!({ "input": lost_with(json!({ "location": location })) });
        app.ok(&ann, REPORT, input).await["reportPet"].clone()
    };

    let lost = told(json!({ "address": "behind the old mill" })).await;
    let notice = lost["notice"].as_str().unwrap();
    assert!(
        notice.contains("behind the old mill") && notice.contains("postal code"),
        "{notice}"
    );
    let own = seen_by(&app, &ann, lost["pet"]["id"].as_str().unwrap()).await["place"].clone();
    assert_eq!(
        (&own["precision"], &own["radiusMeters"]),
        (&json!("UNRESOLVED"), &Value::Null)
    );

    let town = told(json!({ "address": "12 Oak Street, Austin, TX" })).await;
    let notice = town["notice"].as_str().unwrap();
    assert!(
        notice.contains("only the town") && notice.contains("Austin, TX"),
        "{notice}"
    );
    for quiet in [
        at(30.2672, -97.7431),
        json!({ "address": "12 Oak Street, Austin, TX 78701" }),
        json!({ "address": "Austin, TX" }),
        json!({ "postalCode": "78701" }),
    ] {
        assert_eq!(told(quiet.clone()).await["notice"], Value::Null, "{quiet}");
    }
    let moved = json!({ "input": { "id": lost["pet"]["id"], "location": { "address": "at the creek, Austin" } } });
    let notice = app.ok(&ann, UPDATE, moved).await["updatePet"]["notice"].to_string();
    assert!(notice.contains("Austin, TX; Austin, "), "{notice}");
    app.run_work().await;
}

#[tokio::test]
async fn coordinates_that_mean_somewhere_or_contradict_their_words_are_no_point() {
    let app = TestApp::new().await;
    let ann = app.member("ann").await;
    for (address, precision) in [
        ("12 Oak St, Austin, TX 78701 (37.090608, -95.712816)", "POSTAL_CODE"),
        ("12 Oak St, Austin, TX 78701 (42.394674, -71.144501)", "POSTAL_CODE"),
        ("78701 (30.2713, -97.7426)", "POSTAL_CODE"),
        ("(37.090608, -95.712816)", "UNRESOLVED"),
        ("12 Oak St, Austin, TX 78701 (30.2672, -97.7431)", "EXACT"),
    ] {
        let id = report(&app, &ann, lost_with(json!({ "location": { "address": address } }))).await;

        let own = seen_by(&app, &ann, &id).await["place"].clone();
        assert_eq!(own["precision"], precision, "{address}");
    }
    app.run_work().await;
}

#[tokio::test]
async fn what_is_no_postal_code_is_refused_and_one_that_nobody_knows_is_told() {
    let app = TestApp::new().await;
    let ann = app.member("ann").await;
    app.run_work().await;
    let before = app.footprint().await;
    for code in ["7870", "787011", "SW1A 1AA", "7870a", "78701-12"] {
        let input = lost_with(json!({ "location": { "postalCode": code } }));
        let refused = app.run(&ann, REPORT, json!({ "input": input })).await;
        assert_eq!(user_errors(&refused), ["input.location.postalCode INVALID"], "{code}");
    }
    assert_eq!(app.footprint().await, before);

    let input = lost_with(json!({ "location": { "postalCode": "00000" } }));
    let data = app.ok(&ann, REPORT, json!({ "input": input })).await;
    let notice = data["reportPet"]["notice"].as_str().unwrap_or_default();
    assert!(notice.contains("location"), "{data}");
    let change = json!({ "input": { "id": data["reportPet"]["pet"]["id"], "name": "Sweetie" } });
    assert!(app.ok(&ann, UPDATE, change).await["updatePet"]["notice"].is_null());
    app.run_work().await;
}

#[tokio::test]
async fn the_public_point_moves_only_when_the_true_one_moves_by_more_than_a_kilometre() {
    let app = TestApp::new().await;
    let ann = app.member("ann").await;
    let id = report(&app, &ann, lost()).await;
    let before = seen_by(&app, &Visitor, &id).await["place"].clone();
    let moved = |latitude: f64| json!({ "input": { "id": id, "location": at(latitude, -97.7431) } });

    app.ok(&ann, UPDATE, moved(30.2752)).await;
    let near = seen_by(&app, &Visitor, &id).await["place"].clone();
    app.ok(&ann, UPDATE, moved(30.2872)).await;
    let far = seen_by(&app, &Visitor, &id).await["place"].clone();

    assert_eq!(near, before);
    assert_ne!(far["coordinates"], before["coordinates"]);
    app.run_work().await;
}

#[tokio::test]
async fn a_look_of_verified_staff_at_the_true_place_is_in_the_audit_log_once_a_day() {
    let app = TestApp::new().await;
    let (ann, cleo, admin) = (
        app.member("ann").await,
        app.member("cleo").await,
        app.admin("dora").await,
    );
    let shelter = app
        .ok(
            &cleo,
            "mutation { registerShelter(input: { name: \"Riverside\", type: SHELTER, location: { postalCode: \"78702\" } }) {
                shelter { id } userErrors { field code message } } }",
            json!({}),
        )
        .await["registerShelter"]["shelter"]["id"]
        .clone();
    let verify =
        "mutation($id: ID!) { verifyShelter(input: { shelterId: $id }) { userErrors { field code message } } }";
    app.ok(&admin, verify, json!({ "id": shelter })).await;
    let id = report(&app, &ann, lost()).await;
    let looks = "SELECT COUNT(*) AS value FROM audit_entries WHERE action = 'exact_place_viewed'";

    seen_by(&app, &ann, &id).await;
    assert_eq!(app.value::<i64>(looks).await, 0);
    assert_eq!(seen_by(&app, &cleo, &id).await["place"]["exact"], true);
    app.clock.advance(Duration::from_secs(2 * 60 * 60));
    let cleo = app.log_in_again(&cleo).await;
    seen_by(&app, &cleo, &id).await;
    assert_eq!(app.value::<i64>(looks).await, 1);
    app.run_work().await;
}
