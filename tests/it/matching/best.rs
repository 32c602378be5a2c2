//! Which pairs are kept, and how they compete.

use std::{future::poll_fn, pin::Pin, task::Poll, time::Duration};

use entity::{id::PetId, pet, vocabulary::PetKind};
use finding_sweetie::{domain::matching::find_matches, kernel::Result};
use sea_orm::EntityTrait;
use serde_json::{Value, json};
use tokio::time::timeout;

use super::{dog, matches, report, with};
use crate::{
    shelters,
    support::{Actor, TestApp},
};

/// A dog of another look every time, found that far from the middle of Austin.
fn another(number: u32, latitude: f64) -> Value {
    let breeds = ["Boxer", "Poodle", "Husky", "Dachshund", "Rottweiler"];
    let breed = breeds[number as usize % breeds.len()];
    let look = json!({ "breed": { "primary": breed, "mixed": false }, "colors": ["BLACK"], "size": "LARGE" });
    with(dog("FOUND", latitude, "2026-05-30T18:00:00Z"), look)
}

async fn of_lost(app: &TestApp, who: &Actor, lost: &str) -> Vec<Value> {
    let query = "query($id: ID!) { pet(id: $id) { matches(first: 100) { nodes { id score band likelihood change other { id } } } } }";
    let data = app.ok(who, query, json!({ "id": lost })).await;
    data["pet"]["matches"]["nodes"].as_array().unwrap().clone()
}

#[tokio::test]
async fn a_lost_report_keeps_its_best_twenty_whatever_their_score() {
    let app = TestApp::new().await;
    let (ann, bob) = (app.member("ann").await, app.member("bob").await);
    let lost = report(&app, &ann, dog("LOST", 30.2672, "2026-05-30T10:00:00Z")).await;
    for number in 0..24 {
        report(&app, &bob, another(number, 30.30 + f64::from(number) * 0.004)).await;
    }
    app.run_work().await;
    let kept = of_lost(&app, &ann, &lost).await;
    assert_eq!(kept.len(), 20);
    assert!(kept.iter().all(|one| one["band"] == "WEAK"), "{kept:?}");

    let twin = report(&app, &bob, dog("FOUND", 30.2672, "2026-05-30T12:00:00Z")).await;
    app.run_work().await;
    let now = of_lost(&app, &ann, &lost).await;
    assert_eq!((now.len(), now[0]["other"]["id"].as_str()), (20, Some(&*twin)));
    let dropped: Vec<_> = kept
        .iter()
        .filter(|one| !now.iter().any(|left| left["id"] == one["id"]))
        .collect();
    let lowest = kept
        .iter()
        .map(|one| one["score"].as_f64().unwrap())
        .fold(f64::INFINITY, f64::min);
    assert_eq!(dropped.len(), 1);
    assert_eq!(dropped[0]["score"].as_f64(), Some(lowest), "the worst made room");

    // The same from the other side: a report that comes later finds the same best ones.
    let other = report(&app, &ann, dog("LOST", 30.2672, "2026-05-30T10:00:00Z")).await;
    app.run_work().await;
    let ids = |list: &[Value]| {
        let ids = list.iter().map(|one| one["other"]["id"].as_str().unwrap().to_owned());
        ids.collect::<std::collections::BTreeSet<_>>()
    };
    assert_eq!(ids(&of_lost(&app, &ann, &other).await), ids(&now));
    app.leave_work();
}

