//! The index behind photo search, on other nodes and after accidents.

use ::visual_similarity::SimilarityIndex;
use finding_sweetie::{
    deps::{BatchedQueries, Deps, LogHead, Parts, SuspendedWork},
    domain::{self, photos, visual_similarity},
    kernel::secret::{Secret, signing_keys::SigningKeys},
    ports::network_places::NetworkPlaces,
};
use serde_json::json;

use super::pictures::{jpeg, scene};
use crate::support::*;

/// Another node of the same installation, with an index of its own.
fn another_node(app: &TestApp) -> Deps {
    let deps = &app.deps;
    Deps::new(Parts {
        db: deps.db.clone(),
        clock: deps.clock.clone(),
        ids: deps.ids.clone(),
        signing_keys: SigningKeys::new(&deps.secret),
        secret: Secret::new(SECRET.to_vec()),
        public_url: deps.public_url.clone(),
        app_url: deps.app_url.clone(),
        mailer: deps.mailer.clone(),
        sms: deps.sms.clone(),
        blobs: deps.blobs.clone(),
        bus: deps.bus.clone(),
        limiter: deps.limiter.clone(),
        presence: deps.presence.clone(),
        persisted_documents: deps.persisted_documents.clone(),
        geocoder: deps.geocoder.clone(),
        online_geocoder: deps.online_geocoder.clone(),
        network_places: NetworkPlaces::default(),
        outbound: deps.outbound.clone(),
        identity_providers: Vec::new(),
        bells: deps.bells.clone(),
        foreground: deps.foreground.clone(),
        vision: deps.vision.clone(),
        log_head: LogHead::default(),
        read_models: domain::read_models(),
        suspended_work: SuspendedWork::default(),
        settings: deps.settings.clone(),
        batched_queries: BatchedQueries::default(),
    })
}

/// What a node finds once its bell has rung.
async fn found_on(node: &Deps, actor: &Actor, upload: &str) -> Vec<String> {
    node.read_model::<SimilarityIndex>().catch_up(node).await.unwrap();
    let found = visual_similarity::photo_search(node, &actor.viewer(), upload.parse().unwrap(), None, 10).await;
    found
        .unwrap()
        .into_iter()
        .map(|similar| similar.pet.id.to_string())
        .collect()
}

#[tokio::test]
async fn every_node_finds_what_any_node_has_committed() {
    let app = TestApp::new().await;
    let ann = app.member("ann").await;
    let node = another_node(&app);
    let upload = app.send(&ann, "SEARCH_PHOTO", jpeg(&scene(1), 80)).await;
    assert_eq!(found_on(&node, &ann, &upload.id).await, [""; 0]);

    let first = app.report_with(&ann, &scene(1), json!({})).await;
    assert_eq!(found_on(&node, &ann, &upload.id).await, [first.as_str()]);

    let second = app.report_with(&ann, &scene(1), json!({})).await;
    let late = another_node(&app);
    assert_eq!(
        found_on(&late, &ann, &upload.id).await,
        [second.as_str(), first.as_str()]
    );
    assert_eq!(
        found_on(&node, &ann, &upload.id).await,
        [second.as_str(), first.as_str()]
    );
    app.leave_work();
}

#[tokio::test]
async fn photos_of_which_nothing_is_known_are_looked_at_once() {
    let app = TestApp::new().await;
    let ann = app.member("ann").await;
    let id = app.report_with(&ann, &scene(1), json!({})).await;
    app.photo(&ann, "PET_PHOTO", jpeg(&scene(2), 80)).await;
    app.photo(&ann, "CHAT_IMAGE", jpeg(&scene(3), 80)).await;
    assert_eq!(app.ids_by(&ann, &scene(1)).await, [id.as_str()]);
    assert_eq!(app.count("photo_looks").await, 2, "images of chats are not looked at");
    let before = app
        .value::<Vec<u8>>("SELECT hash FROM photo_looks ORDER BY photo_id LIMIT 1")
        .await;
    app.execute("DELETE FROM photo_looks", []).await;

    let first = photos::hash_photos(&app.deps).await.unwrap();
    let second = photos::hash_photos(&app.deps).await.unwrap();

    assert_eq!((first, second), (2, 0));
    let after = app
        .value::<Vec<u8>>("SELECT hash FROM photo_looks ORDER BY photo_id LIMIT 1")
        .await;
    assert_eq!(before, after);
    assert_eq!(
        found_on(
            &another_node(&app),
            &ann,
            &app.send(&ann, "SEARCH_PHOTO", jpeg(&scene(1), 80)).await.id
        )
        .await,
        [id]
    );
    app.leave_work();
}

#[tokio::test]
async fn a_photo_that_was_looked_at_late_is_found_by_running_nodes() {
    let app = TestApp::new().await;
    let ann = app.member("ann").await;
    let id = app.report_with(&ann, &scene(1), json!({})).await;
    app.execute("DELETE FROM photo_looks", []).await;
    let node = another_node(&app);
    let upload = app.send(&ann, "SEARCH_PHOTO", jpeg(&scene(1), 80)).await;
    assert_eq!(found_on(&node, &ann, &upload.id).await, [""; 0]);

    app.run_work().await;

    assert_eq!(found_on(&node, &ann, &upload.id).await, [id]);
}

#[tokio::test]
async fn a_photo_whose_bytes_are_gone_stops_nothing() {
    let app = TestApp::new().await;
    let ann = app.member("ann").await;
    let lost = app.photo(&ann, "PET_PHOTO", jpeg(&scene(1), 80)).await;
    app.photo(&ann, "PET_PHOTO", jpeg(&scene(2), 80)).await;
    app.execute("DELETE FROM photo_looks", []).await;
    let folder = app.folder().join("blobs/photos").join(lost["id"].as_str().unwrap());
    std::fs::remove_dir_all(folder).unwrap();

    assert_eq!(photos::hash_photos(&app.deps).await.unwrap(), 1);
    assert_eq!(app.count("photo_looks").await, 1);
}
