//! Reports whose place is found later.

use std::time::Duration;

use finding_sweetie::{
    domain::pets::{Step, resolve_next_place},
    work::{runner, startup},
};
use serde_json::{Value, json};

use super::{MILL, asking, house, house_abroad, with_service, work_on_agenda};
use crate::{
    pets::{UPDATE, at, lost, lost_with, report, seen_by},
    shelters,
    support::{Actor, LIMIT, MapService, TestApp, Visitor, found, until},
};

/// Reports a dog that was lost at an address.
pub async fn lost_at(app: &TestApp, who: &Actor, address: &str) -> String {
    report(app, who, lost_with(json!({ "location": { "address": address } }))).await
}

fn coordinates(latitude: f64, longitude: f64) -> Value {
    json!({ "latitude": latitude, "longitude": longitude })
}

/// How many dogs are found within five miles of a point.
async fn dogs_near(app: &TestApp, latitude: f64, longitude: f64) -> Value {
    let query = "query($area: AreaInput!) { pets(filter: { area: $area }) { totalCount } }";
    let area = json!({ "circle": { "center": coordinates(latitude, longitude), "radius": 5 } });
    app.ok(&Visitor, query, json!({ "area": area })).await["pets"]["totalCount"].clone()
}

#[tokio::test]
async fn a_report_that_nobody_could_place_is_placed_when_the_service_knows_it() {
    let (app, service) = with_service().await;
    let ann = app.member("ann").await;
    service.knows(MILL, json!([house(30.25, -97.75)]));
    let id = lost_at(&app, &ann, MILL).await;
    assert_eq!(seen_by(&app, &ann, &id).await["place"]["coordinates"], json!(null));
    assert_eq!(dogs_near(&app, 30.25, -97.75).await, 0);

    work_on_agenda(&app).await;

    let (own, public) = (seen_by(&app, &ann, &id).await, seen_by(&app, &Visitor, &id).await);
    assert_eq!(own["place"]["coordinates"], coordinates(30.25, -97.75));
    assert_eq!(own["place"]["address"], MILL);
    assert_eq!(own["version"], 2);
    assert_eq!(public["place"]["label"], "Austin, TX");
    assert_ne!(public["place"]["coordinates"], own["place"]["coordinates"]);
    assert!(!public.to_string().contains("mill"), "{public}");
    assert_eq!(dogs_near(&app, 30.25, -97.75).await, 1);
    assert_eq!(app.events().await, ["pet_reported", "places_wanted", "pet_changed"]);
    assert_eq!(service.asked(), [MILL]);
    assert_eq!(app.count("place_lookups").await, 0);
    app.run_work().await;
}

#[tokio::test]
async fn a_report_in_a_street_without_a_number_is_not_exact_and_is_not_looked_up_again() {
    let (app, service) = with_service().await;
    let ann = app.member("ann").await;
    let mut street = house(30.25, -97.75);
    street["addresstype"] = json!("road");
    service.knows(MILL, json!([street]));
    let id = lost_at(&app, &ann, MILL).await;

    work_on_agenda(&app).await;

    let (own, public) = (seen_by(&app, &ann, &id).await, seen_by(&app, &Visitor, &id).await);
    for (seen, radius) in [(&own, 500), (&public, 1_900)] {
        let place = &seen["place"];
        assert_eq!(
            (&place["precision"], &place["exact"], &place["radiusMeters"]),
            (&json!("STREET"), &json!(false), &json!(radius))
        );
    }
    assert_ne!(public["place"]["coordinates"], own["place"]["coordinates"]);
    assert_eq!(service.asked(), [MILL]);
    assert_eq!(app.count("place_lookups").await, 0);
    app.run_work().await;
}

