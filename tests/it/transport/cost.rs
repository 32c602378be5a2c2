//! What costs much is refused before it runs, or paid for.

use std::time::Duration;

use serde_json::json;

use crate::support::{Setup, TestApp, Visitor, codes};

const HEAT: &str = "{ petHeatmap(bounds: { north: 60, south: -60, east: 179, west: -179 }) { count } }";

#[tokio::test]
async fn two_kilobytes_that_cost_seconds_are_refused_before_they_run() {
    let app = TestApp::new().await;
    let bounds = "bounds: { north: 60, south: -60, east: 179, west: -179 }";
    let filter = r#"filter: { text: "g b f s c w p t l h" }"#;
    let attacks = [
        format!("pets({filter}) {{ totalCount }}"),
        format!("pets(first: 1, {filter}) {{ nodes {{ id }} }}"),
        format!("petMap({bounds}, zoom: 3, {filter}) {{ total }}"),
        format!("petMap({bounds}, zoom: 3, filter: {{ statuses: [REUNITED, CLOSED] }}) {{ total }}"),
        format!("petHeatmap({bounds}) {{ count }}"),
        "__schema { types { name } }".to_owned(),
    ];
    for attack in attacks {
        let fields: String = (0..30).map(|number| format!("a{number}: {attack} ")).collect();
        let refused = app.run(&Visitor, &format!("{{ {fields} }}"), json!({})).await;
        assert_eq!(codes(&refused), ["QUERY_TOO_COMPLEX"], "{attack}");
        assert!(refused.body.get("data").is_none(), "{attack}");
        app.ok(&Visitor, &format!("{{ {attack} }}"), json!({})).await;
    }
}

#[tokio::test]
async fn each_address_and_account_has_a_budget_of_cost_a_minute() {
    let app = TestApp::start(Setup {
        adjust: |config| config.rate_limit = 60,
        ..Setup::default()
    })
    .await;
    let ann = app.member("ann").await;
    for _ in 0..3 {
        app.ok(&Visitor, HEAT, json!({})).await;
    }

    let refused = app.run(&Visitor, HEAT, json!({})).await;

    assert_eq!(
        (refused.status, codes(&refused)),
        (429, vec!["RATE_LIMITED".to_owned()])
    );
    let error = &refused.body["errors"][0];
    let message = error["message"].as_str().unwrap();
    assert!(message.contains("60000 points of cost a minute"), "{message}");
    let after = error["extensions"]["retryAfter"].as_u64().unwrap();
    assert_eq!(refused.headers["retry-after"], after.to_string());
    app.ok(&Visitor, "{ stats { lost } }", json!({})).await;
    app.ok(&ann, HEAT, json!({})).await;
    app.clock.advance(Duration::from_secs(after + 2));
    app.ok(&Visitor, HEAT, json!({})).await;
}

#[tokio::test]
async fn operations_on_a_socket_spend_the_same_budget() {
    let app = TestApp::start(Setup {
        adjust: |config| config.rate_limit = 50,
        ..Setup::default()
    })
    .await;
    for _ in 0..3 {
        app.ok(&Visitor, HEAT, json!({})).await;
    }
    let socket = app.socket(&Visitor).await;

    let mut stream = socket.subscribe(HEAT, json!({}));

    let (_, refused) = stream.failed().await;
    assert_eq!(refused, ["RATE_LIMITED"]);
}
