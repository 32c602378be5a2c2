//! How much may be stored, by whom, and on how full a disk.

use std::time::Duration;

use reqwest::Method;
use serde_json::json;

use super::upload_client::{CREATE_UPLOAD, refusal};
use crate::{shelters, support::*};

const MEGABYTE: i64 = 1024 * 1024;

fn file(purpose: &str, megabytes: i64) -> serde_json::Value {
    let kind = if purpose == "IMPORT" { "text/csv" } else { "image/png" };
    json!({ "input": { "purpose": purpose, "contentType": kind, "byteSize": megabytes * MEGABYTE } })
}

#[tokio::test]
async fn files_to_import_are_announced_only_by_those_who_may_import() {
    let app = TestApp::new().await;
    let (ann, bob, cleo) = (
        app.member("ann").await,
        app.verified("bob").await,
        app.member("cleo").await,
    );
    let shelter = shelters::shelter(&app, &ann).await;
    shelters::employ(&app, &ann, &shelter, &bob, "VOLUNTEER").await;
    let before = app.footprint().await;

    for who in [&bob, &cleo] {
        let refused = app.run(who, CREATE_UPLOAD, file("IMPORT", 1)).await;
        assert_eq!(codes(&refused), ["FORBIDDEN"]);
    }

    assert_eq!(app.footprint().await, before);
    app.ok(&ann, CREATE_UPLOAD, file("IMPORT", 1)).await;
}

#[tokio::test]
async fn pictures_that_a_member_does_not_use_have_a_thousand_megabytes() {
    let app = TestApp::new().await;
    let (ann, bob) = (app.member("ann").await, app.member("bob").await);
    for _ in 0..100 {
        app.ok(&ann, CREATE_UPLOAD, file("PET_PHOTO", 10)).await;
    }
    let before = app.footprint().await;

    let refused = app.run(&ann, CREATE_UPLOAD, file("CHAT_IMAGE", 1)).await;

    assert_eq!(user_errors(&refused), ["input.byteSize LIMIT_REACHED"]);
    assert_eq!(app.footprint().await, before);
    app.ok(&bob, CREATE_UPLOAD, file("PET_PHOTO", 10)).await;
    // Once they are used they count for their day alone.
    app.execute("UPDATE uploads SET state = $1", ["used".into()]).await;
    app.ok(&ann, CREATE_UPLOAD, file("CHAT_IMAGE", 1)).await;
}

#[tokio::test]
async fn the_files_of_a_shelter_have_two_thousand_megabytes_a_day_whoever_sends_them() {
    let app = TestApp::new().await;
    let (ann, bob) = (app.member("ann").await, app.verified("bob").await);
    let shelter = shelters::shelter(&app, &ann).await;
    shelters::employ(&app, &ann, &shelter, &bob, "STAFF").await;
    let key = Bearer(shelters::key(&app, &ann, &shelter, &["imports:write"]).await);
    for _ in 0..5 {
        app.ok(&ann, CREATE_UPLOAD, file("IMPORT", 200)).await;
        app.ok(&bob, CREATE_UPLOAD, file("IMPORT", 200)).await;
    }

    let of_staff = app.run(&bob, CREATE_UPLOAD, file("IMPORT", 1)).await;
    let of_key = app.run(&key, CREATE_UPLOAD, file("IMPORT", 1)).await;

    assert_eq!(user_errors(&of_staff), ["input.byteSize LIMIT_REACHED"]);
    assert_eq!(user_errors(&of_key), ["input.byteSize LIMIT_REACHED"]);
    app.clock.advance(Duration::from_secs(24 * 60 * 60));
    app.ok(&key, CREATE_UPLOAD, file("IMPORT", 200)).await;
}

#[tokio::test]
async fn a_full_disk_takes_no_bytes_and_says_so() {
    let app = TestApp::new().await;
    let ann = app.member("ann").await;
    let upload = app.announce(&ann, "PET_PHOTO", 3).await;
    let full = app
        .beside(Setup {
            kept_free: u64::MAX,
            ..Setup::default()
        })
        .await;

    full.leave_work();
    let announced = full.run(&ann, CREATE_UPLOAD, file("PET_PHOTO", 1)).await;
    let sent = full
        .request(Method::PUT, app.path(&upload.url))
        .body("abc")
        .send()
        .await
        .unwrap();

    assert_eq!(codes(&announced), ["UNAVAILABLE"]);
    assert_eq!(refusal(sent).await, (503, "UNAVAILABLE".to_owned()));
    assert_eq!((app.count("uploads").await, full.blobs("uploads").len()), (1, 0));
    assert_eq!(app.put(&upload.url, b"abc".to_vec()).await.status(), 204);
}
