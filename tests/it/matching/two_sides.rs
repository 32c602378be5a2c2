//! What one side does to a match, and what the other sees and hears of it.

use serde_json::{Value, json};

use super::{dog, matches, report, with};
use crate::{
    shelters::{employ, shelter},
    support::{Actor, TestApp, user_errors},
};

const CONFIRM: &str =
    "mutation($id: ID!) { confirmMatch(input: { id: $id }) { match { state } userErrors { field code message } } }";
const DISMISS: &str = "mutation($id: ID!) { dismissMatch(input: { id: $id, difference: MARKS }) { match { state difference } userErrors { code } } }";
const CLOSE: &str = "mutation($id: ID!, $outcome: PetStatus!) { closePet(input: { id: $id, outcome: $outcome }) { pet { status } userErrors { code } } }";
const OPEN_CLAIM: &str =
    "mutation($id: ID!) { openClaim(input: { matchId: $id }) { claim { id } userErrors { field code message } } }";
const SEEN: &str =
    "query($id: ID!) { node(id: $id) { ... on Match { state viewerDecision otherDecision likelihood summary endedAt
    decidedBy { displayName } lost { status } other { status } viewerConversation { pet { id } } } } }";

struct Pair {
    app: TestApp,
    ann: Actor,
    bob: Actor,
    lost: String,
    found: String,
    id: Value,
}

/// Ann's lost dog and the dog that Bob found match.
async fn pair() -> Pair {
    let app = TestApp::new().await;
    let (ann, bob) = (app.member("ann").await, app.member("bob").await);
    let lost = report(&app, &ann, dog("LOST", 30.2672, "2026-05-30T10:00:00Z")).await;
    let found = report(&app, &bob, dog("FOUND", 30.2690, "2026-05-30T18:00:00Z")).await;
    app.run_work().await;
    let id = json!({ "id": matches(&app, &ann).await[0]["id"] });
    Pair {
        app,
        ann,
        bob,
        lost,
        found,
        id,
    }
}

impl Pair {
    async fn seen(&self, who: &Actor) -> Value {
        self.app.ok(who, SEEN, self.id.clone()).await["node"].take()
    }

    async fn close(&self, who: &Actor, pet: &str, outcome: &str) {
        let data = self.app.ok(who, CLOSE, json!({ "id": pet, "outcome": outcome })).await;
        assert_eq!(data["closePet"]["pet"]["status"], outcome);
        self.app.run_work().await;
    }

    async fn run(&self, who: &Actor, mutation: &str) {
        self.app.ok(who, mutation, self.id.clone()).await;
        self.app.run_work().await;
    }
}

/// What somebody was alerted to, in order.
async fn alerted(app: &TestApp, who: &Actor) -> Vec<String> {
    let latest = app.ok(who, "{ viewer { latestAlertNumber } }", json!({})).await;
    let socket = app.socket(who).await;
    let mut alerts = socket.subscribe("subscription { matchAlerts(after: 0) { number kind } }", json!({}));
    let mut kinds = Vec::new();
    for number in 1..=latest["viewer"]["latestAlertNumber"].as_i64().unwrap() {
        let alert = alerts.next().await["matchAlerts"].take();
        assert_eq!(alert["number"], number);
        kinds.push(alert["kind"].as_str().unwrap().to_owned());
    }
    kinds
}

#[tokio::test]
async fn each_side_sees_what_the_other_decided_and_who_did() {
    let pair = pair().await;
    pair.run(&pair.ann, CONFIRM).await;
    let (ann, bob) = (pair.seen(&pair.ann).await, pair.seen(&pair.bob).await);
    assert_eq!(
        (&ann["viewerDecision"], &ann["otherDecision"]),
        (&json!("CONFIRMED"), &json!("NEW"))
    );
    assert_eq!(
        (&bob["viewerDecision"], &bob["otherDecision"]),
        (&json!("NEW"), &json!("CONFIRMED"))
    );
    assert_eq!(bob["decidedBy"]["displayName"], "ann");
    assert_eq!(alerted(&pair.app, &pair.ann).await, ["FOUND"]);
    assert_eq!(alerted(&pair.app, &pair.bob).await, ["FOUND", "CONFIRMED"]);
    pair.app.leave_work();
}

