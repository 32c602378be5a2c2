//! The demo shows what the server can do, and says how to get in.

use finding_sweetie::demo::{self, Outcome};
use serde_json::{Value, json};

use crate::support::{Bearer, TestApp, Visitor};

const LOG_IN: &str = "mutation($input: LogInInput!) { logIn(input: $input) { tokens { accessToken } } }";

async fn log_in(app: &TestApp, name: &str) -> Bearer {
    let input = json!({ "email": format!("{name}@example.org"), "password": "sweetie-demo" });
    let answer = app.ok(&Visitor, LOG_IN, json!({ "input": input })).await;
    Bearer(answer["logIn"]["tokens"]["accessToken"].as_str().unwrap().to_owned())
}

async fn with_demo() -> TestApp {
    let app = TestApp::new().await;
    assert_eq!(demo::add(&app.deps).await.unwrap(), Outcome::Added);
    app.run_work().await;
    app
}

#[tokio::test]
async fn members_of_the_demo_have_talked_seen_pets_and_brought_one_home() {
    let app = with_demo().await;
    let ann = log_in(&app, "ann").await;

    let query = "{ stats { reunited } viewer { unreadMessageCount conversations { totalCount }
        matches { totalCount } pets(first: 100) { nodes { name description status sightings { totalCount } } } } }";
    let answer = app.ok(&ann, query, json!({})).await;

    let viewer = &answer["viewer"];
    assert_eq!(viewer["conversations"]["totalCount"], 2, "{answer}");
    assert_ne!(viewer["unreadMessageCount"], 0);
    assert_ne!(viewer["matches"]["totalCount"], 0);
    assert_eq!(answer["stats"]["reunited"], 2);
    let pets = viewer["pets"]["nodes"].as_array().unwrap();
    assert!(pets.iter().all(|pet| pet["description"].is_string()), "{pets:?}");
    let named = |name: &str| pets.iter().find(|pet| pet["name"] == name).unwrap();
    assert_eq!(named("Mochi")["sightings"]["totalCount"], 2);
    assert_eq!(named("Domino")["status"], "REUNITED");
}

#[tokio::test]
async fn the_shelter_of_the_demo_has_strays_on_hold_and_an_import() {
    let app = with_demo().await;
    let cleo = log_in(&app, "cleo").await;

    let query = "{ viewer { staffOf { shelter { verified dashboard { strayHold adoptable holdsEndingSoon { name } }
        imports { nodes { state created failed errors { totalCount } } } } } } }";
    let answer = app.ok(&cleo, query, json!({})).await;

    let shelter = &answer["viewer"]["staffOf"][0]["shelter"];
    assert_eq!(shelter["verified"], true);
    let dashboard = &shelter["dashboard"];
    assert_ne!(dashboard["strayHold"], 0);
    assert_ne!(dashboard["adoptable"], 0);
    assert_eq!(dashboard["holdsEndingSoon"], json!([{ "name": "Sweetie" }]));
    let import = json!({ "state": "DONE", "created": 4, "failed": 1, "errors": { "totalCount": 1 } });
    assert_eq!(shelter["imports"]["nodes"], json!([import]));
}

#[tokio::test]
async fn a_second_demo_adds_nothing_and_says_how_to_log_in() {
    let app = with_demo().await;
    let count = async || app.ok(&Visitor, "{ pets { totalCount } }", json!({})).await;
    let before = count().await;

    let again = demo::add(&app.deps).await.unwrap();

    assert_eq!((again, count().await), (Outcome::ThereAlready, before));
    for outcome in [again, Outcome::Added] {
        let said = outcome.to_string();
        for word in ["ann@example.org", "bob@example.org", "cleo@example.org", "sweetie-demo"] {
            assert!(said.contains(word), "{said}");
        }
    }
    let log_ins: Value = demo::log_ins();
    assert_eq!(
        (&log_ins["password"], &log_ins["members"][0]),
        (&json!("sweetie-demo"), &json!("ann@example.org"))
    );
}

#[tokio::test]
async fn a_database_of_others_gets_no_demo() {
    let app = TestApp::new().await;
    app.member("zoe").await;

    let outcome = demo::add(&app.deps).await.unwrap();

    assert_eq!(outcome, Outcome::Refused);
    assert!(!outcome.is_there() && outcome.to_string().contains("SWEETIE_DATA_DIR"));
    assert_eq!(
        app.ok(&Visitor, "{ pets { totalCount } }", json!({})).await["pets"]["totalCount"],
        0
    );
}
