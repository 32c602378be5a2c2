//! A year of a shelter: some three thousand stays, told by files and by hand, with a second shelter that it gives animals to
//! and takes some from. Whatever the server says of a day must be what a simple list of what was done says.

mod animals;
mod calendar;
mod chance;
mod daily;
mod days;
mod desk;
mod files;
mod histories;
mod months;
mod transfers;

use std::time::Duration;

use serde_json::json;

use self::{animals::House, chance::Chance, days::Year};
use super::{key, shelter};
use crate::support::{Actor, Bearer, TestApp};

const DAYS: u64 = 365;
const SCOPES: [&str; 3] = ["pets:read", "pets:write", "imports:write"];
const SETTLE: &str = "mutation($input: UpdateShelterInput!) { updateShelter(input: $input) {
    shelter { id } userErrors { field code message } } }";

/// A verified shelter, worked for by a script.
async fn house(app: &TestApp, owner: &Actor, letter: char) -> House {
    let id = shelter(app, owner).await;
    let who = Bearer(key(app, owner, &id, &SCOPES).await);
    House::new(id, who, letter)
}

#[tokio::test]
async fn everything_adds_up_on_every_day_of_a_year() {
    let app = TestApp::quiet().await;
    let (ann, bob) = (app.member("ann").await, app.member("bob").await);
    let houses = [house(&app, &ann, 'A').await, house(&app, &bob, 'B').await];
    let rules = json!({ "id": houses[0].id, "holdRules": calendar::rules(), "closedDays": calendar::CLOSED });
    app.ok(&ann, SETTLE, json!({ "input": rules })).await;
    app.run_work().await;

    let mut year = Year::new(app, houses, Chance::new(20_260_601));
    for number in 0..DAYS {
        year.live(number).await;
    }

    year.look_back(DAYS).await;
    let stays: usize = year.houses.iter().map(House::stays).sum();
    assert!(3_000 <= stays, "{stays} stays are no year");
    assert!(
        Duration::from_secs(364 * 24 * 60 * 60) < year.lasted(),
        "the clock went along"
    );
}
