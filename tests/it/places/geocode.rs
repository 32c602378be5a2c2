//! Places for somebody who types.

use std::time::Duration;

use serde_json::json;

use super::{GEOCODE, asking, geocode, house, house_abroad, labels, with_service};
use crate::support::{MapService, Reply, TestApp, Visitor, codes, found};

const DAY: Duration = Duration::from_secs(24 * 60 * 60);

#[tokio::test]
async fn postal_codes_and_towns_are_known_without_asking_anybody() {
    let (app, service) = with_service().await;

    for (query, label, code) in [
        ("78704", "Austin, TX", json!("78704")),
        ("austin, tx 78704", "Austin, TX", json!("78704")),
        ("Austin (TX)", "Austin, TX", json!(null)),
    ] {
        let answer = geocode(&app, &Visitor, query).await;
        assert_eq!(labels(&answer), [label], "{query}");
        let place = &answer.data()["geocode"][0];
        assert_eq!((&place["postalCode"], &place["exact"]), (&code, &json!(false)));
        assert_eq!((&place["address"], &place["attribution"]), (&json!(null), &json!(null)));
    }
    assert_eq!(service.asked(), Vec::<String>::new());
}

#[tokio::test]
async fn an_address_is_asked_for_and_told_with_whose_data_it_is() {
    let (app, service) = with_service().await;
    service.knows("12 Oak Street, Austin, TX", json!([house(30.25, -97.75)]));

    let answer = geocode(&app, &Visitor, "12 Oak Street, Austin, TX").await;

    let expected = json!([{
        "label": "Austin, TX", "city": "Austin", "region": "TX", "postalCode": "78704", "country": "US", "exact": true,
        "precision": "EXACT", "radiusMeters": 100,
        "address": "12, Oak Street, Austin, Texas, 78704, United States", "attribution": "Data of the mapmakers",
        "coordinates": { "latitude": 30.25, "longitude": -97.75 },
    }]);
    assert_eq!(answer.data()["geocode"], expected);
    assert_eq!(service.asked(), ["12 Oak Street, Austin, TX"]);
}

#[tokio::test]
async fn a_place_abroad_is_called_with_its_country() {
    let (app, service) = with_service().await;
    service.knows("Kenora", json!([house_abroad()]));

    let answer = geocode(&app, &Visitor, "Kenora").await;

    assert_eq!(labels(&answer), ["Kenora, Ontario, Canada"]);
    assert_eq!(answer.data()["geocode"][0]["region"], "Ontario");
}

#[tokio::test]
async fn a_town_without_its_state_is_asked_for_and_what_the_table_knows_comes_last() {
    let (app, service) = with_service().await;
    let france = json!({ "city": "Paris", "country": "France", "country_code": "fr" });
    service.knows("Paris", json!([found(48.86, 2.35, 0.1, "Paris, France", france)]));

    let answer = geocode(&app, &Visitor, "Paris").await;

    let labels = labels(&answer);
    assert_eq!((labels.len(), labels[0].as_str()), (5, "Paris, France"));
    assert!(labels.contains(&"Paris, TX".to_owned()), "{labels:?}");
}

#[tokio::test]
async fn without_a_service_the_table_answers_alone() {
    let app = TestApp::new().await;

    let address = geocode(&app, &Visitor, "12 Oak Street, Austin, TX").await;
    let town = geocode(&app, &Visitor, "Austin").await;
    let nothing = geocode(&app, &Visitor, "behind the old mill").await;

    assert_eq!(labels(&address), ["Austin, TX"]);
    assert_eq!(labels(&town)[0], "Austin, TX");
    assert_eq!(labels(&nothing), Vec::<String>::new());
}

#[tokio::test]
async fn the_beginning_of_a_town_or_postal_code_is_completed_without_asking_anybody() {
    let (app, service) = with_service().await;

    for (query, first) in [
        ("Aust", "Austin, TX"),
        ("austin, t", "Austin, TX"),
        ("Pflug", "Pflugerville, TX"),
        ("St. Lou", "Saint Louis, MO"),
    ] {
        let answer = geocode(&app, &Visitor, query).await;
        assert_eq!(labels(&answer)[0], first, "{query}");
        let place = &answer.data()["geocode"][0];
        assert_eq!((&place["precision"], &place["exact"]), (&json!("TOWN"), &json!(false)));
        assert!(2_000 <= place["radiusMeters"].as_i64().unwrap(), "{place}");
    }
    let codes = geocode(&app, &Visitor, "787").await;
    let codes = codes.data()["geocode"].as_array().unwrap().iter();
    let codes: Vec<&str> = codes.map(|place| place["postalCode"].as_str().unwrap()).collect();
    assert_eq!(codes, ["78701", "78702", "78703", "78704", "78705"]);
    assert_eq!(service.asked(), Vec::<String>::new());
}

