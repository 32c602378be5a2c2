//! The suite's own promises.

use serde_json::json;

use crate::support::{TestApp, Visitor};

const REGISTER: &str =
    "mutation { register(input: { email: \"ann@example.org\", password: \"a long password\", displayName: \"ann\" }) {
    userErrors { field code } } }";

#[tokio::test]
#[should_panic(expected = "the test ends with work left")]
async fn a_test_that_leaves_work_undone_fails() {
    let app = TestApp::new().await;
    app.ok(&Visitor, REGISTER, json!({})).await;
}

#[tokio::test]
#[should_panic(expected = "jobs failed")]
async fn a_test_whose_jobs_fail_fails() {
    let app = TestApp::new().await;
    app.mailbox.fail_next(1);
    app.ok(&Visitor, REGISTER, json!({})).await;
    app.run_work().await;
}

#[tokio::test]
async fn the_members_of_a_test_leave_no_trace_in_its_log() {
    let app = TestApp::new().await;
    app.member("ann").await;
    assert!(app.events().await.is_empty());
}
