use image::ImageFormat;
use serde_json::{Value, json};

use super::{
    upload_client::UPLOAD_PHOTO,
    upload_files::{bomb, jpeg_with_a_place, picture},
};
use crate::support::*;

fn input(upload_id: &str) -> Value {
    json!({ "input": { "uploadId": upload_id } })
}

#[tokio::test]
async fn an_upload_becomes_a_photo_with_the_copies_that_it_has_room_for() {
    let app = TestApp::new().await;
    let ann = app.member("ann").await;

    let photo = app.photo(&ann, "PET_PHOTO", picture(700, 350, ImageFormat::Png)).await;

    let id = photo["id"].as_str().unwrap();
    assert_eq!((&photo["width"], &photo["height"]), (&json!(700), &json!(350)));
    assert_eq!(photo["url"], format!("{}/media/{id}/original", app.url));
    assert_eq!(photo["thumbnailUrl"], format!("{}/media/{id}/w320", app.url));
    let kept = app.blobs(&format!("photos/{id}"));
    let names: Vec<_> = kept.iter().map(|path| path.file_name().unwrap()).collect();
    assert_eq!(names, ["original", "w160", "w320", "w640"]);
    assert_eq!(app.blobs("uploads").len(), 0, "the raw bytes are not kept");
}

#[tokio::test]
async fn the_same_upload_gives_the_same_photo() {
    let app = TestApp::new().await;
    let ann = app.member("ann").await;
    let upload = app.send(&ann, "PET_PHOTO", picture(20, 20, ImageFormat::Jpeg)).await;

    let first = app.ok(&ann, UPLOAD_PHOTO, input(&upload.id)).await;
    let again = app.ok(&ann, UPLOAD_PHOTO, input(&upload.id)).await;

    assert_eq!(first, again);
    assert_eq!(app.count("photos").await, 1);
}

#[tokio::test]
async fn an_upload_asked_for_at_many_places_at_once_gives_one_photo() {
    let app = TestApp::new().await;
    let ann = app.member("ann").await;
    let upload = app.send(&ann, "PET_PHOTO", picture(400, 400, ImageFormat::Jpeg)).await;

    let asked = (0..6).map(|_| app.ok(&ann, UPLOAD_PHOTO, input(&upload.id)));
    let answers = futures_util::future::join_all(asked).await;

    assert!(answers.iter().all(|answer| answer == &answers[0]), "{answers:#?}");
    assert_eq!(app.count("photos").await, 1);
    let folders = app.blobs("photos").into_iter();
    let filled = folders.filter(|folder| std::fs::read_dir(folder).unwrap().next().is_some());
    assert_eq!(filled.count(), 1, "copies of those who came second are not kept");
}

#[tokio::test]
async fn what_is_no_photo_is_refused_by_its_content_with_a_remedy() {
    let app = TestApp::new().await;
    let ann = app.member("ann").await;
    let whole = picture(64, 64, ImageFormat::Png);
    for (bytes, reason) in [
        (b"GIF89a\x01\0\x01\0\0\0\0;".to_vec(), "a GIF"),
        (
            b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>".to_vec(),
            "an SVG",
        ),
        (b"not a picture at all".to_vec(), "something else"),
        (whole[..whole.len() / 2].to_vec(), "cut off"),
        (bomb(), "50 million pixels"),
    ] {
        let upload = app.send(&ann, "PET_PHOTO", bytes).await;
        let refused = app.run(&ann, UPLOAD_PHOTO, input(&upload.id)).await;
        assert_eq!(user_errors(&refused), ["input.uploadId INVALID"], "{reason}");
        let message = refused.data()["uploadPhoto"]["userErrors"][0]["message"]
            .as_str()
            .unwrap();
        assert!(message.contains(reason) && message.contains("please"), "{message}");
    }
    assert_eq!((app.count("photos").await, app.blobs("photos").len()), (0, 0));
}