#[tokio::test]
async fn a_place_abroad_is_named_by_its_masked_point_and_never_by_the_true_one() {
    let (app, service) = with_service().await;
    let ann = app.member("ann").await;
    service.calls_every_point(house_abroad());
    let id = report(&app, &ann, lost_with(json!({ "location": at(50.512_345, -92.5) }))).await;
    assert_eq!(seen_by(&app, &Visitor, &id).await["place"]["label"], "Unknown place");

    work_on_agenda(&app).await;

    let public = seen_by(&app, &Visitor, &id).await["place"].clone();
    assert_eq!(public["label"], "Kenora, Ontario, Canada");
    let [latitude, longitude] = ["latitude", "longitude"].map(|part| public["coordinates"][part].as_f64().unwrap());
    assert_eq!(service.asked(), [format!("{latitude:.5} {longitude:.5}")]);
    assert!((latitude - 50.512_345).abs() + (longitude + 92.5).abs() > 0.001);
    let own = seen_by(&app, &ann, &id).await;
    assert_eq!(own["place"]["coordinates"], coordinates(50.512_345, -92.5));
    app.run_work().await;
}

#[tokio::test]
async fn an_address_abroad_gets_its_point_first_and_then_its_name() {
    let (app, service) = with_service().await;
    let ann = app.member("ann").await;
    service.knows("3 Elm Lane, Kenora", json!([house_abroad()]));
    service.calls_every_point(house_abroad());
    let id = lost_at(&app, &ann, "3 Elm Lane, Kenora").await;

    work_on_agenda(&app).await;

    let own = seen_by(&app, &ann, &id).await;
    assert_eq!(own["place"]["coordinates"], coordinates(50.5, -92.5));
    assert_eq!(own["place"]["label"], "Kenora, Ontario, Canada");
    let asked = service.asked();
    assert_eq!((asked.len(), asked[0].as_str()), (2, "3 Elm Lane, Kenora"));
    assert!(!asked[1].contains("50.50000 -92.50000"), "{asked:?}");
    app.run_work().await;
}

#[tokio::test]
async fn a_foreign_postal_code_is_found() {
    let (app, service) = with_service().await;
    let ann = app.member("ann").await;
    let mut area = house_abroad();
    area["addresstype"] = json!("postcode");
    service.knows("P9N 1A1", json!([area]));
    let id = report(
        &app,
        &ann,
        lost_with(json!({ "location": { "postalCode": "P9N 1A1" } })),
    )
    .await;

    work_on_agenda(&app).await;

    let public = seen_by(&app, &Visitor, &id).await["place"].clone();
    assert_eq!(
        (&public["label"], &public["postalCode"]),
        (&json!("Kenora, Ontario, Canada"), &json!("P9N 1A1"))
    );
    app.run_work().await;
}

#[tokio::test]
async fn what_the_table_knows_as_well_is_not_asked_for() {
    let (app, service) = with_service().await;
    let ann = app.member("ann").await;
    lost_at(&app, &ann, "Austin, TX").await;
    lost_at(&app, &ann, "78704").await;
    report(&app, &ann, lost_with(json!({ "location": { "postalCode": "78704" } }))).await;
    report(&app, &ann, lost()).await;

    work_on_agenda(&app).await;

    assert_eq!(service.asked(), Vec::<String>::new());
    assert_eq!(app.count("place_lookups").await, 0);
    app.run_work().await;
}

#[tokio::test]
async fn what_was_reported_last_is_asked_for_first() {
    let (app, service) = with_service().await;
    let ann = app.member("ann").await;
    for address in ["by the river", MILL, "in the old park"] {
        lost_at(&app, &ann, address).await;
        app.clock.advance(Duration::from_millis(1));
    }

    work_on_agenda(&app).await;

    assert_eq!(service.asked(), ["in the old park", MILL, "by the river"]);
    app.run_work().await;
}

