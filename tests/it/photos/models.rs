//! Models that look at photos.

use std::path::PathBuf;

use finding_sweetie::{
    app::vision,
    config::{BreedModel, Config},
    domain::photos,
    ports::vision::open_model,
};
use serde_json::{Value, json};

use super::{
    pictures::{colored_scene, jpeg, scene},
    search_client::found,
    tiny_models,
};
use crate::support::*;

pub const BROWN: [f32; 3] = [190.0, 120.0, 70.0];
pub const BLUE: [f32; 3] = [80.0, 110.0, 190.0];

const SUGGEST: &str = "query($id: ID!, $first: Int) { suggestBreed(uploadId: $id, first: $first) {
    suggestions { label breed species confidence } looksLike reason } }";

fn written(config: &Config, name: &str, bytes: &[u8]) -> PathBuf {
    let path = config.data_dir.join(name);
    std::fs::write(&path, bytes).unwrap();
    path
}

pub fn with_embedding(config: &mut Config) {
    config.embedding_model = Some(written(config, "colors.onnx", &tiny_models::mean_color()));
}

fn with_breeds(config: &mut Config) {
    config.breed_model = Some(BreedModel {
        model: written(config, "breeds.onnx", &tiny_models::mean_color()),
        labels: written(config, "breeds.txt", b"Vizsla\nMaine_Coon\nn04398044-teapot\n"),
    });
}

pub async fn app_with(adjust: fn(&mut Config)) -> TestApp {
    TestApp::start(Setup {
        adjust,
        ..Setup::default()
    })
    .await
}

#[tokio::test]
async fn a_model_finds_alike_animals_in_other_pictures() {
    let app = app_with(with_embedding).await;
    let ann = app.member("ann").await;
    let brown = app.report_with(&ann, &colored_scene(1, BROWN), json!({})).await;
    let blue = app.report_with(&ann, &colored_scene(2, BLUE), json!({})).await;
    app.run_work().await;

    let found = app.search_by(&ann, jpeg(&colored_scene(3, BROWN), 80)).await;

    let ids: Vec<&str> = found.iter().map(|found| found.id.as_str()).collect();
    assert_eq!(ids, [brown.as_str(), blue.as_str()]);
    assert!(found.iter().all(|found| found.basis == "LOOKS"), "{found:?}");
    assert!(0.5 < found[0].similarity && found[1].similarity < 0.2, "{found:?}");
}

#[tokio::test]
async fn a_copy_is_still_a_copy_with_a_model_and_before_it_has_looked() {
    let app = app_with(with_embedding).await;
    let ann = app.member("ann").await;
    let id = app.report_with(&ann, &colored_scene(1, BROWN), json!({})).await;

    let before = app.search_by(&ann, jpeg(&colored_scene(1, BROWN).fliph(), 80)).await;
    app.run_work().await;
    let after = app.search_by(&ann, jpeg(&colored_scene(1, BROWN).fliph(), 80)).await;

    assert_eq!(
        (before[0].id.as_str(), before[0].basis.as_str()),
        (id.as_str(), "PICTURE")
    );
    assert_eq!(after[0].id, id);
    assert!(before[0].similarity <= after[0].similarity);
}

#[tokio::test]
async fn similar_reports_are_ranked_by_the_model() {
    let app = app_with(with_embedding).await;
    let ann = app.member("ann").await;
    let far = |longitude: f64| json!({ "location": crate::pets::at(47.6, longitude) });
    let own = app.report_with(&ann, &colored_scene(1, BROWN), json!({})).await;
    let brown = app.report_with(&ann, &colored_scene(2, BROWN), far(-122.3)).await;
    let blue = app.report_with(&ann, &colored_scene(3, BLUE), far(-120.3)).await;
    app.run_work().await;

    let query = "query($id: ID!) { pet(id: $id) { similar { pet { id } similarity basis } } }";
    let data = app.ok(&Visitor, query, json!({ "id": own })).await;

    let found = found(&data["pet"]["similar"]);
    let ids: Vec<&str> = found.iter().map(|found| found.id.as_str()).collect();
    assert_eq!(ids, [brown.as_str(), blue.as_str()]);
    assert_eq!(found[0].basis, "LOOKS");
}

