use std::time::Duration;

use finding_sweetie::domain::photos;
use image::{DynamicImage, ImageFormat};
use serde_json::json;

use super::{
    pictures::{cropped, half, jpeg, png, scene},
    search_client::PHOTO_SEARCH,
    upload_files::{bomb, picture},
};
use crate::support::*;

#[tokio::test]
async fn copies_of_a_photo_are_found_and_other_photos_are_not() {
    let app = TestApp::new().await;
    let (ann, bob) = (app.member("ann").await, app.member("bob").await);
    let own = scene(1);
    let sweetie = app.report_with(&ann, &own, json!({})).await;
    app.report_with(&ann, &scene(2), json!({})).await;
    let copies = [
        ("the file itself", jpeg(&own, 90)),
        ("packed anew", jpeg(&own, 30)),
        ("another format", png(&own)),
        ("half as large", jpeg(&half(&own), 80)),
        ("brighter", jpeg(&own.brighten(25), 80)),
        ("grey", jpeg(&DynamicImage::from(own.to_luma8()), 80)),
        ("in a mirror", jpeg(&own.fliph(), 80)),
        ("without a tenth at the left", jpeg(&cropped(&own, [10, 0, 0, 0]), 80)),
        ("without a tenth at the top", jpeg(&cropped(&own, [0, 0, 10, 0]), 80)),
        ("without a rim", jpeg(&cropped(&own, [5, 5, 5, 5]), 80)),
        (
            "all at once",
            jpeg(&half(&cropped(&own, [5, 5, 5, 5]).fliph().brighten(15)), 50),
        ),
    ];
    for (what, file) in copies {
        let found = app.search_by(&bob, file).await;

        assert_eq!(found.len(), 1, "{what}: {found:?}");
        assert_eq!(
            (found[0].id.as_str(), found[0].basis.as_str()),
            (sweetie.as_str(), "PICTURE"),
            "{what}"
        );
        assert!((0.5..=1.0).contains(&found[0].similarity), "{what}: {found:?}");
    }
    assert_eq!(app.search_by(&bob, jpeg(&scene(3), 80)).await, []);
    app.leave_work();
}

#[tokio::test]
async fn a_report_with_a_cropped_photo_is_found_by_the_whole_picture() {
    let app = TestApp::new().await;
    let ann = app.member("ann").await;
    let id = app
        .report_with(&ann, &cropped(&scene(1), [0, 10, 0, 0]), json!({}))
        .await;

    assert_eq!(app.ids_by(&ann, &scene(1)).await, [id]);
    app.leave_work();
}

#[tokio::test]
async fn the_most_alike_comes_first_within_the_species_and_the_number_asked_for() {
    let app = TestApp::new().await;
    let ann = app.member("ann").await;
    let own = scene(1);
    let cut = app.report_with(&ann, &cropped(&own, [3, 3, 3, 3]), json!({})).await;
    let same = app.report_with(&ann, &own, json!({})).await;
    let cat = app.report_with(&ann, &own, json!({ "species": "CAT" })).await;
    let upload = app.send(&ann, "SEARCH_PHOTO", jpeg(&own, 90)).await;
    let ids = async |variables: serde_json::Value| -> Vec<String> {
        let mut input = json!({ "id": upload.id });
        input
            .as_object_mut()
            .unwrap()
            .extend(variables.as_object().unwrap().clone());
        let data = app.ok(&ann, PHOTO_SEARCH, input).await;
        super::search_client::found(&data["photoSearch"])
            .into_iter()
            .map(|found| found.id)
            .collect()
    };

    assert_eq!(ids(json!({ "species": "DOG" })).await, [same.clone(), cut.clone()]);
    assert_eq!(ids(json!({ "species": "CAT" })).await, [cat]);
    assert_eq!(ids(json!({ "species": "RABBIT" })).await, [""; 0]);
    assert_eq!(ids(json!({ "species": "DOG", "first": 1 })).await, [same]);
    assert_eq!(ids(json!({ "first": null })).await.len(), 3);
    for first in [0, -1, 51] {
        let refused = app
            .run(&ann, PHOTO_SEARCH, json!({ "id": upload.id, "first": first }))
            .await;
        assert_eq!(codes(&refused), ["BAD_USER_INPUT"], "{first}");
    }
    app.leave_work();
}

