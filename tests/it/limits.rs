//! What limits count: neither repeats of completed requests nor requests refused for another reason, and of searches those
//! for words.

use entity::id::MemberId;
use serde_json::{Value, json};

use crate::{
    shelters::{self, IMPORT},
    sms::{self, ANN, REQUEST, SEND},
    support::{Actor, TestApp, Visitor, codes, user_errors},
};

fn id(who: &Actor) -> MemberId {
    who.id.parse().expect("a member's id")
}

#[tokio::test]
async fn whoever_has_asked_for_too_many_codes_still_hears_of_the_one_that_was_sent() {
    let app = TestApp::new().await;
    let ann = app.verified("ann").await;
    let with_key = |key: &str| json!({ "input": { "phone": ANN, "idempotencyKey": key } });
    app.ok(&ann, REQUEST, with_key("first")).await;
    app.run_work().await;
    app.use_up("phone-code:member", id(&ann)).await;
    let before = app.footprint().await;

    let repeated = app.ok(&ann, REQUEST, with_key("first")).await;
    let refused = app.run(&ann, REQUEST, with_key("second")).await;

    assert_eq!(repeated["requestPhoneVerification"]["sms"]["phone"], ANN);
    assert_eq!(user_errors(&refused), ["input.phone LIMIT_REACHED"]);
    assert_eq!(app.footprint().await, before);
}

#[tokio::test]
async fn a_shelter_that_has_started_too_many_imports_still_hears_of_the_one_that_it_started() {
    let app = TestApp::new().await;
    let ann = app.member("ann").await;
    let shelter = shelters::shelter(&app, &ann).await;
    let with_key = |key: &str| {
        json!({ "input": {
            "shelterId": shelter, "data": "Animal ID,Animal Type\nA1,Dog\n", "dryRun": true, "idempotencyKey": key } })
    };
    let import = |data: &Value| data["importPets"]["import"]["id"].clone();
    let first = import(&app.ok(&ann, IMPORT, with_key("first")).await);
    app.use_up("import-pets", shelter.as_str()).await;

    let repeated = import(&app.ok(&ann, IMPORT, with_key("first")).await);
    let refused = app.run(&ann, IMPORT, with_key("second")).await;

    assert_eq!(repeated, first);
    assert_eq!(codes(&refused), ["RATE_LIMITED"]);
    assert_eq!(app.count("imports").await, 1);
    app.leave_work();
}

#[tokio::test]
async fn a_text_that_nobody_pays_for_costs_nothing_of_what_all_may_send() {
    let app = TestApp::new().await;
    let (ann, _, conversation) = sms::ann_and_bob(&app).await;
    app.execute("UPDATE sms_accounts SET credits = $1", [0.into()]).await;
    let text = json!({ "input": { "conversationId": conversation, "text": "Is she home?" } });
    for _ in 0..30 {
        let refused = app.run(&ann, SEND, text.clone()).await;
        assert_eq!(user_errors(&refused), ["input.text LIMIT_REACHED"]);
    }

    app.execute("UPDATE sms_accounts SET credits = $1", [10.into()]).await;
    app.ok(&ann, SEND, text).await;

    app.run_work().await;
}

const PETS: &str = "query($filter: PetFilter) { pets(filter: $filter, first: 1) { nodes { id } } }";
const SHELTERS: &str = "query($filter: ShelterFilter) { shelters(filter: $filter, first: 1) { nodes { id } } }";
const BOUNDS: &str = "{ south: 30, west: -98, north: 31, east: -97 }";

fn for_words(text: &str) -> Value {
    json!({ "filter": { "text": text } })
}

#[tokio::test]
async fn searches_for_words_have_a_limit_for_each_account_and_each_address() {
    let app = TestApp::new().await;
    let (ann, bob) = (app.member("ann").await, app.member("bob").await);
    let address: std::net::IpAddr = "127.0.0.1".parse().unwrap();
    app.use_up("search-pets", id(&ann)).await;

    let refused = app.run(&ann, PETS, for_words("Sweetie")).await;
    assert_eq!(codes(&refused), ["RATE_LIMITED"]);
    let error = &refused.body["errors"][0];
    assert_eq!(
        error["message"],
        "at most 240 searches for words a minute: try again in 60 seconds"
    );
    assert_eq!(error["extensions"]["retryAfter"], 60);
    for (what, field) in [
        (
            "map",
            format!("petMap(bounds: {BOUNDS}, zoom: 9, filter: {{ text: \"Sweetie\" }}) {{ total }}"),
        ),
        (
            "heat map",
            format!("petHeatmap(bounds: {BOUNDS}, filter: {{ text: \"Sweetie\" }}) {{ count }}"),
        ),
        (
            "unknown breed",
            "pets(filter: { breed: \"qwertz\" }) { nodes { id } }".to_owned(),
        ),
    ] {
        let refused = app.run(&ann, &format!("{{ {field} }}"), json!({})).await;
        assert_eq!(codes(&refused), ["RATE_LIMITED"], "{what}");
    }
    for allowed in [
        json!({}),
        for_words("  "),
        json!({ "filter": { "species": ["DOG"], "breed": "beagle" } }),
    ] {
        app.ok(&ann, PETS, allowed).await;
    }
    app.ok(&bob, PETS, for_words("Sweetie")).await;
    app.ok(&Visitor, PETS, for_words("Sweetie")).await;

    app.use_up("search-pets", address).await;
    let refused = app.run(&Visitor, PETS, for_words("Sweetie")).await;
    assert_eq!(codes(&refused), ["RATE_LIMITED"]);
    app.ok(&bob, PETS, for_words("Sweetie")).await;

    app.clock.advance(std::time::Duration::from_secs(60));
    app.ok(&ann, PETS, for_words("Sweetie")).await;
    app.ok(&Visitor, PETS, for_words("Sweetie")).await;
}

#[tokio::test]
async fn a_search_that_is_refused_for_another_reason_does_not_count() {
    let app = TestApp::new().await;
    let ann = app.member("ann").await;
    for _ in 0..300 {
        let refused = app.run(
            &ann,
            PETS,
            for_words("one two three four five six seven eight nine ten eleven"),
        );
        assert_eq!(codes(&refused.await), ["BAD_USER_INPUT"]);
    }
    app.ok(&ann, PETS, for_words("Sweetie")).await;
}

#[tokio::test]
async fn searches_for_shelters_and_in_messages_have_limits_of_their_own() {
    let app = TestApp::new().await;
    let (ann, bob) = (app.member("ann").await, app.member("bob").await);
    let messages = "query($query: String!) { viewer { searchMessages(query: $query, first: 1) { nodes { id } } } }";
    app.use_up("search-shelters", id(&ann)).await;
    app.use_up("search-messages", id(&ann)).await;

    let refused = app.run(&ann, SHELTERS, for_words("Austin")).await;
    assert_eq!(codes(&refused), ["RATE_LIMITED"]);
    app.ok(&ann, SHELTERS, json!({})).await;
    app.ok(&bob, SHELTERS, for_words("Austin")).await;

    let refused = app.run(&ann, messages, json!({ "query": "Sweetie" })).await;
    assert_eq!(codes(&refused), ["RATE_LIMITED"]);
    app.ok(&ann, messages, json!({ "query": " - " })).await;
    app.ok(&bob, messages, json!({ "query": "Sweetie" })).await;
}
