//! Pets: reported, changed, closed, seen, found on the map.

mod antimeridian;
mod close_pet;
mod distance_and_directions;
mod favorite_pet;
mod heatmap;
mod hidden;
mod list_sources;
mod live;
mod location;
mod map_changes;
mod own_fields;
mod pagination;
mod pet_map;
mod privacy_attack;
mod report_pet;
mod search;
mod search_limits;
mod sighting;
pub mod text_search;
mod update_pet;

use serde_json::{Value, json};

use crate::support::{Actor, TestApp};

pub const REPORT: &str = "mutation($input: ReportPetInput!) { reportPet(input: $input) {
    pet { id version } possibleDuplicates { id } notice userErrors { field code message } } }";
pub const PET: &str =
    "query($id: ID!) { pet(id: $id) { id kind status version name description markings microchipped microchip
    breed { primary secondary mixed label } colors coat rewardOffered seenAt
    place { label city region postalCode coordinates { latitude longitude } exact precision radiusMeters address }
    viewerCanEdit viewerHasFavorited } }";
pub const UPDATE: &str = "mutation($input: UpdatePetInput!) { updatePet(input: $input) {
    pet { id version name } notice userErrors { field code message } } }";

/// A dog that was lost near the middle of Austin.
pub fn lost() -> Value {
    json!({ "kind": "LOST", "species": "DOG", "seenAt": "2026-05-30T10:00:00Z", "location": at(30.2672, -97.7431) })
}

/// The same with some fields set otherwise.
pub fn lost_with(changes: Value) -> Value {
    with(lost(), changes)
}

/// A report with some fields changed.
pub fn with(mut report: Value, changes: Value) -> Value {
    for (field, value) in changes.as_object().expect("an object of fields") {
        report[field] = value.clone();
    }
    report
}

/// An exact place.
pub fn at(latitude: f64, longitude: f64) -> Value {
    json!({ "point": { "latitude": latitude, "longitude": longitude } })
}

/// Reports it and gives its id.
pub async fn report(app: &TestApp, who: &Actor, input: Value) -> String {
    let data = app.ok(who, REPORT, json!({ "input": input })).await;
    let id = data["reportPet"]["pet"]["id"].as_str();
    id.unwrap_or_else(|| panic!("{}", data["reportPet"])).to_owned()
}

/// What somebody sees of a report.
pub async fn seen_by(app: &TestApp, who: &impl crate::support::Caller, id: &str) -> Value {
    app.ok(who, PET, json!({ "id": id })).await["pet"].clone()
}
