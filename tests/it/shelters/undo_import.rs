//! Imports that are taken back: what becomes of the animals.

mod asking;

use std::time::Duration;

use entity::id::PetId;
use finding_sweetie::domain::shelters;
use serde_json::{Value, json};

use super::{dog, dogs, file, import, outcome, queue, shelter};
use crate::support::{Actor, Caller, TestApp, user_errors};

const UNDO: &str = "mutation($id: ID!) { undoImport(input: { importId: $id }) {
    import { id state } userErrors { field code message } } }";
const UNDONE: &str = "query($id: ID!) { node(id: $id) { ... on Import { state undone leftChanged undoneAt } } }";
const ANIMALS: &str = "query($id: ID!) { shelter(id: $id) { animals(first: 50) { nodes {
    externalId currentStay { id report { id } } } } } }";
const END: &str = "mutation($ids: [ID!]!) { endStays(input: { ids: $ids, outcome: ADOPTED }) {
    stays { id } userErrors { field code message } } }";
const RENAME: &str = "mutation($id: ID!) { updatePet(input: { id: $id, name: \"Sweetie\" }) {
    pet { name } userErrors { field code message } } }";
const MINUTE: Duration = Duration::from_secs(60);

async fn haven() -> (TestApp, Actor, String) {
    let app = TestApp::new().await;
    let ann = app.member("ann").await;
    let shelter = shelter(&app, &ann).await;
    (app, ann, shelter)
}

/// Imports a file to its end, a minute after what was before, and returns the import's id.
async fn done(app: &TestApp, ann: &Actor, shelter: &str, file: &str, more: Value) -> String {
    app.clock.advance(MINUTE);
    let id = queue(app, ann, shelter, file, more).await;
    app.run_work().await;
    app.clock.advance(MINUTE);
    id
}

/// Asks for an import to be taken back.
async fn ask(app: &TestApp, caller: &impl Caller, id: &str) -> Vec<String> {
    user_errors(&app.run(caller, UNDO, json!({ "id": id })).await)
}

/// Takes an import back; the numbers of animals that were taken back and that stayed.
async fn undo(app: &TestApp, ann: &Actor, id: &str) -> (i64, i64) {
    assert_eq!(ask(app, ann, id).await, Vec::<String>::new());
    app.run_work().await;
    undone(app, ann, id).await
}

async fn undone(app: &TestApp, ann: &Actor, id: &str) -> (i64, i64) {
    let import = app.ok(ann, UNDONE, json!({ "id": id })).await["node"].take();
    assert_eq!(import["state"], "UNDONE");
    assert!(import["undoneAt"].is_string(), "{import}");
    (
        import["undone"].as_i64().unwrap(),
        import["leftChanged"].as_i64().unwrap(),
    )
}

async fn open(app: &TestApp) -> i64 {
    app.value("SELECT COUNT(*) FROM pets WHERE status = 'open'").await
}

async fn in_care(app: &TestApp) -> i64 {
    app.value("SELECT COUNT(*) FROM stays WHERE outcome_at IS NULL").await
}

async fn never_were(app: &TestApp) -> i64 {
    app.value("SELECT COUNT(*) FROM stays WHERE outcome = 'undone'").await
}

fn row(id: &str, color: &str) -> String {
    dog(id, "05/20/2026 10:00:00 AM", color)
}

fn csv(row: &str) -> String {
    format!("Animal ID,Species,Name,Intake Date,Intake Type,Outcome Type,Outcome Date\n{row}\n")
}

#[tokio::test]
async fn what_an_import_added_is_gone_and_comes_back_with_the_next_file() {
    let (app, ann, shelter) = haven().await;
    let id = done(&app, &ann, &shelter, &dogs(1, 100), json!({})).await;
    assert_eq!(app.count("import_changes").await, 0, "new animals need no row");

    assert_eq!(undo(&app, &ann, &id).await, (100, 0));

    assert_eq!(
        (open(&app).await, in_care(&app).await, never_were(&app).await),
        (0, 0, 100)
    );
    let by: String = app
        .value("SELECT MIN(recorded_by) FROM stay_events WHERE to_value = 'undone'")
        .await;
    assert_eq!(by, ann.id);

    let again = import(&app, &ann, &shelter, &dogs(1, 100), json!({})).await;
    assert_eq!(outcome(&again), ("DONE".to_owned(), [0, 100, 0, 0, 0]));
    assert_eq!((open(&app).await, in_care(&app).await), (100, 100));
}

