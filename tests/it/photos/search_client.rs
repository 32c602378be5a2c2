//! What a client does to search with a picture.

use image::DynamicImage;
use serde_json::{Value, json};

use super::pictures::jpeg;
use crate::{
    pets::{lost_with, report},
    support::*,
};

pub const PHOTO_SEARCH: &str = "query($id: ID!, $species: Species, $first: Int) {
    photoSearch(uploadId: $id, species: $species, first: $first) { pet { id } similarity basis } }";

/// A report that was found.
#[derive(Debug, Clone, PartialEq)]
pub struct Found {
    pub id: String,
    pub similarity: f64,
    pub basis: String,
}

impl TestApp {
    /// A report with that picture and these changes to the usual one.
    pub async fn report_with(&self, who: &Actor, picture: &DynamicImage, changes: Value) -> String {
        let photo = self.photo(who, "PET_PHOTO", jpeg(picture, 90)).await;
        let mut input = lost_with(changes);
        input["photoIds"] = json!([photo["id"]]);
        report(self, who, input).await
    }

    /// What a search with that file finds.
    pub async fn search_by(&self, who: &Actor, file: Vec<u8>) -> Vec<Found> {
        let upload = self.send(who, "SEARCH_PHOTO", file).await;
        let data = self.ok(who, PHOTO_SEARCH, json!({ "id": upload.id })).await;
        found(&data["photoSearch"])
    }

    /// The ids of what a search with that picture finds.
    pub async fn ids_by(&self, who: &Actor, picture: &DynamicImage) -> Vec<String> {
        let found = self.search_by(who, jpeg(picture, 80)).await;
        found.into_iter().map(|found| found.id).collect()
    }
}

/// A list of `SimilarPet`.
pub fn found(list: &Value) -> Vec<Found> {
    let found = |row: &Value| Found {
        id: row["pet"]["id"].as_str().unwrap().to_owned(),
        similarity: row["similarity"].as_f64().unwrap(),
        basis: row["basis"].as_str().unwrap().to_owned(),
    };
    list.as_array()
        .unwrap_or_else(|| panic!("no list: {list}"))
        .iter()
        .map(found)
        .collect()
}
