//! What files of a shelter tell of animals and their stays.

use entity::{id::PetId, vocabulary::PetVisibility};
use finding_sweetie::{domain::pets::set_visibility, kernel::Viewer};
use serde_json::{Value, json};

use super::{CHANGE, END, haven, text};
use crate::{
    shelters::{import, outcome, queue},
    support::{Actor, TestApp, Visitor, user_errors},
};

const ANIMALS: &str = "query($id: ID!) { shelter(id: $id) { animals(first: 50) { totalCount nodes { externalId source name
    stays(first: 10) { nodes { id intakeAt intakeKind stage kennel outcome outcomeAt report { id status formerReport { id } } } } } } } }";

/// The stays of the only animal, the latest first.
async fn stays(app: &TestApp, ann: &Actor, shelter: &str) -> Vec<Value> {
    let found = app.ok(ann, ANIMALS, json!({ "id": shelter })).await;
    let animals = &found["shelter"]["animals"];
    assert_eq!(animals["totalCount"], 1, "{found}");
    animals["nodes"][0]["stays"]["nodes"].as_array().unwrap().clone()
}

fn csv(rows: &[&str]) -> String {
    let titles = "Animal ID,Species,Name,Intake Date,Intake Type,Outcome Type,Outcome Date,Status";
    format!("{titles}\n{}\n", rows.join("\n"))
}

#[tokio::test]
async fn every_intake_is_a_stay_and_only_the_last_one_is_reported() {
    let (app, ann, shelter) = haven().await;
    let file = csv(&[
        "A1,Dog,Biscuit,2026-05-01,Return,,,",
        "A1,Dog,Biscuit,2025-02-01,Stray,Adoption,2025-02-20,",
        "A1,Dog,Biscuit,2025-09-01,Stray,RTO,2025-09-03,",
    ]);
    let tried = import(&app, &ann, &shelter, &file, json!({ "dryRun": true })).await;
    let done = import(&app, &ann, &shelter, &file, json!({})).await;
    assert_eq!(outcome(&done), ("DONE".to_owned(), [1, 0, 2, 0, 0]));
    assert_eq!(outcome(&tried), outcome(&done), "a dry run counts alike");

    let stays = stays(&app, &ann, &shelter).await;
    let told: Vec<_> = stays
        .iter()
        .map(|stay| (stay["intakeAt"].clone(), stay["outcome"].clone()))
        .collect();
    assert_eq!(
        told,
        [
            (json!("2026-05-01T05:00:00.000Z"), Value::Null),
            (json!("2025-09-01T05:00:00.000Z"), json!("RETURNED_TO_OWNER")),
            (json!("2025-02-01T06:00:00.000Z"), json!("ADOPTED")),
        ]
    );
    assert_eq!(app.count("pets").await, 1);
    assert_eq!(stays[0]["report"]["status"], "OPEN");

    let again = import(&app, &ann, &shelter, &file, json!({})).await;
    assert_eq!(outcome(&again), ("DONE".to_owned(), [0, 0, 3, 0, 0]));
}

#[tokio::test]
async fn a_later_file_ends_the_stay_and_a_still_later_one_begins_the_next() {
    let (app, ann, shelter) = haven().await;
    for row in [
        "A1,Dog,Biscuit,2026-04-01,Stray,,,Foster",
        "A1,Dog,Biscuit,2026-04-01,Stray,Adoption,2026-04-20,",
        "A1,Dog,Biscuit,2026-05-10,Return,,,Available",
    ] {
        import(&app, &ann, &shelter, &csv(&[row]), json!({})).await;
    }
    let stays = stays(&app, &ann, &shelter).await;
    assert_eq!(
        (&stays[1]["stage"], &stays[1]["outcome"], &stays[1]["outcomeAt"]),
        (&json!("FOSTER"), &json!("ADOPTED"), &json!("2026-04-20T05:00:00.000Z"))
    );
    assert_eq!(
        (&stays[0]["stage"], &stays[0]["intakeKind"]),
        (&json!("ADOPTABLE"), &json!("RETURN"))
    );
    assert_eq!(stays[0]["report"]["status"], "OPEN");
    assert_eq!(stays[0]["report"]["formerReport"]["id"], stays[1]["report"]["id"]);
    assert_eq!(stays[1]["report"]["status"], "ADOPTED", "what is over stays over");
}