#[tokio::test]
async fn another_model_looks_at_all_photos_anew() {
    let app = app_with(with_embedding).await;
    let ann = app.member("ann").await;
    app.report_with(&ann, &colored_scene(1, BROWN), json!({})).await;
    app.run_work().await;
    let model = app.value::<String>("SELECT vector_model FROM photo_looks").await;
    assert_eq!(app.value::<Vec<u8>>("SELECT vector FROM photo_looks").await.len(), 3);
    app.execute(
        "UPDATE photo_looks SET vector_model = 'an older one', vector = $1",
        [vec![1_u8, 2].into()],
    )
    .await;

    photos::learn_all_photos(&app.deps).await.unwrap();
    photos::learn_all_photos(&app.deps).await.unwrap();

    assert_eq!(app.value::<String>("SELECT vector_model FROM photo_looks").await, model);
    assert_eq!(app.value::<Vec<u8>>("SELECT vector FROM photo_looks").await.len(), 3);
    let learned = app
        .events()
        .await
        .iter()
        .filter(|event| *event == "photos_learned")
        .count();
    assert_eq!(learned, 2, "once by the report, once by the other model");
}

#[tokio::test]
async fn breeds_are_suggested_with_their_names_in_the_vocabulary() {
    let app = app_with(with_breeds).await;
    let (ann, bob) = (app.member("ann").await, app.member("bob").await);
    for purpose in ["SEARCH_PHOTO", "PET_PHOTO"] {
        let upload = app.send(&ann, purpose, jpeg(&colored_scene(1, BROWN), 80)).await;

        let data = app.ok(&ann, SUGGEST, json!({ "id": upload.id })).await;

        assert_eq!(data["suggestBreed"]["reason"], Value::Null);
        let looks_like = data["suggestBreed"]["looksLike"].as_str().unwrap();
        assert!(
            looks_like.starts_with("Looks like Vizsla (") && looks_like.contains(" %) or Maine Coon ("),
            "{looks_like}"
        );
        let suggestions = data["suggestBreed"]["suggestions"].as_array().unwrap();
        let told: Vec<_> = suggestions
            .iter()
            .map(|row| (&row["label"], &row["breed"], &row["species"]))
            .collect();
        assert_eq!(told[0], (&json!("Vizsla"), &json!("Vizsla"), &json!("DOG")));
        assert_eq!(told[1], (&json!("Maine_Coon"), &json!("Maine Coon"), &json!("CAT")));
        assert_eq!(told[2], (&json!("n04398044-teapot"), &Value::Null, &Value::Null));
        let sum: f64 = suggestions.iter().map(|row| row["confidence"].as_f64().unwrap()).sum();
        assert!((sum - 1.0).abs() < 1e-6, "{sum}");
        let one = app.ok(&ann, SUGGEST, json!({ "id": upload.id, "first": 1 })).await;
        assert_eq!(one["suggestBreed"]["suggestions"].as_array().unwrap().len(), 1);
        let refused = app.run(&bob, SUGGEST, json!({ "id": upload.id })).await;
        assert_eq!(codes(&refused), ["NOT_FOUND"]);
    }
}

#[tokio::test]
async fn a_breed_that_a_picture_looks_like_is_kept_nowhere() {
    let app = app_with(with_breeds).await;
    let ann = app.member("ann").await;
    let upload = app.send(&ann, "SEARCH_PHOTO", jpeg(&colored_scene(1, BROWN), 80)).await;
    let before = app.footprint().await;

    app.ok(&ann, SUGGEST, json!({ "id": upload.id })).await;

    assert_eq!(app.footprint().await, before);
}

#[tokio::test]
async fn models_of_the_data_folder_are_used_without_a_setting() {
    let kept = |config: &mut Config| {
        let folder = config.data_dir.join("models");
        std::fs::create_dir_all(&folder).unwrap();
        std::fs::write(folder.join("embedding.onnx"), tiny_models::mean_color()).unwrap();
        std::fs::write(folder.join("breeds.onnx"), tiny_models::mean_color()).unwrap();
        std::fs::write(folder.join("breeds.txt"), "Vizsla\nMaine_Coon\nteapot\n").unwrap();
    };
    let app = app_with(kept).await;

    let vision = &app.deps.vision;
    assert_eq!(vision.embedding.as_ref().map(|model| model.outputs()), Some(3));
    assert_eq!(vision.breeds.as_ref().map(|breeds| breeds.labels.len()), Some(3));
}