#[tokio::test]
async fn what_an_import_changed_is_as_it_was() {
    let (app, ann, shelter) = haven().await;
    let first = file(&[row("A1", "Brown")]);
    done(&app, &ann, &shelter, &first, json!({})).await;
    let id = done(
        &app,
        &ann,
        &shelter,
        &file(&[row("A1", "Black"), row("A2", "Black")]),
        json!({}),
    )
    .await;

    assert_eq!(undo(&app, &ann, &id).await, (2, 0));

    let animals = "SELECT color_raw FROM shelter_animals WHERE external_id = 'A1'";
    assert_eq!(app.value::<String>(animals).await, "Brown");
    let reports = "SELECT color_raw FROM pets WHERE status = 'open'";
    assert_eq!(
        (open(&app).await, app.value::<String>(reports).await),
        (1, "Brown".to_owned())
    );
    assert_eq!(
        app.count("import_changes").await,
        1,
        "what the first import has to know"
    );
    let again = import(&app, &ann, &shelter, &first, json!({})).await;
    assert_eq!(outcome(&again), ("DONE".to_owned(), [0, 0, 1, 0, 0]));
}

#[tokio::test]
async fn stays_that_a_snapshot_ended_go_on_with_a_new_report() {
    let (app, ann, shelter) = haven().await;
    done(&app, &ann, &shelter, &dogs(1, 10), json!({})).await;
    let id = done(&app, &ann, &shelter, &dogs(3, 8), json!({ "mode": "SNAPSHOT" })).await;
    assert_eq!((open(&app).await, in_care(&app).await), (8, 8));

    assert_eq!(undo(&app, &ann, &id).await, (2, 0));

    assert_eq!(
        (open(&app).await, in_care(&app).await, never_were(&app).await),
        (10, 10, 0)
    );
    let anew = "SELECT COUNT(*) FROM stays s JOIN pets p ON p.id = s.pet_id
        WHERE p.status = 'open' AND p.former_pet_id IS NOT NULL";
    assert_eq!(app.value::<i64>(anew).await, 2);
    let closed: i64 = app.value("SELECT COUNT(*) FROM pets WHERE status = 'closed'").await;
    assert_eq!(closed, 2, "what is over stays over");
    let again = import(&app, &ann, &shelter, &dogs(1, 10), json!({})).await;
    assert_eq!(outcome(&again), ("DONE".to_owned(), [0, 0, 10, 0, 0]));
}

#[tokio::test]
async fn a_stay_that_an_import_began_never_was_and_the_one_before_goes_on_with_its_report() {
    let (app, ann, shelter) = haven().await;
    done(
        &app,
        &ann,
        &shelter,
        &csv("A1,Dog,Biscuit,2026-04-01,Stray,,"),
        json!({}),
    )
    .await;
    let id = done(
        &app,
        &ann,
        &shelter,
        &csv("A1,Dog,Biscuit,2026-05-10,Stray,,"),
        json!({}),
    )
    .await;
    assert_eq!((app.count("stays").await, in_care(&app).await), (2, 1));

    assert_eq!(undo(&app, &ann, &id).await, (1, 0));

    assert_eq!((app.count("pets").await, never_were(&app).await), (1, 1));
    let going_on = "SELECT COUNT(*) FROM stays s JOIN pets p ON p.id = s.pet_id
        WHERE s.outcome IS NULL AND p.status = 'open' AND s.intake_at < 1777000000000";
    assert_eq!(app.value::<i64>(going_on).await, 1);
    let again = import(
        &app,
        &ann,
        &shelter,
        &csv("A1,Dog,Biscuit,2026-05-10,Stray,,"),
        json!({}),
    )
    .await;
    assert_eq!(
        outcome(&again),
        ("DONE".to_owned(), [0, 1, 0, 0, 0]),
        "the same intake is news again"
    );
}

#[tokio::test]
async fn an_adoption_that_an_import_told_is_taken_back() {
    let (app, ann, shelter) = haven().await;
    done(
        &app,
        &ann,
        &shelter,
        &csv("A1,Dog,Biscuit,2026-04-01,Stray,,"),
        json!({}),
    )
    .await;
    let adopted = csv("A1,Dog,Biscuit,2026-04-01,Stray,Adoption,2026-05-02");
    let id = done(&app, &ann, &shelter, &adopted, json!({})).await;
    assert_eq!((open(&app).await, in_care(&app).await), (0, 0));

    assert_eq!(undo(&app, &ann, &id).await, (1, 0));

    assert_eq!((open(&app).await, in_care(&app).await), (1, 1));
    let last = "SELECT from_value FROM stay_events WHERE to_value IS NULL";
    assert_eq!(app.value::<String>(last).await, "adopted");
}

#[tokio::test]
async fn what_the_staff_changed_since_stays() {
    let (app, ann, shelter) = haven().await;
    let id = done(&app, &ann, &shelter, &dogs(1, 3), json!({})).await;
    let animals = app.ok(&ann, ANIMALS, json!({ "id": shelter })).await;
    let of = |id: &str| {
        let nodes = animals["shelter"]["animals"]["nodes"].as_array().unwrap().iter();
        nodes.clone().find(|animal| animal["externalId"] == id).unwrap()["currentStay"].clone()
    };
    app.ok(&ann, END, json!({ "ids": [of("A1")["id"]] })).await;
    app.ok(&ann, RENAME, json!({ "id": of("A2")["report"]["id"] })).await;

    assert_eq!(undo(&app, &ann, &id).await, (1, 2));

    assert_eq!(
        app.value::<String>("SELECT name FROM pets WHERE status = 'open'").await,
        "Sweetie"
    );
    let adopted: i64 = app.value("SELECT COUNT(*) FROM pets WHERE status = 'adopted'").await;
    assert_eq!((adopted, in_care(&app).await, never_were(&app).await), (1, 1, 1));
}

