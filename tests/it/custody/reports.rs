//! A report of an animal in care and the stay that publishes it go together.

use serde_json::{Value, json};

use super::{CLOSE, happened, haven, seen, stay_of, taken_in, text};
use crate::{
    matching::{dog, report, with},
    support::{Visitor, user_errors},
};

#[tokio::test]
async fn a_stay_begins_with_the_report_of_an_animal_in_care_and_ends_with_it() {
    let (app, ann, shelter) = haven().await;
    let pet = taken_in(&app, &ann, &shelter, "Biscuit").await;
    let begun = stay_of(&app, &ann, &pet).await;
    assert_eq!(
        (
            &begun["intakeKind"],
            &begun["intakeType"],
            &begun["stage"],
            &begun["intakeAt"]
        ),
        (
            &json!("STRAY"),
            &json!("Stray"),
            &json!("INTAKE"),
            &json!("2026-05-20T10:00:00.000Z")
        )
    );
    assert_eq!(begun["animal"]["currentStay"]["id"], begun["id"]);
    assert_eq!(begun["animal"]["microchips"], json!(["985112004567894"]));
    assert_eq!(happened(&begun), [("TAKEN_IN".to_owned(), Value::Null, json!("stray"))]);

    let close = json!({ "input": { "id": pet, "outcome": "ADOPTED" } });
    app.ok(&ann, CLOSE, close.clone()).await;
    app.ok(&ann, CLOSE, close).await;

    let ended = stay_of(&app, &ann, &pet).await;
    assert_eq!(ended["outcome"], "ADOPTED");
    assert_eq!(ended["animal"]["currentStay"], Value::Null);
    assert_eq!(
        happened(&ended)[1..],
        [("ENDED".to_owned(), Value::Null, json!("adopted"))]
    );
    assert_eq!(ended["events"]["nodes"][1]["recordedBy"], json!(ann.id));
    app.leave_work();
}

#[tokio::test]
async fn a_corrected_report_corrects_the_animal_and_the_intake() {
    let (app, ann, shelter) = haven().await;
    let pet = taken_in(&app, &ann, &shelter, "Biscuit").await;
    let update =
        "mutation($input: UpdatePetInput!) { updatePet(input: $input) { pet { version } userErrors { code } } }";
    let input =
        json!({ "id": pet, "name": "Sweetie", "seenAt": "2026-05-19T10:00:00Z", "intakeType": "Owner Surrender" });
    app.ok(&ann, update, json!({ "input": input })).await;

    let stay = stay_of(&app, &ann, &pet).await;
    assert_eq!(stay["animal"]["name"], "Sweetie");
    assert_eq!(
        (&stay["intakeAt"], &stay["intakeKind"]),
        (&json!("2026-05-19T10:00:00.000Z"), &json!("OWNER_SURRENDER"))
    );
    let corrected = happened(&stay);
    assert_eq!(
        corrected[2],
        ("INTAKE_CORRECTED".to_owned(), json!("Stray"), json!("Owner Surrender"))
    );
    app.leave_work();
}

#[tokio::test]
async fn a_found_animal_that_nobody_has_in_care_begins_no_stay() {
    let (app, ann, shelter) = haven().await;
    let found = with(
        dog("FOUND", 30.2672, "2026-05-20T10:00:00Z"),
        json!({ "shelterId": shelter }),
    );
    let pet = report(&app, &ann, found).await;
    assert_eq!(seen(&app, &ann, &pet).await["stay"], Value::Null);
    assert_eq!(app.count("stays").await, 0);

    let update =
        "mutation($input: UpdatePetInput!) { updatePet(input: $input) { pet { id } userErrors { field code } } }";
    let told = app
        .run(&ann, update, json!({ "input": { "id": pet, "intakeType": "Stray" } }))
        .await;
    assert_eq!(user_errors(&told), ["input.intakeType NOT_ALLOWED"]);
    app.leave_work();
}

#[tokio::test]
async fn only_those_who_work_there_see_the_animal_and_the_stay() {
    let (app, ann, shelter) = haven().await;
    let pet = taken_in(&app, &ann, &shelter, "Biscuit").await;
    let query = "query($id: ID!, $shelter: ID!) { pet(id: $id) { name stay { id } shelterAnimal { id } }
        shelter(id: $shelter) { animals(filter: { inCare: true }) { totalCount } } }";
    let variables = json!({ "id": pet, "shelter": shelter });
    let public = app.ok(&Visitor, query, variables.clone()).await;
    assert_eq!(
        public["pet"],
        json!({ "name": "Biscuit", "stay": null, "shelterAnimal": null })
    );
    assert_eq!(public["shelter"]["animals"], Value::Null);
    let inside = app.ok(&ann, query, variables).await;
    assert_eq!(inside["shelter"]["animals"]["totalCount"], 1);
    app.leave_work();
}

#[tokio::test]
async fn the_inventory_is_searched_by_stage_species_and_words() {
    let (app, ann, shelter) = haven().await;
    for name in ["Biscuit", "Sweetie"] {
        taken_in(&app, &ann, &shelter, name).await;
    }
    let left = taken_in(&app, &ann, &shelter, "Gone").await;
    app.ok(&ann, CLOSE, json!({ "input": { "id": left, "outcome": "REUNITED" } }))
        .await;
    let query =
        "query($id: ID!, $filter: ShelterAnimalFilter) { shelter(id: $id) { animals(filter: $filter, first: 10) {
        totalCount nodes { name currentStay { stage } } } } }";
    for (filter, names) in [
        (json!({}), vec!["Gone", "Sweetie", "Biscuit"]),
        (json!({ "inCare": true }), vec!["Sweetie", "Biscuit"]),
        (json!({ "inCare": false }), vec!["Gone"]),
        (json!({ "text": "sweet" }), vec!["Sweetie"]),
        (
            json!({ "stages": ["INTAKE"], "species": ["DOG"] }),
            vec!["Sweetie", "Biscuit"],
        ),
        (json!({ "stages": ["FOSTER"] }), vec![]),
        (json!({ "species": ["CAT"] }), vec![]),
    ] {
        let found = app.ok(&ann, query, json!({ "id": shelter, "filter": filter })).await;
        let animals = &found["shelter"]["animals"];
        let found: Vec<String> = animals["nodes"]
            .as_array()
            .unwrap()
            .iter()
            .map(|one| text(&one["name"]))
            .collect();
        assert_eq!(found, names, "{filter}");
        assert_eq!(animals["totalCount"], names.len(), "{filter}");
    }
    app.leave_work();
}
