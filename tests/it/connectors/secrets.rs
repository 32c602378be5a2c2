//! The shelter's key at its own software.

use finding_sweetie::{
    domain::{self, connectors::queue_due_runs},
    kernel::secret::Secret,
};
use serde_json::json;

use super::{CREATE, SECRET, Stage, UPDATE, in_reach};
use crate::{
    shelters::dogs,
    support::{SECRET as INSTALLATION, Setup, user_errors},
};

const ANOTHER: &str = "kennel-key-0815";

#[tokio::test]
async fn a_secret_is_sent_to_the_software_and_is_nowhere_else() {
    let stage = Stage::set().await;
    stage.host.has(dogs(1, 3));
    let mut input = stage.input();
    input["idempotencyKey"] = json!("once");
    let id = stage.made(input).await;
    stage.look().await;
    stage.host.refuses(401);
    stage.look_after(6 * super::HOUR).await;

    let seen = stage.seen(&id).await;
    assert!(!seen.to_string().contains(SECRET), "{seen}");
    for (table, rows) in stage.app.content().await {
        assert!(!rows.contains(SECRET), "{table} has the secret");
    }
    assert!(
        stage
            .host
            .asked()
            .iter()
            .all(|asked| asked.authorization.ends_with(SECRET))
    );
}

#[tokio::test]
async fn no_error_repeats_a_secret() {
    let stage = Stage::set().await;
    let mut input = stage.input();
    input["secret"] = json!("kennel\u{1}key");

    let refused = stage.app.run(&stage.ann, CREATE, json!({ "input": input })).await;

    assert_eq!(user_errors(&refused), ["input.secret INVALID"]);
    assert!(!refused.body.to_string().contains("kennel\\u0001"), "{}", refused.body);
    assert_eq!(stage.app.count("connectors").await, 0);
}

#[tokio::test]
async fn a_secret_can_be_replaced() {
    let stage = Stage::set().await;
    stage.host.has(dogs(1, 3));
    let id = stage.connector().await;
    let change = json!({ "input": { "id": id, "secret": ANOTHER } });

    stage.app.ok(&stage.ann, UPDATE, change.clone()).await;
    let stored: String = stage.app.value("SELECT sealed_secret FROM connectors").await;
    stage.app.ok(&stage.ann, UPDATE, change).await;
    stage.look().await;

    assert_eq!(
        stage.app.value::<String>("SELECT sealed_secret FROM connectors").await,
        stored,
        "the same again changes nothing"
    );
    assert_eq!(stage.host.asked()[0].authorization, format!("Bearer {ANOTHER}"));
}

#[tokio::test]
async fn nobody_sends_the_secret_of_another_to_a_place_of_their_own() {
    let stage = Stage::set().await;
    let id = stage.connector().await;
    let moved = json!({ "input": { "id": id, "address": "https://example.org/animals.csv" } });

    let refused = stage.app.run(&stage.ann, UPDATE, moved).await;

    assert_eq!(user_errors(&refused), ["input.secret REQUIRED"]);
    let seen = stage.seen(&id).await;
    assert_eq!(seen["address"], format!("{}/animals.csv", stage.host.url));
}

#[tokio::test]
async fn a_change_of_the_installations_secret_leaves_it_readable() {
    let stage = Stage::set().await;
    stage.host.has(dogs(1, 3));
    let id = stage.connector().await;
    let new = || Secret::new(b"the second secret of this installation".to_vec());
    let with = |secret| Setup {
        secret: Some(secret),
        ..in_reach()
    };
    let both = new().instead_of(Secret::new(INSTALLATION.to_vec()));

    let between = stage.app.beside(with(both)).await;
    domain::reseal(&between.deps).await.unwrap();
    let after = stage.app.beside(with(new())).await;
    queue_due_runs(&after.deps).await.unwrap();
    after.run_work().await;

    assert_eq!(stage.host.asked()[0].authorization, format!("Bearer {SECRET}"));
    assert_eq!(stage.seen(&id).await["lastImport"]["created"], 3);
}

#[tokio::test]
async fn a_secret_that_cannot_be_read_any_more_is_asked_for() {
    let stage = Stage::set().await;
    stage.host.has(dogs(1, 3));
    let id = stage.connector().await;
    stage
        .app
        .execute("UPDATE connectors SET sealed_secret = 'AAAA'", [])
        .await;

    stage.look().await;
    let failed = stage.seen(&id).await;
    let named = json!({ "input": { "id": id, "name": "List" } });
    let refused = stage.app.run(&stage.ann, UPDATE, named).await;
    let entered = json!({ "input": { "id": id, "secret": SECRET } });
    stage.app.ok(&stage.ann, UPDATE, entered).await;
    stage.look().await;

    let error = failed["lastError"].as_str().unwrap();
    assert!(error.contains("updateConnector"), "{error}");
    assert_eq!(user_errors(&refused), ["input.secret REQUIRED"]);
    assert_eq!(stage.seen(&id).await["lastImport"]["created"], 3);
}
