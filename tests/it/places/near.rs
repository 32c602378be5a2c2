//! Searches around a place in words.

use serde_json::{Value, json};

use super::{geocode, house_abroad, resolve::lost_at, with_service, work_on_agenda};
use crate::{
    pets::{at, lost_with, report, seen_by},
    searches::save,
    support::{Reply, TestApp, Visitor, codes, found},
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

/// Three towns of one name, as the service lists them.
fn springfields() -> Value {
    let states = [
        ("Illinois", 39.8, -89.64),
        ("Missouri", 37.21, -93.29),
        ("Massachusetts", 42.1, -72.59),
    ];
    let towns = states.map(|(state, latitude, longitude)| {
        let address =
            json!({ "city": "Springfield", "state": state, "country": "United States", "country_code": "us" });
        let name = format!("Springfield, {state}, United States");
        found(latitude, longitude, 0.1, &name, address)
    });
    json!(towns)
}

#[tokio::test]
async fn of_several_places_of_one_name_none_is_taken_and_all_are_listed() {
    let (app, service) = with_service().await;
    let ann = app.member("ann").await;
    service.knows("Springfield", springfields());

    let listed = geocode(&app, &Visitor, "Springfield").await;
    let refused = app.run(&Visitor, PETS, filter("Springfield")).await;
    let id = lost_at(&app, &ann, "Springfield").await;
    work_on_agenda(&app).await;

    let labels: Vec<&Value> = listed.data()["geocode"]
        .as_array()
        .unwrap()
        .iter()
        .map(|place| &place["label"])
        .collect();
    assert_eq!(labels[..3], ["Springfield, IL", "Springfield, MO", "Springfield, MA"]);
    assert_eq!(codes(&refused), ["BAD_USER_INPUT"]);
    let said = refused.body["errors"][0]["message"].as_str().unwrap();
    assert!(
        said.contains("area.near.query names several places") && said.contains("Springfield, MO"),
        "{said}"
    );
    assert_eq!(seen_by(&app, &ann, &id).await["place"]["coordinates"], json!(null));
    assert_eq!(service.asked(), ["Springfield"]);
    app.run_work().await;
}

#[tokio::test]
async fn the_reporter_is_told_that_there_are_several_places_of_that_name() {
    let app = TestApp::new().await;
    let ann = app.member("ann").await;
    let input = lost_with(json!({ "location": { "address": "Springfield" } }));
    let report = "mutation($input: ReportPetInput!) { reportPet(input: $input) { notice userErrors { field code } } }";

    let data = app.ok(&ann, report, json!({ "input": input })).await;

    let notice = data["reportPet"]["notice"].as_str().unwrap();
    assert!(
        notice.starts_with("The location can be several places, such as Springfield, "),
        "{notice}"
    );
    assert!(notice.ends_with("its town and state."), "{notice}");
    let refused = app.run(&Visitor, PETS, filter("Springfield")).await;
    let said = refused.body["errors"][0]["message"].as_str().unwrap();
    assert!(said.contains("names several places"), "{said}");
    app.leave_work();
}

#[tokio::test]
async fn the_place_that_was_asked_for_comes_before_the_best_known() {
    let (app, service) = with_service().await;
    let query = "Springfield Zoo, Missouri";
    service.knows(query, springfields());

    let listed = geocode(&app, &Visitor, query).await;
    app.ok(&Visitor, PETS, filter(query)).await;

    assert_eq!(listed.data()["geocode"][0]["label"], "Springfield, MO");
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