#[tokio::test]
async fn a_full_list_takes_in_what_it_refused_as_soon_as_a_pair_leaves_or_fits_worse() {
    let app = TestApp::new().await;
    let (ann, bob) = (app.member("ann").await, app.member("bob").await);
    let lost = report(&app, &ann, dog("LOST", 30.2672, "2026-05-30T10:00:00Z")).await;
    let mut close = Vec::new();
    for number in 0..20 {
        close.push(report(&app, &bob, another(number, 30.30 + f64::from(number) * 0.004)).await);
    }
    app.run_work().await;
    // Each is farther away than all before it.
    let is_taken_in = async |latitude: f64| {
        let far = report(&app, &bob, another(1, latitude)).await;
        app.run_work().await;
        let list = of_lost(&app, &ann, &lost).await;
        list.iter().any(|one| one["other"]["id"] == *far).then_some(far)
    };
    assert_eq!(is_taken_in(30.50).await, None);
    assert_eq!(is_taken_in(30.52).await, None);

    let home = "mutation($id: ID!) { closePet(input: { id: $id, outcome: CLOSED }) { userErrors { code } } }";
    app.ok(&bob, home, json!({ "id": close[0] })).await;
    app.run_work().await;
    assert!(is_taken_in(30.54).await.is_some(), "a report was closed");
    assert_eq!(is_taken_in(30.56).await, None);

    let listed = of_lost(&app, &ann, &lost).await;
    let other = listed.iter().find(|one| one["other"]["id"] == close[1]).unwrap();
    let dismiss = "mutation($id: ID!) { dismissMatch(input: { id: $id }) { userErrors { code } } }";
    app.ok(&ann, dismiss, json!({ "id": other["id"] })).await;
    app.run_work().await;
    let last = is_taken_in(30.58).await.expect("a match was dismissed");
    assert_eq!(is_taken_in(30.60).await, None);

    let update = "mutation($input: UpdatePetInput!) { updatePet(input: $input) { userErrors { code message } } }";
    let worse = json!({ "input": { "id": last, "expectedVersion": 1, "sex": "MALE" } });
    app.ok(&bob, update, worse).await;
    app.run_work().await;
    assert!(is_taken_in(30.62).await.is_some(), "a report was changed");
    let list = of_lost(&app, &ann, &lost).await;
    assert!(list.iter().all(|one| one["other"]["id"] != last), "the worst made room");
    app.leave_work();
}

#[tokio::test]
async fn animals_that_are_imported_together_enter_the_lists_that_they_would_enter_one_by_one() {
    let app = TestApp::new().await;
    let (ann, bob) = (app.member("ann").await, app.member("bob").await);
    let lost = report(&app, &ann, dog("LOST", 30.2672, "2026-05-10T10:00:00Z")).await;
    let colors = ["Brown", "Black", "Tan", "Tan/White", "White"];
    let row = |number: usize| {
        let at = format!("05/{:02}/2026 10:00:00 AM", 10 + number % 20);
        shelters::dog(&format!("A{number}"), &at, colors[number % colors.len()])
    };
    let rows: Vec<String> = (1..=60).map(row).collect();
    let shelter = shelters::shelter(&app, &bob).await;
    shelters::queue(&app, &bob, &shelter, &shelters::file(&rows), json!({})).await;
    app.run_work().await;

    // A report that comes later is compared with all of them at once.
    let later = report(&app, &ann, dog("LOST", 30.2672, "2026-05-10T10:00:00Z")).await;
    app.run_work().await;
    let (one_by_one, at_once) = (of_lost(&app, &ann, &lost).await, of_lost(&app, &ann, &later).await);
    let scores = |list: &[Value]| {
        let scores = list.iter().map(|one| one["score"].as_f64().unwrap());
        let mut scores: Vec<f64> = scores.collect();
        scores.sort_by(f64::total_cmp);
        scores
    };
    assert_eq!(one_by_one.len(), 20);
    assert_eq!(scores(&one_by_one), scores(&at_once));
}

#[tokio::test]
async fn two_equally_good_finds_share_the_likelihood_until_one_is_ruled_out() {
    let app = TestApp::new().await;
    let (ann, bob) = (app.member("ann").await, app.member("bob").await);
    let lost = report(&app, &ann, dog("LOST", 30.2672, "2026-05-30T10:00:00Z")).await;
    report(&app, &bob, dog("FOUND", 30.2690, "2026-05-30T18:00:00Z")).await;
    app.run_work().await;
    let likelihood = async |at: usize| of_lost(&app, &ann, &lost).await[at]["likelihood"].as_f64().unwrap();
    let alone = likelihood(0).await;
    report(&app, &bob, dog("FOUND", 30.2690, "2026-05-30T18:00:00Z")).await;
    app.run_work().await;
    let (one, two) = (likelihood(0).await, likelihood(1).await);
    assert!(
        (one - two).abs() < 0.01 && one < alone * 0.7,
        "two dogs: {alone} {one} {two}"
    );
    let dismissed = of_lost(&app, &ann, &lost).await[1]["id"].clone();
    let dismiss = "mutation($id: ID!) { dismissMatch(input: { id: $id }) { userErrors { code } } }";
    app.ok(&ann, dismiss, json!({ "id": dismissed })).await;
    app.run_work().await;
    assert!((likelihood(0).await - alone).abs() < 0.01);

    // What somebody else reports may be the same dog once more.
    let eve = app.member("eve").await;
    report(&app, &eve, dog("SIGHTED", 30.2690, "2026-05-30T17:00:00Z")).await;
    app.run_work().await;
    assert!(alone * 0.85 < likelihood(0).await, "seen by two people");
}

