//! Claims: one side of a match proves to the other that it is the same animal, before either sees the other's exact
//! place and phone.
//!
//! Promises: A claim asks for what only the true owner or holder knows, the private marks of the other side's report;
//! people judge the answers, never the server. Three tries, with a pause after each refusal, whoever of that side
//! gives them and however many claims are opened for them. Only an accepted claim opens the exact places and phones, to
//! the two sides alone. A match has at most one claim that is open, answered or accepted. Every step is one transaction.

mod answer_claim;
mod copies;
mod empty_claims;
mod end_claims;
mod judge_claim;
mod model;
mod open_claim;
mod questions;
mod revealed;
mod scam_patterns;
mod store;
mod withdraw_claim;

pub use answer_claim::{AnswerClaim, ClaimAnswer, answer_claim};
pub use empty_claims::{empty_claims, forget_networks};
pub use end_claims::{Over, end_claims, expire_claims};
pub use judge_claim::judge_claim;
pub use model::{AskedQuestion, Counterpart, Part, SeenClaim};
pub use open_claim::{OpenClaim, open_claim};
pub use revealed::revealed_to;
pub use store::{count_of_viewer, find, is_accepted, last_try, of_matches, of_viewer, with_id};
pub use withdraw_claim::withdraw_claim;

use crate::deps::Limit;

/// Rate limits for claims.
pub const LIMITS: &[Limit] = &[open_claim::OPENINGS];