#[tokio::test]
async fn the_index_follows_what_happens_to_reports() {
    let app = TestApp::new().await;
    let ann = app.member("ann").await;
    assert_eq!(app.ids_by(&ann, &scene(1)).await, [""; 0]);
    let id = app.report_with(&ann, &scene(1), json!({})).await;
    assert_eq!(app.ids_by(&ann, &scene(1)).await, [id.as_str()]);

    let other = app.photo(&ann, "PET_PHOTO", jpeg(&scene(2), 90)).await;
    let change = json!({ "input": { "id": id, "photoIds": [other["id"]] } });
    app.ok(&ann, crate::pets::UPDATE, change).await;
    assert_eq!(app.ids_by(&ann, &scene(1)).await, [""; 0]);
    assert_eq!(app.ids_by(&ann, &scene(2)).await, [id.as_str()]);

    let close =
        "mutation($id: ID!) { closePet(input: { id: $id, outcome: REUNITED }) { userErrors { field code message } } }";
    app.ok(&ann, close, json!({ "id": id })).await;
    assert_eq!(app.ids_by(&ann, &scene(2)).await, [""; 0]);
    app.leave_work();
}

#[tokio::test]
async fn a_picture_with_too_little_to_see_finds_nothing() {
    let app = TestApp::new().await;
    let ann = app.member("ann").await;
    let wall = DynamicImage::new_rgb8(200, 200);
    app.report_with(&ann, &wall, json!({})).await;

    assert_eq!(app.ids_by(&ann, &wall).await, [""; 0]);
    app.leave_work();
}

#[tokio::test]
async fn an_upload_that_cannot_be_searched_with_is_refused_with_a_reason() {
    let app = TestApp::new().await;
    let (ann, bob) = (app.member("ann").await, app.member("bob").await);
    let of_bob = app.send(&bob, "SEARCH_PHOTO", jpeg(&scene(1), 80)).await.id;
    let waiting = app.announce(&ann, "SEARCH_PHOTO", 9).await.id;
    let for_a_report = app.send(&ann, "PET_PHOTO", jpeg(&scene(1), 80)).await.id;
    let text = app
        .send(&ann, "SEARCH_PHOTO", b"not a picture at all".to_vec())
        .await
        .id;
    let bomb = app.send(&ann, "SEARCH_PHOTO", bomb()).await.id;
    let before = app.footprint().await;
    for (id, code, reason) in [
        (of_bob.as_str(), "NOT_FOUND", "no such upload"),
        ("upl_01h455vb4pex5vsknk084sn02q", "NOT_FOUND", "no such upload"),
        ("'; DROP TABLE photos", "NOT_FOUND", "no such upload"),
        (&waiting, "BAD_USER_INPUT", "have not arrived"),
        (&for_a_report, "BAD_USER_INPUT", "another purpose"),
        (&text, "BAD_USER_INPUT", "something else"),
        (&bomb, "BAD_USER_INPUT", "50 million pixels"),
    ] {
        let refused = app.run(&ann, PHOTO_SEARCH, json!({ "id": id })).await;
        assert_eq!(codes(&refused), [code], "{id}");
        let message = refused.body["errors"][0]["message"].as_str().unwrap();
        assert!(message.contains(reason), "{id}: {message}");
    }
    let visitor = app.run(&Visitor, PHOTO_SEARCH, json!({ "id": of_bob })).await;
    assert_eq!(codes(&visitor), ["UNAUTHENTICATED"]);
    assert_eq!(app.footprint().await, before);
}

#[tokio::test]
async fn a_picture_for_searching_becomes_no_photo_and_is_forgotten_after_a_day() {
    let app = TestApp::new().await;
    let ann = app.member("ann").await;
    let upload = app.send(&ann, "SEARCH_PHOTO", jpeg(&scene(1), 80)).await;
    let refused = app
        .run(
            &ann,
            super::upload_client::UPLOAD_PHOTO,
            json!({ "input": { "uploadId": upload.id } }),
        )
        .await;
    assert_eq!(user_errors(&refused), ["input.uploadId INVALID"]);

    app.clock.advance(Duration::from_secs(24 * 3600));
    photos::forget_uploads(&app.deps).await.unwrap();
    assert_eq!((app.count("uploads").await, app.blobs("uploads").len()), (1, 1));

    app.clock.advance(Duration::from_secs(2 * 3600));
    photos::forget_uploads(&app.deps).await.unwrap();
    assert_eq!((app.count("uploads").await, app.blobs("uploads").len()), (0, 0));
    assert_eq!(app.count("photos").await, 0);
}

#[tokio::test]
async fn a_member_searches_with_at_most_120_pictures_an_hour() {
    let app = TestApp::new().await;
    let ann = app.member("ann").await;
    let upload = app.send(&ann, "SEARCH_PHOTO", picture(2, 2, ImageFormat::Png)).await;
    for _ in 0..120 {
        app.ok(&ann, PHOTO_SEARCH, json!({ "id": upload.id })).await;
    }

    let refused = app.run(&ann, PHOTO_SEARCH, json!({ "id": upload.id })).await;

    assert_eq!(codes(&refused), ["RATE_LIMITED"]);
    app.clock.advance(Duration::from_secs(3601));
    let again = app
        .run(&app.log_in_again(&ann).await, PHOTO_SEARCH, json!({ "id": upload.id }))
        .await;
    assert_eq!(codes(&again), [""; 0]);
}
