//! What is selected in several places is one thing, as the specification says.

use serde_json::{Value, json};

use crate::{
    pets::{lost_with, report},
    support::{LIMIT, TestApp, Visitor, codes, until},
};

fn sweetie() -> Value {
    lost_with(json!({ "name": "Sweetie" }))
}

#[tokio::test]
async fn a_mutation_that_is_selected_in_two_fragments_happens_once() {
    let app = TestApp::new().await;
    let ann = app.member("ann").await;
    let query = "mutation ($i: ReportPetInput!) { ...A ...B }
        fragment A on Mutation { reportPet(input: $i) { pet { id } } }
        fragment B on Mutation { reportPet(input: $i) { pet { id: id name } userErrors { code } } }";

    let data = app.ok(&ann, query, json!({ "i": sweetie() })).await;

    assert_eq!(app.count("pets").await, 1);
    assert_eq!(data["reportPet"]["pet"]["name"], "Sweetie");
    assert_eq!(data["reportPet"]["userErrors"], json!([]));
    app.run_work().await;
}

#[tokio::test]
async fn what_fails_in_one_place_fails_for_the_whole_object() {
    let app = TestApp::new().await;
    let ann = app.member("ann").await;
    let query = "{ viewer { email } viewer { pets(first: 500) { totalCount } } }";

    let answer = app.run(&ann, query, json!({})).await;

    assert_eq!(answer.body["data"], json!({ "viewer": null }));
    assert_eq!(codes(&answer), ["BAD_USER_INPUT"]);
    let place = &answer.body["errors"][0]["locations"][0];
    assert_eq!(place["line"], 1);
}

#[tokio::test]
async fn a_subscription_behind_fragments_streams_all_that_is_selected() {
    let app = TestApp::with_workers().await;
    let (ann, bob) = (app.member("ann").await, app.member("bob").await);
    let socket = app.socket(&ann).await;
    let query = "subscription ($b: BoundsInput!) { ...A }
        fragment A on Subscription { petMapChanges(bounds: $b) { id ...P } } fragment P on Pet { name id }";
    let around = json!({ "b": { "north": 31.0, "south": 29.0, "east": -97.0, "west": -98.0 } });
    let mut stream = socket.subscribe(query, around);

    let (mut reported, mut seen) = (Vec::new(), None);
    until(LIMIT, "the stream tells of a report", async || {
        reported.push(report(&app, &bob, sweetie()).await);
        seen = stream.poll().await;
        seen.is_some()
    })
    .await;

    let pet = &seen.unwrap()["petMapChanges"];
    assert!(reported.iter().any(|id| pet["id"] == id.as_str()), "{pet}");
    assert_eq!(pet["name"], "Sweetie");
}

#[tokio::test]
async fn characters_may_be_written_as_escapes_of_any_width() {
    let app = TestApp::new().await;
    let query = r#"mutation ($name: String! = "\u{41}nn \uD83D\uDC15\u{1F415}") {
        register(input: { email: "\u{61}nn@example.org", password: "correct horse battery", displayName: $name }) {
            viewer { member { displayName } } userErrors { code }
        }
    }"#;

    let data = app.ok(&Visitor, query, json!({})).await;

    assert_eq!(
        data["register"]["viewer"]["member"]["displayName"],
        "Ann \u{1F415}\u{1F415}"
    );
    app.run_work().await;
    let lone = app
        .run(&Visitor, r#"{ breeds(species: DOG, search: "\uD83D") }"#, json!({}))
        .await;
    // The parser goes on without the text and then misses a value.
    assert_eq!(codes(&lone), ["GRAPHQL_PARSE_FAILED", "GRAPHQL_PARSE_FAILED"]);
    let message = lone.body["errors"][0]["message"].as_str().unwrap();
    assert!(message.contains("surrogate"), "{message}");
}
