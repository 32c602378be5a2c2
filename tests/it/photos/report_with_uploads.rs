//! Reports and sightings that are made with uploads instead of photos.

use futures_util::future::join_all;
use image::ImageFormat;
use serde_json::{Value, json};

use super::{
    pictures::{jpeg, scene},
    upload_client::UPLOAD_PHOTO,
    upload_files::picture,
};
use crate::{
    pets::{REPORT, lost, lost_with, report, with},
    shelters,
    support::*,
};

const PHOTOS: &str = "query($id: ID!) { pet(id: $id) { photos { id width } } }";
const ADD: &str = "mutation($input: AddSightingInput!) { addSighting(input: $input) {
    sighting { id photo { width } } userErrors { field code message } } }";

fn input(input: Value) -> Value {
    json!({ "input": input })
}

async fn sent(app: &TestApp, who: &impl Caller, width: u32) -> String {
    app.send(who, "PET_PHOTO", picture(width, 20, ImageFormat::Jpeg))
        .await
        .id
}

async fn widths(app: &TestApp, pet: &Value) -> Vec<i64> {
    let data = app.ok(&Visitor, PHOTOS, json!({ "id": pet["id"] })).await;
    let photos = data["pet"]["photos"].as_array().unwrap();
    photos.iter().map(|photo| photo["width"].as_i64().unwrap()).collect()
}

#[tokio::test]
async fn uploads_become_the_photos_of_a_report_in_their_order_after_those_that_are_there() {
    let app = TestApp::new().await;
    let ann = app.member("ann").await;
    let photo = app.photo(&ann, "PET_PHOTO", picture(30, 20, ImageFormat::Png)).await;
    let uploads = [sent(&app, &ann, 50).await, sent(&app, &ann, 40).await];
    let made = lost_with(json!({ "photoIds": [photo["id"]], "uploadIds": uploads }));

    let data = app.ok(&ann, REPORT, input(made)).await;

    assert_eq!(widths(&app, &data["reportPet"]["pet"]).await, [30, 50, 40]);
    assert_eq!(app.blobs("uploads").len(), 0, "the raw bytes are not kept");
    let again = lost_with(json!({ "uploadIds": uploads }));
    let refused = app.run(&ann, REPORT, input(again)).await;
    assert_eq!(
        user_errors(&refused),
        ["input.uploadIds.0 CONFLICT", "input.uploadIds.1 CONFLICT"]
    );
    app.run_work().await;
}

#[tokio::test]
async fn a_report_with_a_bad_upload_leaves_nothing_and_names_each_that_is_bad() {
    let app = TestApp::new().await;
    let (ann, bob) = (app.member("ann").await, app.member("bob").await);
    let good = sent(&app, &ann, 40).await;
    let broken = app.send(&ann, "PET_PHOTO", b"no picture at all".to_vec()).await;
    let waiting = app.announce(&ann, "PET_PHOTO", 9).await;
    let searched = app.send(&ann, "SEARCH_PHOTO", picture(9, 9, ImageFormat::Png)).await;
    let foreign = sent(&app, &bob, 40).await;
    let uploads = [&good, &broken.id, &waiting.id, &searched.id, &foreign];
    let before = app.footprint().await;

    let refused = app
        .run(&ann, REPORT, input(lost_with(json!({ "uploadIds": uploads }))))
        .await;

    assert_eq!(
        user_errors(&refused),
        [
            "input.uploadIds.1 INVALID",
            "input.uploadIds.2 NOT_ALLOWED",
            "input.uploadIds.3 INVALID",
            "input.uploadIds.4 NOT_FOUND"
        ]
    );
    assert_eq!(app.footprint().await, before);
    let folders = app.blobs("photos").into_iter();
    let filled = folders.filter(|folder| std::fs::read_dir(folder).unwrap().next().is_some());
    assert_eq!(filled.count(), 0, "no copies are kept");
    let data = app
        .ok(&ann, REPORT, input(lost_with(json!({ "uploadIds": [good] }))))
        .await;
    assert_eq!(widths(&app, &data["reportPet"]["pet"]).await, [40]);
    app.run_work().await;
}

#[tokio::test]
async fn a_report_that_is_refused_for_something_else_can_be_made_again_with_its_uploads() {
    let app = TestApp::new().await;
    let ann = app.member("ann").await;
    let uploads = json!({ "uploadIds": [sent(&app, &ann, 40).await] });
    let before = app.footprint().await;

    let wrong = with(lost_with(uploads.clone()), json!({ "seenAt": "2100-01-01T00:00:00Z" }));
    let refused = app.run(&ann, REPORT, input(wrong)).await;

    assert_eq!(user_errors(&refused), ["input.seenAt OUT_OF_RANGE"]);
    assert_eq!(app.footprint().await, before);
    let data = app.ok(&ann, REPORT, input(lost_with(uploads))).await;
    assert_eq!(widths(&app, &data["reportPet"]["pet"]).await, [40]);
    app.run_work().await;
}

#[tokio::test]
async fn a_report_takes_ten_photos_in_all_and_names_an_upload_once() {
    let app = TestApp::new().await;
    let ann = app.member("ann").await;
    let photo = app.photo(&ann, "PET_PHOTO", picture(30, 20, ImageFormat::Png)).await;
    let one = sent(&app, &ann, 40).await;
    let many: Vec<String> = (0..10).map(|_| one.clone()).collect();
    for (uploads, fault) in [
        (
            json!({ "photoIds": [photo["id"]], "uploadIds": many }),
            "input.uploadIds TOO_MANY",
        ),
        (json!({ "uploadIds": [one, one] }), "input.uploadIds INVALID"),
        (json!({ "uploadIds": [one, "nonsense"] }), "input.uploadIds.1 NOT_FOUND"),
    ] {
        let refused = app.run(&ann, REPORT, input(lost_with(uploads))).await;
        assert_eq!(user_errors(&refused), [fault]);
    }
    assert_eq!((app.count("pets").await, app.count("photos").await), (0, 1));
}

