//! Claims of people who do not own the animal, or do not have it.

use image::DynamicImage;
use serde_json::{Value, json};

use super::*;
use crate::{
    photos::{
        models::{BLUE, BROWN, app_with, with_embedding},
        pictures::{colored_scene, jpeg, scene},
    },
    support::{codes, user_errors},
};

#[tokio::test]
async fn a_guesser_has_three_tries_with_pauses_and_then_a_week_to_wait() {
    let app = TestApp::new().await;
    let (mut ann, mut bob, found) = ann_and_bob(&app).await;
    let claim = open(&app, &ann, &found).await;
    for (number, guess) in (1..).zip(["a black paw", "a scar", "six toes"]) {
        let answered = answer(&app, &ann, &claim, guess).await;
        assert_eq!(user_errors(&answered), Vec::<String>::new(), "{guess}");
        let refused = judge(&app, &bob, &claim, false).await;
        let refused = &refused.data()["judgeClaim"]["claim"];
        app.run_work().await;
        assert_eq!(refused["triesLeft"], 3 - number);
        if number < 3 {
            assert_eq!(refused["state"], "OPEN");
            assert_eq!(
                news(&app, &ann).await[0],
                "Not yet: your claim about Sweetie",
                "told after each refusal"
            );
            let at_once = answer(&app, &ann, &claim, "a white toe").await;
            assert_eq!(user_errors(&at_once), ["input.id LIMIT_REACHED"]);
            let message = at_once.data()["answerClaim"]["userErrors"][0]["message"]
                .as_str()
                .unwrap();
            assert!(message.contains("10 minutes"), "{message}");
            later(&app, 10 * MINUTE, &mut [&mut ann, &mut bob]).await;
            let same = answer(&app, &ann, &claim, guess).await;
            assert_eq!(user_errors(&same), ["input.answers NOT_ALLOWED"]);
        } else {
            assert_eq!(refused["state"], "REJECTED");
        }
    }
    assert_eq!(news(&app, &ann).await[0], "Your claim about Sweetie was rejected");

    let again = try_open(&app, &ann, &found).await;
    assert_eq!(user_errors(&again), ["input.matchId LIMIT_REACHED"]);
    let message = again.data()["openClaim"]["userErrors"][0]["message"].as_str().unwrap();
    assert!(message.contains("7 days"), "{message}");
    let late = answer(&app, &ann, &claim, "a white toe").await;
    assert_eq!(user_errors(&late), ["input.id NOT_ALLOWED"]);
    later(&app, 7 * DAY, &mut [&mut ann]).await;
    assert_eq!(open(&app, &ann, &found).await["triesLeft"], 3);
    app.run_work().await;
}

#[tokio::test]
async fn a_new_claim_gives_no_new_tries() {
    let app = TestApp::new().await;
    let (ann, bob, found) = ann_and_bob(&app).await;
    let claim = open(&app, &ann, &found).await;
    answer(&app, &ann, &claim, "a scar").await;
    judge(&app, &bob, &claim, false).await;

    let withdraw = json!({ "input": { "id": claim["id"] } });
    app.ok(&ann, &mutation("withdrawClaim"), withdraw).await;
    let second = open(&app, &ann, &found).await;

    assert_eq!(second["triesLeft"], 2);
    let at_once = answer(&app, &ann, &second, "six toes").await;
    assert_eq!(user_errors(&at_once), ["input.id LIMIT_REACHED"]);
    app.run_work().await;
}

#[tokio::test]
async fn another_report_of_the_same_member_gives_no_new_tries() {
    let app = TestApp::new().await;
    let (ann, bob, found) = ann_and_bob(&app).await;
    let claim = open(&app, &ann, &found).await;
    answer(&app, &ann, &claim, "a scar").await;
    judge(&app, &bob, &claim, false).await;

    let lost = report(&app, &ann, dog("LOST", 30.2675, "2026-05-30T11:00:00Z")).await;
    app.run_work().await;
    let other = match_of(&app, &ann, &lost, claim["match"]["other"]["id"].as_str().unwrap()).await;
    let both = try_open(&app, &ann, &other).await;
    assert_eq!(user_errors(&both), ["input.matchId CONFLICT"]);

    let withdraw = json!({ "input": { "id": claim["id"] } });
    app.ok(&ann, &mutation("withdrawClaim"), withdraw).await;
    let second = open(&app, &ann, &other).await;

    assert_eq!(second["triesLeft"], 2);
    let at_once = answer(&app, &ann, &second, "six toes").await;
    assert_eq!(user_errors(&at_once), ["input.id LIMIT_REACHED"]);
    app.run_work().await;
}

