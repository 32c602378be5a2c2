//! Computer-vision models.
//!
//! A model that cannot be used is refused when it is opened, with an explanation; one that was opened returns the same
//! number of values for every picture. Models run outside the threads that answer requests, a few at a time. Any
//! picture of the right size is accepted.

#[cfg(feature = "image-models")]
mod onnx;
mod open_error;

use std::{path::Path, sync::Arc};

pub use open_error::OpenModelError;

/// A picture in the form that a model takes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pixels {
    /// Pixels in a row.
    pub width: u32,
    /// Number of rows.
    pub height: u32,
    /// Red, green and blue of each pixel, row by row.
    pub rgb: Vec<u8>,
}

/// A model failed; the text is for the log.
#[derive(Debug, thiserror::Error)]
#[error("the model did not answer: {0}")]
pub struct VisionError(pub(super) String);

/// A model that computes numbers from a picture.
#[async_trait::async_trait]
pub trait ImageModel: Send + Sync {
    /// Width and height that a picture must have.
    fn size(&self) -> (u32, u32);

    /// Number of values in its output.
    fn outputs(&self) -> usize;

    /// Short text, unique to each model; outputs of different models are never compared.
    fn fingerprint(&self) -> &str;

    /// The output for one picture.
    async fn look(&self, pixels: Pixels) -> Result<Vec<f32>, VisionError>;
}

/// A breed classifier.
#[derive(Clone)]
pub struct BreedModel {
    /// Outputs one value per label.
    pub model: Arc<dyn ImageModel>,
    /// Labels of the outputs, in order.
    pub labels: Vec<String>,
}

/// The configured models; without them only perceptual hashes are compared and no breeds are suggested.
#[derive(Clone, Default)]
pub struct Vision {
    /// Gives similar animals similar vectors.
    pub embedding: Option<Arc<dyn ImageModel>>,
    /// Suggests breeds.
    pub breeds: Option<BreedModel>,
}

impl BreedModel {
    /// A classifier with the content of its label file, one label per line; empty lines at the end are ignored. Errors
    /// are explained for the person who configures the server.
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

/// Loads a model from an ONNX file and tests it once with a grey picture. Takes seconds for a large one.
#[cfg(feature = "image-models")]
pub fn open_model(path: &Path) -> Result<Arc<dyn ImageModel>, OpenModelError> {
    Ok(Arc::new(onnx::OnnxModel::open(path)?))
}

/// Refuses every file: this program was built without the runtime of models.
#[cfg(not(feature = "image-models"))]
pub fn open_model(path: &Path) -> Result<Arc<dyn ImageModel>, OpenModelError> {
    Err(OpenModelError::NoRuntime {
        path: path.display().to_string(),
    })
}
