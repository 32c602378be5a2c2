//! Who may do what for a shelter.

use serde_json::{Value, json};

use super::{CREATE_KEY, IMPORT, INVITE, VERIFY, dogs, employ, key, shelter};
use crate::support::{Answer, Bearer, Caller, TestApp, Visitor, codes, user_errors};

const INSIDE: &str =
    "query($id: ID!) { shelter(id: $id) { dashboard { total } imports { totalCount } apiKeys { id } staff { role } } }";

/// What became of a request: `done`, or why not.
fn verdict(answer: &Answer) -> String {
    let refusals: Vec<String> = codes(answer).into_iter().chain(user_errors(answer)).collect();
    if refusals.is_empty() {
        "done".to_owned()
    } else {
        refusals.join(" ")
    }
}

async fn row(app: &TestApp, caller: &impl Caller, shelter: &str) -> Vec<String> {
    let input = |more: Value| {
        let mut input = json!({ "shelterId": shelter });
        input.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        json!({ "input": input })
    };
    let email = format!("new-{}@example.org", app.mailbox.count());
    let mut verdicts = Vec::new();
    for (mutation, variables) in [
        (IMPORT, input(json!({ "data": dogs(1, 1) }))),
        (INVITE, input(json!({ "email": email, "role": "STAFF" }))),
        (CREATE_KEY, input(json!({ "name": "script", "scopes": ["pets:read"] }))),
        (VERIFY, json!({ "id": shelter })),
    ] {
        verdicts.push(verdict(&app.run(caller, mutation, variables).await));
    }
    let seen = app.ok(caller, INSIDE, json!({ "id": shelter })).await["shelter"].clone();
    let inside =
        ["dashboard", "imports", "apiKeys", "staff"].map(|field| if seen[field].is_null() { "-" } else { "+" });
    verdicts.push(inside.concat());
    app.run_work().await;
    verdicts
}

#[tokio::test]
async fn each_role_does_its_own() {
    let app = TestApp::new().await;
    let ann = app.member("ann").await;
    let id = shelter(&app, &ann).await;
    let (bob, cleo) = (app.member("bob").await, app.member("cleo").await);
    employ(&app, &ann, &id, &bob, "STAFF").await;
    employ(&app, &ann, &id, &cleo, "VOLUNTEER").await;
    let dan = app.member("dan").await;
    shelter(&app, &dan).await;
    let (eve, moderator, root) = (
        app.member("eve").await,
        app.moderator("mo").await,
        app.admin("root").await,
    );
    let importer = Bearer(key(&app, &ann, &id, &["imports:write"]).await);
    let reader = Bearer(key(&app, &ann, &id, &["pets:read"]).await);

    let (done, no, who) = ("done", "FORBIDDEN", "UNAUTHENTICATED");
    assert_eq!(row(&app, &ann, &id).await, [done, done, done, no, "++++"], "ADMIN");
    assert_eq!(row(&app, &bob, &id).await, [done, no, no, no, "++-+"], "STAFF");
    assert_eq!(row(&app, &cleo, &id).await, [no, no, no, no, "+--+"], "VOLUNTEER");
    assert_eq!(
        row(&app, &dan, &id).await,
        [no, no, no, no, "----"],
        "ADMIN of another shelter"
    );
    assert_eq!(row(&app, &eve, &id).await, [no, no, no, no, "----"], "member");
    assert_eq!(row(&app, &moderator, &id).await, [no, no, no, no, "----"], "moderator");
    assert_eq!(row(&app, &root, &id).await, [no, done, done, done, "++++"], "admin");
    assert_eq!(
        row(&app, &importer, &id).await,
        [done, no, no, no, "-+--"],
        "key that imports"
    );
    assert_eq!(
        row(&app, &reader, &id).await,
        [no, no, no, no, "+---"],
        "key that reads"
    );
    assert_eq!(row(&app, &Visitor, &id).await, [who, who, who, who, "----"], "visitor");
}

#[tokio::test]
async fn an_import_is_seen_by_those_who_import_and_nobody_else() {
    let app = TestApp::new().await;
    let (ann, bob) = (app.member("ann").await, app.member("bob").await);
    let id = shelter(&app, &ann).await;
    let import = super::queue(&app, &ann, &id, &dogs(1, 1), json!({})).await;
    app.run_work().await;
    assert!(super::imported(&app, &ann, &import).await.is_object());
    assert!(super::imported(&app, &bob, &import).await.is_null());
    assert!(super::imported(&app, &Visitor, &import).await.is_null());
    let cancel =
        "mutation($id: ID!) { cancelImport(input: { importId: $id }) { import { state } userErrors { field code } } }";
    let refused = app.run(&bob, cancel, json!({ "id": import })).await;
    assert_eq!(user_errors(&refused), ["input.importId NOT_FOUND"]);
}