#[tokio::test]
async fn two_nodes_at_once_ask_once() {
    let (app, service) = with_service().await;
    let other = app.beside(asking(&service)).await;
    let ann = app.member("ann").await;
    service.knows(MILL, json!([house(30.25, -97.75)]));
    let id = lost_at(&app, &ann, MILL).await;

    let steps = tokio::join!(resolve_next_place(&app.deps), resolve_next_place(&other.deps));
    work_on_agenda(&other).await;

    assert!(steps.0.is_ok() && steps.1.is_ok());
    assert_eq!(service.asked(), [MILL]);
    assert_eq!(seen_by(&app, &ann, &id).await["version"], 2);
    app.run_work().await;
}

#[tokio::test]
async fn what_the_reporter_says_meanwhile_stands() {
    let (app, service) = with_service().await;
    let ann = app.member("ann").await;
    service.knows(MILL, json!([house(30.25, -97.75)]));
    let id = lost_at(&app, &ann, MILL).await;
    service.hold_back();

    let change = async {
        until(LIMIT, "the service is asked", async || service.asked().len() == 1).await;
        app.ok(
            &ann,
            UPDATE,
            json!({ "input": { "id": id, "location": at(40.7, -74.0) } }),
        )
        .await;
        service.let_out();
    };
    let (step, ()) = tokio::join!(resolve_next_place(&app.deps), change);
    work_on_agenda(&app).await;

    assert_eq!(step.unwrap(), Step::Worked);
    let own = seen_by(&app, &ann, &id).await;
    assert_eq!(
        (&own["place"]["coordinates"], &own["version"]),
        (&coordinates(40.7, -74.0), &json!(2))
    );
    app.run_work().await;
}

#[tokio::test]
async fn another_address_meanwhile_is_asked_for_too() {
    let (app, service) = with_service().await;
    let ann = app.member("ann").await;
    service.knows(MILL, json!([house(30.25, -97.75)]));
    service.knows("behind the new mill", json!([house(30.35, -97.75)]));
    let id = lost_at(&app, &ann, MILL).await;
    service.hold_back();

    let change = async {
        until(LIMIT, "the service is asked", async || service.asked().len() == 1).await;
        let location = json!({ "address": "behind the new mill" });
        app.ok(&ann, UPDATE, json!({ "input": { "id": id, "location": location } }))
            .await;
        service.let_out();
    };
    let (step, ()) = tokio::join!(resolve_next_place(&app.deps), change);
    work_on_agenda(&app).await;

    assert_eq!(step.unwrap(), Step::Worked);
    assert_eq!(
        seen_by(&app, &ann, &id).await["place"]["coordinates"],
        coordinates(30.35, -97.75)
    );
    assert_eq!(service.asked(), [MILL, "behind the new mill"]);
    app.run_work().await;
}

#[tokio::test]
async fn a_report_that_is_over_is_not_asked_for() {
    let (app, service) = with_service().await;
    let ann = app.member("ann").await;
    let id = lost_at(&app, &ann, MILL).await;
    let close = "mutation($id: ID!) { closePet(input: { id: $id, outcome: REUNITED }) { userErrors { field code } } }";
    app.ok(&ann, close, json!({ "id": id })).await;

    work_on_agenda(&app).await;

    assert_eq!(service.asked(), Vec::<String>::new());
    assert_eq!(app.count("place_lookups").await, 0);
    app.run_work().await;
}