#[tokio::test]
async fn what_moderators_have_hidden_does_not_come_back_with_a_file() {
    let (app, ann, shelter) = haven().await;
    for row in [
        "A1,Dog,Biscuit,2026-04-01,Stray,,,Foster",
        "A1,Dog,Biscuit,2026-04-01,Stray,Adoption,2026-04-20,",
    ] {
        import(&app, &ann, &shelter, &csv(&[row]), json!({})).await;
    }
    let former = text(&stays(&app, &ann, &shelter).await[0]["report"]["id"]);
    let hidden = PetVisibility::Hidden;
    set_visibility(&app.deps, &Viewer::System, former.parse().unwrap(), hidden)
        .await
        .unwrap();

    let back = csv(&["A1,Dog,Biscuit,2026-05-10,Return,,,Available"]);
    import(&app, &ann, &shelter, &back, json!({})).await;

    let report = stays(&app, &ann, &shelter).await[0]["report"].clone();
    assert_ne!(report["id"], former, "a report of its own");
    assert_eq!(report["status"], "OPEN", "its shelter reads it");
    let public = "query($id: ID!) { pet(id: $id) { name } }";
    let public = app.ok(&Visitor, public, json!({ "id": report["id"] })).await;
    assert_eq!(public["pet"], Value::Null);
}

#[tokio::test]
async fn an_intake_while_the_last_stay_goes_on_ends_that_and_warns() {
    let (app, ann, shelter) = haven().await;
    import(
        &app,
        &ann,
        &shelter,
        &csv(&["A1,Dog,Biscuit,2026-04-01,Stray,,,"]),
        json!({}),
    )
    .await;
    let done = import(
        &app,
        &ann,
        &shelter,
        &csv(&["A1,Dog,Biscuit,2026-05-10,Stray,,,"]),
        json!({}),
    )
    .await;
    assert!(
        text(&done["warnings"]["nodes"][0]["message"]).contains("since 2026-04-01"),
        "{done}"
    );
    let stays = stays(&app, &ann, &shelter).await;
    assert_eq!((stays.len(), &stays[1]["outcome"]), (2, &json!("UNKNOWN")));
    assert_eq!(stays[1]["outcomeAt"], stays[0]["intakeAt"]);
    assert_eq!(
        (&stays[1]["report"], &stays[0]["report"]["status"]),
        (&Value::Null, &json!("OPEN"))
    );
    assert_eq!(app.count("pets").await, 1, "the report goes on");
}

#[tokio::test]
async fn who_is_missing_from_a_snapshot_and_listed_again_has_come_back() {
    let (app, ann, shelter) = haven().await;
    let row = "A1,Dog,Biscuit,2026-05-01,Stray,,,";
    let others: Vec<String> = (2..12).map(|id| format!("A{id},Cat,,2026-05-01,Stray,,,")).collect();
    let others: Vec<&str> = others.iter().map(String::as_str).collect();
    let all = csv(&[&[row], others.as_slice()].concat());
    let snapshot = json!({ "mode": "SNAPSHOT" });
    import(&app, &ann, &shelter, &all, snapshot.clone()).await;
    app.clock.advance(std::time::Duration::from_secs(60));
    import(&app, &ann, &shelter, &csv(&others), snapshot.clone()).await;
    app.clock.advance(std::time::Duration::from_secs(60));
    for _ in 0..2 {
        import(&app, &ann, &shelter, &all, snapshot.clone()).await;
    }
    let told = "SELECT COUNT(*) FROM stays JOIN shelter_animals a ON a.id = stays.animal_id WHERE a.external_id = 'A1'";
    assert_eq!(app.value::<i64>(told).await, 2);
    assert_eq!(app.value::<i64>(&format!("{told} AND outcome = 'unknown'")).await, 1);
    let reports = "SELECT COUNT(*) FROM pets WHERE name = 'Biscuit' AND status";
    assert_eq!(app.value::<i64>(&format!("{reports} = 'closed'")).await, 1);
    assert_eq!(
        app.value::<i64>(&format!("{reports} = 'open' AND former_pet_id IS NOT NULL"))
            .await,
        1
    );
}

