//! Reports that a member may want to see, and why.

use std::time::Duration;

use serde_json::{Value, json};

use super::save;
use crate::{
    matching::matches,
    pets::{at, lost_with, report},
    support::{Actor, TestApp, codes},
};

const RECOMMENDED: &str =
    "query($first: Int) { viewer { recommendedPets(first: $first) { score reason pet { id name } } } }";
const FAVORITE: &str = "mutation($id: ID!) { favoritePet(input: { petId: $id }) { userErrors { field code } } }";
const RECORD: &str =
    "mutation($filter: PetFilter) { recordSearch(input: { filter: $filter }) { userErrors { field code } } }";
const DISMISS: &str = "mutation($id: ID!) { dismissMatch(input: { id: $id }) { userErrors { field code } } }";

async fn recommended(app: &TestApp, who: &Actor) -> Vec<(String, String)> {
    let data = app.ok(who, RECOMMENDED, json!({})).await;
    let list = data["viewer"]["recommendedPets"].as_array().unwrap();
    assert!(list.is_sorted_by(|one, next| next["score"].as_f64() <= one["score"].as_f64()));
    assert!(
        list.iter()
            .all(|one| (0.0..=1.0).contains(&one["score"].as_f64().unwrap()))
    );
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    list.iter()
        .map(|one| (text(&one["pet"]["name"]), text(&one["reason"])))
        .collect()
}

fn pairs(list: &[(&str, &str)]) -> Vec<(String, String)> {
    list.iter()
        .map(|(name, reason)| ((*name).to_owned(), (*reason).to_owned()))
        .collect()
}

/// A dog of that kind and name so many kilometres north of the middle of Austin.
async fn dog(app: &TestApp, who: &Actor, kind: &str, name: &str, kilometers: f64) -> String {
    let changes = json!({ "kind": kind, "name": name, "location": at(30.2672 + kilometers / 111.2, -97.7431) });
    report(app, who, lost_with(changes)).await
}

#[tokio::test]
async fn what_lies_near_an_own_report_comes_first_and_nearest_first() {
    let app = TestApp::new().await;
    let (ann, bob) = (app.member("ann").await, app.member("bob").await);
    dog(&app, &ann, "LOST", "Sweetie", 0.0).await;
    dog(&app, &bob, "SIGHTED", "Far", 12.0).await;
    dog(&app, &bob, "FOUND", "Near", 4.0).await;
    dog(&app, &bob, "FOUND", "Away", 40.0).await;
    dog(&app, &bob, "LOST", "Also lost", 1.0).await;
    app.run_work().await;

    let near = "Near where you lost Sweetie";
    assert_eq!(recommended(&app, &ann).await, pairs(&[("Near", near), ("Far", near)]));
    let found = "Lost near where you found Near";
    let seen_from_bob = recommended(&app, &bob).await;
    assert_eq!(seen_from_bob, pairs(&[("Sweetie", found)]));
    assert_eq!(recommended(&app, &ann).await, recommended(&app, &ann).await);
}

