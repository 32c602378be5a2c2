//! Matches: found, decided, alerted.

mod alert;
mod best;
mod decide;
mod digest;
mod find;
mod pictures;
mod statistics;
mod surroundings;
mod two_sides;

use serde_json::{Value, json};

pub use crate::pets::{report, with};
use crate::support::{Actor, TestApp};

pub const REPORT: &str = "mutation($input: ReportPetInput!) {
    reportPet(input: $input) { pet { id status version place { coordinates { latitude longitude } exact } } userErrors { field code message } }
}";
pub const MATCHES: &str = "{ viewer { matches(minimumBand: WEAK) { totalCount nodes {
    id band score state lost { id status } other { id status } factors { name weight explanation }
} } } }";

/// A tan and white female medium dog near the middle of Austin.
pub fn dog(kind: &str, latitude: f64, seen_at: &str) -> Value {
    json!({
        "kind": kind, "species": "DOG", "sex": "FEMALE", "size": "MEDIUM", "ageGroup": "ADULT", "coat": "SHORT",
        "colors": ["TAN", "WHITE"], "pattern": "BICOLOR", "breed": { "primary": "Beagle", "mixed": false },
        "seenAt": seen_at, "location": { "point": { "latitude": latitude, "longitude": -97.7431 } },
    })
}

/// A member's own matches.
pub async fn matches(app: &TestApp, who: &Actor) -> Vec<Value> {
    let data = app.ok(who, MATCHES, json!({})).await;
    data["viewer"]["matches"]["nodes"].as_array().expect("a list").clone()
}