#[tokio::test]
async fn what_the_staff_recorded_stays_when_the_file_does_not_know_of_it() {
    let (app, ann, shelter) = haven().await;
    let file = |color: &str| format!("Animal ID,Species,Intake Date,Color\nA1,Dog,2026-05-01,{color}\n");
    import(&app, &ann, &shelter, &file("Brown"), json!({})).await;
    let stay = stays(&app, &ann, &shelter).await[0]["id"].clone();
    app.ok(&ann, END, json!({ "input": { "ids": [stay], "outcome": "ADOPTED" } }))
        .await;
    import(&app, &ann, &shelter, &file("Black"), json!({})).await;
    let stays = stays(&app, &ann, &shelter).await;
    assert_eq!((stays.len(), &stays[0]["outcome"]), (1, &json!("ADOPTED")));
}

#[tokio::test]
async fn the_same_id_from_another_system_is_another_animal() {
    let (app, ann, shelter) = haven().await;
    let petpoint = "Animal #,ARN,Animal Name,Species,Gender,Intake Date\n7,,Biscuit,Dog,Male,2026-05-01\n";
    let shelterluv = "Animal ID,Name,Species,Age (Y/M/D),Intake Date\n7,Mimi,Cat,2Y/ 4M/ 26D,2026-05-20\n";
    import(&app, &ann, &shelter, petpoint, json!({})).await;
    let done = import(&app, &ann, &shelter, shelterluv, json!({})).await;
    assert_eq!(outcome(&done), ("DONE".to_owned(), [1, 0, 0, 0, 0]));
    let found = app.ok(&ann, ANIMALS, json!({ "id": shelter })).await;
    let mut known: Vec<(String, String)> = found["shelter"]["animals"]["nodes"]
        .as_array()
        .unwrap()
        .iter()
        .map(|animal| (text(&animal["source"]), text(&animal["name"])))
        .collect();
    known.sort();
    assert_eq!(
        known,
        [
            ("PetPoint".to_owned(), "Biscuit".to_owned()),
            ("Shelterluv".to_owned(), "Mimi".to_owned())
        ]
    );
}

#[tokio::test]
async fn a_found_animal_that_comes_into_care_keeps_its_report() {
    let (app, ann, shelter) = haven().await;
    let row = |kind: &str, place: &str| {
        format!("Animal ID,Species,Name,Record Type,Intake Date\nA1,Dog,{place},{kind},2026-05-01\n")
    };
    import(&app, &ann, &shelter, &row("FOUND", "Biscuit"), json!({})).await;
    assert_eq!(app.count("stays").await, 0);
    import(&app, &ann, &shelter, &row("ADOPTABLE", "Sweetie"), json!({})).await;
    let stays = stays(&app, &ann, &shelter).await;
    assert_eq!((stays.len(), &stays[0]["report"]["status"]), (1, &json!("OPEN")));
    assert_eq!(
        app.value::<String>("SELECT kind || ' ' || name FROM pets").await,
        "sheltered Sweetie"
    );
}

#[tokio::test]
async fn a_change_that_tells_no_other_time_leaves_the_intake_where_it_is() {
    let (app, ann, shelter) = haven().await;
    let all = csv(&["A1,Dog,Biscuit,2026-05-01,Stray,,,"]);
    import(&app, &ann, &shelter, &all, json!({})).await;
    app.clock.advance(std::time::Duration::from_secs(60));
    let none = csv(&["A2,Dog,Sweetie,2026-05-02,Stray,Adoption,2026-05-03,"]);
    let snapshot = json!({ "mode": "SNAPSHOT", "confirmRemovals": 1 });
    import(&app, &ann, &shelter, &none, snapshot).await;
    app.clock.advance(std::time::Duration::from_secs(60));
    import(&app, &ann, &shelter, &all, json!({})).await;
    let intake = "SELECT MAX(stays.intake_at) FROM stays JOIN shelter_animals a ON a.id = stays.animal_id
        WHERE a.external_id = 'A1'";
    let came = app.value::<i64>(intake).await;
    let pet: PetId = app.value("SELECT pet_id FROM stays WHERE outcome_at IS NULL").await;
    let pet = pet.to_string();

    let update = "mutation($input: UpdatePetInput!) { updatePet(input: $input) { userErrors { field code message } } }";
    let seen_at = "query($id: ID!) { pet(id: $id) { seenAt } }";
    let seen_at = app.ok(&ann, seen_at, json!({ "id": pet })).await["pet"]["seenAt"].clone();
    app.ok(
        &ann,
        update,
        json!({ "input": { "id": pet, "name": "Bisquit", "seenAt": seen_at } }),
    )
    .await;

    assert_eq!(app.value::<i64>(intake).await, came);
    let early = json!({ "input": { "id": pet, "seenAt": "2026-05-02T10:00:00Z" } });
    assert_eq!(
        user_errors(&app.run(&ann, update, early).await),
        ["input.seenAt OUT_OF_RANGE"]
    );
    app.run_work().await;
}