#[tokio::test]
async fn searches_and_favourites_recommend_too_and_the_best_reason_counts() {
    let app = TestApp::new().await;
    let (ann, bob) = (app.member("ann").await, app.member("bob").await);
    dog(&app, &ann, "LOST", "Sweetie", 0.0).await;
    dog(&app, &bob, "FOUND", "Near", 1.0).await;
    let cat = json!({ "kind": "FOUND", "species": "CAT", "name": "Minka", "colors": ["BLACK"] });
    report(&app, &bob, lost_with(cat)).await;
    let bird = json!({ "kind": "FOUND", "species": "BIRD", "name": "Kiki" });
    report(&app, &bob, lost_with(bird)).await;
    let biscuit =
        json!({ "kind": "LOST", "name": "Biscuit", "breed": { "primary": "Beagle" }, "location": at(40.0, -75.0) });
    let biscuit = report(&app, &bob, lost_with(biscuit)).await;
    let twin =
        json!({ "kind": "LOST", "name": "Twin", "breed": { "primary": "Beagle" }, "location": at(40.03, -75.0) });
    report(&app, &bob, lost_with(twin)).await;
    app.ok(&ann, FAVORITE, json!({ "id": biscuit })).await;
    let found = json!({ "name": "Black cats", "filter": { "colors": ["BLACK"] } });
    save(&app, &ann, found).await;
    save(
        &app,
        &ann,
        json!({ "name": "All that was found near me", "filter": { "kinds": ["FOUND"], "species": ["DOG"] } }),
    )
    .await;
    app.ok(&ann, RECORD, json!({ "filter": { "species": ["BIRD"] } })).await;
    app.run_work().await;

    let expected = [
        ("Near", "Near where you lost Sweetie"),
        ("Minka", "Matches your saved search “Black cats”"),
        ("Twin", "Similar to Biscuit, one of your favorites"),
        ("Kiki", "Matches a recent search of yours: Birds"),
    ];
    assert_eq!(recommended(&app, &ann).await, pairs(&expected));
}

#[tokio::test]
async fn a_dismissed_pair_is_not_recommended() {
    let app = TestApp::new().await;
    let (ann, bob) = (app.member("ann").await, app.member("bob").await);
    dog(&app, &ann, "LOST", "Sweetie", 0.0).await;
    dog(&app, &bob, "FOUND", "Near", 1.0).await;
    app.run_work().await;
    let pair = matches(&app, &ann).await;
    assert_eq!((pair.len(), recommended(&app, &ann).await.len()), (1, 1));

    app.ok(&ann, DISMISS, json!({ "id": pair[0]["id"] })).await;

    assert_eq!(recommended(&app, &ann).await, []);
    assert_eq!(recommended(&app, &bob).await, []);
    app.run_work().await;
}

#[tokio::test]
async fn nothing_is_recommended_of_ones_own_or_of_what_one_keeps_an_eye_on_already() {
    let app = TestApp::new().await;
    let (ann, bob) = (app.member("ann").await, app.member("bob").await);
    assert_eq!(recommended(&app, &ann).await, []);
    save(&app, &ann, json!({ "name": "Everything" })).await;
    dog(&app, &ann, "LOST", "Sweetie", 0.0).await;
    let near = dog(&app, &bob, "FOUND", "Near", 1.0).await;
    app.ok(&ann, FAVORITE, json!({ "id": near })).await;
    app.run_work().await;

    assert_eq!(recommended(&app, &ann).await, []);
}

#[tokio::test]
async fn at_most_fifty_are_given_and_newer_ones_first() {
    let app = TestApp::new().await;
    let ann = app.member("ann").await;
    // Two reporters, since one may not make so many reports within an hour.
    for (reporter, numbers) in [("bob", 0..3), ("cleo", 3..6)] {
        let reporter = app.member(reporter).await;
        for number in numbers {
            for copy in 0..10 {
                let location = at(30.0 + f64::from(copy), -97.7431);
                let changes = json!({ "name": format!("Number{number}"), "location": location });
                report(&app, &reporter, lost_with(changes)).await;
                app.clock.advance(Duration::from_secs(1));
            }
            let filter = json!({ "text": format!("number{number}") });
            save(
                &app,
                &ann,
                json!({ "name": format!("Number {number}"), "filter": filter }),
            )
            .await;
        }
    }
    app.leave_work();

    for (first, expected) in [(50, 50), (3, 3), (0, 0)] {
        let data = app.ok(&ann, RECOMMENDED, json!({ "first": first })).await;
        assert_eq!(data["viewer"]["recommendedPets"].as_array().unwrap().len(), expected);
    }
    assert_eq!(recommended(&app, &ann).await[0].0, "Number5");
    for first in [-1, 51, 100] {
        let refused = app.run(&ann, RECOMMENDED, json!({ "first": first })).await;
        assert_eq!(codes(&refused), ["BAD_USER_INPUT"], "{first}");
    }
}
