//! Photos and uploads in the schema.

mod loaders;
mod mutation;
mod photo;
mod upload;

pub use mutation::PhotoMutation;
pub use photo::Photo;
pub use upload::Upload;
