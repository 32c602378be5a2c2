//! Looking at a file before it is imported, and saying what its columns mean.

use serde_json::{Value, json};

use super::{IMPORT, REGISTER, dogs, import, outcome, queue, register, shelter, text};
use crate::support::{Actor, Answer, TestApp, codes, user_errors};

const PREVIEW: &str = "mutation($input: PreviewImportInput!) { previewImport(input: $input) { preview {
    format columns { title meaning private samples }
    animals { externalId kind status species name breed sex altered size ageGroup colors pattern microchipped intakeAt
        intakeKind outcome stage foundPlace description }
    errors { row column value reason } warnings { row column value message }
    dateOrderQuestion { column example dayFirst monthFirst } } userErrors { field code message } } }";
const SAVE: &str = "mutation($input: SaveImportMappingInput!) { saveImportMapping(input: $input) {
    mapping { id titles columns { title meaning } createdAt updatedAt } userErrors { field code message } } }";
const DELETE: &str = "mutation($id: ID!) { deleteImportMapping(input: { id: $id }) {
    deletedId userErrors { field code message } } }";
const MAPPINGS: &str = "query($id: ID!) { shelter(id: $id) {
    importMappings { id titles columns { title meaning } }
    imports(first: 1) { nodes { mapping { title meaning } } } } }";

/// Titles that nobody knows.
const POLISH: &str = "Numer,Zwierz,Przydomek,Odcien\nN1,Dog,Bello,Brown\nN2,Cat,Luna,Black\n";

async fn started() -> (TestApp, Actor, String) {
    let app = TestApp::new().await;
    let ann = app.member("ann").await;
    let id = shelter(&app, &ann).await;
    (app, ann, id)
}

async fn asked(app: &TestApp, who: &Actor, shelter: &str, file: &str, more: Value) -> Answer {
    let mut input = json!({ "shelterId": shelter, "data": file });
    input.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    app.run(who, PREVIEW, json!({ "input": input })).await
}

async fn preview(app: &TestApp, who: &Actor, shelter: &str, file: &str, more: Value) -> Value {
    let answer = asked(app, who, shelter, file, more).await;
    assert_eq!(user_errors(&answer), Vec::<String>::new());
    answer.data()["previewImport"]["preview"].clone()
}

/// What a column is taken for.
fn meaning(preview: &Value, title: &str) -> Value {
    let columns = preview["columns"].as_array().unwrap();
    let column = columns.iter().find(|column| column["title"] == title).unwrap();
    column["meaning"].clone()
}

fn names(preview: &Value) -> Vec<String> {
    let animals = preview["animals"].as_array().unwrap();
    animals.iter().map(|animal| text(&animal["name"])).collect()
}

/// What the columns of the Polish file mean.
fn columns() -> Value {
    json!([
        { "title": "numer", "meaning": "EXTERNAL_ID" },
        { "title": "Zwierz", "meaning": "SPECIES" },
        { "title": "Przydomek", "meaning": "NAME" },
        { "title": "Odcien", "meaning": "COLOR" },
    ])
}

async fn saved(app: &TestApp, who: &Actor, shelter: &str) -> Vec<Value> {
    let data = app.ok(who, MAPPINGS, json!({ "id": shelter })).await;
    data["shelter"]["importMappings"].as_array().unwrap().clone()
}

#[tokio::test]
async fn a_known_format_is_shown_as_it_would_be_imported_and_nothing_is_written() {
    let (app, ann, id) = started().await;
    let before = app.content().await;

    let seen = preview(&app, &ann, &id, &dogs(1, 12), json!({})).await;

    assert_eq!(app.content().await, before);
    assert_eq!(seen["format"], "Austin open data");
    assert_eq!(meaning(&seen, "Animal ID"), "EXTERNAL_ID");
    assert_eq!(meaning(&seen, "DateTime"), "INTAKE_DATE");
    assert_eq!(meaning(&seen, "MonthYear"), Value::Null);
    assert_eq!(seen["columns"][0]["samples"], json!(["A1", "A2", "A3"]));
    assert_eq!(seen["animals"].as_array().unwrap().len(), 10);
    let dog = &seen["animals"][0];
    assert_eq!(
        json!([
            dog["externalId"],
            dog["kind"],
            dog["status"],
            dog["species"],
            dog["name"],
            dog["sex"],
            dog["altered"]
        ]),
        json!(["A1", "SHELTERED", "OPEN", "DOG", "Biscuit", "MALE", "YES"])
    );
    assert_eq!(
        json!([
            dog["breed"],
            dog["ageGroup"],
            dog["colors"],
            dog["intakeAt"],
            dog["intakeKind"],
            dog["outcome"]
        ]),
        json!([
            "Beagle mix",
            "YOUNG",
            ["BROWN"],
            "2026-05-20T15:00:00.000Z",
            "STRAY",
            null
        ])
    );
    assert_eq!(dog["foundPlace"], "1 Elm St in Austin (TX)");
    assert_eq!(seen["dateOrderQuestion"], Value::Null);
    assert_eq!((&seen["errors"], &seen["warnings"]), (&json!([]), &json!([])));
}

