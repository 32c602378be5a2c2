//! What the photos of two reports say about each other, as the matching asks it.

use entity::id::PetId;
use finding_sweetie::domain::pets::visual_similarity::{copies_among_open, photo_evidence};
use image::DynamicImage;
use serde_json::json;

use super::{
    models::{BLUE, BROWN, app_with, with_embedding},
    pictures::{colored_scene, cropped, half, jpeg, scene},
};
use crate::support::*;

async fn reported(app: &TestApp, who: &Actor, picture: &DynamicImage) -> PetId {
    let id = app.report_with(who, picture, json!({})).await;
    id.parse().unwrap()
}

#[tokio::test]
async fn copies_are_found_packed_anew_mirrored_cropped_and_halved() {
    let app = TestApp::new().await;
    let (ann, bob) = (app.member("ann").await, app.member("bob").await);
    let own = reported(&app, &ann, &scene(1)).await;
    reported(&app, &bob, &scene(2)).await;
    let again = image::load_from_memory(&jpeg(&scene(1), 40)).unwrap();
    let mut copies = Vec::new();
    for copy in [
        again,
        scene(1).fliph(),
        cropped(&scene(1), [10, 0, 0, 0]),
        half(&scene(1)),
    ] {
        copies.push(reported(&app, &bob, &copy).await);
    }

    let mut found = copies_among_open(&app.deps, own).await.unwrap();

    found.sort_unstable();
    assert_eq!(found, copies);
    let evidence = photo_evidence(&app.deps, own, &copies).await.unwrap();
    assert!(
        copies
            .iter()
            .all(|copy| evidence[copy].is_copy && evidence[copy].cosine.is_none())
    );
    app.run_work().await;
}

#[tokio::test]
async fn what_is_closed_hidden_or_without_photos_is_no_evidence() {
    let app = TestApp::new().await;
    let (ann, bob) = (app.member("ann").await, app.member("bob").await);
    let own = reported(&app, &ann, &scene(1)).await;
    let closed = reported(&app, &bob, &scene(1)).await;
    let plain: PetId = crate::pets::report(&app, &bob, crate::pets::lost())
        .await
        .parse()
        .unwrap();
    let close = "mutation($id: ID!) { closePet(input: { id: $id, outcome: REUNITED }) { userErrors { code } } }";
    app.ok(&bob, close, json!({ "id": closed.to_string() })).await;

    assert_eq!(copies_among_open(&app.deps, own).await.unwrap(), []);
    assert_eq!(copies_among_open(&app.deps, plain).await.unwrap(), []);
    let evidence = photo_evidence(&app.deps, own, &[closed, plain]).await.unwrap();
    assert!(evidence.is_empty(), "{evidence:?}");
    app.run_work().await;
}

#[tokio::test]
async fn the_most_similar_of_all_pairs_of_photos_counts() {
    let app = app_with(with_embedding).await;
    let (ann, bob) = (app.member("ann").await, app.member("bob").await);
    let own = reported(&app, &ann, &colored_scene(1, BROWN)).await;
    let mut both = Vec::new();
    for (seed, color) in [(2, BLUE), (3, BROWN)] {
        both.push(
            app.send(&bob, "PET_PHOTO", jpeg(&colored_scene(seed, color), 90))
                .await
                .id,
        );
    }
    let input = crate::pets::lost_with(json!({ "uploadIds": both }));
    let mixed: PetId = crate::pets::report(&app, &bob, input).await.parse().unwrap();
    let blue = reported(&app, &bob, &colored_scene(4, BLUE)).await;
    let before = photo_evidence(&app.deps, own, &[mixed]).await.unwrap();
    assert_eq!(before[&mixed].cosine, None, "nobody has looked yet");

    app.run_work().await;

    let evidence = photo_evidence(&app.deps, own, &[mixed, blue]).await.unwrap();
    let cosine = |id: PetId| evidence[&id].cosine.unwrap();
    assert!(0.5 < cosine(mixed) && cosine(blue) < 0.0, "{evidence:?}");
    assert!(!evidence[&mixed].is_copy && !evidence[&blue].is_copy);
    let learned = app
        .events()
        .await
        .into_iter()
        .filter(|event| event == "pet_photos_learned");
    assert_eq!(learned.count(), 3, "once for each report");
}