#[tokio::test]
async fn a_dismissal_is_told_only_to_a_side_that_had_confirmed() {
    let untold = pair().await;
    untold.run(&untold.bob, DISMISS).await;
    assert_eq!(alerted(&untold.app, &untold.ann).await, ["FOUND"]);
    let told = pair().await;
    told.run(&told.ann, CONFIRM).await;
    told.run(&told.bob, DISMISS).await;
    assert_eq!(alerted(&told.app, &told.ann).await, ["FOUND", "DISMISSED"]);
    let seen = told.seen(&told.ann).await;
    assert_eq!(
        (&seen["viewerDecision"], &seen["otherDecision"]),
        (&json!("CONFIRMED"), &json!("DISMISSED"))
    );
}

#[tokio::test]
async fn when_both_confirmed_and_one_is_home_the_other_report_is_closed_too() {
    let pair = pair().await;
    pair.run(&pair.ann, CONFIRM).await;
    pair.run(&pair.bob, CONFIRM).await;
    pair.close(&pair.ann, &pair.lost, "REUNITED").await;
    let seen = pair.seen(&pair.bob).await;
    assert_eq!(
        (&seen["lost"]["status"], &seen["other"]["status"]),
        (&json!("REUNITED"), &json!("REUNITED"))
    );
    assert!(seen["endedAt"].is_string());
    assert_eq!(alerted(&pair.app, &pair.bob).await, ["FOUND", "CONFIRMED", "REUNITED"]);
    assert_eq!(
        alerted(&pair.app, &pair.ann).await,
        ["FOUND", "CONFIRMED"],
        "whoever closed it knows"
    );
    assert_eq!(
        matches(&pair.app, &pair.bob).await.len(),
        1,
        "a decided match stays in the list"
    );
}

#[tokio::test]
async fn when_the_other_animal_is_home_a_confirmation_closes_the_own_report() {
    let pair = pair().await;
    pair.close(&pair.ann, &pair.lost, "REUNITED").await;
    assert_eq!(
        pair.seen(&pair.bob).await["other"]["status"],
        "OPEN",
        "nobody said that it is the same animal"
    );
    assert_eq!(alerted(&pair.app, &pair.bob).await, ["FOUND", "REUNITED"]);
    assert!(
        matches(&pair.app, &pair.bob).await.is_empty(),
        "an undecided match that ended is not listed"
    );
    for _ in 0..2 {
        pair.run(&pair.bob, CONFIRM).await;
        assert_eq!(pair.seen(&pair.bob).await["other"]["status"], "REUNITED");
    }
    assert_eq!(alerted(&pair.app, &pair.ann).await, ["FOUND", "CONFIRMED"]);
}

#[tokio::test]
async fn whoever_had_confirmed_alone_confirms_again_when_the_other_animal_is_home() {
    let pair = pair().await;
    pair.run(&pair.ann, CONFIRM).await;
    pair.close(&pair.bob, &pair.found, "REUNITED").await;
    assert_eq!(pair.seen(&pair.ann).await["lost"]["status"], "MATCHED");
    assert_eq!(alerted(&pair.app, &pair.ann).await, ["FOUND", "REUNITED"]);
    for _ in 0..2 {
        pair.run(&pair.ann, CONFIRM).await;
        assert_eq!(pair.seen(&pair.ann).await["lost"]["status"], "REUNITED");
    }
}

#[tokio::test]
async fn a_report_whose_confirmed_counterpart_is_closed_otherwise_is_open_again() {
    let pair = pair().await;
    pair.run(&pair.ann, CONFIRM).await;
    pair.close(&pair.bob, &pair.found, "CLOSED").await;
    assert_eq!(pair.seen(&pair.ann).await["lost"]["status"], "OPEN");
    assert_eq!(alerted(&pair.app, &pair.ann).await, ["FOUND", "ENDED"]);
}

