//! Keeping an eye on a report.

use serde_json::json;

use super::{lost, report, seen_by};
use crate::support::TestApp;

const FAVORITE: &str =
    "mutation($id: ID!, $favorite: Boolean!) { favoritePet(input: { petId: $id, favorite: $favorite }) {
    pet { viewerHasFavorited } userErrors { field code message } } }";
const LISTS: &str = "{ viewer { favorites { totalCount nodes { id } } pets { totalCount nodes { id } } } }";

#[tokio::test]
async fn a_favourite_is_set_and_taken_back_however_often() {
    let app = TestApp::new().await;
    let (ann, bob) = (app.member("ann").await, app.member("bob").await);
    let id = report(&app, &ann, lost()).await;

    for _ in 0..2 {
        app.ok(&bob, FAVORITE, json!({ "id": id, "favorite": true })).await;
    }
    let lists = app.ok(&bob, LISTS, json!({})).await;
    assert_eq!(
        lists["viewer"]["favorites"],
        json!({ "totalCount": 1, "nodes": [{ "id": id }] })
    );
    assert_eq!(lists["viewer"]["pets"], json!({ "totalCount": 0, "nodes": [] }));
    assert_eq!(seen_by(&app, &bob, &id).await["viewerHasFavorited"], true);
    assert_eq!(seen_by(&app, &ann, &id).await["viewerHasFavorited"], false);

    for _ in 0..2 {
        app.ok(&bob, FAVORITE, json!({ "id": id, "favorite": false })).await;
    }
    assert_eq!(app.count("favorites").await, 0);
    app.run_work().await;
}
