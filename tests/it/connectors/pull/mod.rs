//! What connectors ask of the systems of shelters, and what they make of the answers.

mod asm3;
mod files;
mod rescue_groups;
mod sftp;
mod shelterluv;
mod stubs;

use serde_json::{Value, json};

use super::{CREATE, Stage, text};
use crate::{matching::with, support::user_errors};

/// 2026-06-01T12:00:00Z, when tests begin, in seconds since 1970.
const NOON: i64 = 1_780_315_200;

/// The input for a connector of ann's shelter with these settings.
fn input(stage: &Stage, settings: Value) -> Value {
    with(json!({ "shelterId": stage.shelter, "name": "Own software" }), settings)
}

/// A connector with these settings, after its first run; its id.
async fn connected(stage: &Stage, settings: Value) -> String {
    let id = stage.made(input(stage, settings)).await;
    stage.look().await;
    id
}

/// What is wrong with these settings.
async fn faults(stage: &Stage, settings: Value) -> Vec<String> {
    let answer = stage
        .app
        .run(&stage.ann, CREATE, json!({ "input": input(stage, settings) }))
        .await;
    assert_eq!(stage.app.count("connectors").await, 0);
    user_errors(&answer)
}

/// The error of a first run with these settings, which imported nothing. It tells no secret.
async fn refused(stage: &Stage, settings: Value) -> String {
    let (secret, address) = (settings["secret"].clone(), settings["address"].clone());
    let id = connected(stage, settings).await;
    let error = text(&stage.seen(&id).await["lastError"]);
    assert_eq!(stage.app.count("imports").await, 0);
    for told in [secret, address] {
        assert!(!error.contains(told.as_str().unwrap()), "{error}");
    }
    error
}

/// Number of stays that ended like this.
async fn stays_that_ended(stage: &Stage, outcome: &str) -> i64 {
    let sql = format!("SELECT COUNT(*) FROM stays WHERE outcome = '{outcome}'");
    stage.app.value::<i64>(&sql).await
}