#[tokio::test]
async fn a_change_by_which_two_reports_cannot_be_one_animal_ends_what_was_confirmed_and_both_hear_of_it() {
    let pair = pair().await;
    pair.run(&pair.ann, CONFIRM).await;
    let update = "mutation($input: UpdatePetInput!) { updatePet(input: $input) { userErrors { field code message } } }";
    let cat = json!({ "input": { "id": pair.found, "expectedVersion": 1, "species": "CAT", "breed": null } });
    let answer = pair.app.run(&pair.bob, update, cat).await;
    assert_eq!(user_errors(&answer), Vec::<String>::new());
    pair.app.run_work().await;
    let seen = pair.seen(&pair.ann).await;
    assert_eq!(seen["lost"]["status"], "OPEN");
    assert!(seen["endedAt"].is_string());
    assert_eq!(alerted(&pair.app, &pair.ann).await, ["FOUND", "ENDED"]);
    assert_eq!(alerted(&pair.app, &pair.bob).await, ["FOUND", "CONFIRMED", "ENDED"]);

    for answer in [
        pair.app.run(&pair.bob, CONFIRM, pair.id.clone()).await,
        pair.app.run(&pair.ann, OPEN_CLAIM, pair.id.clone()).await,
    ] {
        assert!(user_errors(&answer)[0].ends_with("NOT_ALLOWED"), "they are two animals");
    }
    let dog = json!({ "input": { "id": pair.found, "expectedVersion": 2, "species": "DOG" } });
    pair.app.ok(&pair.bob, update, dog).await;
    pair.app.run_work().await;
    pair.run(&pair.ann, CONFIRM).await;
    assert_eq!(
        pair.seen(&pair.ann).await["lost"]["status"],
        "MATCHED",
        "the same again"
    );
}

#[tokio::test]
async fn whoever_confirmed_a_match_that_nobody_was_alerted_to_hears_that_it_is_over() {
    let app = TestApp::new().await;
    let (ann, bob) = (app.member("ann").await, app.member("bob").await);
    let lost = report(&app, &ann, dog("LOST", 30.2672, "2026-05-30T10:00:00Z")).await;
    let other = json!({ "breed": { "primary": "Boxer", "mixed": false }, "size": "LARGE", "coat": "LONG" });
    let found = report(&app, &bob, with(dog("FOUND", 30.40, "2026-05-30T18:00:00Z"), other)).await;
    app.run_work().await;
    assert!(alerted(&app, &ann).await.is_empty());
    let list = "query($id: ID!) { pet(id: $id) { matches { nodes { id band } } } }";
    let data = app.ok(&ann, list, json!({ "id": lost })).await;
    let id = json!({ "id": data["pet"]["matches"]["nodes"][0]["id"] });
    app.ok(&ann, CONFIRM, id).await;
    app.ok(&bob, CLOSE, json!({ "id": found, "outcome": "CLOSED" })).await;
    app.run_work().await;
    assert_eq!(alerted(&app, &ann).await, ["ENDED"]);
}

#[tokio::test]
async fn a_report_that_is_closed_otherwise_withdraws_its_matches_and_says_so() {
    let pair = pair().await;
    pair.close(&pair.bob, &pair.found, "CLOSED").await;
    assert_eq!(alerted(&pair.app, &pair.ann).await, ["FOUND", "ENDED"]);
    assert_eq!(
        alerted(&pair.app, &pair.bob).await,
        ["FOUND"],
        "whoever closed it knows"
    );
    assert!(matches(&pair.app, &pair.ann).await.is_empty());
    let answer = pair.app.run(&pair.ann, CONFIRM, pair.id.clone()).await;
    assert_eq!(user_errors(&answer), ["input.id NOT_ALLOWED"]);
}

#[tokio::test]
async fn nobody_is_alerted_that_two_reports_of_their_own_match() {
    let app = TestApp::new().await;
    let ann = app.member("ann").await;
    report(&app, &ann, dog("LOST", 30.2672, "2026-05-30T10:00:00Z")).await;
    report(&app, &ann, dog("FOUND", 30.2690, "2026-05-30T18:00:00Z")).await;
    app.run_work().await;
    assert_eq!(matches(&app, &ann).await.len(), 1);
    assert!(alerted(&app, &ann).await.is_empty());
}