#[tokio::test]
async fn a_bad_row_is_told_with_its_line_and_the_good_ones_are_shown() {
    let (app, ann, id) = started().await;
    let file = "Animal ID,Species,Sex,Intake Date\nA1,Unicorn,Male,2026-05-01\nA2,Dog,perhaps,2026-05-01\n";

    let seen = preview(&app, &ann, &id, file, json!({})).await;

    assert_eq!(
        (&seen["errors"][0]["row"], &seen["errors"][0]["value"]),
        (&json!(2), &json!("Unicorn"))
    );
    assert_eq!(
        (&seen["warnings"][0]["row"], &seen["warnings"][0]["column"]),
        (&json!(3), &json!("Sex"))
    );
    assert_eq!(seen["animals"][0]["externalId"], "A2");
}

#[tokio::test]
async fn an_unknown_file_is_corrected_by_what_the_shelter_says_of_its_columns_and_imported() {
    let (app, ann, id) = started().await;
    let unknown = preview(&app, &ann, &id, POLISH, json!({})).await;
    let known = preview(&app, &ann, &id, POLISH, json!({ "columns": columns() })).await;
    let failed = import(&app, &ann, &id, POLISH, json!({})).await;
    let done = import(&app, &ann, &id, POLISH, json!({ "columns": columns() })).await;

    assert_eq!(meaning(&unknown, "Zwierz"), Value::Null);
    assert_eq!(unknown["columns"][1]["samples"], json!(["Dog", "Cat"]));
    assert_eq!(
        (&unknown["errors"][0]["row"], &unknown["animals"]),
        (&json!(0), &json!([]))
    );
    assert_eq!(meaning(&known, "Zwierz"), "SPECIES");
    assert_eq!(names(&known), ["Bello", "Luna"]);
    assert_eq!(failed["state"], "FAILED");
    assert_eq!(outcome(&done), ("DONE".to_owned(), [2, 0, 0, 0, 0]), "{done}");
    assert_eq!(saved(&app, &ann, &id).await, Vec::<Value>::new());
}

#[tokio::test]
async fn what_is_kept_is_used_for_the_next_file_with_the_same_titles_until_it_is_forgotten() {
    let (app, ann, id) = started().await;
    let more = json!({ "columns": columns(), "saveMapping": true });
    import(&app, &ann, &id, POLISH, more).await;
    let kept = saved(&app, &ann, &id).await;
    let reordered = "Odcien,PRZYDOMEK,Numer,Zwierz\nBlack,Luna,N2,Cat\nWhite,Rex,N3,Dog\n";

    let seen = preview(&app, &ann, &id, reordered, json!({})).await;
    let next = import(&app, &ann, &id, reordered, json!({})).await;
    let told = app.ok(&ann, MAPPINGS, json!({ "id": id })).await;
    let other = import(&app, &ann, &id, "Zwierz,Przydomek\nDog,Al\n", json!({})).await;

    assert_eq!(kept.len(), 1);
    assert_eq!(kept[0]["titles"], json!(["Numer", "Zwierz", "Przydomek", "Odcien"]));
    assert_eq!(kept[0]["columns"], columns());
    assert_eq!(names(&seen), ["Luna", "Rex"]);
    assert_eq!(outcome(&next), ("DONE".to_owned(), [1, 0, 1, 0, 0]), "{next}");
    assert_eq!(told["shelter"]["imports"]["nodes"][0]["mapping"], columns());
    assert_eq!(other["state"], "FAILED");

    for _ in 0..2 {
        let forgotten = app.ok(&ann, DELETE, json!({ "id": kept[0]["id"] })).await;
        assert_eq!(forgotten["deleteImportMapping"]["deletedId"], kept[0]["id"]);
    }
    let after = import(&app, &ann, &id, reordered, json!({})).await;
    assert_eq!(after["state"], "FAILED");
    assert_eq!(app.count("import_mappings").await, 0);
}

