//! Visual features of photos, by which people search with a picture.

mod features;
mod learn_photos;
mod look_at_upload;

pub use features::{features_of, with_photos};
pub use learn_photos::{hash_photos, learn_all_photos, learn_photos, learned_features};
pub use look_at_upload::{ask_about_upload, look_at_file, look_at_upload};

pub(super) use look_at_upload::LOOKS;