#[tokio::test]
async fn an_outcome_that_a_file_tells_never_reaches_into_the_next_stay() {
    let (app, ann, shelter) = haven().await;
    for row in [
        "A1,Dog,Biscuit,2026-04-01,Stray,,,",
        "A1,Dog,Biscuit,2026-05-10,Stray,,,",
        "A1,Dog,Biscuit,2026-04-01,Stray,Adoption,2026-05-15,",
        "A1,Dog,Biscuit,2026-02-01,Stray,Adoption,2026-04-20,",
    ] {
        import(&app, &ann, &shelter, &csv(&[row]), json!({})).await;
    }

    let stays = stays(&app, &ann, &shelter).await;
    let ended: Vec<_> = stays
        .iter()
        .map(|stay| (&stay["outcome"], &stay["outcomeAt"]))
        .collect();
    assert_eq!(
        ended,
        [
            (&Value::Null, &Value::Null),
            (&json!("ADOPTED"), &stays[0]["intakeAt"]),
            (&json!("ADOPTED"), &stays[1]["intakeAt"]),
        ]
    );
}

#[tokio::test]
async fn stays_of_one_file_do_not_overlap() {
    let (app, ann, shelter) = haven().await;
    let file = csv(&[
        "A1,Dog,Biscuit,2026-04-01,Stray,Adoption,2026-05-15,",
        "A1,Dog,Biscuit,2026-05-10,Stray,,,",
    ]);
    import(&app, &ann, &shelter, &file, json!({})).await;

    let stays = stays(&app, &ann, &shelter).await;
    assert_eq!(
        (&stays[1]["outcome"], &stays[1]["outcomeAt"]),
        (&json!("ADOPTED"), &stays[0]["intakeAt"])
    );
}

#[tokio::test]
async fn a_shelter_that_lost_its_verification_while_a_file_waited_publishes_nothing() {
    let (app, ann, shelter) = haven().await;
    let file = csv(&["A1,Dog,Biscuit,2026-05-01,Stray,,,"]);
    let id = queue(&app, &ann, &shelter, &file, json!({})).await;
    app.execute("UPDATE shelters SET verified = $1", [false.into()]).await;
    app.run_work().await;

    let state =
        "query($id: ID!) { node(id: $id) { ... on Import { state errors(first: 5) { nodes { row reason } } } } }";
    let import = app.ok(&ann, state, json!({ "id": id })).await["node"].clone();
    assert_eq!((&import["state"], app.count("pets").await), (&json!("FAILED"), 0));
    let reason = text(&import["errors"]["nodes"][0]["reason"]);
    assert!(reason.contains("not verified any more"), "{reason}");
}

#[tokio::test]
async fn an_import_and_the_staff_never_wait_for_each_other_for_ever() {
    let (app, ann, shelter) = haven().await;
    let file = |stage: &str| {
        let row = |number: i32| format!("A{number},Dog,Biscuit {stage},2026-05-01,Stray,,,");
        csv(&(0..60)
            .map(row)
            .collect::<Vec<_>>()
            .iter()
            .map(String::as_str)
            .collect::<Vec<_>>())
    };
    import(&app, &ann, &shelter, &file("first"), json!({})).await;
    let present = "query($id: ID!) { shelter(id: $id) { animals(first: 100) { nodes { currentStay { id } } } } }";
    let found = app.ok(&ann, present, json!({ "id": shelter })).await;
    let animals = found["shelter"]["animals"]["nodes"].as_array().unwrap();
    let mut ids: Vec<&Value> = animals.iter().map(|animal| &animal["currentStay"]["id"]).collect();
    ids.reverse();
    for round in 0..10 {
        queue(&app, &ann, &shelter, &file(&format!("in round {round}")), json!({})).await;
        let moves = async {
            for kennel in 0..5 {
                let change = json!({ "input": { "ids": ids, "kennel": format!("{round} {kennel}") } });
                let changed = app.run(&ann, CHANGE, change).await;
                assert_eq!(user_errors(&changed), Vec::<String>::new());
            }
        };
        tokio::join!(app.run_work(), moves);
    }
    app.run_work().await;
}