#[tokio::test]
async fn an_address_of_which_a_town_is_the_beginning_is_asked_for() {
    let (app, service) = with_service().await;

    for query in ["12 Oak Street, Aust", "Lyon, Fra", "Lyon"] {
        geocode(&app, &Visitor, query).await;
        app.clock.advance(Duration::from_secs(2));
    }

    assert_eq!(service.asked(), ["12 Oak Street, Aust", "Lyon, Fra", "Lyon"]);
}

#[tokio::test]
async fn beginnings_are_completed_300_times_a_minute() {
    let app = TestApp::new().await;

    for _ in 0..300 {
        assert_eq!(labels(&geocode(&app, &Visitor, "Aust").await)[0], "Austin, TX");
    }
    assert_eq!(codes(&geocode(&app, &Visitor, "Aust").await), ["RATE_LIMITED"]);
    assert_eq!(labels(&geocode(&app, &Visitor, "78704").await), ["Austin, TX"]);
}

#[tokio::test]
async fn coordinates_are_a_place_of_their_own() {
    let (app, service) = with_service().await;

    for query in ["30.2462, -97.7694", "by the creek (30.2462° N 97.7694° W)"] {
        let answer = geocode(&app, &Visitor, query).await;
        let place = &answer.data()["geocode"][0];
        assert_eq!(
            (
                &place["precision"],
                &place["exact"],
                &place["radiusMeters"],
                &place["label"]
            ),
            (&json!("EXACT"), &json!(true), &json!(0), &json!("Austin, TX"))
        );
        assert_eq!(
            place["coordinates"],
            json!({ "latitude": 30.2462, "longitude": -97.7694 })
        );
    }
    assert_eq!(service.asked(), Vec::<String>::new());
}

#[tokio::test]
async fn a_street_is_told_from_a_house() {
    let (app, service) = with_service().await;
    let mut street = house(30.25, -97.75);
    street["addresstype"] = json!("road");
    street["boundingbox"] = json!(["30.2480", "30.2520", "-97.7510", "-97.7490"]);
    service.knows("Oak Street, Austin, TX", json!([street]));

    let answer = geocode(&app, &Visitor, "Oak Street, Austin, TX").await;

    let place = &answer.data()["geocode"][0];
    assert_eq!(
        (&place["precision"], &place["exact"], &place["radiusMeters"]),
        (&json!("STREET"), &json!(false), &json!(300))
    );
}

#[tokio::test]
async fn what_was_answered_is_not_asked_again_by_any_node() {
    let (app, service) = with_service().await;
    let other = app.beside(asking(&service)).await;
    service.knows("Rue Verte, Lyon", json!([house_abroad()]));

    let first = geocode(&app, &Visitor, "Rue Verte, Lyon").await;
    let again = geocode(&other, &Visitor, " rue verte ,  LYON").await;

    assert_eq!(again.data(), first.data());
    assert_eq!(service.asked(), ["Rue Verte, Lyon"]);
}

#[tokio::test]
async fn places_are_kept_for_30_days_and_that_there_is_none_for_one() {
    let (app, service) = with_service().await;
    service.knows("Rue Verte, Lyon", json!([house_abroad()]));
    let ask_both = async || {
        for query in ["Rue Verte, Lyon", "Rue Rouge, Lyon"] {
            geocode(&app, &Visitor, query).await;
            app.clock.advance(Duration::from_secs(2));
        }
        service.asked().len()
    };

    assert_eq!(ask_both().await, 2);
    app.clock.advance(DAY / 2);
    assert_eq!(ask_both().await, 2);
    app.clock.advance(DAY);
    assert_eq!(ask_both().await, 3);
    app.clock.advance(28 * DAY);
    assert_eq!(ask_both().await, 4);
    app.clock.advance(DAY / 2);
    assert_eq!(ask_both().await, 5);
    assert_eq!(service.asked()[4], "Rue Verte, Lyon");
}

#[tokio::test]
async fn nobody_can_read_from_the_tables_what_was_asked_for() {
    let (app, _service) = with_service().await;

    geocode(&app, &Visitor, "12 Oak Street, Lyon").await;

    let key: String = app.value("SELECT key FROM place_answers").await;
    assert!(
        key.len() == 64 && key.bytes().all(|letter| letter.is_ascii_hexdigit()),
        "{key}"
    );
}

