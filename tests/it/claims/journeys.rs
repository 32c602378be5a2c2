//! Claims that convince, from both sides.

use futures_util::future::join;
use serde_json::{Value, json};

use super::*;
use crate::{
    photos::pictures::{jpeg, scene},
    shelters::{employ, shelter},
    sms::{self, with_phone},
    support::user_errors,
};

/// Whether somebody sees the exact places of the lost and the other report, and the phone of the other side.
fn opened(claim: &Value) -> (bool, bool, Option<&str>) {
    let exact = |side: &str| claim["match"][side]["place"]["exact"].as_bool().unwrap();
    (exact("lost"), exact("other"), claim["phone"].as_str())
}

#[tokio::test]
async fn an_owner_convinces_the_finder_and_only_then_both_see_places_and_phones() {
    let app = TestApp::new().await;
    let (ann, bob) = (
        with_phone(&app, "ann", sms::ANN).await,
        with_phone(&app, "bob", sms::BOB).await,
    );
    let cleo = app.member("cleo").await;
    let found = pair(&app, &ann, &bob).await;

    let claim = open(&app, &ann, &found).await;
    assert_eq!((&claim["state"], &claim["triesLeft"]), (&json!("OPEN"), &json!(3)));
    let question =
        json!([{ "number": 1, "question": "What is on the left hind paw?", "answer": null, "expected": null }]);
    assert_eq!(claim["questions"], question);
    let challenge = claim["photoChallenge"].as_str().unwrap();
    assert!(
        challenge.contains("belongs to the animal") && challenge.contains("handwriting"),
        "{challenge}"
    );
    assert_eq!(opened(&claim), (true, false, None));
    app.run_work().await;
    assert_eq!(news(&app, &bob).await, Vec::<String>::new());

    let answered = answer(&app, &ann, &claim, "One toe is white").await;
    assert_eq!(user_errors(&answered), Vec::<String>::new());
    app.run_work().await;
    assert_eq!(
        news(&app, &bob).await,
        ["Answers about the dog you found near Austin, TX"]
    );
    let for_bob = seen(&app, &bob, &claim["id"]).await;
    let question = json!([{ "number": 1, "question": "What is on the left hind paw?",
        "answer": "One toe is white", "expected": "One white toe" }]);
    assert_eq!(
        (&for_bob["state"], &for_bob["questions"]),
        (&json!("ANSWERED"), &question)
    );
    assert_eq!(
        (&for_bob["viewerJudges"], opened(&for_bob)),
        (&json!(true), (false, true, None))
    );

    let alerts = async || {
        let data = app.ok(&ann, "{ viewer { latestAlertNumber } }", json!({})).await;
        data["viewer"]["latestAlertNumber"].clone()
    };
    let before = alerts().await;
    let judged = judge(&app, &bob, &claim, true).await;
    app.run_work().await;
    assert_eq!(alerts().await, before, "an accepted claim is told as such");
    let judged = &judged.data()["judgeClaim"]["claim"];
    assert_eq!(
        (&judged["state"], opened(judged)),
        (&json!("ACCEPTED"), (true, true, Some(sms::ANN)))
    );
    let for_ann = seen(&app, &ann, &claim["id"]).await;
    assert_eq!(opened(&for_ann), (true, true, Some(sms::BOB)));
    assert_eq!(for_ann["reason"], "As I see it.");
    assert_eq!(news(&app, &ann).await, ["Your claim about Sweetie was accepted"]);

    assert_eq!(seen(&app, &cleo, &claim["id"]).await, Value::Null);
    let place = "query($id: ID!) { pet(id: $id) { place { exact } } }";
    let lost = json!({ "id": claim["match"]["lost"]["id"] });
    assert_eq!(app.ok(&cleo, place, lost).await["pet"]["place"]["exact"], false);
    let looks = "SELECT COUNT(*) FROM audit_entries WHERE action = 'phone_viewed'";
    assert_eq!(app.value::<i64>(looks).await, 2);
    let places = "SELECT COUNT(*) FROM audit_entries WHERE action = 'exact_place_viewed'";
    assert_eq!(app.value::<i64>(places).await, 2);

    let close = "mutation($id: ID!) { closePet(input: { id: $id, outcome: REUNITED }) { userErrors { field code } } }";
    app.ok(&bob, close, json!({ "id": claim["match"]["other"]["id"] }))
        .await;
    app.run_work().await;
    let status = "query($id: ID!) { pet(id: $id) { status } }";
    let lost = json!({ "id": claim["match"]["lost"]["id"] });
    let status = app.ok(&ann, status, lost).await["pet"]["status"].take();
    assert_eq!(
        status, "REUNITED",
        "who claims and who accepts have both said that it is the same animal"
    );
    let for_ann = seen(&app, &ann, &claim["id"]).await;
    assert_eq!(
        (&for_ann["state"], opened(&for_ann)),
        (&json!("ACCEPTED"), (true, true, Some(sms::BOB)))
    );
}

