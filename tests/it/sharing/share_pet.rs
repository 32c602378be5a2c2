//! Sharing a pet, and following the link.

use std::time::Duration;

use reqwest::{Response, redirect::Policy};
use serde_json::json;

use super::{BROWSER, SHARE, lost, share};
use crate::support::{TestApp, Visitor, codes, plain_client, user_errors};

/// Follows a link up to its redirection.
async fn follow(url: &str, agent: &str) -> Response {
    let client = plain_client().redirect(Policy::none()).build().unwrap();
    client.get(url).header("user-agent", agent).send().await.unwrap()
}

async fn stats(app: &TestApp, pet: &str) -> serde_json::Value {
    let query = "query($id: ID!) { pet(id: $id) { shareStats { platform shares visits } } }";
    app.ok(&Visitor, query, json!({ "id": pet })).await["pet"]["shareStats"].clone()
}

#[tokio::test]
async fn a_shared_link_leads_to_the_page_and_counts_people_once_a_day() {
    let app = TestApp::new().await;
    let ann = app.member("ann").await;
    let pet = lost(&app, &ann, "Sweetie").await;
    assert_eq!(stats(&app, &pet).await, json!([]));
    let shared = share(&app, &ann, &pet, "FACEBOOK").await;
    share(&app, &ann, &pet, "FACEBOOK").await;
    share(&app, &ann, &pet, "WHATSAPP").await;
    let url = shared["url"].as_str().unwrap();
    assert!(url.starts_with(&format!("{}/s/", app.url)) && shared["text"].as_str().unwrap().contains(url));

    for agent in [BROWSER, BROWSER, "facebookexternalhit/1.1", "another browser"] {
        let response = follow(url, agent).await;
        assert_eq!(response.status(), 302);
        assert_eq!(response.headers()["location"], format!("{}/p/{pet}", app.url));
    }

    let counted = json!([{ "platform": "FACEBOOK", "shares": 2, "visits": 2 }, { "platform": "WHATSAPP", "shares": 1, "visits": 0 }]);
    assert_eq!(stats(&app, &pet).await, counted);
    app.clock.advance(Duration::from_secs(24 * 60 * 60));
    follow(url, BROWSER).await;
    assert_eq!(stats(&app, &pet).await[0]["visits"], 3);
}

#[tokio::test]
async fn a_link_that_nobody_made_leads_nowhere() {
    let app = TestApp::new().await;
    for code in ["abcdefghij", "x", "%00", "abcdefghi%2f", "' OR 1=1"] {
        let response = follow(&format!("{}/s/{code}", app.url), BROWSER).await;
        assert_eq!(response.status(), 404, "{code}");
    }
}

#[tokio::test]
async fn members_share_pets_that_are_there() {
    let app = TestApp::new().await;
    let ann = app.member("ann").await;
    let pet = lost(&app, &ann, "Sweetie").await;
    let input = |pet: &str| json!({ "input": { "petId": pet, "platform": "COPY" } });
    assert_eq!(codes(&app.run(&Visitor, SHARE, input(&pet)).await), ["UNAUTHENTICATED"]);
    for unknown in ["pet_00000000000000000000000000", "x"] {
        assert_eq!(
            user_errors(&app.run(&ann, SHARE, input(unknown)).await),
            ["input.petId NOT_FOUND"]
        );
    }
    assert_eq!(app.count("shares").await, 0);
}
