//! The suite's own promises.

use std::{fs, path::Path};

use serde_json::json;

use crate::support::{TestApp, Visitor};

/// Tests that use no database, so that one run is enough.
const ONCE: &[&str] = &[
    "architecture",
    "fuzz",
    "schema",
    "ports::bus",
    "ports::limiter",
    "ports::nominatim",
    "ports::outbound",
    "ports::presence",
    "ports::redis_away",
    "ports::redis_cluster",
    "ports::smtp",
    "ports::twilio",
];

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

#[test]
fn what_runs_once_uses_no_database_and_all_else_runs_on_both() {
    let project = Path::new(env!("CARGO_MANIFEST_DIR"));
    let script = fs::read_to_string(project.join("scripts/test.sh")).unwrap();
    let skipped = script.split_whitespace().filter_map(|word| word.strip_suffix("::"));
    assert_eq!(skipped.collect::<Vec<_>>(), ONCE);

    for module in ONCE {
        let file = format!("tests/it/{}.rs", module.replace("::", "/"));
        let source = fs::read_to_string(project.join(file)).unwrap();
        assert!(
            !source.contains("TestApp") && !source.contains("FreshDatabase"),
            "{module}"
        );
    }
}