#[tokio::test]
async fn a_sighting_is_placed_too() {
    let (app, service) = with_service().await;
    let (ann, bob) = (app.member("ann").await, app.member("bob").await);
    service.knows(MILL, json!([house(30.25, -97.75)]));
    let id = report(&app, &ann, lost()).await;
    let add = "mutation($input: AddSightingInput!) { addSighting(input: $input) { userErrors { field code } } }";
    let input = json!({ "petId": id, "seenAt": "2026-05-31T08:00:00Z", "address": MILL });
    app.ok(&bob, add, json!({ "input": input })).await;

    work_on_agenda(&app).await;

    let trail = "query($id: ID!) { pet(id: $id) { sightings { nodes { place {
        label exact address coordinates { latitude longitude } } } } } }";
    let place = async |viewer: Option<&Actor>| {
        let variables = json!({ "id": id });
        let data = match viewer {
            Some(actor) => app.ok(actor, trail, variables).await,
            None => app.ok(&Visitor, trail, variables).await,
        };
        data["pet"]["sightings"]["nodes"][0]["place"].clone()
    };
    let (own, public) = (place(Some(&bob)).await, place(None).await);
    assert_eq!(
        (&own["coordinates"], &own["address"]),
        (&coordinates(30.25, -97.75), &json!(MILL))
    );
    assert_eq!(
        (&public["label"], &public["address"]),
        (&json!("Austin, TX"), &json!(null))
    );
    assert_ne!(public["coordinates"], own["coordinates"]);
    assert!(public["coordinates"].is_object());
    app.run_work().await;
}

#[tokio::test]
async fn the_animals_of_an_import_are_placed_too() {
    let (app, service) = with_service().await;
    let ann = app.verified("ann").await;
    let shelter = shelters::shelter(&app, &ann).await;
    service.knows("Old Mill Road, Austin, TX", json!([house(30.25, -97.75)]));
    let row =
        "A1,Biscuit,05/20/2026 10:00:00 AM,May 2026,Old Mill Road,Stray,Normal,Dog,Neutered Male,2 years,Beagle,Brown";
    let file = shelters::file(&[row.to_owned()]);
    shelters::queue(&app, &ann, &shelter, &file, json!({})).await;
    app.run_work().await;

    work_on_agenda(&app).await;

    let query = "{ pets { nodes { id version place { exact coordinates { latitude longitude } } } } }";
    let pet = app.ok(&ann, query, json!({})).await["pets"]["nodes"][0].clone();
    assert_eq!(service.asked(), ["Old Mill Road, Austin, TX"]);
    assert_eq!(
        (&pet["place"]["coordinates"], &pet["version"]),
        (&coordinates(30.25, -97.75), &json!(2))
    );
    app.run_work().await;
}

#[tokio::test]
async fn a_running_server_does_it_by_itself() {
    let service = MapService::start().await;
    let mut setup = asking(&service);
    setup.workers = true;
    let app = TestApp::start(setup).await;
    let ann = app.member("ann").await;
    let town = json!({ "city": "Austin", "state": "Texas", "country_code": "us" });
    service.knows(MILL, json!([found(30.25, -97.75, 0.0001, "Old Mill", town)]));

    let id = lost_at(&app, &ann, MILL).await;

    until(LIMIT, "the place is found", async || {
        seen_by(&app, &Visitor, &id).await["place"]["coordinates"].is_object()
    })
    .await;
}

#[tokio::test]
async fn the_job_sleeps_between_two_turns_and_that_is_no_failure() {
    let (app, service) = with_service().await;
    let ann = app.member("ann").await;
    for address in ["by the river", MILL, "in the old park"] {
        lost_at(&app, &ann, address).await;
    }

    for asked in 1..=3 {
        // This fails if snoozing counts as an attempt.
        app.run_work().await;
        assert_eq!(service.asked().len(), asked);
        app.clock.advance(Duration::from_millis(1_100));
    }
    app.run_work().await;

    assert_eq!((service.asked().len(), app.count("jobs").await), (3, 0));
}

#[tokio::test]
async fn what_is_on_the_agenda_when_a_server_starts_is_asked_for() {
    let (app, service) = with_service().await;
    let ann = app.member("ann").await;
    lost_at(&app, &ann, MILL).await;

    startup::look_up_places(&app.deps).await.unwrap();
    startup::look_up_places(&app.deps).await.unwrap();
    assert_eq!(app.count("jobs").await, 1);
    while runner::step(&app.deps).await.unwrap() {}

    assert_eq!(service.asked(), [MILL]);
    app.run_work().await;
}