/// A match between a lost report that shows this picture and another member's find.
async fn match_with_picture(app: &TestApp, [owner, finder]: [&Actor; 2], picture: &DynamicImage) -> String {
    let shown = app.photo(owner, "PET_PHOTO", jpeg(picture, 90)).await;
    let lost = with(
        dog("LOST", 30.2672, "2026-05-30T10:00:00Z"),
        json!({ "photoIds": [shown["id"]] }),
    );
    let lost = report(app, owner, lost).await;
    let other = report(app, finder, dog("FOUND", 30.2690, "2026-05-30T18:00:00Z")).await;
    app.run_work().await;
    match_of(app, owner, &lost, &other).await
}

#[tokio::test]
async fn a_copied_photo_is_pointed_out_to_the_judging_side_and_flagged() {
    let app = TestApp::new().await;
    let (ann, bob) = (app.member("ann").await, app.member("bob").await);
    let found = match_with_picture(&app, [&ann, &bob], &scene(1)).await;
    let copy = app.photo(&bob, "CLAIM_PHOTO", jpeg(&scene(1), 60)).await;

    let claim = open(&app, &bob, &found).await;
    let answered = answer_with(&app, &bob, &claim, json!({ "photoId": copy["id"] })).await;

    let for_bob = &answered.data()["answerClaim"]["claim"];
    assert_eq!(
        (&for_bob["state"], &for_bob["photoWarning"]),
        (&json!("ANSWERED"), &Value::Null)
    );
    let for_ann = seen(&app, &ann, &claim["id"]).await;
    assert_eq!(
        for_ann["photoWarning"],
        "This picture is a copy of one in a report, not a new one."
    );
    assert_eq!(flags(&app).await, "copied_photo");
    app.run_work().await;
}

#[tokio::test]
async fn a_picture_that_a_model_takes_for_the_same_is_pointed_out_too() {
    let app = app_with(with_embedding).await;
    let (ann, bob) = (app.member("ann").await, app.member("bob").await);
    let found = match_with_picture(&app, [&ann, &bob], &colored_scene(1, BROWN)).await;
    for (color, is_warned) in [(BLUE, false), (BROWN, true)] {
        let turned = colored_scene(1, color).rotate90();
        let photo = app.photo(&bob, "CLAIM_PHOTO", jpeg(&turned, 90)).await;
        app.run_work().await;
        let claim = open(&app, &bob, &found).await;
        answer_with(&app, &bob, &claim, json!({ "photoId": photo["id"] })).await;
        let for_ann = seen(&app, &ann, &claim["id"]).await;
        assert_eq!(for_ann["photoWarning"].is_string(), is_warned, "{for_ann}");
        let withdraw = json!({ "input": { "id": claim["id"] } });
        app.ok(&bob, &mutation("withdrawClaim"), withdraw).await;
    }
    app.run_work().await;
}

#[tokio::test]
async fn a_photo_of_ones_own_report_is_pointed_out_but_no_fraud() {
    let app = TestApp::new().await;
    let (ann, bob) = (app.member("ann").await, app.member("bob").await);
    let found = match_with_picture(&app, [&ann, &bob], &scene(1)).await;
    let copy = app.photo(&ann, "CLAIM_PHOTO", jpeg(&scene(1), 60)).await;

    let claim = open(&app, &ann, &found).await;
    answer_with(&app, &ann, &claim, json!({ "photoId": copy["id"] })).await;

    assert!(seen(&app, &bob, &claim["id"]).await["photoWarning"].is_string());
    assert_eq!(flags(&app).await, "");
    app.run_work().await;
}