#[tokio::test]
async fn what_the_staff_changed_between_two_imports_stays_when_both_are_taken_back() {
    let (app, ann, shelter) = haven().await;
    let first = done(&app, &ann, &shelter, &file(&[row("A1", "Brown")]), json!({})).await;
    let animals = app.ok(&ann, ANIMALS, json!({ "id": shelter })).await;
    let report = &animals["shelter"]["animals"]["nodes"][0]["currentStay"]["report"]["id"];
    app.ok(&ann, RENAME, json!({ "id": report })).await;
    let later = done(&app, &ann, &shelter, &file(&[row("A1", "Black")]), json!({})).await;

    assert_eq!(undo(&app, &ann, &later).await, (1, 0));
    assert_eq!(undo(&app, &ann, &first).await, (0, 1));

    let name = "SELECT name FROM pets WHERE status = 'open'";
    assert_eq!(app.value::<String>(name).await, "Sweetie");
}

#[tokio::test]
async fn a_runner_that_is_killed_or_doubled_takes_every_animal_back_once() {
    let (app, ann, shelter) = haven().await;
    done(&app, &ann, &shelter, &dogs(1, 200), json!({})).await;
    let changed: Vec<String> = (1..=200).map(|number| row(&format!("A{number}"), "Black")).collect();
    let changed = format!("{}\n{}", file(&changed).trim_end(), rows_of(&dogs(201, 200)));
    let id = done(&app, &ann, &shelter, &changed, json!({})).await;
    assert_eq!(ask(&app, &ann, &id).await, Vec::<String>::new());

    let job = || shelters::take_back(&app.deps, id.parse().unwrap());
    let reached = async { while app.value::<i32>("SELECT MAX(undone) FROM imports").await < 1 {} };
    tokio::select! {
        done = job() => panic!("not killed in time: {done:?}"),
        () = reached => {}
    }
    let (one, other) = tokio::join!(job(), job());
    assert!(one.is_ok() && other.is_ok());
    app.run_work().await;

    assert_eq!(undone(&app, &ann, &id).await, (400, 0));
    assert_eq!(
        (open(&app).await, in_care(&app).await, never_were(&app).await),
        (200, 200, 200)
    );
    let brown: i64 = app
        .value("SELECT COUNT(*) FROM pets WHERE status = 'open' AND color_raw = 'Brown'")
        .await;
    assert_eq!(brown, 200);
    assert_eq!(app.value::<i32>("SELECT MAX(version) FROM stays").await, 2);
}

/// The rows of a file, without its header.
fn rows_of(file: &str) -> &str {
    file.split_once('\n').unwrap().1
}

#[tokio::test]
async fn nobody_says_that_a_stay_never_was() {
    let (app, ann, shelter) = haven().await;
    done(&app, &ann, &shelter, &dogs(1, 1), json!({})).await;
    let animals = app.ok(&ann, ANIMALS, json!({ "id": shelter })).await;
    let stay = &animals["shelter"]["animals"]["nodes"][0]["currentStay"]["id"];
    let end = END.replace("ADOPTED", "UNDONE");
    let refused = app.run(&ann, &end, json!({ "ids": [stay] })).await;
    assert_eq!(user_errors(&refused), ["input.outcome NOT_ALLOWED"]);
    assert_eq!(in_care(&app).await, 1);
}

#[tokio::test]
async fn an_animal_that_the_staff_has_put_on_the_map_stays_there() {
    let (app, ann, shelter) = haven().await;
    let file = |name: &str| csv(&format!("A1,Dog,{name},2026-05-20,Stray,,"));
    done(&app, &ann, &shelter, &file("Biscuit"), json!({})).await;
    let id = done(&app, &ann, &shelter, &file("Sweetie"), json!({})).await;
    let place = "mutation($input: UpdatePetInput!) { updatePet(input: $input) { userErrors { field code message } } }";
    let pet: PetId = app.value("SELECT id FROM pets").await;
    let point = json!({ "point": { "latitude": 30.2672, "longitude": -97.7431 } });
    app.ok(
        &ann,
        place,
        json!({ "input": { "id": pet.to_string(), "location": point } }),
    )
    .await;

    assert_eq!(undo(&app, &ann, &id).await, (0, 1));
    assert_eq!(app.value::<f64>("SELECT latitude FROM pets").await, 30.2672);
}
