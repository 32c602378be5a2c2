//! Which reports become matches.

use serde_json::json;

use super::{dog, matches, report, with};
use crate::support::TestApp;

#[tokio::test]
async fn a_lost_and_a_found_dog_that_look_alike_nearby_are_a_match_with_reasons() {
    let app = TestApp::new().await;
    let (ann, bob) = (app.member("ann").await, app.member("bob").await);
    let lost = report(&app, &ann, dog("LOST", 30.2672, "2026-05-30T10:00:00Z")).await;
    let found = report(&app, &bob, dog("FOUND", 30.2690, "2026-05-30T18:00:00Z")).await;
    app.run_work().await;

    let of_ann = matches(&app, &ann).await;
    assert_eq!(of_ann.len(), 1);
    assert_eq!(
        (of_ann[0]["lost"]["id"].as_str(), of_ann[0]["other"]["id"].as_str()),
        (Some(&*lost), Some(&*found))
    );
    assert!(
        ["POSSIBLE", "STRONG"].contains(&of_ann[0]["band"].as_str().unwrap()),
        "{}",
        of_ann[0]
    );
    let factors = of_ann[0]["factors"].as_array().unwrap();
    let sum: f64 = factors.iter().map(|factor| factor["weight"].as_f64().unwrap()).sum();
    assert!((sum - of_ann[0]["score"].as_f64().unwrap()).abs() < 1e-6);
    assert!(
        factors
            .iter()
            .all(|factor| factor["explanation"].as_str().unwrap().len() > 5)
    );
    assert_eq!(matches(&app, &bob).await.len(), 1);
}

#[tokio::test]
async fn another_species_is_no_match_unless_the_chips_are_equal() {
    let app = TestApp::new().await;
    let (ann, bob) = (app.member("ann").await, app.member("bob").await);
    report(
        &app,
        &ann,
        with(
            dog("LOST", 30.2672, "2026-05-30T10:00:00Z"),
            json!({ "microchip": "985112003456789" }),
        ),
    )
    .await;
    let cat = json!({ "species": "CAT", "breed": null });
    report(
        &app,
        &bob,
        with(dog("FOUND", 30.2672, "2026-05-30T12:00:00Z"), cat.clone()),
    )
    .await;
    app.run_work().await;
    assert!(matches(&app, &ann).await.is_empty());

    let chipped = with(
        with(dog("FOUND", 40.7128, "2026-05-31T12:00:00Z"), cat),
        json!({ "microchip": "985 112 003 456 789" }),
    );
    report(&app, &bob, chipped).await;
    app.run_work().await;
    let found = matches(&app, &ann).await;
    assert_eq!(found.len(), 1);
    assert_eq!(found[0]["band"], "CHIP");
    assert!(
        !found[0].to_string().contains("985112003456789"),
        "a chip number is a secret"
    );
}

#[tokio::test]
async fn a_find_long_before_the_loss_is_no_match() {
    let app = TestApp::new().await;
    let (ann, bob) = (app.member("ann").await, app.member("bob").await);
    report(&app, &ann, dog("LOST", 30.2672, "2026-05-30T10:00:00Z")).await;
    report(&app, &bob, dog("FOUND", 30.2672, "2026-05-01T10:00:00Z")).await;
    app.run_work().await;
    assert!(matches(&app, &ann).await.is_empty());
}

#[tokio::test]
async fn the_same_reports_scored_twice_stay_one_match() {
    let app = TestApp::new().await;
    let (ann, bob) = (app.member("ann").await, app.member("bob").await);
    report(&app, &ann, dog("LOST", 30.2672, "2026-05-30T10:00:00Z")).await;
    let found = report(&app, &bob, dog("FOUND", 30.2690, "2026-05-30T18:00:00Z")).await;
    app.run_work().await;
    let update = "mutation($input: UpdatePetInput!) { updatePet(input: $input) { userErrors { code message } } }";
    app.ok(
        &bob,
        update,
        json!({ "input": { "id": found, "expectedVersion": 1, "description": "By the river." } }),
    )
    .await;
    app.run_work().await;
    assert_eq!(matches(&app, &ann).await.len(), 1);
    assert_eq!(app.count("match_alerts").await, 2);
}
