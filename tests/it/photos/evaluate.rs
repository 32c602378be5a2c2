//! The measuring of the search by picture, with pictures instead of animals.

use finding_sweetie::{
    domain::{photos::image::ImageError, visual_similarity::Evaluation},
    ports::vision::{Vision, open_model},
};
use image::DynamicImage;

use super::{
    models::{BLUE, BROWN},
    pictures::{colored_scene, half, jpeg},
    tiny_models,
};
use crate::support::*;

fn colors(scratch: &Scratch) -> Vision {
    let path = scratch.path().join("colors.onnx");
    std::fs::write(&path, tiny_models::mean_color()).unwrap();
    Vision {
        embedding: Some(open_model(&path).unwrap()),
        breeds: None,
    }
}

async fn add(evaluation: &mut Evaluation<'_>, animal: &str, picture: &DynamicImage) {
    let animal = Some(animal.to_owned()).filter(|animal| !animal.is_empty());
    evaluation.add(animal, jpeg(picture, 90).into()).await.unwrap().unwrap();
}

#[tokio::test]
async fn animals_that_the_model_tells_apart_are_all_found_and_copies_do_not_count() {
    let scratch = Scratch::new();
    let vision = colors(&scratch);
    let mut evaluation = Evaluation::new(&vision);
    for (animal, seed, color) in [
        ("rust", 1, BROWN),
        ("rust", 2, BROWN),
        ("sky", 3, BLUE),
        ("sky", 4, BLUE),
    ] {
        add(&mut evaluation, animal, &colored_scene(seed, color)).await;
    }
    add(&mut evaluation, "rust", &half(&colored_scene(1, BROWN))).await;
    add(&mut evaluation, "", &colored_scene(5, [128.0; 3])).await;

    let figures = evaluation.figures().unwrap();

    assert_eq!((figures.searches, figures.photos), (5, 6));
    assert_eq!((figures.recall_at_1, figures.mean_average_precision), (1.0, 1.0));
    assert!(figures.median <= figures.within_95);
}

#[tokio::test]
async fn without_a_model_other_photos_of_an_animal_are_not_found() {
    let vision = Vision::default();
    let mut evaluation = Evaluation::new(&vision);
    for (animal, seed) in [("rust", 1), ("rust", 2), ("", 3)] {
        add(&mut evaluation, animal, &colored_scene(seed, BROWN)).await;
    }

    let figures = evaluation.figures().unwrap();

    assert_eq!((figures.recall_at_1, figures.mean_average_precision), (0.0, 0.5));
}

#[tokio::test]
async fn a_file_that_is_no_photo_and_a_folder_without_pairs_are_told_apart() {
    let vision = Vision::default();
    let mut evaluation = Evaluation::new(&vision);
    let refused = evaluation.add(None, b"%PDF-1.7".to_vec().into()).await.unwrap();
    assert_eq!(refused, Err(ImageError::NotAPhoto { found: "a PDF" }));

    add(&mut evaluation, "rust", &colored_scene(1, BROWN)).await;

    assert_eq!(evaluation.figures(), None);
}