#[tokio::test]
async fn a_finder_convinces_the_owner_that_they_have_the_animal() {
    let app = TestApp::new().await;
    let (ann, bob, found) = ann_and_bob(&app).await;
    let photo = app.photo(&bob, "CLAIM_PHOTO", jpeg(&scene(5), 90)).await;

    let claim = open(&app, &bob, &found).await;
    let questions: Vec<&str> = claim["questions"]
        .as_array()
        .unwrap()
        .iter()
        .map(|question| question["question"].as_str().unwrap())
        .collect();
    assert_eq!(
        questions,
        [
            "Which song does she sing to?",
            "Describe mark 2 of 2 that the report does not mention."
        ]
    );
    assert!(
        claim["photoChallenge"]
            .as_str()
            .unwrap()
            .contains("the animal together")
    );
    let sent = json!({ "photoId": photo["id"],
        "answers": [{ "number": 2, "answer": "her ear is torn" }, { "number": 1, "answer": "The third man" }] });
    let answered = answer_with(&app, &bob, &claim, sent).await;
    assert_eq!(user_errors(&answered), Vec::<String>::new());
    app.run_work().await;

    assert_eq!(news(&app, &ann).await, ["Answers about Sweetie"]);
    let for_ann = seen(&app, &ann, &claim["id"]).await;
    assert_eq!(for_ann["questions"][1]["answer"], "her ear is torn");
    assert_eq!(for_ann["photoWarning"], Value::Null);
    let url = for_ann["photo"]["url"].as_str().unwrap();
    assert_eq!(app.get(app.path(url)).await.status(), 200);
    let (unsigned, _) = app.path(url).split_once('?').expect("a signed address");
    assert_eq!(app.get(unsigned).await.status(), 404);

    let judged = judge(&app, &ann, &claim, true).await;
    app.run_work().await;
    assert_eq!(judged.data()["judgeClaim"]["claim"]["state"], "ACCEPTED");
    assert_eq!(news(&app, &bob).await.len(), 1);
    assert_eq!(
        opened(&seen(&app, &bob, &claim["id"]).await),
        (true, true, None),
        "ann has no phone"
    );
}

#[tokio::test]
async fn any_of_a_shelters_staff_judges_and_its_public_phone_is_shown() {
    let app = TestApp::new().await;
    let (ann, fay) = (app.member("ann").await, app.verified("fay").await);
    let (gus, volunteer) = (app.member("gus").await, app.member("vera").await);
    let haven = shelter(&app, &fay).await;
    employ(&app, &fay, &haven, &gus, "STAFF").await;
    employ(&app, &fay, &haven, &volunteer, "VOLUNTEER").await;
    let lost = report(&app, &ann, dog("LOST", 30.2672, "2026-05-30T10:00:00Z")).await;
    let cared = with(
        dog("SHELTERED", 30.2690, "2026-05-30T18:00:00Z"),
        json!({ "shelterId": haven }),
    );
    let cared = report(&app, &fay, cared).await;
    app.run_work().await;
    let found = match_of(&app, &ann, &lost, &cared).await;

    let claim = open(&app, &ann, &found).await;
    let general = "Describe something about the animal that the report does not show.";
    assert_eq!(claim["questions"][0]["question"], general);
    let answered = answer(&app, &ann, &claim, "She limps when it rains").await;
    assert_eq!(user_errors(&answered), Vec::<String>::new());
    app.run_work().await;
    for (who, told) in [(&fay, 1), (&gus, 1), (&volunteer, 0)] {
        assert_eq!(news(&app, who).await.len(), told, "{}", who.name);
        assert_eq!(
            seen(&app, who, &claim["id"]).await["viewerJudges"],
            true,
            "{}",
            who.name
        );
    }

    let (one, other) = join(judge(&app, &gus, &claim, true), judge(&app, &fay, &claim, false)).await;
    app.run_work().await;

    let states = [&one, &other].map(|judged| user_errors(judged).is_empty());
    assert_eq!(
        states.iter().filter(|is_done| **is_done).count(),
        1,
        "{one:?} {other:?}"
    );
    if stored::<String>(&app, "state").await == "accepted" {
        let for_ann = seen(&app, &ann, &claim["id"]).await;
        assert_eq!(for_ann["phone"], "+15125550142");
    } else {
        assert_eq!(stored::<i32>(&app, "tries_left").await, 2);
    }
}