#[tokio::test]
async fn a_queued_import_is_read_as_was_said_when_it_was_sent() {
    let (app, ann, id) = started().await;
    let more = json!({ "columns": columns(), "saveMapping": true });
    let queued = queue(&app, &ann, &id, POLISH, more).await;
    let kept = saved(&app, &ann, &id).await;
    app.ok(&ann, DELETE, json!({ "id": kept[0]["id"] })).await;

    app.run_work().await;

    let done = super::imported(&app, &ann, &queued).await;
    assert_eq!(outcome(&done), ("DONE".to_owned(), [2, 0, 0, 0, 0]), "{done}");
}

#[tokio::test]
async fn what_is_said_with_a_file_counts_before_what_was_kept() {
    let (app, ann, id) = started().await;
    let titles = json!(["Animal ID", "Species", "Name", "Call Name"]);
    let keep = async |meaning: &str| {
        let columns = json!([{ "title": "Call Name", "meaning": meaning }]);
        let input = json!({ "shelterId": id, "titles": titles, "columns": columns });
        app.ok(&ann, SAVE, json!({ "input": input })).await["saveImportMapping"]["mapping"].clone()
    };
    let (first, second) = (keep("MARKINGS").await, keep("NAME").await);
    let file = "Animal ID,Species,Name,Call Name\nA1,Dog,Max,Rex\n";

    let plain = preview(&app, &ann, &id, file, json!({})).await;
    let columns = json!([{ "title": "Call Name", "meaning": null }]);
    let said = preview(&app, &ann, &id, file, json!({ "columns": columns })).await;

    assert_eq!((&first["id"], saved(&app, &ann, &id).await.len()), (&second["id"], 1));
    assert_eq!(names(&plain), ["Rex"]);
    assert_eq!(names(&said), ["Max"]);
}

#[tokio::test]
async fn nothing_of_a_private_column_is_shown_and_nothing_of_it_becomes_public() {
    let (app, ann, id) = started().await;
    let file = "Animal ID,Species,Hidden Comments\nA1,Dog,secret\n";
    let said = |meaning: &str| json!({ "columns": [{ "title": "Hidden Comments", "meaning": meaning }] });

    let plain = asked(&app, &ann, &id, file, json!({})).await;
    let inside = asked(&app, &ann, &id, file, said("KENNEL")).await;
    let public = asked(&app, &ann, &id, file, said("DESCRIPTION")).await;

    for (answer, meaning) in [(&plain, Value::Null), (&inside, json!("KENNEL"))] {
        let column = &answer.data()["previewImport"]["preview"]["columns"][2];
        let expected = json!({ "title": "Hidden Comments", "meaning": meaning, "private": true, "samples": [] });
        assert_eq!(*column, expected);
        assert!(!answer.body.to_string().contains("secret"), "{}", answer.body);
    }
    assert_eq!(user_errors(&public), ["input.columns.0.meaning NOT_ALLOWED"]);
}

