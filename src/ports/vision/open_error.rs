//! Why a file cannot be used as a model.

/// Reasons why a file cannot be used as a model.
#[derive(Debug, thiserror::Error)]
pub enum OpenModelError {
    /// It does not exist or cannot be read.
    #[error("{path} cannot be read: {cause}")]
    Unreadable {
        /// Path of the file.
        path: String,
        /// Error of the operating system.
        cause: std::io::Error,
    },
    /// This program was built without the runtime of models.
    #[error(
        "{path} cannot be used: this program was built without image models; build it with the feature `image-models`, as \
         `make build` does"
    )]
    NoRuntime {
        /// Path of the file.
        path: String,
    },
    /// It is not an ONNX model, or uses unsupported operators.
    #[error("{path} is not an ONNX model that can be run here: {cause}")]
    NotAModel {
        /// Path of the file.
        path: String,
        /// Explanation by the library.
        cause: String,
    },
    /// Its input is not a picture.
    #[error(
        "the model {path} takes {taken}; it must take one picture as floats of the shape 1 × 3 × height × width, with sides \
         of 16 to 1024"
    )]
    WrongInput {
        /// Path of the file.
        path: String,
        /// Description of its input.
        taken: String,
    },
    /// Its output is not a vector.
    #[error("the model {path} answers {answered}; it must answer one vector of 2 to 8192 floats for a picture")]
    WrongOutput {
        /// Path of the file.
        path: String,
        /// Description of its output.
        answered: String,
    },
}
