//! A socket ends when what it came in with does.

use entity::vocabulary::Role;
use finding_sweetie::domain::accounts;
use serde_json::{Value, json};

use crate::{
    shelters::{CREATE_KEY, shelter},
    support::{Actor, Bearer, LIMIT, Setup, Socket, TestApp, until},
};

const REVOKE: &str =
    "mutation($id: ID!) { revokeApiKey(input: { id: $id }) { apiKey { revokedAt } userErrors { field } } }";

/// A key of a shelter: its id and its secret.
async fn key(app: &TestApp, admin: &Actor) -> (Value, Bearer) {
    let shelter = shelter(app, admin).await;
    let input = json!({ "shelterId": shelter, "name": "night script", "scopes": ["pets:read"] });
    let data = app.ok(admin, CREATE_KEY, json!({ "input": input })).await;
    let secret = data["createApiKey"]["secret"].as_str().unwrap().to_owned();
    (data["createApiKey"]["apiKey"]["id"].clone(), Bearer(secret))
}

async fn is_denied(socket: &mut Socket) {
    let (code, reason) = socket.farewell().await;
    assert!(code == 4403 && reason.contains("get a new token"), "{code} {reason}");
}

#[tokio::test]
async fn the_sockets_of_a_key_end_when_it_is_revoked() {
    let app = TestApp::new().await;
    let ann = app.member("ann").await;
    let (id, script) = key(&app, &ann).await;
    let (mut of_key, of_ann) = (app.socket(&script).await, app.socket(&ann).await);

    app.ok(&ann, REVOKE, json!({ "id": id })).await;

    is_denied(&mut of_key).await;
    assert!(of_ann.is_open());
}

#[tokio::test]
async fn whoever_is_not_an_admin_any_more_keeps_no_socket_as_one() {
    let app = TestApp::new().await;
    let (ann, bob) = (app.admin("ann").await, app.admin("bob").await);
    let (mut of_ann, of_bob) = (app.socket(&ann).await, app.socket(&bob).await);

    accounts::grant_role(&app.deps, &ann.email(), Role::Member)
        .await
        .unwrap();

    is_denied(&mut of_ann).await;
    assert!(of_bob.is_open());
    app.socket(&ann).await;
}

#[tokio::test]
async fn another_node_ends_its_sockets_as_well() {
    let app = TestApp::new().await;
    let other = app.beside_in_earshot(Setup::default()).await;
    let ann = app.admin("ann").await;
    let (id, script) = key(&app, &ann).await;
    let (mut of_ann, mut of_key) = (other.socket(&ann).await, other.socket(&script).await);

    app.ok(&ann, REVOKE, json!({ "id": id })).await;
    accounts::grant_role(&app.deps, &ann.email(), Role::Moderator)
        .await
        .unwrap();

    is_denied(&mut of_ann).await;
    is_denied(&mut of_key).await;
    other.leave_work();
}

#[tokio::test]
async fn what_nobody_tells_of_is_noticed_all_the_same() {
    let app = TestApp::new().await;
    let ann = app.admin("ann").await;
    let (_, script) = key(&app, &ann).await;
    let (mut of_ann, mut of_key) = (app.socket(&ann).await, app.socket(&script).await);

    app.execute("UPDATE api_keys SET revoked_at = $1", [1.into()]).await;
    app.execute("UPDATE members SET role = $1", ["member".into()]).await;

    is_denied(&mut of_ann).await;
    is_denied(&mut of_key).await;
}

#[tokio::test]
async fn a_stream_shows_nothing_that_its_member_may_not_see_any_more() {
    const CHANGES: &str = "subscription($bounds: BoundsInput!) {
        petMapChanges(bounds: $bounds) { name place { exact } } }";
    let app = TestApp::with_workers().await;
    let (ann, bob) = (app.member("ann").await, app.member("bob").await);
    shelter(&app, &bob).await;
    let id = crate::pets::report(&app, &ann, crate::pets::lost()).await;
    let socket = app.socket(&bob).await;
    let bounds = json!({ "south": 30, "west": -98, "north": 31, "east": -97 });
    let mut stream = socket.subscribe(CHANGES, json!({ "bounds": bounds }));
    let mut count = 0;
    let mut exact = async |expected: bool| {
        until(LIMIT, "the next event shows as much as it may", async || {
            count += 1;
            let input = json!({ "id": id, "name": format!("Sweetie {count}") });
            app.ok(&ann, crate::pets::UPDATE, json!({ "input": input })).await;
            stream
                .poll()
                .await
                .is_some_and(|event| event["petMapChanges"]["place"]["exact"] == expected)
        })
        .await;
    };

    exact(true).await;
    app.execute("UPDATE shelters SET verified = $1", [false.into()]).await;
    exact(false).await;
}