#[tokio::test]
async fn staff_claim_for_their_shelter_and_the_owner_judges() {
    let app = TestApp::new().await;
    let (ann, fay, gus) = (
        app.member("ann").await,
        app.verified("fay").await,
        app.member("gus").await,
    );
    let haven = shelter(&app, &fay).await;
    employ(&app, &fay, &haven, &gus, "STAFF").await;
    let lost = report(&app, &ann, dog("LOST", 30.2672, "2026-05-30T10:00:00Z")).await;
    let cared = with(
        dog("SHELTERED", 30.2690, "2026-05-30T18:00:00Z"),
        json!({ "shelterId": haven }),
    );
    let cared = report(&app, &fay, cared).await;
    app.run_work().await;
    let found = match_of(&app, &ann, &lost, &cared).await;

    let claim = open(&app, &gus, &found).await;

    assert_eq!(seen(&app, &ann, &claim["id"]).await["viewerJudges"], true);
    assert_eq!(seen(&app, &fay, &claim["id"]).await["viewerJudges"], false);
    let answered = answer(&app, &fay, &claim, "A colleague answers").await;
    assert_eq!(user_errors(&answered), Vec::<String>::new());
    judge(&app, &ann, &claim, true).await;
    app.run_work().await;
    assert_eq!(seen(&app, &ann, &claim["id"]).await["phone"], "+15125550142");
}

#[tokio::test]
async fn a_claim_is_opened_once_however_often_it_is_asked_for() {
    let app = TestApp::new().await;
    let (ann, bob, found) = ann_and_bob(&app).await;
    let with_key = |key: &str| json!({ "input": { "matchId": found, "idempotencyKey": key } });

    let first = app.ok(&ann, &mutation("openClaim"), with_key("one")).await;
    let again = app.ok(&ann, &mutation("openClaim"), with_key("one")).await;

    assert_eq!(first, again);
    for (who, key) in [(&ann, "two"), (&bob, "one")] {
        let refused = app.run(who, &mutation("openClaim"), with_key(key)).await;
        assert_eq!(user_errors(&refused), ["input.matchId CONFLICT"]);
        let message = refused.data()["openClaim"]["userErrors"][0]["message"]
            .as_str()
            .unwrap();
        let id = first["openClaim"]["claim"]["id"].as_str().unwrap();
        assert!(message.contains(id), "{message}");
    }
    assert_eq!(app.count("claims").await, 1);
    app.run_work().await;
}

#[tokio::test]
async fn of_both_sides_that_open_a_claim_at_once_one_does() {
    let app = TestApp::new().await;
    let (ann, bob, found) = ann_and_bob(&app).await;

    let (one, other) = join(try_open(&app, &ann, &found), try_open(&app, &bob, &found)).await;

    let mut outcomes = [user_errors(&one), user_errors(&other)];
    outcomes.sort();
    assert_eq!(outcomes, [vec![], vec!["input.matchId CONFLICT".to_owned()]]);
    assert_eq!(app.count("claims").await, 1);
    app.run_work().await;
}

#[tokio::test]
async fn a_claim_is_listed_for_both_sides_and_on_its_match() {
    let app = TestApp::new().await;
    let (ann, bob, found) = ann_and_bob(&app).await;
    let (cleo, moderator) = (app.member("cleo").await, app.moderator("mo").await);
    let claim = open(&app, &ann, &found).await;
    answer(&app, &ann, &claim, "One toe is white").await;
    app.run_work().await;

    let list =
        "{ viewer { claims { totalCount nodes { id } } matches(minimumBand: WEAK) { nodes { claim { id } } } } }";
    for who in [&ann, &bob] {
        let viewer = app.ok(who, list, json!({})).await["viewer"].take();
        assert_eq!(
            viewer["claims"],
            json!({ "totalCount": 1, "nodes": [{ "id": claim["id"] }] })
        );
        assert_eq!(viewer["matches"]["nodes"][0]["claim"]["id"], claim["id"]);
    }
    let viewer = app.ok(&cleo, list, json!({})).await["viewer"].take();
    assert_eq!(viewer["claims"], json!({ "totalCount": 0, "nodes": [] }));
    let for_moderator = seen(&app, &moderator, &claim["id"]).await;
    assert_eq!(for_moderator["state"], "ANSWERED");
    for secret in ["questions", "photoChallenge", "photo", "phone", "reason"] {
        assert!(
            matches!(&for_moderator[secret], Value::Null) || for_moderator[secret] == json!([]),
            "{secret}"
        );
    }
}