#[tokio::test]
async fn pictures_have_to_be_ones_own_for_a_claim_and_for_no_other() {
    let app = TestApp::new().await;
    let (ann, bob, found) = ann_and_bob(&app).await;
    let claim = open(&app, &ann, &found).await;
    let pet_photo = app.photo(&ann, "PET_PHOTO", jpeg(&scene(1), 90)).await;
    let of_bob = app.photo(&bob, "CLAIM_PHOTO", jpeg(&scene(2), 90)).await;
    let (own, document) = (
        app.photo(&ann, "CLAIM_PHOTO", jpeg(&scene(3), 90)).await,
        app.photo(&ann, "CLAIM_PHOTO", jpeg(&scene(4), 90)).await,
    );
    let before = app.footprint().await;
    for (field, photo) in [("photoId", &pet_photo), ("photoId", &of_bob), ("documentId", &of_bob)] {
        let refused = answer_with(&app, &ann, &claim, json!({ field: photo["id"] })).await;
        assert_eq!(user_errors(&refused), [format!("input.{field} NOT_FOUND")]);
    }
    assert_eq!(app.footprint().await, before);

    let both = json!({ "photoId": own["id"], "documentId": document["id"] });
    let answered = answer_with(&app, &ann, &claim, both).await;
    assert_eq!(user_errors(&answered), Vec::<String>::new());
    let for_bob = seen(&app, &bob, &claim["id"]).await;
    assert_eq!(
        (&for_bob["photo"]["id"], &for_bob["document"]["id"]),
        (&own["id"], &document["id"])
    );
    let node = "query($id: ID!) { node(id: $id) { id } }";
    assert!(app.ok(&bob, node, json!({ "id": own["id"] })).await["node"].is_null());

    app.ok(
        &ann,
        &mutation("withdrawClaim"),
        json!({ "input": { "id": claim["id"] } }),
    )
    .await;
    let second = open(&app, &ann, &found).await;
    let reused = answer_with(&app, &ann, &second, json!({ "photoId": document["id"] })).await;
    assert_eq!(user_errors(&reused), ["input.photoId NOT_ALLOWED"]);
    app.run_work().await;
}

#[tokio::test]
async fn a_second_account_that_claims_the_same_animal_is_flagged() {
    let app = TestApp::new().await;
    let (ann, bob, found) = ann_and_bob(&app).await;
    let claim = open(&app, &ann, &found).await;
    assert_eq!(flags(&app).await, "");
    let other_ann = app.member("annabel").await;
    let lost = report(&app, &other_ann, dog("LOST", 30.2675, "2026-05-30T10:00:00Z")).await;
    app.run_work().await;
    let other = claim["match"]["other"]["id"].as_str().unwrap();
    let second = match_of(&app, &bob, &lost, other).await;

    open(&app, &other_ann, &second).await;

    assert_eq!(flags(&app).await, "second_account");
    let flagged: String = app.value("SELECT subject FROM member_flags").await;
    assert!(flagged.starts_with("clm_"), "{flagged}");
    app.run_work().await;
}

#[tokio::test]
async fn whoever_claims_many_animals_or_guesses_in_series_is_flagged_once() {
    let app = TestApp::new().await;
    let (mut ann, mut bob) = (app.member("ann").await, app.member("bob").await);
    let lost = report(&app, &ann, dog("LOST", 30.2672, "2026-05-30T10:00:00Z")).await;
    let mut claims = Vec::new();
    for hour in 11..15 {
        let found = dog("FOUND", 30.2690, &format!("2026-05-30T{hour}:00:00Z"));
        let found = report(&app, &bob, found).await;
        app.run_work().await;
        let found = match_of(&app, &ann, &lost, &found).await;
        claims.push(open(&app, &ann, &found).await);
        assert_eq!(flags(&app).await, if claims.len() < 3 { "" } else { "many_claims" });
    }
    for guesses in [["red", "blue"], ["grey", "pink"]] {
        for (claim, guess) in claims
            .iter()
            .flat_map(|claim| guesses.map(|guess| (claim, guess)))
            .take(4)
        {
            let answered = answer(&app, &ann, claim, guess).await;
            if user_errors(&answered).is_empty() {
                judge(&app, &bob, claim, false).await;
            }
        }
        later(&app, 10 * MINUTE, &mut [&mut ann, &mut bob]).await;
    }
    for claim in &claims {
        let answered = answer(&app, &ann, claim, "green").await;
        if user_errors(&answered).is_empty() {
            judge(&app, &bob, claim, false).await;
        }
    }

    assert!(
        5 <= app
            .value::<i64>("SELECT COUNT(*) FROM claim_tries WHERE refused_at IS NOT NULL")
            .await
    );
    assert_eq!(flags(&app).await, "guessing many_claims");
    app.run_work().await;
}

