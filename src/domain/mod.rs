//! Floor 4: rules and use cases; knows neither GraphQL nor HTTP. One folder per feature. A feature uses those of lower
//! ranks; equals meet in `work::reactions`. `tests/it/architecture.rs` holds the table of ranks.

// Rank 1
pub mod accounts;
pub mod staff;
pub mod vocabulary;

// Rank 2
pub mod photos;
pub mod places;
pub mod safety;

// Rank 3
pub mod pets;

// Rank 4
pub mod matching;
pub mod sharing;
pub mod shelters;

// Rank 5
pub mod chat;
pub mod searches;
pub mod visual_similarity;

// Rank 6
pub mod moderation;
pub mod notifications;
pub mod presence;
pub mod sms;
