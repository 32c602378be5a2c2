//! What the staff does by hand, through the API.

use serde_json::{Value, json};

use super::{
    animals::{House, Intake},
    calendar::written,
    files::{Row, file, intake_word},
};
use crate::{
    shelters::{imported, queue, text},
    support::{TestApp, user_errors},
};

const REPORT: &str = "mutation($input: ReportPetInput!) { reportPet(input: $input) {
    pet { stay { id animal { id } } } userErrors { field code message } } }";
const TAKE_IN: &str = "mutation($input: TakeInAnimalInput!) { takeInAnimal(input: $input) {
    stay { id } userErrors { field code message } } }";
const CHANGE: &str = "mutation($input: ChangeStaysInput!) { changeStays(input: $input) {
    stays { id } userErrors { field code message } } }";
const END: &str = "mutation($input: EndStaysInput!) { endStays(input: $input) {
    stays { id } userErrors { field code message } } }";
const NOTE: &str = "mutation($input: NoteOwnerContactInput!) { noteOwnerContact(input: $input) {
    stay { id } userErrors { field code message } } }";
const RELEASE: &str = "mutation($input: ReleaseHoldInput!) { releaseHold(input: $input) {
    stay { id } userErrors { field code message } } }";
const UNDO: &str = "mutation($id: ID!) { undoImport(input: { importId: $id }) {
    import { id } userErrors { field code message } } }";
const UNDONE: &str = "query($id: ID!) { node(id: $id) { ... on Import { state undone leftChanged } } }";

/// Ids of the stays of animals, all of which are known.
fn ids(house: &House, places: &[usize]) -> Vec<String> {
    let id = |place: &usize| house.animals[*place].present().and_then(|stay| stay.id.clone());
    places.iter().map(|place| id(place).expect("its id is known")).collect()
}

/// Takes a new animal in.
pub async fn report(app: &TestApp, house: &mut House, place: usize, intake: Intake) {
    let animal = &house.animals[place];
    let mut input = json!({ "kind": "SHELTERED", "species": animal.species, "name": animal.name,
        "seenAt": written(intake.at), "intakeType": intake_word(intake.kind), "shelterId": house.id,
        "location": { "point": { "latitude": 30.2672, "longitude": -97.7431 } } });
    if let Some(chip) = &animal.chip {
        input["microchip"] = json!(chip);
    }
    let mut data = app.ok(&house.who, REPORT, json!({ "input": input })).await;
    let stay = data["reportPet"]["pet"]["stay"].take();
    let animal = &mut house.animals[place];
    animal.come(intake);
    animal.id = Some(text(&stay["animal"]["id"]));
    animal.last().id = Some(text(&stay["id"]));
}

/// Takes an animal in again.
pub async fn take_in(app: &TestApp, house: &mut House, place: usize, intake: Intake) {
    let input = json!({ "animalId": house.animals[place].id, "intakeKind": intake.kind, "stage": intake.stage });
    let data = app.ok(&house.who, TAKE_IN, json!({ "input": input })).await;
    let animal = &mut house.animals[place];
    animal.come(intake);
    animal.last().id = Some(text(&data["takeInAnimal"]["stay"]["id"]));
}

/// Gives animals another stage, and perhaps another place.
pub async fn change(
    app: &TestApp,
    house: &mut House,
    places: &[usize],
    (now, stage, kennel): (i64, &'static str, Option<&str>),
) {
    let mut input = json!({ "ids": ids(house, places), "stage": stage });
    if let Some(kennel) = kennel {
        input["kennel"] = json!(kennel);
    }
    app.ok(&house.who, CHANGE, json!({ "input": input })).await;
    for place in places {
        let stay = house.animals[*place].last();
        stay.set_stage(now, stage);
        if let Some(kennel) = kennel {
            stay.set_kennel(kennel);
        }
    }
}

/// Ends stays now.
pub async fn end(app: &TestApp, house: &mut House, places: &[usize], (now, outcome): (i64, &'static str)) {
    let input = json!({ "ids": ids(house, places), "outcome": outcome });
    app.ok(&house.who, END, json!({ "input": input })).await;
    for place in places {
        house.animals[*place].last().end(now, outcome);
    }
}

/// Somebody finds out whose the animal is.
pub async fn identify(app: &TestApp, house: &mut House, place: usize, now: i64) {
    let input = json!({ "stayId": ids(house, &[place])[0], "identifiedAt": written(now) });
    app.ok(&house.who, NOTE, json!({ "input": input })).await;
    house.animals[place].identify(now);
}

/// Keeps the animal no longer.
pub async fn release(app: &TestApp, house: &mut House, place: usize) {
    let reason = "The owner gave it up.";
    let input = json!({ "stayId": ids(house, &[place])[0], "reason": reason });
    app.ok(&house.who, RELEASE, json!({ "input": input })).await;
    house.animals[place].last().release(reason);
}

/// Imports the file with those rows, all of which are news; the id of the import.
pub async fn import(app: &TestApp, house: &House, rows: &[Row]) -> String {
    let id = queue(app, &house.who, &house.id, &file(house, rows), json!({})).await;
    app.run_work().await;
    let import = imported(app, &house.who, &id).await;
    let count = |name: &str| import[name].as_u64().unwrap();
    let rows = u64::try_from(rows.len()).unwrap();
    assert_eq!(import["state"], "DONE", "{import}");
    assert_eq!(count("processed"), rows, "{import}");
    assert_eq!(count("created") + count("updated"), rows, "{import}");
    id
}

/// Takes an import back.
pub async fn undo(app: &TestApp, house: &House, id: &str, rows: &[Row]) {
    let answer = app.run(&house.who, UNDO, json!({ "id": id })).await;
    assert_eq!(user_errors(&answer), Vec::<String>::new());
    app.run_work().await;
    let import: Value = app.ok(&house.who, UNDONE, json!({ "id": id })).await["node"].take();
    let expected = json!({ "state": "UNDONE", "undone": rows.len(), "leftChanged": 0 });
    assert_eq!(import, expected);
}
