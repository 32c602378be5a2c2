//! `/metrics`: its form, and how a node stands. Sockets and streams are counted for the whole process; see
//! `resilience/gauges.rs` for those.

use std::{
    collections::{BTreeMap, BTreeSet},
    time::Duration,
};

use finding_sweetie::work::relay;
use serde_json::json;

use crate::support::{LIMIT, TestApp, Visitor, samples, until};

const MANUAL: &str = include_str!("../../../docs/OPERATIONS.md");

async fn page(app: &TestApp) -> String {
    app.metrics().await.text().await.unwrap()
}

/// The families of a page with their types.
fn families(page: &str) -> BTreeMap<String, String> {
    let types = page.lines().filter_map(|line| line.strip_prefix("# TYPE "));
    types
        .map(|line| {
            let (name, kind) = line.split_once(' ').unwrap();
            (name.to_owned(), kind.to_owned())
        })
        .collect()
}

/// The family of a sample.
fn family_of(sample: &str, families: &BTreeMap<String, String>) -> String {
    let name = sample.split('{').next().unwrap();
    let parts = ["_bucket", "_sum", "_count"].map(|suffix| name.strip_suffix(suffix));
    let whole = parts.into_iter().flatten().find(|name| families.contains_key(*name));
    whole.unwrap_or(name).to_owned()
}

#[tokio::test]
async fn every_family_is_described_typed_once_named_by_the_rules_and_in_the_manual() {
    let app = TestApp::new().await;
    let ann = app.member("ann").await;
    let socket = app.socket(&ann).await;
    let _stream = socket.subscribe("subscription { conversationUpdates { id } }", json!({}));
    app.run(&Visitor, "{ nonsense }", json!({})).await;
    let mut text = String::new();
    until(LIMIT, "everything has happened once", async || {
        text = page(&app).await;
        [
            "sweetie_streams{",
            "sweetie_bell_seconds_count",
            "sweetie_graphql_operation_seconds_count",
        ]
        .iter()
        .all(|name| text.contains(name))
    })
    .await;

    let families = families(&text);
    let types: Vec<&str> = text.lines().filter(|line| line.starts_with("# TYPE ")).collect();
    assert_eq!(types.len(), families.len(), "a family has one TYPE: {types:?}");
    let described: BTreeSet<&str> = text
        .lines()
        .filter_map(|line| line.strip_prefix("# HELP ")?.split_once(' '))
        .map(|(name, help)| {
            assert!(help.ends_with('.'), "{name}: {help}");
            name
        })
        .collect();
    assert_eq!(described, families.keys().map(String::as_str).collect());
    for (name, kind) in &families {
        assert!(name.starts_with("sweetie_"), "{name}");
        assert_eq!(name.ends_with("_total"), kind == "counter", "{name} is a {kind}");
        assert!(
            ["counter", "gauge", "histogram"].contains(&kind.as_str()),
            "{name} is a {kind}"
        );
        assert!(
            MANUAL.contains(&format!("| `{name}")),
            "docs/OPERATIONS.md does not say what {name} means"
        );
    }
    for sample in samples(&text).keys() {
        assert!(
            families.contains_key(&family_of(sample, &families)),
            "{sample} has no TYPE"
        );
    }
}

#[tokio::test]
async fn the_log_and_the_queue_are_measured_when_the_page_is_asked_for() {
    let app = TestApp::new().await;
    const RELAY: &str = r#"{follower="relay"}"#;
    let shown = async |names: [&str; 5]| {
        let seen = samples(&page(&app).await);
        names.map(|name| *seen.get(name).unwrap_or_else(|| panic!("no {name} in {seen:?}")))
    };
    let (events, seconds) = (
        format!("sweetie_log_lag_events{RELAY}"),
        format!("sweetie_log_lag_seconds{RELAY}"),
    );
    let names = [
        "sweetie_log_head",
        &events,
        &seconds,
        r#"sweetie_jobs{state="due"}"#,
        r#"sweetie_jobs_oldest_due_seconds{lane="delivery"}"#,
    ];
    assert_eq!(shown(names).await, [0.0; 5]);

    app.member("ann").await;
    app.clock.advance(Duration::from_secs(5));
    app.member("bob").await;
    assert_eq!(shown(names).await, [2.0, 2.0, 5.0, 0.0, 0.0]);

    relay::step(&app.deps).await.unwrap();
    app.clock.advance(Duration::from_secs(7));
    assert_eq!(shown(names).await, [2.0, 0.0, 0.0, 2.0, 7.0]);

    app.run_work().await;
    assert_eq!(shown(names).await, [2.0, 0.0, 0.0, 0.0, 0.0]);
}

#[tokio::test]
async fn without_its_database_the_page_says_so_and_leaves_out_what_nobody_knows() {
    let app = TestApp::new().await;
    let seen = samples(&page(&app).await);
    assert_eq!(seen["sweetie_database_up"], 1.0);
    assert!(
        seen.keys()
            .any(|name| name.starts_with("sweetie_database_connections{"))
    );
    app.deps.db.clone().close().await.unwrap();

    let answer = app.metrics().await;

    assert_eq!(answer.status(), 200);
    let seen = samples(&answer.text().await.unwrap());
    assert_eq!(seen["sweetie_database_up"], 0.0);
    assert!(seen.contains_key("sweetie_sockets"));
    let of_the_tables = |name: &String| {
        ["sweetie_jobs{", "sweetie_jobs_oldest", "sweetie_log"]
            .iter()
            .any(|start| name.starts_with(start))
    };
    assert!(!seen.keys().any(of_the_tables), "{seen:?}");
}