#[tokio::test]
async fn a_new_score_says_what_it_changed() {
    let app = TestApp::new().await;
    let (ann, bob) = (app.member("ann").await, app.member("bob").await);
    let lost = report(&app, &ann, dog("LOST", 30.2672, "2026-05-30T10:00:00Z")).await;
    let found = report(&app, &bob, dog("FOUND", 30.2690, "2026-05-30T18:00:00Z")).await;
    app.run_work().await;
    assert!(of_lost(&app, &ann, &lost).await[0]["change"].is_null());
    let update = "mutation($input: UpdatePetInput!) { updatePet(input: $input) { userErrors { code message } } }";
    let male = json!({ "input": { "id": found, "expectedVersion": 1, "sex": "MALE" } });
    app.ok(&bob, update, male).await;
    app.run_work().await;
    let change = of_lost(&app, &ann, &lost).await[0]["change"].clone();
    assert_eq!(change, "A report was changed: now fits worse in sex.");
}

#[tokio::test]
async fn a_dismissed_pair_is_a_match_again_when_the_chips_turn_out_to_be_equal() {
    let app = TestApp::new().await;
    let (ann, bob) = (app.member("ann").await, app.member("bob").await);
    let chip = json!({ "microchip": "985112003456789" });
    report(
        &app,
        &ann,
        with(dog("LOST", 30.2672, "2026-05-30T10:00:00Z"), chip.clone()),
    )
    .await;
    let found = report(&app, &bob, dog("FOUND", 30.2690, "2026-05-30T18:00:00Z")).await;
    app.run_work().await;
    let id = matches(&app, &ann).await[0]["id"].clone();
    let dismiss = "mutation($id: ID!) { dismissMatch(input: { id: $id }) { userErrors { code } } }";
    let confirm = "mutation($id: ID!) { confirmMatch(input: { id: $id }) { userErrors { code } } }";
    app.ok(&bob, confirm, json!({ "id": id })).await;
    app.ok(&ann, dismiss, json!({ "id": id })).await;
    // The confirmation was a change of the report.
    let update = "mutation($input: UpdatePetInput!) { updatePet(input: $input) { userErrors { code message } } }";
    let describe = json!({ "input": { "id": found, "expectedVersion": 2, "size": "LARGE" } });
    app.ok(&bob, update, describe).await;
    app.run_work().await;
    assert_eq!(
        matches(&app, &ann).await[0]["state"],
        "DISMISSED",
        "another score does not bring it back"
    );

    let read = json!({ "input": { "id": found, "expectedVersion": 3, "microchip": "985112003456789" } });
    app.ok(&bob, update, read).await;
    app.run_work().await;
    let again = matches(&app, &ann).await.remove(0);
    assert_eq!((&again["state"], &again["band"]), (&json!("NEW"), &json!("CHIP")));
    let told = "SELECT COUNT(*) FROM match_alerts WHERE kind = 'found'";
    assert_eq!(
        app.value::<i64>(told).await,
        4,
        "both were alerted to the first match and to the chips"
    );
    let decided = "query($id: ID!) { node(id: $id) { ... on Match { viewerDecision otherDecision } } }";
    let decided = app.ok(&bob, decided, json!({ "id": id })).await["node"].take();
    assert_eq!(
        decided,
        json!({ "viewerDecision": "NEW", "otherDecision": "NEW" }),
        "both are asked anew"
    );
}

