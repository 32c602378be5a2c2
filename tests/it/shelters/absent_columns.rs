//! What a file does not speak of.

use serde_json::{Value, json};

use super::{import, outcome, shelter};
use crate::support::{Actor, TestApp, Visitor};

const WHOLE: &str = "ANIMALCODE,ANIMALNAME,ANIMALSEX,ANIMALCOLOR,ANIMALBREED1,ANIMALDOB,ANIMALSIZE,ANIMALSPECIES,ANIMALMARKINGS,ANIMALENTRYDATE,ANIMALPICKUPADDRESS\n\
W1,Sorrel,Female,Brown,Beagle,2021-03-04,Medium,Dog,white socks,2026-05-05,\"201 W 2nd St, Austin, TX 78701\"\n";
const PET: &str = "query($id: ID!) { shelter(id: $id) { pets { nodes {
    name sex colors breed { primary } ageGroup size markings seenAt place { label exact } } } } }";

async fn with_sorrel() -> (TestApp, Actor, String, Value) {
    let app = TestApp::new().await;
    let ann = app.member("ann").await;
    let id = shelter(&app, &ann).await;
    import(&app, &ann, &id, WHOLE, json!({})).await;
    let before = pet(&app, &id).await;
    assert_eq!(
        (&before["name"], &before["ageGroup"]),
        (&json!("Sorrel"), &json!("ADULT"))
    );
    (app, ann, id, before)
}

async fn pet(app: &TestApp, shelter: &str) -> Value {
    let data = app.ok(&Visitor, PET, json!({ "id": shelter })).await;
    data["shelter"]["pets"]["nodes"][0].clone()
}

#[tokio::test]
async fn a_column_that_the_file_does_not_have_changes_nothing() {
    let (app, ann, id, before) = with_sorrel().await;

    let csv = "ANIMALCODE,ANIMALSPECIES,ANIMALMICROCHIP\nW1,Dog,985112003477001\n";
    let done = import(&app, &ann, &id, csv, json!({})).await;

    assert_eq!(outcome(&done), ("DONE".to_owned(), [0, 1, 0, 0, 0]));
    assert_eq!(pet(&app, &id).await, before);
    let chip: String = app.value("SELECT microchip FROM pets").await;
    assert_eq!(chip, "985112003477001");
}

#[tokio::test]
async fn a_key_that_an_object_does_not_have_changes_nothing() {
    let (app, ann, id, before) = with_sorrel().await;

    // The other animal has a name, so the file has such a column.
    let list = json!([
        { "id": "W1", "species": "Dog", "microchip": "985112003477001" },
        { "id": "W2", "species": "Cat", "name": "Biscuit" },
    ]);
    let done = import(&app, &ann, &id, &list.to_string(), json!({})).await;

    assert_eq!(outcome(&done), ("DONE".to_owned(), [1, 1, 0, 0, 0]));
    let name: String = app
        .value("SELECT name FROM pets WHERE animal_id = (SELECT id FROM shelter_animals WHERE external_id = 'W1')")
        .await;
    assert_eq!(name, before["name"]);
}

#[tokio::test]
async fn an_empty_cell_empties_and_words_that_nobody_understands_change_nothing() {
    let (app, ann, id, before) = with_sorrel().await;

    let csv = "ANIMALCODE,ANIMALSPECIES,ANIMALNAME,ANIMALSIZE,ANIMALSEX\nW1,Dog,,huge,perhaps\n";
    let done = import(&app, &ann, &id, csv, json!({})).await;

    assert_eq!(
        (&done["warned"], &done["warnings"]["totalCount"]),
        (&json!(1), &json!(2)),
        "{done}"
    );
    let after = pet(&app, &id).await;
    assert_eq!(after["name"], Value::Null);
    for field in ["size", "sex", "colors", "ageGroup", "place"] {
        assert_eq!(after[field], before[field], "{field}");
    }
}
