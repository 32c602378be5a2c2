//! Payloads in the queue can be read by later versions, and by earlier ones.

use finding_sweetie::work::{
    job::NewJob,
    jobs::{alert_match::AlertMatch, find_matches::FindMatches, learn_photos::LearnPhotos},
};

use super::enqueue;
use crate::support::TestApp;

/// Payloads as stored by the first version, for every kind.
const FIRST: [&str; 17] = [
    r#"{"kind":"send_verification_mail","member_id":"mem_01h455vb4pex5vsknk084sn02q"}"#,
    r#"{"kind":"send_invitation_mail","invitation_id":"inv_01h455vb4pex5vsknk084sn02q"}"#,
    r#"{"kind":"find_matches","pet_ids":["pet_01h455vb4pex5vsknk084sn02q"]}"#,
    r#"{"kind":"find_matches","pet_ids":["pet_01h455vb4pex5vsknk084sn02q"],"import_id":"imp_01h455vb4pex5vsknk084sn02q"}"#,
    r#"{"kind":"tell_searches","pet_ids":["pet_01h455vb4pex5vsknk084sn02q"],"import_id":"imp_01h455vb4pex5vsknk084sn02q"}"#,
    r#"{"kind":"learn_photos","pet_ids":["pet_01h455vb4pex5vsknk084sn02q"]}"#,
    r#"{"kind":"learn_all_photos"}"#,
    r#"{"kind":"alert_match","match_id":"mat_01h455vb4pex5vsknk084sn02q"}"#,
    r#"{"kind":"tell_confirmation","match_id":"mat_01h455vb4pex5vsknk084sn02q"}"#,
    r#"{"kind":"tell_sighting","sighting_id":"sig_01h455vb4pex5vsknk084sn02q"}"#,
    r#"{"kind":"tell_conversation","conversation_id":"con_01h455vb4pex5vsknk084sn02q"}"#,
    r#"{"kind":"seat_staff","shelter_id":"she_01h455vb4pex5vsknk084sn02q","member_id":"mem_01h455vb4pex5vsknk084sn02q"}"#,
    r#"{"kind":"tell_shelter_verified","shelter_id":"she_01h455vb4pex5vsknk084sn02q"}"#,
    r#"{"kind":"run_import","import_id":"imp_01h455vb4pex5vsknk084sn02q"}"#,
    r#"{"kind":"tell_import","import_id":"imp_01h455vb4pex5vsknk084sn02q"}"#,
    r#"{"kind":"send_sms","sms_message_id":"sms_01h455vb4pex5vsknk084sn02q"}"#,
    r#"{"kind":"tell_mail_refused","mail_id":"mail_01h455vb4pex5vsknk084sn02q"}"#,
];

/// Adds a job to the queue as another version would have.
async fn enqueue_raw(app: &TestApp, kind: &str, payload: &str) {
    enqueue(app, &LearnPhotos { pet_ids: Vec::new() }, payload).await;
    let sql = "UPDATE jobs SET kind = $1, payload = $2 WHERE unique_key = $2";
    app.execute(sql, [kind.into(), payload.into()]).await;
}

#[tokio::test]
async fn what_the_first_version_stored_is_read() {
    let app = TestApp::new().await;
    for payload in FIRST {
        let stored: serde_json::Value = serde_json::from_str(payload).unwrap();
        enqueue_raw(&app, stored["kind"].as_str().unwrap(), payload).await;
    }

    app.run_work().await;

    assert_eq!(app.count("jobs").await, 0);
}

#[test]
fn what_is_stored_is_what_the_first_version_stored_and_more() {
    let alert: AlertMatch = serde_json::from_str(FIRST[7]).unwrap();
    let matches: FindMatches = serde_json::from_str(FIRST[2]).unwrap();
    let stored = NewJob::of(&matches).unwrap().payload;

    assert_eq!(NewJob::of(&alert).unwrap().payload, FIRST[7]);
    assert!(
        stored.starts_with(r#"{"kind":"find_matches","pet_ids":["pet_01h455vb4pex5vsknk084sn02q"],"import_id":null"#),
        "{stored}"
    );
}

#[tokio::test]
async fn a_kind_that_nobody_knows_is_buried_at_once_with_its_name() {
    let app = TestApp::new().await;
    enqueue_raw(&app, "fold_paper", r#"{"kind":"fold_paper"}"#).await;

    let failed = app.try_work().await;

    assert_eq!((failed.len(), failed[0].is_buried), (1, true));
    assert!(failed[0].error.contains("fold_paper"), "{failed:?}");
    app.leave_work();
}

#[tokio::test]
async fn a_payload_that_cannot_be_read_is_buried_and_does_not_take_others_with_it() {
    let app = TestApp::new().await;
    enqueue_raw(&app, "find_matches", r#"{"kind":"find_matches"}"#).await;
    enqueue_raw(&app, "find_matches", FIRST[2]).await;

    let failed = app.try_work().await;

    assert_eq!((failed.len(), failed[0].is_buried), (1, true));
    assert!(failed[0].error.contains("pet_ids"), "{failed:?}");
    assert_eq!(app.count("jobs").await, 1);
    app.leave_work();
}
