//! Claims: opened, answered, judged, ended.

mod cheats;
mod endings;
mod journeys;

use std::time::Duration;

use serde_json::{Value, json};

use crate::{
    matching::{dog, matches, report, with},
    support::{Actor, Answer, Caller, TestApp, variable},
};

/// Everything that somebody may see of a claim.
const CLAIM: &str = "id state viewerJudges triesLeft mayAnswerAt photoChallenge photoTakenAt photoWarning reason phone
    photo { id url } document { id } claimant { id } decidedAt
    questions { number question answer expected }
    match { id lost { id place { exact } } other { id place { exact } } }";

/// A mutation of claims that gives all of the claim.
fn mutation(name: &str) -> String {
    let (first, rest) = name.split_at(1);
    let input = format!("{}{rest}Input", first.to_uppercase());
    format!(
        "mutation($input: {input}!) {{ {name}(input: $input) {{
            claim {{ {CLAIM} }} userErrors {{ field code message }} }} }}"
    )
}

/// What somebody sees of a claim; null if nothing.
async fn seen(app: &TestApp, who: &impl Caller, id: &Value) -> Value {
    let query = format!("query($id: ID!) {{ node(id: $id) {{ ... on Claim {{ {CLAIM} }} }} }}");
    app.ok(who, &query, json!({ "id": id })).await["node"].take()
}

async fn open(app: &TestApp, who: &Actor, found: &str) -> Value {
    let input = json!({ "input": { "matchId": found } });
    app.ok(who, &mutation("openClaim"), input).await["openClaim"]["claim"].take()
}

async fn try_open(app: &TestApp, who: &Actor, found: &str) -> Answer {
    let input = json!({ "input": { "matchId": found } });
    app.run(who, &mutation("openClaim"), input).await
}

/// Answers the first question.
async fn answer(app: &TestApp, who: &Actor, claim: &Value, text: &str) -> Answer {
    let answers = json!([{ "number": 1, "answer": text }]);
    let input = json!({ "input": { "id": claim["id"], "answers": answers } });
    app.run(who, &mutation("answerClaim"), input).await
}

/// The same with more of the input.
async fn answer_with(app: &TestApp, who: &Actor, claim: &Value, more: Value) -> Answer {
    let input = json!({ "id": claim["id"], "answers": [{ "number": 1, "answer": "a white toe" }] });
    let input = json!({ "input": with(input, more) });
    app.run(who, &mutation("answerClaim"), input).await
}

async fn judge(app: &TestApp, who: &Actor, claim: &Value, accept: bool) -> Answer {
    let input = json!({ "id": claim["id"], "accept": accept, "reason": "As I see it." });
    app.run(who, &mutation("judgeClaim"), json!({ "input": input })).await
}

/// The stored value of a column of the only claim.
async fn stored<T: sea_orm::TryGetable>(app: &TestApp, column: &str) -> T {
    app.value(&format!("SELECT {column} FROM claims")).await
}

/// The flags, in the order of their names.
async fn flags(app: &TestApp) -> String {
    let all: Option<String> = match variable("SWEETIE_TEST_DATABASE").as_deref() {
        Some("postgres") => {
            app.value("SELECT STRING_AGG(pattern, ' ' ORDER BY pattern) FROM member_flags")
                .await
        }
        _ => {
            app.value("SELECT GROUP_CONCAT(pattern, ' ') FROM (SELECT pattern FROM member_flags ORDER BY pattern) f")
                .await
        }
    };
    all.unwrap_or_default()
}

/// The titles of the notifications about claims.
async fn news(app: &TestApp, who: &Actor) -> Vec<String> {
    let query = "{ viewer { notifications(first: 100) { nodes { kind title subject { __typename } } } } }";
    let mut data = app.ok(who, query, json!({})).await;
    let all = data["viewer"]["notifications"]["nodes"].take();
    let claims = all.as_array().unwrap().iter().filter(|one| one["kind"] == "CLAIM");
    claims
        .map(|one| {
            assert_eq!(one["subject"]["__typename"], "Claim");
            one["title"].as_str().unwrap().to_owned()
        })
        .collect()
}

/// ann has lost Sweetie, bob has found her; gives their match.
async fn pair(app: &TestApp, ann: &Actor, bob: &Actor) -> String {
    let lost =
        json!({ "name": "Sweetie", "privateMarks": ["Which song does she sing to? The third man", "a torn ear"] });
    let lost = with(dog("LOST", 30.2672, "2026-05-30T10:00:00Z"), lost);
    let lost = report(app, ann, lost).await;
    let found = json!({ "privateMarks": ["What is on the left hind paw? One white toe"] });
    let found = with(dog("FOUND", 30.2690, "2026-05-30T18:00:00Z"), found);
    let found = report(app, bob, found).await;
    app.run_work().await;
    match_of(app, ann, &lost, &found).await
}

async fn match_of(app: &TestApp, who: &Actor, lost: &str, other: &str) -> String {
    let all = matches(app, who).await;
    let is_it = |one: &&Value| one["lost"]["id"] == lost && one["other"]["id"] == other;
    let found = all.iter().find(is_it).expect("the two reports match");
    found["id"].as_str().unwrap().to_owned()
}

async fn ann_and_bob(app: &TestApp) -> (Actor, Actor, String) {
    let (ann, bob) = (app.member("ann").await, app.member("bob").await);
    let found = pair(app, &ann, &bob).await;
    (ann, bob, found)
}

/// Lets time pass; log-ins end meanwhile.
async fn later(app: &TestApp, time: Duration, who: &mut [&mut Actor]) {
    app.clock.advance(time);
    for actor in who.iter_mut() {
        **actor = app.log_in_again(actor).await;
    }
}

const MINUTE: Duration = Duration::from_secs(60);
const DAY: Duration = Duration::from_secs(24 * 60 * 60);