#[tokio::test]
async fn a_conversation_begins_from_the_match_with_the_other_side() {
    let pair = pair().await;
    let start = "mutation($id: ID!) { startConversation(input: { matchId: $id, text: \"Is she yours?\" }) {
        conversation { pet { id } } userErrors { field code } } }";
    let data = pair.app.ok(&pair.bob, start, pair.id.clone()).await;
    assert_eq!(
        data["startConversation"]["conversation"]["pet"]["id"],
        pair.lost.as_str()
    );
    pair.app.run_work().await;
    for who in [&pair.ann, &pair.bob] {
        let about = pair.seen(who).await["viewerConversation"]["pet"]["id"].take();
        assert_eq!(about, pair.lost.as_str(), "both sides find it from the match");
    }
    let cleo = pair.app.member("cleo").await;
    let answer = pair.app.run(&cleo, start, pair.id.clone()).await;
    assert_eq!(user_errors(&answer), ["input.matchId NOT_FOUND"]);
}

#[tokio::test]
async fn the_matches_of_a_report_are_for_its_sides_only() {
    let pair = pair().await;
    let cleo = pair.app.member("cleo").await;
    let query = "query($id: ID!) { pet(id: $id) { matches { totalCount nodes { likelihood summary other { id } } } } }";
    let of_lost = async |who: &Actor| {
        let data = pair.app.ok(who, query, json!({ "id": pair.lost })).await;
        data["pet"]["matches"].clone()
    };
    let ann = of_lost(&pair.ann).await;
    assert_eq!(
        (&ann["totalCount"], &ann["nodes"][0]["other"]["id"]),
        (&json!(1), &json!(pair.found))
    );
    let likelihood = ann["nodes"][0]["likelihood"].as_f64().unwrap();
    assert!((0.4..=1.0).contains(&likelihood), "{likelihood}");
    assert!(ann["nodes"][0]["summary"].as_str().unwrap().ends_with('.'));
    assert!(of_lost(&pair.bob).await.is_null());
    assert!(of_lost(&cleo).await.is_null());
}

#[tokio::test]
async fn the_staff_of_a_shelter_sees_its_matches_and_is_alerted_as_its_settings_say() {
    let app = TestApp::new().await;
    let (ann, eve, vic) = (
        app.verified("ann").await,
        app.verified("eve").await,
        app.verified("vic").await,
    );
    let id = shelter(&app, &eve).await;
    employ(&app, &eve, &id, &vic, "VOLUNTEER").await;
    let set = "mutation($input: UpdateShelterInput!) { updateShelter(input: $input) { shelter { matchAlerts } userErrors { code } } }";
    let settings = async |alerts: &str| {
        let input = json!({ "input": { "id": id, "matchAlerts": alerts } });
        let data = app.ok(&eve, set, input).await;
        assert_eq!(data["updateShelter"]["shelter"]["matchAlerts"], alerts);
    };
    for (latitude, alerts, told) in [(30.2, "POSSIBLE", 1), (31.2, "NONE", 1), (32.2, "POSSIBLE", 2)] {
        settings(alerts).await;
        report(&app, &ann, dog("LOST", latitude, "2026-05-30T10:00:00Z")).await;
        let sheltered = with(
            dog("SHELTERED", latitude, "2026-05-30T18:00:00Z"),
            json!({ "shelterId": id }),
        );
        report(&app, &eve, sheltered).await;
        app.run_work().await;
        assert_eq!(alerted(&app, &eve).await.len(), told, "{alerts}");
    }
    assert!(
        alerted(&app, &vic).await.is_empty(),
        "volunteers are not asked to decide"
    );
    let query = "query($id: ID!) { shelter(id: $id) { matchAlerts matches { totalCount nodes { band } } } }";
    let seen = app.ok(&eve, query, json!({ "id": id })).await["shelter"].take();
    assert_eq!(
        (&seen["matches"]["totalCount"], &seen["matchAlerts"]),
        (&json!(3), &json!("POSSIBLE"))
    );
    let ann_sees = app.ok(&ann, query, json!({ "id": id })).await["shelter"].take();
    assert_eq!(ann_sees, json!({ "matchAlerts": null, "matches": null }));
}