#[tokio::test]
async fn an_upload_that_is_not_ready_or_not_for_photos_is_refused() {
    let app = TestApp::new().await;
    let (ann, bob) = (app.member("ann").await, app.member("bob").await);
    let waiting = app.announce(&ann, "PET_PHOTO", 9).await;
    crate::shelters::shelter(&app, &ann).await;
    let table = app.send(&ann, "IMPORT", b"name\nRex".to_vec()).await;
    let foreign = app.send(&bob, "PET_PHOTO", picture(9, 9, ImageFormat::Png)).await;
    for (id, fault) in [
        (waiting.id.as_str(), "input.uploadId NOT_ALLOWED"),
        (table.id.as_str(), "input.uploadId INVALID"),
        (foreign.id.as_str(), "input.uploadId NOT_FOUND"),
        ("upl_01h455vb4pex5vsknk084sn02q", "input.uploadId NOT_FOUND"),
        ("'; DROP TABLE photos", "input.uploadId NOT_FOUND"),
    ] {
        let refused = app.run(&ann, UPLOAD_PHOTO, input(id)).await;
        assert_eq!(user_errors(&refused), [fault], "{id}");
    }
    let visitor = app.run(&Visitor, UPLOAD_PHOTO, input(&foreign.id)).await;
    assert_eq!(codes(&visitor), ["UNAUTHENTICATED"]);
    assert_eq!(app.count("photos").await, 0);
}

#[tokio::test]
async fn a_description_is_cleaned_and_hides_contact_details() {
    let app = TestApp::new().await;
    let ann = app.member("ann").await;
    let upload = app.send(&ann, "PET_PHOTO", picture(9, 9, ImageFormat::Png)).await;
    let long = json!({ "input": { "uploadId": upload.id, "alt": "x".repeat(501) } });
    let refused = app.run(&ann, UPLOAD_PHOTO, long).await;
    assert_eq!(user_errors(&refused), ["input.alt TOO_LONG"]);

    let typed = json!({ "input": { "uploadId": upload.id, "alt": " Sweetie,\u{202e} call 512 555 0142 " } });
    let data = app.ok(&ann, UPLOAD_PHOTO, typed).await;

    assert_eq!(data["uploadPhoto"]["photo"]["alt"], "Sweetie, call [contact hidden]");
}

#[tokio::test]
async fn the_place_where_a_photo_was_taken_is_kept_nowhere() {
    let app = TestApp::new().await;
    let ann = app.member("ann").await;
    let sent = jpeg_with_a_place();
    let tells = |bytes: &[u8]| bytes.windows(9).any(|window| window == b"12 Elm St");
    assert!(tells(&sent));

    let photo = app.photo(&ann, "PET_PHOTO", sent).await;

    let served = app.get(app.path(photo["url"].as_str().unwrap())).await;
    assert!(!tells(&served.bytes().await.unwrap()));
    assert_eq!(app.blobs("uploads").len(), 0);
}

#[tokio::test]
async fn a_thumbnail_is_at_least_as_wide_as_asked_for() {
    let app = TestApp::new().await;
    let ann = app.member("ann").await;
    let photo = app.photo(&ann, "PET_PHOTO", picture(700, 70, ImageFormat::Png)).await;
    let query = "query($id: ID!, $width: Int!) { node(id: $id) { ... on Photo { thumbnailUrl(width: $width) } } }";
    for (width, variant) in [
        (16, "w160"),
        (161, "w320"),
        (640, "w640"),
        (641, "original"),
        (2560, "original"),
    ] {
        let data = app
            .ok(&Visitor, query, json!({ "id": photo["id"], "width": width }))
            .await;
        let url = data["node"]["thumbnailUrl"].as_str().unwrap();
        assert!(url.ends_with(&format!("/{variant}")), "{width}: {url}");
        let served = app.get(app.path(url)).await.bytes().await.unwrap();
        let served = image::load_from_memory(&served).unwrap();
        assert!(width.min(700) <= served.width(), "{width}: {}", served.width());
    }
    for width in [15, 2561, 0, -1] {
        let refused = app
            .run(&Visitor, query, json!({ "id": photo["id"], "width": width }))
            .await;
        assert_eq!(codes(&refused), ["BAD_USER_INPUT"], "{width}");
    }
}