#[tokio::test]
async fn a_list_that_is_half_dismissed_is_filled_again() {
    let app = TestApp::new().await;
    let (ann, bob) = (app.member("ann").await, app.member("bob").await);
    let lost = report(&app, &ann, dog("LOST", 30.2672, "2026-05-30T10:00:00Z")).await;
    for number in 0..25 {
        report(&app, &bob, another(number, 30.30 + f64::from(number) * 0.004)).await;
    }
    app.run_work().await;
    let dismiss = "mutation($id: ID!) { dismissMatch(input: { id: $id }) { userErrors { code } } }";
    for one in of_lost(&app, &ann, &lost).await.iter().take(10) {
        app.ok(&ann, dismiss, json!({ "id": one["id"] })).await;
    }
    app.run_work().await;
    let list = of_lost(&app, &ann, &lost).await;
    let others: std::collections::BTreeSet<_> = list.iter().map(|one| one["other"]["id"].to_string()).collect();
    assert_eq!(others.len(), 25, "ten were dismissed, and all that are left are shown");
    app.leave_work();
}

#[tokio::test]
async fn a_report_that_is_changed_while_it_is_scored_keeps_the_score_of_what_it_says_now() {
    let app = TestApp::new().await;
    let (ann, bob) = (app.member("ann").await, app.member("bob").await);
    let lost = report(&app, &ann, dog("LOST", 30.2672, "2026-05-30T10:00:00Z")).await;
    for number in 0..15 {
        report(&app, &bob, another(number, 30.30 + f64::from(number) * 0.004)).await;
    }
    app.run_work().await;
    let scores = async || {
        let list = of_lost(&app, &ann, &lost).await;
        let scores = list
            .iter()
            .map(|one| (one["other"]["id"].to_string(), one["score"].to_string()));
        scores.collect::<std::collections::BTreeMap<_, _>>()
    };
    let reports = pet::Entity::find().all(app.deps.db.read()).await.unwrap();
    let of = |is_lost: bool| -> Vec<PetId> {
        let of_kind = reports.iter().filter(|pet| (pet.kind == PetKind::Lost) == is_lost);
        of_kind.map(|pet| pet.id).collect()
    };
    let (lost_ids, found_ids) = (of(true), of(false));
    let update = "mutation($input: UpdatePetInput!) { updatePet(input: $input) { userErrors { code message } } }";
    for version in 1.. {
        let species = if version % 2 == 0 { "DOG" } else { "CAT" };
        let change = async {
            let input =
                json!({ "input": { "id": lost, "expectedVersion": version, "species": species, "breed": null } });
            app.ok(&ann, update, input).await;
            find_matches(&app.deps, &lost_ids).await.unwrap();
        };
        let mut scoring = std::pin::pin!(find_matches(&app.deps, &found_ids));
        // The report is changed and scored anew at every point at which its scoring from the other side waits.
        let is_done = first_polls(scoring.as_mut(), version).await;
        let mut change = std::pin::pin!(change);
        if !is_done && timeout(Duration::from_millis(100), change.as_mut()).await.is_err() {
            // The change waits for the transaction in which the scores are stored.
            let (scored, ()) = tokio::join!(scoring, change);
            scored.unwrap();
        } else if !is_done {
            scoring.await.unwrap();
        }
        let before = scores().await;
        find_matches(&app.deps, &lost_ids).await.unwrap();
        assert_eq!(before, scores().await, "changed after {version} steps");
        if is_done {
            break;
        }
    }
    app.leave_work();
}

/// Polls a future as often as it is woken, but not more than that many times; whether it is done.
async fn first_polls(mut future: Pin<&mut impl Future<Output = Result<()>>>, polls: u32) -> bool {
    let mut left = polls;
    poll_fn(|context| {
        left -= 1;
        match future.as_mut().poll(context) {
            Poll::Ready(done) => {
                done.unwrap();
                Poll::Ready(true)
            }
            Poll::Pending if left == 0 => Poll::Ready(false),
            Poll::Pending => Poll::Pending,
        }
    })
    .await
}
