//! What the server says of the whole year when it is over.

use serde_json::{Value, json};

use super::{
    animals::{Animal, House},
    calendar::{bounds, day, month, written},
    days::Year,
    months,
};
use crate::{shelters::text, support::TestApp};

const HISTORIES: &str = "query($id: ID!, $after: String) { shelter(id: $id) { animals(first: 20, after: $after) {
    pageInfo { hasNextPage endCursor } nodes { id externalId name species
        stays(first: 10) { nodes { intakeAt intakeKind outcome outcomeAt events(first: 30) { nodes { kind from to } } } } } } } }";

impl Year {
    /// Looks at all months that are over, and at the history of every animal.
    pub async fn look_back(&self, days: u64) {
        let mut first = day(0);
        while bounds(first).1 <= day(days) {
            for house in &self.houses {
                months::check(&self.app, house, &month(first)).await;
            }
            first = bounds(first).1;
        }
        for house in &self.houses {
            histories(&self.app, house).await;
        }
    }
}

/// Each animal of the server is one of the list, with the same stays in which the same happened in the same order.
async fn histories(app: &TestApp, house: &House) {
    let (mut seen, mut after) = (0, Value::Null);
    loop {
        let asked = json!({ "id": house.id, "after": after });
        let mut page = app.ok(&house.who, HISTORIES, asked).await["shelter"]["animals"].take();
        for found in page["nodes"].as_array().expect("a list") {
            let (id, external_id) = (text(&found["id"]), &found["externalId"]);
            let is_it = |animal: &&Animal| match &animal.id {
                Some(known) => *known == id,
                None => external_id == animal.external_id.as_str(),
            };
            let animal = house.animals.iter().find(is_it);
            let animal = animal.unwrap_or_else(|| panic!("nobody brought {found}"));
            assert_eq!(
                (&found["name"], &found["species"]),
                (&json!(animal.name), &json!(animal.species))
            );
            let stays: Vec<String> = found["stays"]["nodes"]
                .as_array()
                .expect("a list")
                .iter()
                .map(told)
                .collect();
            assert_eq!(stays, done(animal), "{}", animal.name);
            seen += 1;
        }
        if page["pageInfo"]["hasNextPage"] == false {
            break;
        }
        after = page["pageInfo"]["endCursor"].take();
    }
    assert_eq!(seen, house.animals.len(), "every animal once");
}

/// A stay as the server tells it.
fn told(stay: &Value) -> String {
    let or = |value: &Value| value.as_str().unwrap_or("-").to_owned();
    let events = stay["events"]["nodes"].as_array().expect("a list").iter();
    let events = events.map(|event| format!("{} {} {}", or(&event["kind"]), or(&event["from"]), or(&event["to"])));
    let ends = [
        &stay["intakeAt"],
        &stay["intakeKind"],
        &stay["outcomeAt"],
        &stay["outcome"],
    ]
    .map(or);
    format!("{}: {}", ends.join(" "), events.collect::<Vec<_>>().join("; "))
}

/// The stays of an animal as they were, the latest first.
fn done(animal: &Animal) -> Vec<String> {
    let mut stays: Vec<_> = animal.stays.iter().collect();
    stays.sort_by_key(|stay| stay.came);
    let lines = stays.into_iter().rev().map(|stay| {
        let (at, outcome) = stay
            .left
            .map_or(("-".to_owned(), "-"), |(at, outcome)| (written(at), outcome));
        let or = |value: &Option<String>| value.clone().unwrap_or_else(|| "-".to_owned());
        let events = stay
            .history
            .iter()
            .map(|(kind, from, to)| format!("{kind} {} {}", or(from), or(to)));
        let events = events.collect::<Vec<_>>().join("; ");
        format!("{} {} {at} {outcome}: {events}", written(stay.came), stay.kind)
    });
    lines.collect()
}
