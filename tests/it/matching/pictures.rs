//! Finders who post the owner's own picture.

use serde_json::json;

use super::{MATCHES, dog, report, with};
use crate::{
    photos::pictures::{cropped, half, jpeg, scene},
    support::TestApp,
};

#[tokio::test]
async fn an_owner_is_alerted_to_every_report_that_shows_a_copy_of_their_picture() {
    let app = TestApp::new().await;
    let (ann, bob) = (app.member("ann").await, app.member("bob").await);
    let mut copies = Vec::new();
    for seed in [11, 12, 13] {
        let picture = scene(seed);
        let upload = app.send(&ann, "PET_PHOTO", jpeg(&picture, 90)).await.id;
        let lost = with(
            dog("LOST", 30.2672, "2026-05-30T10:00:00Z"),
            json!({ "uploadIds": [upload] }),
        );
        report(&app, &ann, lost).await;
        copies.extend([
            jpeg(&picture, 40),
            jpeg(&picture.fliph(), 80),
            jpeg(&cropped(&picture, [5, 4, 3, 5]), 80),
            jpeg(&half(&picture), 80),
        ]);
    }
    app.run_work().await;
    for (number, copy) in (1_i64..).zip(copies) {
        // In another town, of another look: nothing but the picture is the same.
        let upload = app.send(&bob, "PET_PHOTO", copy).await.id;
        let other =
            json!({ "uploadIds": [upload], "sex": "MALE", "colors": ["BLACK"], "breed": null, "size": "LARGE" });
        report(&app, &bob, with(dog("FOUND", 32.7767, "2026-05-31T10:00:00Z"), other)).await;
        app.run_work().await;
        let data = app.ok(&ann, "{ viewer { latestAlertNumber } }", json!({})).await;
        assert_eq!(data["viewer"]["latestAlertNumber"], number, "copy {number}");
    }
    let matches = app.ok(&ann, MATCHES, json!({})).await["viewer"]["matches"].take();
    assert_eq!(matches["totalCount"], 12);
    assert!(
        matches.to_string().contains("Both reports show the same picture."),
        "{matches}"
    );
    let news = app
        .ok(&ann, "{ viewer { notifications { nodes { body } } } }", json!({}))
        .await;
    assert!(news.to_string().contains("ask for a new photo"), "{news}");
}
