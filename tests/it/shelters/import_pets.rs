//! Importing files of animals.

use serde_json::{Value, json};

use super::{IMPORT, dog, dogs, file, import, outcome, register, shelter};
use crate::support::{Actor, TestApp, Visitor, user_errors};

const PETS: &str = "query($id: ID!) { shelter(id: $id) { pets(filter: { statuses: [OPEN, REUNITED, CLOSED] }) { totalCount nodes {
    name status kind species colors version description seenAt place { label exact coordinates { latitude } address } } } } }";

async fn pets(app: &TestApp, shelter: &str) -> Vec<Value> {
    let data = app.ok(&Visitor, PETS, json!({ "id": shelter })).await;
    data["shelter"]["pets"]["nodes"].as_array().unwrap().clone()
}

async fn started() -> (TestApp, Actor, String) {
    let app = TestApp::new().await;
    let ann = app.member("ann").await;
    let id = shelter(&app, &ann).await;
    (app, ann, id)
}

#[tokio::test]
async fn every_good_row_becomes_an_animal_on_the_map() {
    let (app, ann, id) = started().await;
    let done = import(&app, &ann, &id, &dogs(1, 3), json!({})).await;

    assert_eq!(outcome(&done), ("DONE".to_owned(), [3, 0, 0, 0, 0]));
    assert_eq!((&done["total"], &done["processed"]), (&json!(3), &json!(3)));
    let pets = pets(&app, &id).await;
    assert_eq!(pets.len(), 3);
    assert_eq!(
        (
            &pets[0]["name"],
            &pets[0]["kind"],
            &pets[0]["status"],
            &pets[0]["species"],
            &pets[0]["colors"]
        ),
        (
            &json!("Biscuit"),
            &json!("SHELTERED"),
            &json!("OPEN"),
            &json!("DOG"),
            &json!(["BROWN"])
        )
    );
    assert_eq!(pets[0]["place"]["label"], "Austin, TX");
    assert_eq!(
        (&pets[0]["place"]["exact"], &pets[0]["place"]["address"]),
        (&json!(false), &Value::Null)
    );
    assert!(pets[0]["place"]["coordinates"]["latitude"].is_number());
    assert!(app.events().await.contains(&"pets_imported".to_owned()));
}

/// A litter that comes from one home would lead there if each animal of it had a mask of its own.
#[tokio::test]
async fn animals_from_the_very_same_point_are_shown_at_one_point() {
    let (app, ann, id) = started().await;
    let place = |number: usize| {
        if number < 20 {
            "30.2701,-97.7412"
        } else {
            "30.2702,-97.7412"
        }
    };
    let row = |number: usize| {
        let dog = dog(&format!("A{number}"), "05/20/2026 10:00:00 AM", "Brown");
        format!("{dog},{}", place(number))
    };
    let rows: Vec<String> = (0..21).map(row).collect();
    let csv = file(&rows).replacen('\n', ",Latitude,Longitude\n", 1);

    let done = import(&app, &ann, &id, &csv, json!({})).await;

    assert_eq!(outcome(&done).1[0], 21, "{done}");
    let shown = "SELECT COUNT(DISTINCT public_latitude) FROM pets WHERE precision = 'point'";
    assert_eq!(app.value::<i64>(shown).await, 2);
}

#[tokio::test]
async fn the_same_file_twice_changes_nothing() {
    let (app, ann, id) = started().await;
    let rows = [
        dog("A1", "05/01/2026 10:00:00 AM", "Brown"),
        dog("A2", "05/02/2026 10:00:00 AM", "Black"),
        dog("A1", "05/03/2026 10:00:00 AM", "White"),
        dog("A2", "05/02/2026 10:00:00 AM", "Red"),
    ];
    let first = import(&app, &ann, &id, &file(&rows), json!({})).await;
    assert_eq!(outcome(&first), ("DONE".to_owned(), [2, 0, 2, 0, 0]));
    let before = pets(&app, &id).await;

    let second = import(&app, &ann, &id, &file(&rows), json!({})).await;
    assert_eq!(outcome(&second), ("DONE".to_owned(), [0, 0, 4, 0, 0]));
    assert_eq!(pets(&app, &id).await, before);
}

#[tokio::test]
async fn of_several_stays_of_one_animal_the_latest_counts_whatever_the_order() {
    for order in [[0, 1], [1, 0]] {
        let (app, ann, id) = started().await;
        let rows = [
            dog("A1", "05/01/2026 10:00:00 AM", "Brown"),
            dog("A1", "05/09/2026 10:00:00 AM", "White"),
        ];
        for row in order {
            import(&app, &ann, &id, &file(&rows[row..=row]), json!({})).await;
        }
        let pets = pets(&app, &id).await;
        assert_eq!((pets.len(), &pets[0]["colors"]), (1, &json!(["WHITE"])));
    }
}

#[tokio::test]
async fn a_changed_row_updates_its_animal_and_only_it() {
    let (app, ann, id) = started().await;
    import(&app, &ann, &id, &dogs(1, 2), json!({})).await;
    let rows = [
        dog("A1", "05/20/2026 10:00:00 AM", "Brown"),
        dog("A2", "05/20/2026 10:00:00 AM", "Black"),
    ];
    let done = import(&app, &ann, &id, &file(&rows), json!({})).await;
    assert_eq!(outcome(&done), ("DONE".to_owned(), [0, 1, 1, 0, 0]));
    let mut versions: Vec<_> = pets(&app, &id)
        .await
        .iter()
        .map(|pet| pet["version"].as_i64().unwrap())
        .collect();
    versions.sort_unstable();
    assert_eq!(versions, [1, 2]);
}

