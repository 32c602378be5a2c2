//! Floor 4: rules and use cases; knows neither GraphQL nor HTTP. One folder per feature. Features of a higher rank may
//! use those of a lower one; equals meet in `work::reactions`.

pub mod accounts; // rank 1
pub mod chat; // rank 5
pub mod matching; // rank 4
pub mod notifications; // rank 6
pub mod pets; // rank 3
pub mod photos; // rank 2
pub mod sharing; // rank 4
pub mod shelters; // rank 4
pub mod sms;
pub mod vocabulary; // rank 1 // rank 6
