//! Bells that must not be missed.

use entity::id::MemberId;
use finding_sweetie::{events::Topic, work::ringer};
use tokio::time::timeout;
use tokio_util::sync::CancellationToken;

use crate::support::{LIMIT, TestApp};

#[tokio::test]
async fn whoever_listened_before_the_ringer_knew_the_log_is_rung() {
    let app = TestApp::new().await;
    let ann: MemberId = app.member("ann").await.id.parse().unwrap();
    let mut listener = app.deps.bells.listen(&[Topic::Member(ann)]);
    listener.mark_heard();
    // What was written before its first look is not news to it, but may be to the listener.
    let shutdown = CancellationToken::new();
    let ringer = tokio::spawn(ringer::run(app.deps.clone(), shutdown.clone()));
    timeout(LIMIT, listener.wait()).await.expect("the bell rings");
    shutdown.cancel();
    ringer.await.unwrap();
}
