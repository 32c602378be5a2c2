//! Searches around a place in words.

use serde_json::{Value, json};

use super::{house_abroad, with_service, work_on_agenda};
use crate::{
    pets::{at, lost_with, report},
    searches::save,
    support::{Reply, TestApp, Visitor, codes},
};

const PETS: &str = "query($filter: PetFilter) { pets(filter: $filter) { totalCount } }";
const MAP: &str = "query($filter: PetFilter) {
    petMap(bounds: { south: 50, west: -93, north: 51, east: -92 }, zoom: 8, filter: $filter) { total } }";
const SHELTERS: &str = "query($area: AreaInput) { shelters(filter: { area: $area }) { totalCount } }";

fn near(query: &str) -> Value {
    json!({ "near": { "query": query, "radius": 20 } })
}

fn filter(query: &str) -> Value {
    json!({ "filter": { "area": near(query) } })
}

#[tokio::test]
async fn a_search_around_a_place_abroad_asks_once() {
    let (app, service) = with_service().await;
    let ann = app.member("ann").await;
    report(&app, &ann, lost_with(json!({ "location": at(50.51, -92.5) }))).await;
    work_on_agenda(&app).await;
    app.clock.advance(std::time::Duration::from_secs(2));
    service.knows("Kenora, Ontario", json!([house_abroad()]));
    let asked_before = service.asked().len();

    let list = app.ok(&Visitor, PETS, filter("Kenora, Ontario")).await;
    let map = app.ok(&Visitor, MAP, filter("kenora, ontario")).await;
    let shelters = app
        .ok(&Visitor, SHELTERS, json!({ "area": near("Kenora, Ontario") }))
        .await;

    assert_eq!(
        (
            &list["pets"]["totalCount"],
            &map["petMap"]["total"],
            &shelters["shelters"]["totalCount"]
        ),
        (&json!(1), &json!(1), &json!(0))
    );
    assert_eq!(service.asked()[asked_before..], ["Kenora, Ontario"]);
    app.run_work().await;
}

#[tokio::test]
async fn a_search_around_a_place_abroad_is_saved_with_its_words() {
    let (app, service) = with_service().await;
    let ann = app.member("ann").await;
    service.knows("Kenora, Ontario", json!([house_abroad()]));
    let input = json!({ "name": "Dogs by the lake", "notify": "NEVER", "filter": { "area": near("Kenora, Ontario") } });

    save(&app, &ann, input).await;

    let description = "{ viewer { savedSearches { description } } }";
    let saved = app.ok(&ann, description, json!({})).await["viewer"]["savedSearches"][0].clone();
    assert!(saved.to_string().contains("of Kenora, Ontario"), "{saved}");
    assert_eq!(service.asked(), ["Kenora, Ontario"]);
}

#[tokio::test]
async fn a_place_of_the_table_is_not_asked_for() {
    let (app, service) = with_service().await;

    for query in ["78704", "Austin, TX", "12 Oak Street, Austin, TX"] {
        app.ok(&Visitor, PETS, filter(query)).await;
    }

    assert_eq!(service.asked(), Vec::<String>::new());
}

#[tokio::test]
async fn a_place_that_nobody_knows_is_refused() {
    let (with, _service) = with_service().await;
    let without = TestApp::new().await;

    for app in [&with, &without] {
        let refused = app.run(&Visitor, PETS, filter("Nowhereville")).await;
        assert_eq!(codes(&refused), ["BAD_USER_INPUT"]);
        assert!(
            refused.body["errors"][0]["message"]
                .as_str()
                .unwrap()
                .contains("area.near.query")
        );
    }
}

#[tokio::test]
async fn while_the_service_is_away_a_place_that_only_it_knows_is_unavailable() {
    let (app, service) = with_service().await;
    service.answers_next(Reply::status(503));

    let refused = app.run(&Visitor, PETS, filter("Kenora, Ontario")).await;

    assert_eq!(codes(&refused), ["UNAVAILABLE"]);
    app.ok(&Visitor, PETS, filter("Austin, TX")).await;
}

#[tokio::test]
async fn searches_that_ask_the_service_count_as_questions() {
    let (app, _service) = with_service().await;
    for number in 0..30 {
        let answer = app.run(&Visitor, PETS, filter(&format!("Nowhere {number}"))).await;
        assert_eq!(codes(&answer), ["BAD_USER_INPUT"], "{number}");
        app.clock.advance(std::time::Duration::from_millis(1_100));
    }

    let known = app.run(&Visitor, PETS, filter("Nowhere 7")).await;
    let new = app.run(&Visitor, PETS, filter("Nowhere 30")).await;

    assert_eq!(codes(&known), ["BAD_USER_INPUT"]);
    assert_eq!(codes(&new), ["RATE_LIMITED"]);
}
