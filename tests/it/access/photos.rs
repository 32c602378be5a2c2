//! Uploads, photos and the profile.

use image::ImageFormat;
use serde_json::json;

use super::{
    cast::{Cast, Who},
    row::{Entity, Row, nothing},
};
use crate::photos::upload_files::picture;

const VISITOR: &[Who] = &[Who::Visitor];
const KEY: &[Who] = &[Who::Key];

pub fn rows() -> Vec<Row> {
    vec![
        Row::new(
            "Mutation.createUpload",
            "mutation { createUpload(input: { purpose: PET_PHOTO, contentType: \"image/jpeg\", byteSize: 9 }) { userErrors { field code } } }",
            nothing,
            "ok",
        )
        .but(VISITOR, "UNAUTHENTICATED"),
        Row::new(
            "Mutation.createUpload",
            "mutation { createUpload(input: { purpose: CHAT_IMAGE, contentType: \"image/jpeg\", byteSize: 9 }) { userErrors { field code } } }",
            nothing,
            "ok",
        )
        .but(VISITOR, "UNAUTHENTICATED")
        .but(KEY, "FORBIDDEN"),
        Row::new(
            "Mutation.uploadPhoto",
            "mutation($id: ID!) { uploadPhoto(input: { uploadId: $id }) { userErrors { field code } } }",
            |cast, _| Box::pin(async { json!({ "id": sent(cast).await }) }),
            "input.uploadId NOT_FOUND",
        )
        .but(VISITOR, "UNAUTHENTICATED")
        .but(&[Who::Owner], "ok"),
        Row::new(
            "Query.photoSearch",
            "query($id: ID!) { photoSearch(uploadId: $id) { similarity } }",
            |cast, _| Box::pin(async { json!({ "id": to_search_with(cast).await }) }),
            "NOT_FOUND",
        )
        .but(VISITOR, "UNAUTHENTICATED")
        .but(KEY, "FORBIDDEN")
        .but(&[Who::Owner], "ok"),
        // Without a model nobody's picture is looked at: `photos/models.rs` tries other people's pictures with one.
        Row::new(
            "Query.suggestBreed",
            "query($id: ID!) { suggestBreed(uploadId: $id) { reason } }",
            |cast, _| Box::pin(async { json!({ "id": to_search_with(cast).await }) }),
            "ok",
        )
        .but(VISITOR, "UNAUTHENTICATED")
        .but(KEY, "FORBIDDEN"),
        Row::new("Mutation.updateProfile", "mutation { updateProfile(input: {}) { userErrors { field code } } }", nothing, "ok")
            .but(VISITOR, "UNAUTHENTICATED")
        .but(KEY, "FORBIDDEN"),
    ]
}

pub fn entities() -> Vec<Entity> {
    vec![
        Entity {
            kind: "Photo",
            make: |cast| Box::pin(photo(cast, "PET_PHOTO")),
            seen_by: &Who::ALL,
        },
        Entity {
            kind: "Photo",
            make: |cast| Box::pin(photo(cast, "CHAT_IMAGE")),
            seen_by: &[Who::Owner],
        },
        Entity {
            kind: "Upload",
            make: |cast| Box::pin(sent(cast)),
            seen_by: &[Who::Owner],
        },
    ]
}

pub async fn sent(cast: &Cast) -> String {
    cast.app
        .send(&cast.owner, "PET_PHOTO", picture(9, 9, ImageFormat::Png))
        .await
        .id
}

pub async fn to_search_with(cast: &Cast) -> String {
    cast.app
        .send(&cast.owner, "SEARCH_PHOTO", picture(9, 9, ImageFormat::Png))
        .await
        .id
}

pub async fn photo(cast: &Cast, purpose: &str) -> String {
    let photo = cast
        .app
        .photo(&cast.owner, purpose, picture(9, 9, ImageFormat::Png))
        .await;
    photo["id"].as_str().unwrap().to_owned()
}
