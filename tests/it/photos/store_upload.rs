use std::time::Duration;

use reqwest::Method;
use tokio::io::AsyncWriteExt;

use super::upload_client::{refusal, status};
use crate::support::*;

async fn state(app: &TestApp) -> String {
    app.value("SELECT state FROM uploads").await
}

#[tokio::test]
async fn bytes_are_taken_once() {
    let app = TestApp::new().await;
    let ann = app.member("ann").await;
    let upload = app.announce(&ann, "CHAT_IMAGE", 5).await;

    assert_eq!(app.put(&upload.url, b"first".to_vec()).await.status(), 204);
    let again = refusal(app.put(&upload.url, b"other".to_vec()).await).await;

    assert_eq!(again, (409, "CONFLICT".to_owned()));
    let [file] = &app.blobs("uploads")[..] else {
        panic!("one file")
    };
    assert_eq!(std::fs::read(file).unwrap(), b"first");
}

#[tokio::test]
async fn one_address_takes_one_sender_at_a_time() {
    let app = TestApp::new().await;
    let ann = app.member("ann").await;
    let upload = app.announce(&ann, "CHAT_IMAGE", 6).await;
    let mut slow = app.begin_put(&upload.url, "content-length: 6", b"slo").await;
    until(LIMIT, "the slow one has begun", async || {
        !app.blobs("uploads").is_empty()
    })
    .await;

    for _ in 0..20 {
        let refused = refusal(app.put(&upload.url, b"swift!".to_vec()).await).await;
        assert_eq!(refused, (409, "CONFLICT".to_owned()));
    }
    let elsewhere = app.beside(Setup::default()).await;
    elsewhere.leave_work();
    let sent = elsewhere.request(Method::PUT, app.path(&upload.url)).body("swift!");
    assert_eq!(sent.send().await.unwrap().status(), 409, "on another node too");
    assert_eq!(app.blobs("uploads").len(), 1);
    slow.write_all(b"wer").await.unwrap();

    assert_eq!(status(&mut slow).await, 204);
    let [file] = &app.blobs("uploads")[..] else {
        panic!("one file")
    };
    assert_eq!(std::fs::read(file).unwrap(), b"slower");
}

#[tokio::test]
async fn a_sender_whose_node_was_killed_holds_an_address_for_a_minute() {
    let app = TestApp::new().await;
    let ann = app.member("ann").await;
    let upload = app.announce(&ann, "CHAT_IMAGE", 3).await;
    let minute = app.deps.clock.now().plus(Duration::from_secs(60));
    app.execute("UPDATE uploads SET receiving_until = $1", [minute.0.into()])
        .await;
    assert_eq!(app.put(&upload.url, b"abc".to_vec()).await.status(), 409);

    app.clock.advance(Duration::from_secs(60));

    assert_eq!(app.put(&upload.url, b"abc".to_vec()).await.status(), 204);
}

#[tokio::test]
async fn bytes_of_another_size_than_announced_are_refused_and_not_kept() {
    let app = TestApp::new().await;
    let ann = app.member("ann").await;
    let upload = app.announce(&ann, "CHAT_IMAGE", 6).await;

    let short = refusal(app.put(&upload.url, b"short".to_vec()).await).await;
    let large = refusal(app.put(&upload.url, b"too long".to_vec()).await).await;
    let empty = refusal(app.put(&upload.url, Vec::new()).await).await;

    assert_eq!(short, (400, "TOO_SHORT".to_owned()));
    assert_eq!(large, (413, "TOO_LARGE".to_owned()));
    assert_eq!(empty, (400, "TOO_SHORT".to_owned()));
    assert_eq!((state(&app).await.as_str(), app.blobs("uploads").len()), ("waiting", 0));
}

#[tokio::test]
async fn a_length_that_nobody_announced_in_the_header_is_counted() {
    let app = TestApp::new().await;
    let ann = app.member("ann").await;
    let upload = app.announce(&ann, "CHAT_IMAGE", 6).await;
    let chunked = "transfer-encoding: chunked";

    let mut short = app.begin_put(&upload.url, chunked, b"5\r\nshort\r\n0\r\n\r\n").await;
    assert_eq!(status(&mut short).await, 400);
    let mut large = app.begin_put(&upload.url, chunked, b"8\r\ntoo long\r\n0\r\n\r\n").await;
    assert_eq!(status(&mut large).await, 413);
    assert_eq!((state(&app).await.as_str(), app.blobs("uploads").len()), ("waiting", 0));

    let mut right = app.begin_put(&upload.url, chunked, b"6\r\nright!\r\n0\r\n\r\n").await;
    assert_eq!(status(&mut right).await, 204);
}

#[tokio::test]
async fn a_sender_who_was_cut_off_may_send_again() {
    let app = TestApp::new().await;
    let ann = app.member("ann").await;
    let upload = app.announce(&ann, "CHAT_IMAGE", 3_000_000).await;

    let begun = app
        .begin_put(&upload.url, "content-length: 3000000", &[7; 2_000_000])
        .await;
    until(LIMIT, "the bytes are being written", async || {
        !app.blobs("uploads").is_empty()
    })
    .await;
    drop(begun);
    until(LIMIT, "the draft is gone and the address is free", async || {
        let held: Option<i64> = app.value("SELECT receiving_until FROM uploads").await;
        app.blobs("uploads").is_empty() && held.is_none()
    })
    .await;

    assert_eq!(state(&app).await, "waiting");
    assert_eq!(app.put(&upload.url, vec![7; 3_000_000]).await.status(), 204);
    assert_eq!(state(&app).await, "stored");
}

#[tokio::test]
async fn a_changed_or_foreign_address_is_refused() {
    let app = TestApp::new().await;
    let ann = app.member("ann").await;
    let (upload, other) = (
        app.announce(&ann, "CHAT_IMAGE", 3).await,
        app.announce(&ann, "CHAT_IMAGE", 3).await,
    );
    let path = app.path(&upload.url);
    let (bare, query) = path.split_once('?').unwrap();
    let forged = [
        bare.to_owned(),
        format!("{bare}?expires=99999999999999"),
        path.replace("expires=1", "expires=2"),
        path.replace("signature=", "signature=0"),
        path.to_uppercase().replace("/UPLOADS/UPL", "/uploads/upl"),
        format!("/uploads/{}?{query}", other.id),
        format!("{path}&expires=99999999999999"),
    ];
    for address in forged {
        let url = format!("{}{address}", app.url);
        let (status, _) = refusal(app.put(&url, b"abc".to_vec()).await).await;
        assert!([403, 404].contains(&status), "{address} was answered with {status}");
    }
    for unknown in ["upl_x", "..%2f..%2fsecret", "%ff", "mem_01h455vb4pex5vsknk084sn02q"] {
        let url = format!("{}/uploads/{unknown}?{query}", app.url);
        assert_eq!(refusal(app.put(&url, b"abc".to_vec()).await).await.0, 404, "{unknown}");
    }
    assert_eq!(app.blobs("uploads").len(), 0);
}

#[tokio::test]
async fn an_expired_address_is_gone() {
    let app = TestApp::new().await;
    let ann = app.member("ann").await;
    let upload = app.announce(&ann, "CHAT_IMAGE", 3).await;

    app.clock.advance(Duration::from_secs(3600));

    let late = refusal(app.put(&upload.url, b"abc".to_vec()).await).await;
    assert_eq!(late, (410, "EXPIRED".to_owned()));
    assert_eq!(state(&app).await, "waiting");
}