#[tokio::test]
async fn dates_with_two_readings_are_asked_for_with_both_of_them() {
    let app = TestApp::new().await;
    let ann = app.member("ann").await;
    let point = json!({ "point": { "latitude": -36.85, "longitude": 174.76 } });
    let input = json!({ "name": "Harbour Haven", "type": "RESCUE", "location": point });
    let data = app.ok(&ann, REGISTER, json!({ "input": input })).await;
    let id = text(&data["registerShelter"]["shelter"]["id"]);
    let file = "Animal ID,Name,Species,Intake Date\n1,Brae,Dog,03/04/2025\n2,Cove,Dog,05/04/2025\n";

    let open = preview(&app, &ann, &id, file, json!({})).await;
    let told = preview(&app, &ann, &id, file, json!({ "dateOrder": "DAY_FIRST" })).await;

    let question = json!({ "column": "Intake Date", "example": "03/04/2025", "dayFirst": "2025-04-03", "monthFirst": "2025-03-04" });
    assert_eq!(open["dateOrderQuestion"], question);
    assert_eq!(names(&open), ["Brae", "Cove"]);
    assert_eq!(
        (&open["animals"][0]["intakeAt"], meaning(&open, "Intake Date")),
        (&Value::Null, json!("INTAKE_DATE"))
    );
    assert_eq!(told["dateOrderQuestion"], Value::Null);
    // Midnight in Auckland.
    assert_eq!(told["animals"][0]["intakeAt"], "2025-04-02T11:00:00.000Z");
}

#[tokio::test]
async fn titles_that_the_file_does_not_have_are_refused_where_they_are_given() {
    let (app, ann, id) = started().await;
    let columns = json!([
        { "title": "Zwierz", "meaning": "SPECIES" },
        { "title": "zwierz", "meaning": "NAME" },
        { "title": "Rodzaj", "meaning": "BREED" },
    ]);
    let faults = ["input.columns.1.title INVALID", "input.columns.2.title NOT_FOUND"];
    let before = app.footprint().await;

    let looked = asked(&app, &ann, &id, POLISH, json!({ "columns": columns })).await;
    let input = json!({ "shelterId": id, "data": POLISH, "columns": columns });
    let imported = app.run(&ann, IMPORT, json!({ "input": input })).await;
    let input = json!({ "shelterId": id, "titles": ["Zwierz", "Przydomek"], "columns": columns });
    let kept = app.run(&ann, SAVE, json!({ "input": input })).await;
    let input = json!({ "shelterId": id, "data": POLISH, "saveMapping": true });
    let nothing = app.run(&ann, IMPORT, json!({ "input": input })).await;
    let input = json!({ "shelterId": id, "titles": [], "columns": columns });
    let untitled = app.run(&ann, SAVE, json!({ "input": input })).await;

    for answer in [looked, imported, kept] {
        assert_eq!(user_errors(&answer), faults);
    }
    assert_eq!(user_errors(&nothing), ["input.columns REQUIRED"]);
    assert_eq!(user_errors(&untitled), ["input.titles REQUIRED"]);
    assert_eq!(app.footprint().await, before);
}

#[tokio::test]
async fn a_file_that_is_no_table_is_a_fault_of_the_field_that_gave_it() {
    let (app, ann, id) = started().await;

    let page = asked(&app, &ann, &id, "<!doctype html><p>x", json!({})).await;
    let nothing = asked(&app, &ann, &id, " ", json!({})).await;

    assert_eq!(user_errors(&page), ["input.data INVALID"]);
    assert_eq!(user_errors(&nothing), ["input.data REQUIRED"]);
}

#[tokio::test]
async fn a_shelter_that_nobody_verified_may_look_and_each_shelter_so_often() {
    let app = TestApp::new().await;
    let ann = app.member("ann").await;
    let id = register(&app, &ann).await;
    assert_eq!(
        names(&preview(&app, &ann, &id, &dogs(1, 1), json!({})).await),
        ["Biscuit"]
    );

    app.use_up("preview-import", id.as_str()).await;

    let refused = asked(&app, &ann, &id, &dogs(1, 1), json!({})).await;
    assert_eq!(codes(&refused), ["RATE_LIMITED"]);
}

#[tokio::test]
async fn a_shelter_keeps_fifty_mappings_and_no_more() {
    let (app, ann, id) = started().await;
    let keep = async |number: usize| {
        let title = format!("Tier {number}");
        let columns = json!([{ "title": title, "meaning": "SPECIES" }]);
        let input = json!({ "shelterId": id, "titles": [title], "columns": columns });
        user_errors(&app.run(&ann, SAVE, json!({ "input": input })).await)
    };
    for number in 0..50 {
        assert_eq!(keep(number).await, Vec::<String>::new());
    }
    assert_eq!(keep(50).await, ["input.shelterId LIMIT_REACHED"]);
    assert_eq!(keep(7).await, Vec::<String>::new());
}
