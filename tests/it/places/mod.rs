//! Places: looked up, kept, found later.

mod geocode;
mod geocode_missing;
mod mask;
mod near;
mod request_rate;
mod resolve;
mod resolve_failures;

use finding_sweetie::domain::pets::{Step, resolve_next_place};
use serde_json::{Value, json};

use crate::support::{Answer, Caller, MapService, Setup, TestApp, found};

/// An address that no table knows.
pub const MILL: &str = "behind the old mill";

/// A server, and the service that it asks.
pub async fn with_service() -> (TestApp, MapService) {
    let service = MapService::start().await;
    let app = TestApp::start(asking(&service)).await;
    service.watch(&app.clock);
    (app, service)
}

/// Asks that service.
pub fn asking(service: &MapService) -> Setup {
    Setup {
        nominatim: Some(service.url.clone()),
        ..Setup::default()
    }
}

/// A house in Austin.
pub fn house(latitude: f64, longitude: f64) -> Value {
    let address = json!({ "house_number": "12", "road": "Oak Street", "city": "Austin", "state": "Texas",
        "ISO3166-2-lvl4": "US-TX", "postcode": "78704", "country": "United States", "country_code": "us" });
    found(
        latitude,
        longitude,
        0.0001,
        "12, Oak Street, Austin, Texas, 78704, United States",
        address,
    )
}

/// A house in Toronto, where no US postal code is near.
pub fn house_abroad() -> Value {
    let address = json!({ "house_number": "3", "road": "Elm Lane", "city": "Kenora", "state": "Ontario",
        "postcode": "P9N 1A1", "country": "Canada", "country_code": "ca" });
    found(50.5, -92.5, 0.0001, "3, Elm Lane, Kenora, Ontario, Canada", address)
}

const GEOCODE: &str = "query($query: String!, $first: Int) { geocode(query: $query, first: $first) {
    label city region postalCode country exact precision radiusMeters address attribution coordinates { latitude longitude } } }";

/// What is answered to somebody who types.
pub async fn geocode(app: &TestApp, caller: &impl Caller, query: &str) -> Answer {
    app.run(caller, GEOCODE, json!({ "query": query })).await
}

/// The labels of what is found.
pub fn labels(answer: &Answer) -> Vec<String> {
    let places = answer.data()["geocode"].as_array();
    let places = places.unwrap_or_else(|| panic!("{:#}", answer.body)).iter();
    places
        .map(|place| place["label"].as_str().unwrap().to_owned())
        .collect()
}

/// Works on the agenda until nothing is due; the clock is moved whenever it is not our turn.
pub async fn work_on_agenda(app: &TestApp) {
    loop {
        match resolve_next_place(&app.deps).await.unwrap() {
            Step::Worked => {}
            Step::NotBefore(then) => app.clock.set(then),
            Step::Idle => return,
        }
    }
}
