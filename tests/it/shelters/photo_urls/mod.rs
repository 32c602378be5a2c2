//! Photos of imported animals, fetched from the addresses in their file.

mod addresses;
mod reports;

use std::time::Duration;

use image::ImageFormat;
use serde_json::{Value, json};

use super::{photo_host::PhotoHost, queue, shelter};
use crate::{
    photos::upload_files::picture,
    support::{Actor, Setup, TestApp},
};

const ANIMALS: &str = "query($id: ID!) { shelter(id: $id) { animals(first: 20) { nodes { externalId
    currentStay { report { id version photos { id url width } } } } } } }";
const PHOTOS: &str =
    "query($id: ID!) { node(id: $id) { ... on Import { warned photos { wanted fetched failed placeholders }
    photoFailures(first: 20) { totalCount nodes { url reason pet { id } } } } } }";
const CLOSE: &str = "mutation($id: ID!) { closePet(input: { id: $id, outcome: ADOPTED }) { userErrors { field } } }";

const DAY: u64 = 24 * 60 * 60;

/// A verified shelter of ann's, whose server may be reached though it is on this machine.
async fn haven() -> (TestApp, Actor, String, PhotoHost) {
    let setup = Setup {
        adjust: |config| config.outbound_networks = vec!["127.0.0.0/8".parse().unwrap()],
        ..Setup::default()
    };
    let app = TestApp::start(setup).await;
    let ann = app.member("ann").await;
    let id = shelter(&app, &ann).await;
    (app, ann, id, PhotoHost::start().await)
}

/// A file of dogs: own id, colour and addresses.
fn dogs(rows: &[(&str, &str, &[&str])]) -> String {
    let mut file = "Animal ID,Animal Type,Color,photo1,photo2,photo3\n".to_owned();
    for (id, color, urls) in rows {
        let url = |place: usize| urls.get(place).copied().unwrap_or_default();
        file += &format!("{id},Dog,{color},{},{},{}\n", url(0), url(1), url(2));
    }
    file
}

/// Imports a file, with all that follows, and returns the import's id.
async fn bring(app: &TestApp, ann: &Actor, shelter: &str, file: &str) -> String {
    let id = queue(app, ann, shelter, file, json!({})).await;
    app.run_work().await;
    id
}

/// Lets time pass, with what happens then; nobody stays logged in for so long.
async fn later(app: &TestApp, ann: &Actor, seconds: u64) -> Actor {
    app.clock.advance(Duration::from_secs(seconds));
    let ann = app.log_in_again(ann).await;
    app.run_work().await;
    ann
}

/// The report of an animal that is there.
async fn report(app: &TestApp, ann: &Actor, shelter: &str, animal: &str) -> Value {
    let found = app.ok(ann, ANIMALS, json!({ "id": shelter })).await;
    let animals = found["shelter"]["animals"]["nodes"].as_array().unwrap().clone();
    let found = animals.into_iter().find(|found| found["externalId"] == animal);
    found.unwrap_or_else(|| panic!("no {animal}"))["currentStay"]["report"].clone()
}

/// The widths of the photos of an animal, by which they are told apart.
async fn widths(app: &TestApp, ann: &Actor, shelter: &str, animal: &str) -> Vec<i64> {
    let report = report(app, ann, shelter, animal).await;
    let photos = report["photos"].as_array().unwrap();
    photos.iter().map(|photo| photo["width"].as_i64().unwrap()).collect()
}

async fn seen(app: &TestApp, ann: &Actor, import: &str) -> Value {
    app.ok(ann, PHOTOS, json!({ "id": import })).await["node"].clone()
}

/// Wanted, fetched, failed and placeholders.
fn counts(import: &Value) -> [i64; 4] {
    ["wanted", "fetched", "failed", "placeholders"].map(|name| import["photos"][name].as_i64().unwrap())
}

/// The address and the reason of the only photo that was left out.
fn failure(import: &Value) -> (String, String) {
    let failures = &import["photoFailures"];
    assert_eq!(failures["totalCount"], 1, "{failures}");
    let text = |name: &str| failures["nodes"][0][name].as_str().unwrap().to_owned();
    (text("url"), text("reason"))
}

fn photo(width: u32) -> Vec<u8> {
    picture(width, 30, ImageFormat::Jpeg)
}