#[tokio::test]
async fn old_answers_are_forgotten() {
    let (app, _service) = with_service().await;
    geocode(&app, &Visitor, "Rue Verte, Lyon").await;

    finding_sweetie::domain::places::forget_old_answers(&app.deps)
        .await
        .unwrap();
    assert_eq!(app.count("place_answers").await, 1);
    app.clock.advance(DAY);
    finding_sweetie::domain::places::forget_old_answers(&app.deps)
        .await
        .unwrap();
    assert_eq!(app.count("place_answers").await, 0);
}

#[tokio::test]
async fn of_too_many_answers_those_are_forgotten_that_would_be_first() {
    let app = TestApp::new().await;
    let sql = "INSERT INTO place_answers (key, answer, expires_at)
        WITH RECURSIVE numbers (number) AS (SELECT 1 UNION ALL SELECT number + 1 FROM numbers WHERE number < 100003)
        SELECT CAST(number AS TEXT), '[]', CAST(number AS BIGINT) + $1 FROM numbers";
    app.execute(sql, [app.deps.clock.now().into()]).await;

    finding_sweetie::domain::places::forget_old_answers(&app.deps)
        .await
        .unwrap();

    assert_eq!(app.count("place_answers").await, 100_000);
    let oldest: i64 = app.value("SELECT MIN(expires_at) FROM place_answers").await;
    assert_eq!(oldest - app.deps.clock.now().0, 4);
}

#[tokio::test]
async fn what_is_too_much_is_refused_before_anybody_is_asked() {
    let (app, service) = with_service().await;
    let long = "x".repeat(201);

    for (query, first) in [
        (long.as_str(), 5),
        (" \u{200b}", 5),
        ("Lyon", 0),
        ("Lyon", 21),
        ("Lyon", -1),
        ("Lyon", 1_000),
    ] {
        let answer = app
            .run(&Visitor, GEOCODE, json!({ "query": query, "first": first }))
            .await;
        assert_eq!(codes(&answer), ["BAD_USER_INPUT"], "{query} {first}");
    }
    assert_eq!(service.asked(), Vec::<String>::new());
    assert_eq!(app.count("place_answers").await, 0);
}

#[tokio::test]
async fn no_more_places_are_told_than_asked_for() {
    let (app, service) = with_service().await;
    service.knows(
        "by the lake",
        json!([house(30.25, -97.75), house_abroad(), house(30.26, -97.75)]),
    );

    let answer = app
        .run(&Visitor, GEOCODE, json!({ "query": "by the lake", "first": 2 }))
        .await;

    assert_eq!(labels(&answer), ["Austin, TX", "Kenora, Ontario, Canada"]);
}

#[tokio::test]
async fn everybody_may_ask_30_times_a_minute() {
    let app = TestApp::new().await;
    let ann = app.member("ann").await;

    for _ in 0..30 {
        assert_eq!(labels(&geocode(&app, &Visitor, "78704").await), ["Austin, TX"]);
    }
    assert_eq!(codes(&geocode(&app, &Visitor, "78704").await), ["RATE_LIMITED"]);
    assert_eq!(labels(&geocode(&app, &ann, "78704").await), ["Austin, TX"]);
    app.clock.advance(Duration::from_secs(60));
    assert_eq!(labels(&geocode(&app, &Visitor, "78704").await), ["Austin, TX"]);
}

#[tokio::test]
async fn while_the_service_is_away_the_table_answers_as_well_as_it_can() {
    let (app, service) = with_service().await;
    service.answers_next(Reply::status(502));

    let abroad = geocode(&app, &Visitor, "Rue Verte, Lyon").await;
    let at_home = geocode(&app, &Visitor, "12 Oak Street, Austin, TX").await;

    assert_eq!(codes(&abroad), ["UNAVAILABLE"]);
    let message = abroad.body["errors"][0]["message"].as_str().unwrap();
    assert!(message.contains("places") && message.contains("try again"), "{message}");
    assert_eq!(labels(&at_home), ["Austin, TX"]);
    assert_eq!(service.asked(), ["Rue Verte, Lyon"]);
    app.clock.advance(Duration::from_secs(5));
    assert_eq!(
        labels(&geocode(&app, &Visitor, "Rue Verte, Lyon").await),
        Vec::<String>::new()
    );
}

#[tokio::test]
async fn a_service_that_is_not_there_is_unavailable() {
    let service = MapService::start().await;
    let nobody = tokio::net::TcpListener::bind("127.0.0.1:0")
        .await
        .unwrap()
        .local_addr()
        .unwrap();
    let mut setup = asking(&service);
    setup.nominatim = Some(format!("http://{nobody}/"));
    let app = TestApp::start(setup).await;

    assert_eq!(
        codes(&geocode(&app, &Visitor, "Rue Verte, Lyon").await),
        ["UNAVAILABLE"]
    );
    assert_eq!(app.count("place_answers").await, 0);
}
