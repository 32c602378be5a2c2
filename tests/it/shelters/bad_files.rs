//! Files as they really come.

use serde_json::json;

use super::{HEADER, dog, dogs, file, import, outcome, shelter};
use crate::support::TestApp;

async fn imported(csv: &str) -> (String, [i64; 5], Vec<String>) {
    let app = TestApp::new().await;
    let ann = app.member("ann").await;
    let id = shelter(&app, &ann).await;
    let done = import(&app, &ann, &id, csv, json!({})).await;
    let errors = done["errors"]["nodes"].as_array().unwrap().iter();
    let errors = errors.map(|error| format!("{} {}", error["row"], error["reason"].as_str().unwrap()));
    let (state, counts) = outcome(&done);
    (state, counts, errors.collect())
}

#[tokio::test]
async fn a_file_without_a_species_fails_and_says_so() {
    let (state, counts, errors) = imported("Name,Animal ID\nBiscuit,A1\n").await;
    assert_eq!((state.as_str(), counts), ("FAILED", [0; 5]));
    assert!(errors[0].starts_with("0 the file has no column for"), "{errors:?}");
}

#[tokio::test]
async fn a_file_with_two_columns_of_one_title_fails_and_names_it() {
    let (state, _, errors) = imported("Animal ID,Species,Name,Name\nA1,Dog,Biscuit,Sweetie\n").await;
    assert_eq!(state, "FAILED");
    assert!(errors[0].contains("\"Name\""), "{errors:?}");
}

#[tokio::test]
async fn a_workbook_fails_and_says_what_to_do() {
    let (state, _, errors) = imported("PK\u{3}\u{4}\u{0}\u{0}").await;
    assert_eq!(state, "FAILED");
    assert!(errors[0].contains("save it as CSV"), "{errors:?}");
}

#[tokio::test]
async fn marks_and_line_ends_of_other_systems_are_read() {
    let csv = format!(
        "\u{feff}{}",
        file(&[dog("A1", "05/20/2026 10:00:00 AM", "Brown")]).replace('\n', "\r\n")
    );
    assert_eq!(imported(&csv).await, ("DONE".to_owned(), [1, 0, 0, 0, 0], vec![]));
}

#[tokio::test]
async fn a_line_break_within_a_cell_belongs_to_the_cell() {
    let csv =
        "Animal ID,Species,Intake Date,Description\nA1,Dog,2026-05-01,\"shy,\nbut kind\"\nA2,Cat,2026-05-01,calm\n";
    assert_eq!(imported(csv).await, ("DONE".to_owned(), [2, 0, 0, 0, 0], vec![]));
}

#[tokio::test]
async fn a_truncated_file_keeps_its_good_rows() {
    let whole = dogs(1, 3);
    let cut = &whole[..whole.len() - 40];
    let (state, counts, errors) = imported(cut).await;
    assert_eq!((state.as_str(), counts), ("DONE", [2, 0, 0, 1, 0]));
    assert_eq!(errors, ["4 the file ends within a record"]);
}

#[tokio::test]
async fn a_bad_row_is_named_by_line_column_and_value() {
    let app = TestApp::new().await;
    let ann = app.member("ann").await;
    let id = shelter(&app, &ann).await;
    let csv = format!(
        "{HEADER}\n{}\n{}\n",
        dog("A1", "someday", "Brown"),
        dog("A2", "05/20/2026 10:00:00 AM", "Brown")
    );
    let done = import(&app, &ann, &id, &csv, json!({})).await;
    assert_eq!(outcome(&done), ("DONE".to_owned(), [1, 0, 0, 1, 0]));
    let error = &done["errors"]["nodes"][0];
    assert_eq!(
        (&error["row"], &error["column"], &error["value"]),
        (&json!(2), &json!("DateTime"), &json!("someday"))
    );
}

#[tokio::test]
async fn an_upload_in_windows_1252_keeps_its_letters() {
    let app = TestApp::new().await;
    let ann = app.member("ann").await;
    let id = shelter(&app, &ann).await;
    let csv = b"Animal ID,Name,Species,Intake Date\nA1,Zo\xeb,Dog,2026-05-01\n";
    let upload = upload(&app, &ann, csv).await;
    for (dry_run, created) in [(true, 1), (false, 1), (false, 0)] {
        let input = json!({ "shelterId": id, "uploadId": upload, "dryRun": dry_run });
        let data = app.ok(&ann, super::IMPORT, json!({ "input": input })).await;
        app.run_work().await;
        let done = super::imported(&app, &ann, data["importPets"]["import"]["id"].as_str().unwrap()).await;
        assert_eq!((&done["state"], &done["created"]), (&json!("DONE"), &json!(created)));
    }
    let name: String = app.value("SELECT name FROM pets").await;
    assert_eq!(name, "Zo\u{eb}");
}

async fn upload(app: &TestApp, actor: &crate::support::Actor, bytes: &[u8]) -> String {
    let create = "mutation($input: CreateUploadInput!) { createUpload(input: $input) { upload { id url method headers { name value } } userErrors { field code } } }";
    let input = json!({ "purpose": "IMPORT", "contentType": "text/csv", "byteSize": bytes.len(), "filename": "a.csv" });
    let data = app.ok(actor, create, json!({ "input": input })).await["createUpload"]["upload"].clone();
    let client = crate::support::plain_client().build().unwrap();
    let mut request = client.put(data["url"].as_str().unwrap()).body(bytes.to_vec());
    for header in data["headers"].as_array().unwrap() {
        request = request.header(header["name"].as_str().unwrap(), header["value"].as_str().unwrap());
    }
    assert!(request.send().await.unwrap().status().is_success());
    data["id"].as_str().unwrap().to_owned()
}
