//! Photos of imported animals, fetched from the addresses in the files of shelters.
//!
//! An import writes down what is wanted ([`want`]); a job fetches it ([`fetch_photos`]), however often it is killed, and
//! whatever a server answers. An address is fetched once, as long as files name it. What people add to a report or take off
//! it stays so; a fetched photo only ever takes the place of another fetched one. Refused are addresses that lead into
//! private networks, and whatever is no photo; what is refused is told to the shelter. A picture that many animals of a
//! shelter share is the one that its system shows where there is no photo, and is taken off again.

mod arrange;
mod attach;
mod fetch_photos;
mod forget_fetches;
mod placeholders;
mod store;
mod want;

pub use fetch_photos::fetch_photos;
pub use forget_fetches::forget_fetches;
pub use store::{PhotoCounts, count_photo_failures, photo_counts, photo_failures_of};

pub(super) use want::want;