#[tokio::test]
async fn nobody_judges_their_own_claim_and_strangers_know_of_none() {
    let app = TestApp::new().await;
    let (ann, bob, found) = ann_and_bob(&app).await;
    let cleo = app.member("cleo").await;
    let claim = open(&app, &ann, &found).await;
    answer(&app, &ann, &claim, "a white toe").await;
    app.run_work().await;
    let before = app.footprint().await;

    assert_eq!(codes(&judge(&app, &ann, &claim, true).await), ["FORBIDDEN"]);
    assert_eq!(codes(&answer(&app, &bob, &claim, "a scar").await), ["FORBIDDEN"]);
    assert_eq!(
        user_errors(&judge(&app, &cleo, &claim, true).await),
        ["input.id NOT_FOUND"]
    );
    assert_eq!(
        user_errors(&try_open(&app, &cleo, &found).await),
        ["input.matchId NOT_FOUND"]
    );

    assert_eq!(app.footprint().await, before);
}

#[tokio::test]
async fn nobody_claims_from_themselves_or_from_whom_they_cannot_write_to() {
    let app = TestApp::new().await;
    let (ann, bob, found) = ann_and_bob(&app).await;
    let lost = report(&app, &bob, dog("LOST", 30.2671, "2026-05-30T10:00:00Z")).await;
    app.run_work().await;
    let all = matches(&app, &bob).await;
    let own = all
        .iter()
        .find(|one| one["lost"]["id"] == lost)
        .expect("a match with oneself");
    let refused = try_open(&app, &bob, own["id"].as_str().unwrap()).await;
    assert_eq!(user_errors(&refused), ["input.matchId NOT_ALLOWED"]);

    let block = "mutation($id: ID!) { blockMember(input: { memberId: $id }) { userErrors { field code } } }";
    app.ok(&bob, block, json!({ "id": ann.id })).await;
    for who in [&ann, &bob] {
        let refused = try_open(&app, who, &found).await;
        assert_eq!(user_errors(&refused), ["input.matchId NOT_ALLOWED"]);
    }
    assert_eq!(app.count("claims").await, 0);
    app.run_work().await;
}

#[tokio::test]
async fn answers_are_checked_and_wait_to_be_judged() {
    let app = TestApp::new().await;
    let (ann, bob, found) = ann_and_bob(&app).await;
    let claim = open(&app, &ann, &found).await;
    let early = judge(&app, &bob, &claim, true).await;
    assert_eq!(user_errors(&early), ["input.id NOT_ALLOWED"]);
    for (answers, refusal) in [
        (json!([]), "input.answers REQUIRED"),
        (json!([{ "number": 1, "answer": " " }]), "input.answers REQUIRED"),
        (
            json!([{ "number": 2, "answer": "a scar" }]),
            "input.answers.0 OUT_OF_RANGE",
        ),
        (
            json!([{ "number": 1, "answer": "x".repeat(301) }]),
            "input.answers.0 TOO_LONG",
        ),
    ] {
        let refused = answer_with(&app, &ann, &claim, json!({ "answers": answers })).await;
        assert_eq!(user_errors(&refused), [refusal]);
    }

    let first = answer(&app, &ann, &claim, "a white toe").await;
    let again = answer(&app, &ann, &claim, "a white toe").await;
    let other = answer(&app, &ann, &claim, "a scar").await;

    assert_eq!(first.data(), again.data());
    assert_eq!(user_errors(&other), ["input.id CONFLICT"]);
    assert_eq!(app.count("claim_tries").await, 1);
    let judged = judge(&app, &bob, &claim, false).await;
    let twice = judge(&app, &bob, &claim, false).await;
    assert_eq!(judged.data(), twice.data());
    assert_eq!(stored::<i32>(&app, "tries_left").await, 2);
    app.run_work().await;
}