#[tokio::test]
async fn what_people_said_since_stands_until_the_animal_comes_in_anew() {
    let (app, ann, id) = started().await;
    import(&app, &ann, &id, &dogs(1, 1), json!({})).await;
    app.execute("UPDATE pets SET status = $1", ["reunited".into()]).await;

    let recolored = file(&[dog("A1", "05/20/2026 10:00:00 AM", "Black")]);
    import(&app, &ann, &id, &recolored, json!({})).await;
    assert_eq!(pets(&app, &id).await[0]["status"], "REUNITED");
    let back = file(&[dog("A1", "05/30/2026 10:00:00 AM", "Black")]);
    import(&app, &ann, &id, &back, json!({})).await;
    assert_eq!(pets(&app, &id).await[0]["status"], "OPEN");
}

#[tokio::test]
async fn a_place_that_cannot_be_found_is_the_shelters() {
    let (app, ann, id) = started().await;
    let row = dog("A1", "05/20/2026 10:00:00 AM", "Brown").replace("1 Elm St in Austin (TX)", "behind the barn");
    import(&app, &ann, &id, &file(&[row]), json!({})).await;

    let precision: String = app.value("SELECT precision FROM pets").await;
    assert_eq!(precision, "shelter");
    assert_eq!(pets(&app, &id).await[0]["place"]["label"], "Austin, TX");
    let exact: i64 = app
        .value("SELECT COUNT(*) FROM pets JOIN shelters ON pets.latitude = shelters.latitude AND pets.public_latitude <> shelters.latitude")
        .await;
    assert_eq!(exact, 1);
}

#[tokio::test]
async fn contact_details_in_a_description_are_hidden() {
    let (app, ann, id) = started().await;
    let csv =
        "Animal ID,Species,Intake Date,Description\nA1,Dog,2026-05-01,Call 512-555-0142 or mail ann@example.org\n";
    import(&app, &ann, &id, csv, json!({})).await;
    let description = pets(&app, &id).await[0]["description"].as_str().unwrap().to_owned();
    assert!(
        !description.contains("0142") && !description.contains('@'),
        "{description}"
    );
}

#[tokio::test]
async fn a_dry_run_counts_and_writes_no_animal() {
    let (app, ann, id) = started().await;
    import(&app, &ann, &id, &dogs(1, 2), json!({})).await;
    let rows = [
        dog("A1", "05/20/2026 10:00:00 AM", "Brown"),
        dog("A2", "05/20/2026 10:00:00 AM", "Black"),
        dog("A3", "05/20/2026 10:00:00 AM", "Black"),
        dog("A4", "someday", "Black"),
    ];
    let before = pets(&app, &id).await;
    let tried = import(&app, &ann, &id, &file(&rows), json!({ "dryRun": true })).await;
    assert_eq!(outcome(&tried), ("DONE".to_owned(), [1, 1, 1, 1, 0]));
    assert_eq!(tried["errors"]["nodes"][0]["row"], 5);
    assert_eq!(pets(&app, &id).await, before);
}

#[tokio::test]
async fn a_shelter_that_nobody_verified_may_only_try() {
    let app = TestApp::new().await;
    let ann = app.member("ann").await;
    let id = register(&app, &ann).await;
    let input = json!({ "shelterId": id, "data": dogs(1, 1) });
    let refused = app.run(&ann, IMPORT, json!({ "input": input })).await;
    assert_eq!(user_errors(&refused), ["input.shelterId NOT_ALLOWED"]);
    assert_eq!(app.count("imports").await, 0);
    let tried = import(&app, &ann, &id, &dogs(1, 1), json!({ "dryRun": true })).await;
    assert_eq!(outcome(&tried), ("DONE".to_owned(), [1, 0, 0, 0, 0]));
}

#[tokio::test]
async fn the_same_key_and_file_are_one_import() {
    let (app, ann, id) = started().await;
    let send = async |file: String| {
        let input = json!({ "shelterId": id, "data": file, "idempotencyKey": "night 1" });
        app.run(&ann, IMPORT, json!({ "input": input })).await
    };
    let (first, second) = (send(dogs(1, 1)).await, send(dogs(1, 1)).await);
    assert_eq!(
        first.data()["importPets"]["import"]["id"],
        second.data()["importPets"]["import"]["id"]
    );
    assert_eq!(user_errors(&send(dogs(1, 2)).await), ["input.idempotencyKey CONFLICT"]);
    app.run_work().await;
    assert_eq!((app.count("imports").await, app.count("pets").await), (1, 1));
}

#[tokio::test]
async fn a_file_comes_with_the_request_or_as_an_upload() {
    let (app, ann, id) = started().await;
    for (input, fault) in [
        (json!({ "shelterId": id }), "input.data REQUIRED"),
        (json!({ "shelterId": id, "data": " " }), "input.data REQUIRED"),
        (
            json!({ "shelterId": id, "data": "x".repeat(900_001) }),
            "input.data TOO_LONG",
        ),
        (
            json!({ "shelterId": id, "data": "x", "uploadId": "upl_01h455vb4pex5vsknk084sn02q" }),
            "input.uploadId INVALID",
        ),
        (
            json!({ "shelterId": id, "uploadId": "upl_01h455vb4pex5vsknk084sn02q" }),
            "input.uploadId NOT_FOUND",
        ),
        (
            json!({ "shelterId": "she_01h455vb4pex5vsknk084sn02q", "data": "x" }),
            "input.shelterId NOT_FOUND",
        ),
    ] {
        let answer = app.run(&ann, IMPORT, json!({ "input": input })).await;
        assert_eq!(user_errors(&answer), [fault]);
    }
    assert_eq!(app.count("imports").await, 0);
}