#[tokio::test]
async fn a_broken_model_stops_the_start_only_if_a_setting_names_it() {
    let broken = |config: &mut Config| {
        let folder = config.data_dir.join("models");
        std::fs::create_dir_all(&folder).unwrap();
        std::fs::write(folder.join("embedding.onnx"), "cut off").unwrap();
        std::fs::write(folder.join("breeds.onnx"), tiny_models::mean_color()).unwrap();
        std::fs::write(folder.join("breeds.txt"), "one label of three").unwrap();
        let mut named = config.clone();
        named.embedding_model = Some(config.kept_models().embedding);
        let refused = vision(&named).err().expect("it was opened");
        let said = format!("{refused:#}");
        assert!(
            said.contains("SWEETIE_EMBEDDING_MODEL") && said.contains("not an ONNX model"),
            "{said}"
        );
    };
    let app = app_with(broken).await;

    assert!(app.deps.vision.embedding.is_none() && app.deps.vision.breeds.is_none());
}

#[tokio::test]
async fn without_a_model_no_breed_is_suggested_and_the_answer_says_why() {
    let app = TestApp::new().await;
    let ann = app.member("ann").await;
    let upload = app.send(&ann, "SEARCH_PHOTO", jpeg(&scene(1), 80)).await;

    let data = app.ok(&ann, SUGGEST, json!({ "id": upload.id })).await;

    assert_eq!(data["suggestBreed"]["suggestions"], Value::Null);
    let reason = data["suggestBreed"]["reason"].as_str().unwrap();
    assert!(reason.contains("SWEETIE_BREED_MODEL"), "{reason}");
    for first in [0, 21, -1] {
        let refused = app.run(&ann, SUGGEST, json!({ "id": upload.id, "first": first })).await;
        assert_eq!(codes(&refused), ["BAD_USER_INPUT"], "{first}");
    }
}

#[test]
fn a_file_that_is_no_model_of_pictures_is_refused_with_what_is_wrong() {
    let scratch = Scratch::new();
    let refusal = |bytes: &[u8]| {
        let path = scratch.path().join("model.onnx");
        std::fs::write(&path, bytes).unwrap();
        open_model(&path).err().expect("it was opened").to_string()
    };
    let whole = tiny_models::mean_color();
    for (bytes, reason) in [
        (b"".as_slice(), "not an ONNX model"),
        (b"just some text", "not an ONNX model"),
        (&[0xFF; 300], "not an ONNX model"),
        (&whole[..whole.len() / 2], "not an ONNX model"),
        (
            &tiny_models::unknown_operator(),
            "not an ONNX model that can be run here",
        ),
        (&tiny_models::without_picture(), "it must take one picture"),
        (&tiny_models::without_vector(), "it must answer one vector"),
    ] {
        let said = refusal(bytes);
        assert!(said.contains(reason) && said.contains("model.onnx"), "{reason}: {said}");
    }
    let nowhere = open_model(&scratch.path().join("nowhere.onnx"))
        .err()
        .unwrap()
        .to_string();
    assert!(nowhere.contains("nowhere.onnx cannot be read"), "{nowhere}");
}

#[test]
fn a_model_says_what_it_takes_and_answers() {
    let scratch = Scratch::new();
    let opened = |bytes: &[u8]| {
        let path = scratch.path().join("model.onnx");
        std::fs::write(&path, bytes).unwrap();
        open_model(&path).unwrap()
    };
    let (fixed, open) = (opened(&tiny_models::mean_color()), opened(&tiny_models::quarters()));
    assert_eq!((fixed.size(), fixed.outputs()), ((32, 32), 3));
    assert_eq!((open.size(), open.outputs()), ((224, 224), 12));
    assert_ne!(fixed.fingerprint(), open.fingerprint());

    let model = fixed;
    let labels =
        |text| finding_sweetie::ports::vision::BreedModel::new(model.clone(), text).map(|breeds| breeds.labels);
    assert_eq!(labels("a\nb\r\nc\n\n").unwrap(), ["a", "b", "c"]);
    assert!(
        labels("a\nb")
            .unwrap_err()
            .contains("has 2 lines, but the model answers 3 numbers")
    );
}
