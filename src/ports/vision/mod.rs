//! Models that look at pictures.
//!
//! Promises: a model that cannot be used is refused when it is opened, with what is wrong with it; one that was opened
//! answers as many numbers for every picture. Models run away from the threads that answer requests, a few at a time.
//! Refuses nothing that is a picture of the right size.

mod onnx;

use std::sync::Arc;

pub use onnx::{OnnxModel, OpenModelError};

/// A picture as a model takes it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pixels {
    /// Width.
    pub width: u32,
    /// Height.
    pub height: u32,
    /// Red, green and blue of each pixel, row by row.
    pub rgb: Vec<u8>,
}

/// A model did not answer; what it says is for the log.
#[derive(Debug, thiserror::Error)]
#[error("the model did not answer: {0}")]
pub struct VisionError(pub(super) String);

/// A model that makes numbers of a picture.
#[async_trait::async_trait]
pub trait ImageModel: Send + Sync {
    /// Width and height that a picture must have.
    fn size(&self) -> (u32, u32);

    /// How many numbers it answers.
    fn outputs(&self) -> usize;

    /// Short text that differs for every model; what one model has made is not compared with another's.
    fn fingerprint(&self) -> &str;

    /// What it makes of a picture.
    async fn look(&self, pixels: Pixels) -> Result<Vec<f32>, VisionError>;
}

/// A model that knows breeds.
#[derive(Clone)]
pub struct BreedModel {
    /// Answers one number for each label.
    pub model: Arc<dyn ImageModel>,
    /// What the numbers stand for.
    pub labels: Vec<String>,
}

/// The configured models; without them nothing but fingerprints is compared and no breed is suggested.
#[derive(Clone, Default)]
pub struct Vision {
    /// Makes alike vectors of alike animals.
    pub embedding: Option<Arc<dyn ImageModel>>,
    /// Knows breeds.
    pub breeds: Option<BreedModel>,
}

impl BreedModel {
    /// A classifier with the text of its file of labels, one for each line; empty lines at the end do not count. What is
    /// wrong with it is said in words for whoever configures the server.
    pub fn new(model: Arc<dyn ImageModel>, labels: &str) -> Result<Self, String> {
        let labels: Vec<String> = labels.trim_end().lines().map(|line| line.trim().to_owned()).collect();
        if labels.len() != model.outputs() {
            return Err(format!(
                "has {} lines, but the model answers {} numbers: one line for each, in their order",
                labels.len(),
                model.outputs()
            ));
        }
        Ok(Self { model, labels })
    }
}