#[tokio::test]
async fn a_report_that_is_sent_many_times_at_once_with_a_key_is_made_once_with_its_photos() {
    let app = TestApp::new().await;
    let ann = app.member("ann").await;
    let uploads = [sent(&app, &ann, 50).await, sent(&app, &ann, 40).await];
    let keyed = lost_with(json!({ "uploadIds": uploads, "idempotencyKey": "first" }));

    let answers = join_all((0..4).map(|_| app.ok(&ann, REPORT, input(keyed.clone())))).await;
    let late = app.ok(&ann, REPORT, input(keyed)).await;

    let first = &late["reportPet"]["pet"];
    assert!(
        answers.iter().all(|answer| &answer["reportPet"]["pet"] == first),
        "{answers:#?}"
    );
    assert_eq!((app.count("pets").await, app.count("photos").await), (1, 2));
    assert_eq!(widths(&app, first).await, [50, 40]);
    app.run_work().await;
}

#[tokio::test]
async fn a_report_with_an_upload_is_found_by_its_picture_at_once() {
    let app = TestApp::new().await;
    let (ann, bob) = (app.member("ann").await, app.member("bob").await);
    let upload = app.send(&ann, "PET_PHOTO", jpeg(&scene(1), 90)).await;
    let id = report(&app, &ann, lost_with(json!({ "uploadIds": [upload.id] }))).await;

    assert_eq!(app.ids_by(&bob, &scene(1)).await, [id]);
    app.run_work().await;
}

#[tokio::test]
async fn a_sighting_takes_an_upload_or_a_photo() {
    let app = TestApp::new().await;
    let (ann, bob) = (app.member("ann").await, app.member("bob").await);
    let pet = report(&app, &ann, lost()).await;
    let seen = |changes: Value| {
        let seen = json!({ "petId": pet, "seenAt": "2026-05-31T08:00:00Z", "address": "Austin, TX" });
        input(with(seen, changes))
    };
    let photo = app.photo(&bob, "PET_PHOTO", picture(30, 20, ImageFormat::Png)).await;
    let upload = sent(&app, &bob, 40).await;
    let foreign = sent(&app, &ann, 40).await;
    let before = app.footprint().await;
    for (changes, fault) in [
        (
            json!({ "uploadId": upload, "photoId": photo["id"] }),
            "input.uploadId NOT_ALLOWED",
        ),
        (json!({ "uploadId": foreign }), "input.uploadId NOT_FOUND"),
        (
            json!({ "uploadId": upload, "seenAt": "2100-01-01T00:00:00Z" }),
            "input.seenAt OUT_OF_RANGE",
        ),
    ] {
        let refused = app.run(&bob, ADD, seen(changes)).await;
        assert_eq!(user_errors(&refused), [fault]);
    }
    assert_eq!(app.footprint().await, before);

    let keyed = seen(json!({ "uploadId": upload, "idempotencyKey": "once" }));
    let answers = join_all((0..3).map(|_| app.ok(&bob, ADD, keyed.clone()))).await;

    assert_eq!(answers[0]["addSighting"]["sighting"]["photo"]["width"], 40);
    assert!(answers.iter().all(|answer| answer == &answers[0]), "{answers:#?}");
    assert_eq!(app.count("sightings").await, 1);
    app.run_work().await;
}

#[tokio::test]
async fn a_key_that_may_write_reports_uploads_their_photos() {
    let app = TestApp::new().await;
    let ann = app.verified("ann").await;
    let shelter = shelters::shelter(&app, &ann).await;
    let writer = Bearer(shelters::key(&app, &ann, &shelter, &["pets:write"]).await);
    let other = Bearer(shelters::key(&app, &ann, &shelter, &["pets:write"]).await);
    let found = |changes: Value| input(with(lost_with(json!({ "kind": "FOUND" })), changes));

    let first = sent(&app, &writer, 50).await;
    let made = app.ok(&writer, UPLOAD_PHOTO, input(json!({ "uploadId": first }))).await;
    let photo = &made["uploadPhoto"]["photo"]["id"];
    let second = sent(&app, &writer, 40).await;
    for (who, changes, fault) in [
        (&other, json!({ "uploadIds": [second] }), "input.uploadIds.0 NOT_FOUND"),
        (&other, json!({ "photoIds": [photo] }), "input.photoIds.0 NOT_FOUND"),
    ] {
        let refused = app.run(who, REPORT, found(changes)).await;
        assert_eq!(user_errors(&refused), [fault]);
    }
    let by_ann = app.run(&ann, REPORT, found(json!({ "uploadIds": [second] }))).await;
    assert_eq!(user_errors(&by_ann), ["input.uploadIds.0 NOT_FOUND"]);

    let data = app
        .ok(
            &writer,
            REPORT,
            found(json!({ "photoIds": [photo], "uploadIds": [second] })),
        )
        .await;

    assert_eq!(widths(&app, &data["reportPet"]["pet"]).await, [50, 40]);
    app.run_work().await;
}
